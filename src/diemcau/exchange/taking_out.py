"""Taking rows out as a file: what leaves is in the log, who took it, what of, and when."""

from collections.abc import Mapping
from typing import Any, Literal

from django.db.models import Model, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diemcau.accounts.models import User
from diemcau.accounts.rules import held_by
from diemcau.audit.actions import action, record_action
from diemcau.delivery.models import Task
from diemcau.delivery.queries import list_tasks

__all__ = ["FORMS", "LISTS", "Form", "take_list_out", "take_out"]

Form = Literal["xlsx", "csv"]
FORMS: tuple[Form, ...] = ("xlsx", "csv")
LISTS: Mapping[str, Promise] = {
    "bao-cao-thang": _("Monthly table"),
    "cam-ket": _("From signed to delivered"),
    "cong-van-don-doc": _("Letter of urging"),
    "doi-chieu": _("Figures compared"),
    "nhiem-vu-theo-don-vi": _("Tasks by body"),
    "sau-noi-dung": _("Six fields of commitments"),
    "so-lieu": _("Figures"),
    "so-lieu-theo-don-vi": _("Figures by body"),
    "so-sanh-hoi-nghi": _("Two conferences compared"),
    "so-theo-doi": _("Register"),
    "tai-lieu": _("Documents"),
    "thoa-thuan": _("Register of agreements"),
    "thong-ke-nhiem-vu": _("Task statistics"),
    "tim-kiem": _("Statements found"),
    "viec-noi-lai": _("Matters over time"),
}
"""The lists and papers that go out as files, by the name their files begin with."""


def _may(person: User) -> bool:
    return bool(held_by(person))


@action("exchange.take_out", may=_may)
def take_out(
    actor: User,
    *,
    form: Form,
    of: QuerySet[Task] | None = None,
    filters: Mapping[str, Any] | None = None,
) -> int:
    """Record that a person takes tasks out in the columns they come back in; the file is made
    afterwards.

    Args:
        of: the tasks, of those they see; None for all of these.
        filters: what they were narrowed by, as the address says it; JSON types only.
    Returns:
        How many tasks it is.
    Raises:
        PermissionDenied: they hold no role.
    """
    n = (list_tasks(actor, on=timezone.localdate()) if of is None else of).count()
    record_action(actor, detail={"form": form, "filters": dict(filters or {}), "rows": n})
    return n


@action("exchange.take_list_out", may=_may)
def take_list_out(
    actor: User,
    *,
    what: str,
    form: str,
    filters: Mapping[str, Any],
    rows: int | None = None,
    about: Model | None = None,
) -> None:
    """Record that a person takes a list, or a paper made of one, out as a file.

    Args:
        what: of `LISTS`.
        form: "xlsx", "csv" or "docx".
        filters: what it was narrowed by, as the address says it; JSON types only.
        rows: how many go out; None where the file is no table of rows.
        about: the object a paper is of, where it is of one.
    Raises:
        PermissionDenied: they hold no role.
        ValueError: there is no such list.
    """
    if what not in LISTS:
        raise ValueError(what)
    detail: dict[str, Any] = {"list": what, "form": form, "filters": dict(filters)}
    if rows is not None:
        detail["rows"] = rows
    record_action(about or actor, detail=detail)
