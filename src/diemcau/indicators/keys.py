"""What a figure measures, reduced to what can be looked up and compared."""

import re
from typing import Any

from diemcau.documents.models import Statement
from diemcau.indicators.models import FigureKey
from diemcau.indicators.periods import in_year_of, year_before
from vanban.directory.resolve import resolve
from vanban.letters import fold

__all__ = ["COUNTRY", "key_of", "same_matter", "same_words", "subject_of"]

COUNTRY = "viet nam"
_COUNTRY_NAMES = frozenset(
    {"viet nam", "nuoc ta", "ca nuoc", "dat nuoc", "quoc gia", "chung ta", "toan quoc"}
)
_RATIOS = frozenset({"yoy", "vs_period", "times", "vs_plan"})
_HEAD_ENDS = frozenset(
    [
        *("da", "dang", "duoc", "nhan", "trong", "tai", "o", "voi", "de", "den", "dat", "con"),
        *("khi", "nam", "thang", "sau", "truoc", "so"),
    ]
)
"""Folded words at which the name of what is measured is over and the clause goes on."""
_JOINTS = frozenset(["cac", "cua", "va", "nhung", "tong", "so", "mot", "moi", "ca"])
_TRADE = "kim ngach gia tri tri gia hang hoa xuat khau nhap khau thuong mai hai chieu song phuong"
_CAPITAL = "von dau tu truc tiep nuoc ngoai fdi dang ky thuc hien giai ngan thu hut du an"
_GROWTH = "tang truong toc do kinh te gdp grdp"
_CHANGE = re.compile(r"\b(?:tang|giam|them|nhieu hon|it hon|cao hon|thap hon|vuot)\b")
_USUAL = {
    measure: frozenset(words.split())
    for measures, words in (
        (
            "agreements_signed documents_signed",
            "thoa thuan hop tac van kien ban cam quoc te ky ket",
        ),
        ("high_level_activities", "hoat dong doi ngoai lanh dao chu chot cap cao dang nha nuoc"),
        (
            "promotion_activities",
            "hoat dong ngoai giao kinh te xuc tien thuong mai dau tu du lich dia phuong",
        ),
        ("relations_upgraded", "quan he nang cap tam nuoc doi tac"),
        ("exports imports trade_turnover", _TRADE),
        ("fdi_registered fdi_disbursed fdi_projects", _CAPITAL),
        ("gdp_growth grdp_growth", _GROWTH),
        ("remittances", "kieu hoi luong"),
        ("tourists", "luot khach du lich quoc te"),
        ("endpoints", "diem cau"),
    )
    for measure in measures.split()
}
"""Folded words that say no more than the measure itself does."""


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
    unit = values.get("unit") or "count"
    if kind in _RATIOS and unit not in ("percent", "ratio"):
        # "(cả năm 2024 là 59 hoạt động)": a figure of the other period in its own right, unless
        # it is the difference between the two.
        if _CHANGE.search(fold(values.get("quote") or "")):
            return None
        role = "plan" if kind == "vs_plan" else "actual"
        # Without a base named, the period read is that of the figure itself.
        if compares.get("base"):
            period = _base(values, kind, compares["base"], period)
    elif kind in _RATIOS:
        role = kind
        if kind == "vs_plan":
            base = period
        else:
            base = _base(values, kind, compares.get("base"), period)
    elif kind == "cumulative":
        role = "cumulative"
    elif role == "comparison":
        # A share or a conversion of another figure: nothing to hold it against.
        return None
    return FigureKey(
        statement=statement,
        measure=(values.get("measure") or "other")[:60],
        subject=subject_of(values.get("subject") or ""),
        subject_name=_called(values.get("subject") or "")[:200],
        period=period[:30],
        base_period=base[:30],
        unit=unit[:60],
        role=role[:20],
    )


def _base(values: dict[str, Any], kind: str, said: str | None, period: str) -> str:
    """The period a figure is held against: of "cùng kỳ" the same part of the year that is named."""
    if kind != "yoy":
        return said or ""
    if not said:
        return year_before(period)
    if "ca nam" in fold(values.get("quote") or ""):
        return said
    same_part = in_year_of(period, said)
    is_ratio = values.get("unit") in ("percent", "ratio")
    # Nothing grows against itself: such a base stays as it was read.
    return said if is_ratio and same_part == period else same_part


def subject_of(name: str) -> str:
    """A subject in the form in which figures are found: "tỉnh Nghệ An" and "Nghệ An" are one, and
    so are "Mỹ" and "Hoa Kỳ".

    Args:
        name: as a text or a person writes it.
    """
    folded = fold(_bare(_called(name)))
    return COUNTRY if folded in _COUNTRY_NAMES else folded[:200]


def _called(name: str) -> str:
    """What the directory calls a partner, whatever a text does; any other name as it is."""
    partner = resolve(_bare(name), kinds=("country", "bloc", "region"))
    return partner.candidates[0].name if partner.id else name


def _bare(name: str) -> str:
    return _PROVINCE.sub("", " ".join(name.split()))


_PROVINCE = re.compile(r"^(?:tỉnh|thành phố) ", re.IGNORECASE)


def same_matter(a: Statement, b: Statement) -> bool:
    """Whether the words two figures give for what they measure can mean one thing.

    Words that only repeat the measure are left out, so that "thỏa thuận hợp tác" is "thỏa thuận";
    of the rest half must be shared, so that exports of rice are not set beside exports.
    """
    left, right = _telling(a), _telling(b)
    if not left and not right:
        return (a.values.get("measure") or "other") != "other"
    return len(left & right) / len(left | right) >= 0.5


def same_words(a: Statement, b: Statement) -> bool:
    """Whether two figures give what they measure in the same words, marks and numbers aside.

    One document that says "visits abroad" and "visits to Viet Nam" means two things; only the same
    words twice are one ("vượt mốc 3 tỷ", then "ước đạt 3,207 tỷ").
    """
    left, right = (
        [w for w in re.findall(r"\w+", fold(s.values.get("what") or "")) if not w.isdigit()]
        for s in (a, b)
    )
    # No words on either side are no words twice.
    return left == right and bool(left or (a.values.get("measure") or "other") != "other")


def _telling(statement: Statement) -> frozenset[str]:
    words: list[str] = []
    for word in re.findall(r"\w+", fold(statement.values.get("what") or "")):
        if words and word in _HEAD_ENDS:
            break
        words.append(word)
    usual = _USUAL.get(statement.values.get("measure") or "", frozenset())
    return frozenset(w for w in words if not w.isdigit()) - _JOINTS - usual
