"""The "five clears" (5 rõ): person, work, time, responsibility, product; which a task lacks.

Source: the Prime Minister's rule for giving work: rõ người, rõ việc, rõ thời gian, rõ trách nhiệm,
rõ sản phẩm.
"""

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextChoices,
    Value,
    When,
)
from django.db.models.functions import Length, Trim
from django.utils.translation import gettext_lazy as _

from diemcau.delivery.models import Assignment, Task

__all__ = ["Clear", "count_unclear", "lacking", "unclear", "with_clarity"]


class Clear(TextChoices):
    """What a task should say clearly."""

    PERSON = "person", _("Who does it")
    WORK = "work", _("Which work")
    TIME = "time", _("By when")
    RESPONSIBILITY = "responsibility", _("Who answers for it")
    PRODUCT = "product", _("What comes of it")


_LEAST_WORDING = 12
"""An action of fewer letters ("thực hiện") says nothing that could be done or checked."""


def with_clarity(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """The tasks with what each lacks: `lacks_person` and so on, and `n_lacking`.

    A person is clear where a body of the directory is named, responsibility where one body leads.
    """
    known = Assignment.objects.filter(task=OuterRef("pk"), ended_at=None).exclude(body="")
    lacks = {
        Clear.PERSON: ~Exists(known),
        Clear.WORK: Q(n_wording__lt=_LEAST_WORDING),
        Clear.TIME: Q(due_to=None),
        Clear.RESPONSIBILITY: Q(lead=""),
        Clear.PRODUCT: Q(product=""),
    }
    tasks = tasks.annotate(n_wording=Length(Trim("action")))
    tasks = tasks.annotate(
        **{
            f"lacks_{name}": Case(
                When(condition, then=Value(1)), default=Value(0), output_field=IntegerField()
            )
            for name, condition in lacks.items()
        }
    )
    total = sum((F(f"lacks_{name}") for name in Clear), start=Value(0, output_field=IntegerField()))
    return tasks.annotate(n_lacking=total)


def unclear(tasks: QuerySet[Task], what: str = "") -> QuerySet[Task]:
    """Of the tasks of `with_clarity` those that lack something, or this one thing."""
    if what in Clear.values:
        return tasks.filter(**{f"lacks_{what}": 1})
    return tasks.filter(n_lacking__gt=0)


def count_unclear(tasks: QuerySet[Task]) -> dict[str, int]:
    """How many of the tasks of `with_clarity` there are, lack something, lack each.

    Returns:
        By `Clear`, "all" and "any"; a task that lacks two things counts under both.
    """
    each = {str(one): Count("pk", filter=Q(**{f"lacks_{one}": 1})) for one in Clear}
    return tasks.aggregate(all=Count("pk"), any=Count("pk", filter=Q(n_lacking__gt=0)), **each)


def lacking(task: Task) -> list[Clear]:
    """What one task lacks; as `with_clarity` has it.

    Args:
        task: with its standing assignments at hand, or without.
    """
    named = any(one.body for one in task.assignments.all() if one.ended_at is None)
    lacks = {
        Clear.PERSON: not named,
        Clear.WORK: len(task.action.strip()) < _LEAST_WORDING,
        Clear.TIME: task.due_to is None,
        Clear.RESPONSIBILITY: not task.lead,
        Clear.PRODUCT: not task.product,
    }
    return [one for one in Clear if lacks[one]]
