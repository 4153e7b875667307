"""What a figure measures, reduced to what can be looked up and compared."""

from diemcau.documents.models import Statement
from diemcau.indicators.models import FigureKey
from diemcau.indicators.periods import year_before
from vanban.letters import fold

__all__ = ["COUNTRY", "key_of", "same_matter"]

COUNTRY = "viet nam"
_COUNTRY_NAMES = frozenset(
    {"viet nam", "nuoc ta", "ca nuoc", "dat nuoc", "quoc gia", "chung ta", "toan quoc"}
)
_RATIOS = frozenset({"yoy", "vs_period", "times", "vs_plan"})
_HOLLOW = frozenset(
    [
        *("cac", "cua", "va", "da", "duoc", "trong", "nam", "nhung", "voi", "tai", "o", "co"),
        *("la", "cho", "ve", "so", "tong", "moi", "ca", "mot"),
    ]
)
"""Words of `what` that say nothing about what is measured."""


def key_of(statement: Statement) -> FigureKey | None:
    """The look-up key of a figure statement; None if it cannot be compared with anything.

    The role of a ratio is the kind of its comparison, so that a growth rate is never set beside
    an amount. A rate against "the same period" without a year is measured against the year before.
    """
    values = statement.values
    if values.get("value") is None:
        return None
    compares = values.get("compares") or {}
    kind = compares.get("kind")
    period = values.get("period") or ""
    role = values.get("role") or "actual"
    base = ""
    if kind in _RATIOS:
        role = kind
        if kind == "vs_plan":
            base = period
        else:
            base = compares.get("base") or (year_before(period) if kind == "yoy" else "")
    elif kind == "cumulative":
        role = "cumulative"
    elif role == "comparison":
        # A share or a conversion of another figure: nothing to hold it against.
        return None
    return FigureKey(
        statement=statement,
        measure=(values.get("measure") or "other")[:60],
        subject=_subject(values.get("subject")),
        period=period[:30],
        base_period=base[:30],
        unit=(values.get("unit") or "count")[:60],
        role=role[:20],
    )


def _subject(name: str | None) -> str:
    folded = " ".join(fold(name or "").split())
    for prefix in ("tinh ", "thanh pho "):
        folded = folded.removeprefix(prefix)
    return COUNTRY if folded in _COUNTRY_NAMES else folded[:200]


def same_matter(a: Statement, b: Statement) -> bool:
    """Whether the words two figures give for what they measure can mean one thing.

    Half of the telling words must be shared, so that exports of rice are not set beside exports;
    figures of no named measure must share more.
    """
    left, right = _words(a), _words(b)
    other = (a.values.get("measure") or "other") == "other"
    if not left or not right:
        return not other
    share = len(left & right) / len(left | right)
    return share >= (0.75 if other else 0.5)


def _words(statement: Statement) -> frozenset[str]:
    words = fold(statement.values.get("what") or "").replace(",", " ").split()
    return frozenset(words) - _HOLLOW
