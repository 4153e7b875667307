"""The columns of the monthly table, and the words its cells may have."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override
from django.utils.translation import pgettext_lazy as pgettext

from diemcau.delivery.states import Status
from diemcau.exchange.checks import WrongCell
from diemcau.exchange.columns import Column, Layout, column_of
from vanban.letters import fold

__all__ = ["FORM_ID", "MONTHLY", "monthly_column", "read_state"]

FORM_ID = "diemcau/monthly/1"

MONTHLY = Layout(
    "monthly",
    (
        Column(
            "no",
            pgettext("column", "No."),
            "show",
            gettext_lazy("Place in the table; not looked at."),
            width=5,
            others=("STT", "Số TT", "TT"),
        ),
        Column(
            "notice",
            pgettext("column", "Number of the conclusions notice"),
            "show",
            gettext_lazy("Number, day and signer of the document that gives the task."),
            width=24,
            others=(
                "Số thông báo kết luận",
                "Số, ký hiệu văn bản",
                "Số ký hiệu",
                "Số văn bản",
                "Văn bản giao nhiệm vụ",
            ),
        ),
        Column(
            "subject",
            pgettext("column", "Subject line"),
            "show",
            gettext_lazy("What that document is about."),
            width=28,
            others=("Trích yếu nội dung", "Trích yếu văn bản"),
        ),
        Column(
            "content",
            pgettext("column", "Content of the task"),
            "show",
            gettext_lazy("As the register has it; a row without item number is found by it."),
            width=48,
            others=("Nội dung", "Nhiệm vụ được giao", "Nội dung nhiệm vụ được giao", "Nhiệm vụ"),
        ),
        Column(
            "result",
            pgettext("column", "Result of the unit"),
            "change",
            gettext_lazy(
                "What was done, filled with the last released report; changed, it is a new "
                "progress report. Empty says nothing new."
            ),
            width=48,
            others=(
                "Kết quả thực hiện",
                "Kết quả thực hiện của cơ quan",
                "Kết quả của đơn vị",
                "Kết quả",
                "Tình hình, kết quả thực hiện",
            ),
        ),
        Column(
            "status",
            pgettext("column", "State of the task"),
            "change",
            gettext_lazy("Changed by a move of the body; “done” reports it done, to be confirmed."),
            "choice",
            choices=tuple(Status.choices),
            width=18,
            others=("Tình trạng", "Trạng thái", "Trạng thái thực hiện", "Tiến độ"),
        ),
        Column(
            "id",
            pgettext("column", "Number in the register"),
            "key",
            gettext_lazy("Leave it as it is: the task is known by it."),
            "whole",
            width=10,
            others=("Mã số", "Mã nhiệm vụ", "Số trong sổ"),
        ),
    ),
    "result",
    tuple(
        column_of(name)
        for name in ("lead", "coordinating", "following", "deadline", "issuer", "programme")
    ),
)
_BY_NAME = {one.name: one for one in MONTHLY.columns}
_SAID = {
    "chua thuc hien": Status.NEW,
    "chua trien khai": Status.NEW,
    "da tiep nhan": Status.NEW,
    "dang xu ly": Status.IN_PROGRESS,
    "dang trien khai": Status.IN_PROGRESS,
    "da hoan thanh": Status.DONE,
    "da thuc hien": Status.DONE,
    "da thuc hien xong": Status.DONE,
    "hoan thanh": Status.DONE,
}
"""What bodies write for a state, folded, beside the register's own words."""


def monthly_column(name: str) -> Column:
    """A column by its name."""
    return _BY_NAME[name]


def read_state(text: str) -> Status:
    """The state a cell names, in either language or as bodies write it.

    Raises:
        WrongCell: says what was expected.
    """
    words = " ".join(fold(text).split()).rstrip(".")
    for language in ("vi", "en"):
        with override(language):
            for one in Status:
                if words in (fold(str(one.label)), one.value):
                    return one
    if words in _SAID:
        return _SAID[words]
    known = ", ".join(str(one.label) for one in Status)
    raise WrongCell(_("One of these is expected: %(known)s.") % {"known": known})
