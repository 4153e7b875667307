"""The same figure said twice is one record."""

from dataclasses import replace
from decimal import Decimal

from vanban.forms import rare
from vanban.records import Figure, Role

__all__ = ["told_once"]


def _is_exact(value: Decimal) -> bool:
    """Whether a value has so many digits that the same one said again is the same figure."""
    return len(value.normalize().as_tuple().digits) >= _DIGITS_OF_ONE


_DIGITS_OF_ONE = 3
_LEAD = 16
_TAX = rare(r"(?<!\w)[Tt]huế[^;.,\d%]*$")
_TAX_REACH = 60


def told_once(text: str, figures: list[Figure]) -> list[Figure]:
    """The same figure said twice is one record: the fuller mention.

    Args:
        text: the document's.
        figures: in the order of the text.
    """
    kept: dict[_Key, Figure] = {}
    for figure in figures:
        key: _Key
        if figure.role == "comparison":
            key = (figure.value, figure.unit, f"{figure.measure}@{figure.anchor.start}", None, None)
        else:
            # Things without a key of their own are told apart by what is counted.
            counted = figure.unit in ("count", "people", "percent") and figure.measure == "other"
            what = " ".join(figure.what.lower().split()[:2]) if counted else ""
            if counted and figure.unit == "percent":
                # "hộ dùng nước sạch đạt 90%, rác được thu gom đạt 90%": two figures.
                what += text[max(0, figure.anchor.start - _LEAD) : figure.anchor.start].lower()
                if _TAX.search(text, max(0, figure.anchor.start - _TAX_REACH), figure.anchor.start):
                    # "Mức thuế đối ứng lên đến 46% ... bị áp thuế 46%": one rate, told again.
                    what = "thuế"
            if figure.measure == "fdi_projects":
                # "1 dự án thuộc ngành điện; 1 dự án thuộc ngành dệt": two.
                what = figure.what.lower()
            measure = f"{figure.measure} {what}"
            key = (figure.value, figure.unit, measure, figure.subject, figure.period)
        known = kept.get(key)
        if known is None:
            kept[key] = figure
        elif len(figure.anchor.quote) > len(known.anchor.quote) and "thuế" not in key[2]:
            kept[key] = replace(figure, role=known.role)
    dated: dict[_Same, set[Role]] = {}
    for figure in kept.values():
        if figure.period is not None:
            dated.setdefault(_what_of(figure), set()).add(figure.role)
    return [f for f in kept.values() if not _is_told_with_its_time(f, dated)]


_Key = tuple[Decimal, str, str, str | None, str | None]
_Same = tuple[Decimal, str, str, str | None]


def _what_of(figure: Figure) -> _Same:
    """What two mentions of one figure have in common."""
    return figure.value, figure.unit, figure.measure, figure.subject


def _is_told_with_its_time(figure: Figure, dated: dict[_Same, set[Role]]) -> bool:
    """Whether an amount is told again with its time: an aim with its year, a sum of many digits.

    Args:
        dated: the roles of the figures with a period, by what they are.
    """
    if figure.period is not None or figure.unit not in ("USD", "VND"):
        return False
    if figure.role == "comparison" or figure.compares is not None:
        return False
    roles = dated.get(_what_of(figure), ())
    return "target" in roles or (figure.role in roles and _is_exact(figure.value))
