"""A figure that only goes on with one before it: what that came to, or what it is worth."""

from vanban.patterns import regex
from vanban.readers.figures.beside import is_worth_of_weight, reaches
from vanban.readers.figures.measures.case import Case
from vanban.readers.figures.periods.so_far import FLOWS

__all__ = ["GROWTHS", "came_to", "goes_on_from_before", "worth_of_weight"]

GROWTHS = ("gdp_growth", "grdp_growth")


def came_to(case: Case) -> str | None:
    """What grew right before an amount it came to: "xuất khẩu tăng 5%, đạt 3 tỷ USD"."""
    beside = case.m.beside
    if beside is None or beside.measure in GROWTHS or case.behind or not reaches(case.m):
        return None
    return beside.measure


def worth_of_weight(case: Case) -> str | None:
    """What the weight right before an amount is of: "51 tấn, trị giá 2 triệu USD"."""
    beside = case.m.beside
    if beside is None or beside.measure not in FLOWS or not is_worth_of_weight(case.m):
        return None
    return beside.measure


def goes_on_from_before(case: Case) -> str | None:
    """What the sentence before told, if this one begins with it: "Con số này ..."."""
    m = case.m
    if m.earlier is None or m.previous is not None or case.said:
        return None
    if m.earlier.unit != m.q.unit and not (m.q.unit == "USD" and m.earlier.measure in FLOWS):
        return None
    return m.earlier.measure if _THIS_NUMBER.match(m.text, m.sentence.start) else None


_THIS_NUMBER = regex(
    r"(?:Con số|Mức(?: tăng| giảm)?|Lượng|Kim ngạch|Kết quả|Số(?: \w+)?) (?:này|trên|đó)(?!\w)"
)
