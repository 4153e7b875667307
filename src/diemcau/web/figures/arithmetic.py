"""The arithmetic of a comparison as sentences in the reader's language."""

from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from django.utils.translation import gettext as _

from diemcau.indicators.models import Comparison, Verdict
from diemcau.web.days import say_period
from diemcau.web.figures.lines import Drawn
from diemcau.web.numbers import say_amount, say_interval
from diemcau.web.templatetags.speech import claimed

__all__ = ["drawn_claims", "say_arithmetic"]


def say_arithmetic(comparison: Comparison) -> list[str]:
    """What was computed, sentence by sentence: what each claim allows, and what follows.

    Nothing is said about which claim is right.
    """
    return _ratio(comparison) if comparison.ratio_id else _pair(comparison)


def _allows(comparison: Comparison, side: str, reach: str = "core") -> str:
    data = comparison.arithmetic
    return say_interval(data[side][reach], data["unit"])


def _pair(comparison: Comparison) -> list[str]:
    told = [
        _("“%(claim)s” is read as %(values)s.")
        % {"claim": claimed(statement.values), "values": _allows(comparison, side)}
        for statement, side in ((comparison.left, "left"), (comparison.right, "right"))
    ]
    if comparison.arithmetic["kind"] == "part":
        part, whole = (s.values.get("period") for s in (comparison.left, comparison.right))
        told.append(
            _("%(part)s lies within %(whole)s, and a part cannot be more than its whole.")
            % {"part": _capital(say_period(part)), "whole": say_period(whole)}
        )
        return told
    match comparison.verdict:
        case Verdict.AGREE:
            told.append(_("Some values fit both: the two can be true together."))
        case Verdict.MILD:
            wide = {s: _allows(comparison, s, "wide") for s in ("left", "right")}
            told.append(
                _(
                    "As such words are usually meant no value fits both. Stretched to the letter "
                    "they allow %(left)s and %(right)s, and then some value does."
                )
                % wide
            )
        case _:
            told.append(_("No value fits both, even by the letter of the words and with rounding."))
    return told


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _ratio(comparison: Comparison) -> list[str]:
    data = comparison.arithmetic
    unit = data["unit"]
    ratio = comparison.ratio
    assert ratio is not None
    possible = data["possible"]["wide" if comparison.verdict == Verdict.MISFIT else "core"]
    told = [
        _("“%(own)s” against “%(base)s”: the quotient is %(quotient)s.")
        % {
            "own": claimed(comparison.left.values),
            "base": claimed(comparison.right.values),
            "quotient": _times(possible),
        },
        _("The text says “%(words)s”: that is %(claimed)s.")
        % {"words": ratio.quote, "claimed": _times(data["claimed"]["core"])},
    ]
    match comparison.verdict:
        case Verdict.AGREE:
            told.append(_("The two meet: the ratio fits its base."))
        case Verdict.MILD:
            told.append(_("The two meet only if the words are stretched to the letter."))
        case _:
            told.append(_("The two do not meet: the ratio does not fit this base."))
    if data["implied_point"]:
        point = Decimal(data["implied_point"]["low"] or data["implied_point"]["high"])
        told.append(
            _("For the ratio to hold, the base would have to be about %(base)s.")
            % {"base": _amount(point, unit)}
        )
    return told


def _amount(value: Decimal, unit: str) -> str:
    return say_amount(value, unit, places=3 if unit.isupper() else 1)


def _times(interval: dict) -> str:
    """An interval of ratios, cut to two digits outward so that it is never told too narrow."""
    low, high = interval["low"], interval["high"]
    told = {
        **interval,
        "low": None if low is None else str(_cut(Decimal(low), up=False)),
        "high": None if high is None else str(_cut(Decimal(high), up=True)),
    }
    return say_interval(told, "ratio", places=2)


def _cut(value: Decimal, *, up: bool) -> Decimal:
    return value.quantize(Decimal("0.01"), rounding=ROUND_CEILING if up else ROUND_FLOOR)


def drawn_claims(comparison: Comparison) -> tuple[list[Drawn], str]:
    """The claims of a comparison for one line, and their unit.

    For a ratio that is the ratio claimed above the ratio the two figures allow.
    """
    data = comparison.arithmetic
    if comparison.ratio_id:
        assert comparison.ratio is not None
        return [
            Drawn(
                comparison.ratio.quote, data["claimed"]["core"], data["claimed"]["wide"], "claim"
            ),
            Drawn(
                _quotient(comparison), data["possible"]["core"], data["possible"]["wide"], "implied"
            ),
        ], "ratio"
    return [
        Drawn(claimed(comparison.left.values), **data["left"]),
        Drawn(claimed(comparison.right.values), **data["right"]),
    ], data["unit"]


def _quotient(comparison: Comparison) -> str:
    left, right = (Decimal(str(s.values["value"])) for s in (comparison.left, comparison.right))
    unit = comparison.arithmetic["unit"]
    return f"{say_amount(left, unit)} : {say_amount(right, unit)}"
