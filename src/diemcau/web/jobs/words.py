"""What work in the background counted, in words."""

from collections.abc import Mapping
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from diemcau.web.numbers import say_number

__all__ = ["RESULT_WORDS", "result_words"]

RESULT_WORDS: Mapping[str, Promise] = {
    "created": _("tasks recorded"),
    "changed": _("tasks changed"),
    "reported": _("reports written"),
    "slips": _("deadlines moved or asked for"),
    "moved": _("states moved"),
    "left": _("rows left out"),
    "undone": _("rows taken back"),
    "kept": _("rows that could not be taken back"),
}


def result_words(result: Mapping[str, int]) -> list[tuple[str, str]]:
    """The counts of a job's result with their words; nothing for what was not met."""
    return [
        (str(RESULT_WORDS.get(name, name)), say_number(Decimal(n)))
        for name, n in result.items()
        if n
    ]
