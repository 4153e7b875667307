"""A matter said over several conferences in the one sentence a leader reads."""

import datetime as dt

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from diemcau.delivery.matters.told import Outcome
from diemcau.indicators.days import say_day

__all__ = ["say_matter"]

_TIMES = ("", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def say_matter(
    times: int,
    first: dt.date | None,
    outcome: Outcome,
    *,
    done_on: dt.date | None = None,
    n_evidence: int = 0,
) -> str:
    """The sentence a leader reads: "Đã yêu cầu ba lần từ tháng 12/2024, chưa có kết quả"."""
    asked = _asked_words(times, first) if times else _("Known from reports only")
    match outcome:
        case Outcome.DONE if done_on:
            what = _("delivered on %(day)s") % {"day": say_day(done_on)}
        case Outcome.DONE:
            what = _("delivered")
        case Outcome.WAITING:
            what = _("reported done, waiting for confirmation")
        case Outcome.SHOWN:
            what = ngettext(
                "%(n)s piece of evidence, not done",
                "%(n)s pieces of evidence, not done",
                n_evidence,
            ) % {"n": n_evidence}
        case Outcome.BEGUN:
            what = _("begun, nothing delivered")
        case _:
            what = _("nothing delivered")
    return f"{asked}, {what}"


def _asked_words(times: int, first: dt.date | None) -> str:
    vietnamese = (get_language() or "").startswith("vi")
    n = _TIMES[times] if vietnamese and 0 < times < len(_TIMES) else str(times)
    if first is None:
        return ngettext("Asked for %(n)s time", "Asked for %(n)s times", times) % {"n": n}
    month = f"{first.month}/{first.year}" if vietnamese else f"{first:%B %Y}"
    words = {"n": n, "month": month}
    return (
        ngettext(
            "Asked for %(n)s time since %(month)s", "Asked for %(n)s times since %(month)s", times
        )
        % words
    )
