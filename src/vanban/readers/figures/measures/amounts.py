"""What an amount of money is: a price, capital put in, a loan, or what was told before it."""

from vanban.data import load
from vanban.patterns import regex
from vanban.readers.figures.measures.case import Case, Rule
from vanban.readers.figures.measures.nearest import OF_BOTH, is_disbursed
from vanban.readers.figures.measures.ways import ONE_WAY
from vanban.readers.figures.mention import pattern_of
from vanban.readers.figures.subjects.capital import (
    OF_FDI,
    goes_abroad,
    is_lent,
    lent_by_a_donor,
    paid_in,
)

__all__ = [
    "CAPITAL",
    "CARRIED_DOLLARS",
    "CARRIED_MONEY",
    "CARRIED_SHARE",
    "behind_an_amount",
    "price_of_one",
    "taken_in_by_the_budget",
]


def price_of_one(case: Case) -> str | None:
    """What one of a thing costs is of itself; what a year brings is no price."""
    q, text = case.m.q, case.m.text
    if q.unit in ("USD", "VND"):
        each = text.startswith("/", q.end) and not text.startswith("/năm", q.end)
    else:
        each = "/" in q.unit
    return "other" if each else None


def taken_in_by_the_budget(case: Case) -> str | None:
    """Revenue, whatever it is from: "thu từ hoạt động xuất nhập khẩu đạt ..."."""
    return "other" if _REVENUE.search(case.m.before(_REVENUE_REACH)) else None


_REVENUE = regex(
    r"(?:[Nn]guồn thu|[Ss]ố thu"
    r"|(?<!\w)[Tt]hu (?:từ|ngân sách|NSNN|thuế|hải quan|xuất nhập khẩu))[^;.,\d]*$"
)
_REVENUE_REACH = 80


def _capital_of_projects(case: Case) -> str | None:
    """What the projects told right before it put in: "35 dự án, với tổng vốn 2 tỷ USD"."""
    previous = case.m.previous
    if previous is None or previous.measure != "fdi_projects":
        return None
    return "fdi_registered" if _THEIR_CAPITAL.search(case.m.before(30)) else None


_THEIR_CAPITAL = regex(
    r"(?:với|,|có)(?: tổng)?(?: số)? vốn(?: (?:đăng ký|đầu tư|khoảng|hơn|gần|trên))* *$"
)


def _lent(case: Case) -> str | None:
    return "oda" if lent_by_a_donor(case.m) or is_lent(case.m, case.remembered) else None


CAPITAL: tuple[Rule, ...] = (_capital_of_projects, _lent)


def behind_an_amount(case: Case) -> str | None:
    """What stands right behind an amount: "5 tỷ USD vốn đăng ký"."""
    if not case.behind:
        return None
    q, first = case.m.q, case.behind[0]
    if first.start - q.end >= _NOUN_REACH:
        return None
    noun = pattern_of("money_nouns", " +{}").match(case.m.text, q.end, q.end + 8)
    return first.key if noun is not None else None


_NOUN_REACH = 40


def _capital_of_those_with_projects(case: Case) -> str | None:
    """Of an investor among others: "1.680 dự án FDI, dẫn đầu là Hàn Quốc (7,8 tỷ USD)"."""
    m = case.m
    if not any(c.key == "fdi_projects" and c.end <= m.q.number_start for c in case.named):
        return None
    if goes_abroad(m):
        return "other"
    return "fdi_disbursed" if is_disbursed(m) else "fdi_registered"


def _put_in(case: Case) -> str | None:
    return paid_in(case.m, case.remembered)


def _worth_of_texts(case: Case) -> str | None:
    """ "23 bản ghi nhớ, giá trị 18 triệu USD": their worth is no number of texts."""
    previous = case.m.previous
    return "other" if previous is not None and previous.measure in _TEXTS else None


_TEXTS = ("agreements_signed", "documents_signed")


def _invested_by_some_of_them(case: Case) -> str | None:
    """What some put in: "Có 68 quốc gia đầu tư, trong đó Singapore 4,2 tỷ USD"."""
    m, previous = case.m, case.m.previous
    if previous is None or previous.unit != "count" or previous.measure != "other":
        return None
    told = case.remembered in OF_FDI and "đầu tư" in m.text[m.sentence.start : m.q.start]
    return "fdi_registered" if told else None


def _as_the_figure_before(case: Case) -> str | None:
    previous = case.m.previous
    if previous is None:
        return None
    return "fdi_registered" if previous.measure == "fdi_projects" else previous.measure


CARRIED_SHARE: tuple[Rule, ...] = (_invested_by_some_of_them, _as_the_figure_before)
"""Of a percentage in whose sentence no measure is named."""
CARRIED_MONEY: tuple[Rule, ...] = (
    _capital_of_those_with_projects,
    _put_in,
    _worth_of_texts,
    *CARRIED_SHARE,
)
"""Of money in whose sentence no measure is named before it."""


def _registered_by_another(case: Case) -> str | None:
    """What each country has registered, behind all that was paid in."""
    m = case.m
    told = case.remembered == "fdi_disbursed" and m.scan.partners_between(m.clause, m.clause + 2)
    return "fdi_registered" if told else None


def _attracted(case: Case) -> str | None:
    return "fdi_registered" if _ATTRACTS.search(case.m.before(24)) else None


_ATTRACTS = regex(r"(?<!\w)thu hút(?: được| thêm| đạt| khoảng| hơn| trên| gần| từ)* *$")


def _a_price(case: Case) -> str | None:
    m = case.m
    return "other" if _A_PRICE.search(m.text, m.sentence.start, m.q.start) else None


_A_PRICE = regex(r"(?<![Tt]rị )(?<!\w)[Gg]iá(?! trị)(?!\w)|USD/tấn|[Gg]ạo \d+%")


def _goes_on_with_trade_or_capital(case: Case) -> str | None:
    """The trade or the capital told before; of both sides, if its sentence says so."""
    m, told = case.m, case.remembered
    if told not in load("figures")["carried"]:
        return None
    if told in ONE_WAY and OF_BOTH.search(m.text, m.sentence.start, m.sentence.end):
        return "trade_turnover"
    return told


CARRIED_DOLLARS: tuple[Rule, ...] = (
    *CARRIED_MONEY,
    _registered_by_another,
    _attracted,
    _a_price,
    _goes_on_with_trade_or_capital,
)
"""Of dollars in whose sentence no measure is named before them; only of these what texts told."""
