"""Taking the register out as a file: what leaves the house is in the log, who took it and when."""

from typing import Literal

from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.accounts.rules import held_by
from diemcau.audit.actions import action, record_action
from diemcau.delivery.queries import list_tasks

__all__ = ["FORMS", "Form", "take_out"]

Form = Literal["xlsx", "csv"]
FORMS: tuple[Form, ...] = ("xlsx", "csv")


def _may(person: User) -> bool:
    return bool(held_by(person))


@action("exchange.take_out", may=_may)
def take_out(actor: User, *, form: Form) -> int:
    """Record that a person takes the tasks they see out as a file; the file is made afterwards.

    Returns:
        How many tasks they see.
    Raises:
        PermissionDenied: they hold no role.
    """
    n = list_tasks(actor, on=timezone.localdate()).count()
    record_action(actor, detail={"form": form, "rows": n})
    return n
