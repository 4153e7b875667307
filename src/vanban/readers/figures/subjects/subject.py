"""Whose figure it is: a province, a partner, the country, a kind of body."""

import re
from functools import cache

from vanban.data import load
from vanban.forms import rare
from vanban.gazetteer import PlaceMention
from vanban.patterns import Cue, alternation, first_words, regex
from vanban.readers.figures.beside import reaches
from vanban.readers.figures.measures.prices import differs, is_price, price_owner
from vanban.readers.figures.measures.ways import TRADE
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.alone import lone_partner, of_all_markets
from vanban.readers.figures.subjects.capital import OF_FDI
from vanban.readers.figures.subjects.carried import carried_place, goes_on_of, specified
from vanban.readers.figures.subjects.countries import (
    block_partner,
    buyer_of_block,
    in_own_bracket,
    leading_partner,
    meant_by,
    other_side,
    ours_at,
    owner_behind,
    partner_at,
    placed_partner,
    respective,
)
from vanban.readers.figures.subjects.doers import actor, province_at, who_is_counted
from vanban.readers.figures.subjects.guests import home_of_people
from vanban.readers.figures.subjects.organisations import organisation_of
from vanban.readers.figures.subjects.owners import (
    between_two,
    continent_at,
    its_own,
    land_of,
    of_projects,
    owner_said,
    part_of,
    world_at,
)
from vanban.readers.figures.subjects.parties import (
    donor_of,
    of_a_side,
    of_agreement,
    of_delegation,
    of_members,
    pledger,
)
from vanban.readers.figures.subjects.sectors import granted_to, sector_of
from vanban.readers.figures.subjects.topics import Topic, name_of
from vanban.records import Role

__all__ = ["find_subject"]


@cache
def _said_subject() -> Cue:
    """The country, the missions or an embassy, in words."""
    data = load("figures")
    not_the_country = alternation(data["not_the_country"])
    pattern = regex(
        rf"(?<!\w)(?:(?P<country>{alternation(data['country'])}"
        rf"|(?:của +|nước +)?(?<!tại )(?<!vào )(?<!sang )(?<!với )(?<!cho )(?<!ở )[Vv]iệt +Nam"
        rf"(?! +(?:{not_the_country}|[-–])))"
        rf"|(?P<missions>{alternation(data['missions'])})"
        rf"|(?P<embassy>(?<!ty )(?<!đoàn )(?<!hội ){alternation(data['embassy'])})"
        rf"|(?P<ministry>{alternation(data['ministries'])})"
        rf"|(?P<local>(?:(?<=[Cc]ác )|(?<=[Nn]hiều ))(?:{alternation(data['localities'])}))"
        rf"|(?P<region>(?<!tỉnh )(?:{alternation(data['regions'])})))(?!\w)"
    )
    names = ("country", "missions", "embassy", "ministries", "localities", "regions")
    phrases = [phrase for name in names for phrase in data[name]]
    return Cue(pattern, first_words([*phrases, "của", "nước", "Việt Nam"]))


def find_subject(m: Mention, *, measure: str, role: Role, topic: Topic, says_measure: bool) -> str:
    """Whose figure a quantity is, as the text calls them.

    Source: `data/figures.yml`.
    Args:
        measure: what it measures, as `find_measure` gives it.
        role: as `find_role` gives it.
        topic: whom the whole text is about.
        says_measure: whether its sentence names a measure before it.
    """
    data, q, previous = load("figures"), m.q, m.previous
    whole = q.bound_rule == "of" or m.before(12).endswith(("trong số ", "trong "))
    if whole and _OF_ALL_HERE.match(m.text, q.number_end, m.sentence.end):
        return "Việt Nam"
    if measure == "other" and (pact := of_agreement(m)) is not None:
        return pact
    if q.unit in ("count", "people") and (
        of := of_delegation(m) or of_members(m) or of_a_side(m, measure)
    ):
        return of
    if m.beside is not None and reaches(m) and not _names_another(m):
        return m.beside.subject or "Việt Nam"
    if m.beside is not None and m.beside.subject and m.text[m.left : q.start] == " (":
        # "Nhật Bản: 1.937 lao động (900 lao động nữ)"
        return m.beside.subject
    if (body := organisation_of(m, measure, role)) is not None:
        world = next((w for w in ("toàn cầu", "thế giới") if body.endswith(w)), None)
        return world or body
    if measure == "other" and (is_price(m) or differs(m)) and (whose := price_owner(m)):
        return whose
    if (owner := in_own_bracket(m)) is not None:
        return owner
    if q.unit == "count" and (who := who_is_counted(m, measure, topic)) is not None:
        return who
    if (owner := respective(m) or owner_behind(m, measure)) is not None:
        return owner
    if role == "comparison" and previous is not None and _RESTATED.match(m.text, m.left, q.start):
        return previous.subject or "Việt Nam"
    if role == "comparison" and previous is not None and m.is_relative:
        if q.unit == "rank" and _OURS_STANDS.search(m.text, m.clause_from(m.left), q.start):
            return "Việt Nam"
        if q.unit == "rank" and _AMONG_SELLERS.match(m.text, q.end):
            return "Việt Nam"
        here = placed_partner(m) or _place_of_item(m)
        there = partner_at(m, m.clause_from(m.left)) or here or continent_at(m)
        there = there or (_whence(m) if measure == "remittances" else None)
        beside = m.beside
        if beside is not None and ";" not in m.text[m.left : m.q.start] and beside.subject:
            # "châu Âu (chiếm 6,3%) tăng 71%": of whose the part was.
            return there or beside.subject
        return there or previous.subject or "Việt Nam"
    if (
        m.earlier is not None
        and previous is None
        and m.earlier.subject
        and (measure == m.earlier.measure and _THIS_NUMBER.search(m.before(60)))
    ):
        return m.earlier.subject
    if province_at(m, topic) is None and (branch := sector_of(m, measure)):
        return branch
    if (body := granted_to(m)) is not None:
        return body
    if measure in _OF_PEOPLE and (home := home_of_people(m)) is not None:
        return home
    if (leading := leading_partner(m)) is not None and (
        q.unit != "people" or measure in _OF_PEOPLE or _DWELLS.search(m.text, m.clause, q.end)
    ):
        return leading
    if measure in OF_FDI and (here := _leading_place(m)) is not None:
        return here
    if measure == "fdi_projects" and (owner := of_projects(m)) is not None:
        return owner
    if q.unit not in ("count", "rank") and (pair := between_two(m)) is not None:
        return pair
    if measure in TRADE and (sector := _SECTOR.search(m.text, m.clause, q.start)) is not None:
        return sector["who"]
    balance = q.unit in ("USD", "VND") and m.says("balances", m.clause_from(m.left), q.start)
    if (owner := part_of(m)) is not None:
        return owner
    if (
        measure in OF_FDI
        and _INTO_US.search(m.before(40))
        and not m.scan.partners_between(m.clause, q.start)
    ):
        return "Việt Nam"
    of_all = (*data["of_partners"], "remittances")
    if q.unit == "rank" and _OURS_STANDS.search(m.text, max(m.clause, m.left), q.start):
        # "Việt Nam là đối tác lớn nhất trong ASEAN, đối tác lớn thứ 4 của Lào"
        return "Việt Nam"
    if measure in of_all and (there := continent_at(m)) is not None:
        return there
    if (
        measure == "exports"
        and m.earlier is not None
        and m.earlier.measure in ("imports", "exports")
        and m.earlier.subject not in (None, "Việt Nam")
        and _BOUGHT_OF_US.search(m.text, m.clause, q.start)
        and not m.scan.partners_between(m.clause, q.start)
    ):
        # "Hàn Quốc nhập khẩu 480 tỷ USD. Nhập khẩu từ Việt Nam đạt 21 tỷ USD"
        return m.earlier.subject
    if (
        measure == "exports"
        and _BOUGHT_OF_US.search(m.text, m.clause, q.start)
        and (buyer := buyer_of_block(m)) is not None
    ):
        return buyer
    if measure == "remittances" and (whence := _whence(m)) is not None:
        return whence
    if measure in data["of_partners"] or balance:
        partner = partner_at(m, m.clause_from(m.left))
        if partner is None and m.left == m.sentence.start:
            partner = partner_at(m, m.sentence.start, anywhere=True)
        partner = partner or meant_by(m) or (None if says_measure else goes_on_of(m))
        partner = partner or (specified(m) if measure in TRADE or balance else None)
        if partner is not None:
            return partner
    if measure in _PLEDGED and (promises := pledger(m)) is not None:
        return promises
    if measure == "oda" and (lender := donor_of(m)) is not None:
        return lender
    if measure in _OF_ANYBODY:
        owner = owner_said(m) or world_at(m) or its_own(m)
        if owner is not None:
            return owner
    if measure == "other" and (owner := land_of(m)) is not None:
        return owner
    if _is_worth_of_it(m):
        return (previous.subject if previous is not None else None) or "Việt Nam"
    places = [
        p for p in m.scan.places_between(m.sentence.start, m.stop) if not _is_venue(m.text, p)
    ]
    before = [p for p in places if p.start < q.start]
    if before:
        return before[-1].name
    said = [
        s
        for s in m.scan.words.find_all(_said_subject(), m.clause_from(m.left), q.start)
        if (s["country"] and not _PLACED_IN.search(m.text, m.sentence.start, s.start()))
        or s["region"]
        or (
            not s["country"]
            and not _beside().search(
                m.text, max(m.sentence.start, s.start() - _BESIDE_REACH), s.start()
            )
        )
    ]
    if said and said[-1]["region"]:
        return " ".join(said[-1]["region"].split())
    if said and said[-1]["country"] and q.unit == "rank":
        # "Việt Nam vươn lên thành đối tác lớn thứ 9 của Myanmar"
        return "Việt Nam"
    if said and said[-1]["country"]:
        of_trade = "trade_turnover" if balance else measure
        return _ongoing_partner(m, of_trade, topic) or "Việt Nam"
    if said and q.unit in ("count", "people") and (who := actor(m, said[-1], measure)):
        return who
    if previous is not None and previous.subject in _MISSIONS and measure in _OF_MISSIONS:
        return previous.subject
    if previous is not None and _goes_on(m, measure):
        return previous.subject or "Việt Nam"
    if m.is_relative and previous is None and role == "comparison" and m.earlier is not None:
        # "... Thủy sản chiếm 27%": of what the sentence before told.
        named = m.scan.partners_between(m.sentence.start, q.start)
        if not named and m.earlier.measure == measure and m.earlier.subject:
            return m.earlier.subject
    ours = province_at(m, topic) if measure == "gdp_growth" else None
    if ours is not None and m.text.find("GDP", m.clause_from(m.left), m.stop) < 0:
        return ours
    if (at := _province_of_gdp(m, topic)) is not None:
        return at
    if (
        measure == "gdp_growth"
        and previous is not None
        and previous.measure == measure
        and m.text.find("Việt Nam", m.left, q.start) < 0
    ):
        # "kinh tế Lào ước đạt 3%, thấp hơn mục tiêu 4%"
        return previous.subject or "Việt Nam"
    if measure == "gdp_growth" or _OF_THE_COUNTRY.search(m.text, m.clause_from(m.left), q.start):
        return "Việt Nam"
    if (at := ours_at(m)) is not None:
        return at
    if measure in data["of_partners"] and (other := other_side(m)) is not None:
        return other
    if measure in data["of_partners"] and m.sentence.block in topic.courted:
        return topic.courted[m.sentence.block]
    if (province := province_at(m, topic)) is not None:
        return province
    if places and not _APART.search(m.text, q.end, places[0].start):
        return places[0].name
    if (
        m.text.find("ỉnh", m.sentence.start, m.sentence.end) >= 0
        and m.scan.place_names <= _CAPITAL
        and _OF_A_PROVINCE.search(m.text, m.sentence.start, m.sentence.end)
    ):
        # A province's text that never says its name.
        return "tỉnh"
    if measure in (*data["of_partners"], *data["of_both_sides"]) and (near := block_partner(m)):
        return near
    if (other := topic.partner_of(m.sentence.block)) is not None and measure in (
        *data["of_partners"],
        *data["of_both_sides"],
    ):
        return "Việt Nam" if measure in TRADE and of_all_markets(m) else other
    goes_on = previous is not None and not (
        (previous.subject or "").startswith("ngành ") and ";" in m.text[m.left : q.start]
    )
    if goes_on and previous is not None and previous.subject:
        return previous.subject if measure not in data["of_the_country"] else "Việt Nam"
    alone = lone_partner(m) if measure in data["of_partners"] else None
    return alone or carried_place(m) or "Việt Nam"


def _province_of_gdp(m: Mention, topic: Topic) -> str | None:
    """The province of which a paper tells the GDP: "GDP của tỉnh tăng 13%. Quy mô GDP đạt ..."."""
    if m.text.find("GDP", m.clause, m.q.start) < 0:
        return None
    province = province_at(m, topic)
    if province is None:
        return None
    goes_on = m.earlier is not None and m.earlier.subject == province
    return province if goes_on or _GDP_OF_IT.search(m.text, m.clause, m.q.start) else None


_GDP_OF_IT = regex(r"GDP [^;.\d]{0,30}(?:của|toàn) (?:[Tt]ỉnh|[Tt]hành phố|địa phương)(?!\w)")


def _names_another(m: Mention) -> bool:
    """Whether somebody is named between a figure and the one before it."""
    return bool(
        m.scan.partners_between(m.left, m.q.start) or m.scan.places_between(m.left, m.q.start)
    )


_PLACED_IN = regex(r"(?:dẫn đầu|đứng đầu|nhất|hàng đầu|thứ \w+|top \d+)(?: của| trong)? $")
"""Before "cả nước", that somebody has a place in it."""
_BOUGHT_OF_US = rare(r"(?:[Nn]hập khẩu|[Nn]hập|[Mm]ua)(?: [^\s,;.()\d]+){0,4} từ Việt Nam(?!\w)")
_AMONG_SELLERS = regex(
    r" (?:trong|trên)(?: tổng)?(?: số)?(?: các| những)? (?:\d+ )?(?:nước|quốc gia|nguồn|nhà)"
    r"[^;.,]{0,24}(?:xuất khẩu|bán hàng|cung cấp|cung ứng)[^;.,]{0,30} (?:vào|cho|sang|tại) "
)
"""Behind a rank that goes on about what others buy of us, that it is ours among those who sell."""
_SENT_FROM = regex(r"(?:từ|của)(?: [^\s,;.:()]+){0,4} $")


def _whence(m: Mention) -> str | None:
    """Whence money is sent home: "kiều hối từ các quốc gia châu Phi", "từ khu vực này"."""
    start = m.clause_from(m.left)
    for p in reversed(m.scan.partners_between(start, m.q.start)):
        if p.type != "agreement" and _SENT_FROM.search(m.text, start, p.start):
            return name_of(m.text, p)
    return meant_by(m)


def _leading_place(m: Mention) -> str | None:
    """The province that heads its sentence: "Hiện tỉnh Bình Thuận có 5 dự án của Trung Quốc"."""
    begin = _RANKED_PLACE.match(m.text, m.sentence.start, m.q.start)
    at = begin.end() if begin is not None else m.sentence.start
    vast = m.scan.words.find(_said_subject(), at, min(at + _NAME, m.q.start))
    heads = vast is not None and vast.start() == at and vast["region"]
    if vast is not None and heads and _ATTRACTS.match(m.text, vast.end()) is not None:
        return " ".join(heads.split())
    for p in m.scan.places_between(m.sentence.start, at + 1)[:1]:
        if m.scan.places_between(p.end, m.q.start):
            return None
        return p.name if _ATTRACTS.match(m.text, p.end) and p.end < m.q.start else None
    return None


_NAME = 24
"""Code points of the name of a part of the country."""
_RANKED_PLACE = regex(
    r"[“\"]?(?:(?:[Hh]iện|[Hh]iện nay|[Đđ]ến nay|[Tt]ính đến [^,;.]{2,24}|[Rr]iêng),? )?"
    r"(?:(?:[Tt]ỉnh|[Tt]hành phố|TP\.?|[Vv]ùng) )?"
)
_ATTRACTS = regex(
    r" (?:hiện |đã |đang |vẫn |mới |chỉ |cũng )*(?:thu hút|đón|xếp|đứng|dẫn đầu|có|với|tiếp nhận"
    r"|là (?:một trong |nơi|địa phương|tỉnh|thành phố|điểm))(?!\w)"
)
_INTO_US = regex(
    r"(?:đầu tư|(?:FDI\)?|vốn) đăng ký) (?:vào|tại) Việt Nam(?: (?!của|từ)[^\s,;.]+){0,3} *$"
)


def _place_of_item(m: Mention) -> str | None:
    """The province right before its growth in a list: "Bắc Ninh tăng 17,8%; Hà Nội tăng 9,8%"."""
    start = m.clause_from(m.left)
    if _COUNTRY_ALONE.search(m.text, start, m.q.start):
        return "Việt Nam"
    for p in m.scan.places_between(start, m.q.start)[-1:]:
        if _ALONE.fullmatch(m.text, p.end, m.q.start):
            return p.name
    return None


_COUNTRY_ALONE = regex(
    r"(?:[Cc]ả nước|[Tt]oàn quốc|(?:[Kk]inh tế|[;,]) Việt Nam)"
    r" \(?(?:là |đạt |tăng |tăng trưởng |giảm |chiếm |với |khoảng |hơn |gần )*$"
)
_ALONE = regex(
    r" \(?(?:(?:đứng|xếp|ở|giữ|hiện|vẫn)(?: ở)?(?: vị trí)? ?|là |đạt |tăng |giảm "
    r"|chiếm |với |khoảng |hơn |gần )*"
)


def _is_worth_of_it(m: Mention) -> bool:
    """Whether an amount is only what was counted right before it is worth."""
    return (
        m.previous is not None
        and m.q.unit in ("USD", "VND")
        and _WORTH.fullmatch(m.text, m.previous.anchor.end, m.q.start) is not None
    )


_WORTH = regex(
    r"[^;.\d]{0,40}(?:,| với| có)? ?(?:tổng giá trị|trị giá|tổng trị giá|giá trị|tổng vốn)"
    r"(?: [^\W\d]+){0,4} $"
)
_OF_ANYBODY = ("other", "gdp_growth")
_OF_ALL_HERE = regex(
    r" (?:quốc gia|nước|đối tác)(?: và vùng lãnh thổ|, vùng lãnh thổ)?(?: có)?(?: vốn)? đầu tư"
    r"(?: (?:vào|tại|ở|của) Việt Nam)"
)
"""Behind a number, all who invest here: of how many one is the so-and-so-many-th."""
_OURS_STANDS = regex(
    r"(?<!của )(?<!với )(?<!cho )(?<!tại )(?<!vào )Việt Nam"
    r"(?: hiện| đã| đang| tiếp tục| vẫn| còn| cũng| luôn)*"
    r" (?:là|vươn|trở|đứng|xếp|duy trì|giữ|thuộc|nằm)(?!\w)"
)
_APART = regex(r", (?:trong đó|còn|nhưng|riêng|trong khi)(?!\w)|;")
"""Between a figure and a place behind it, that the place is of another claim."""
_SECTOR = regex(
    r" của (?:các )?(?P<who>(?:(?:khối|khu vực)(?: các)?(?: doanh nghiệp| DN)?|doanh nghiệp|DN)"
    r" (?:FDI|(?:có )?vốn (?:đầu tư (?:trực tiếp )?nước ngoài|FDI)|(?:kinh tế )?trong nước))(?!\w)"
)
"""Whose exports are told apart from the country's."""
_CAPITAL = {"Hà Nội"}
_OF_A_PROVINCE = regex(
    r"(?<!\w)(?:[Tt]oàn|của|trong|địa bàn|vào|[Tt]ại|UBND|[Nn]gân sách) [Tt]ỉnh"
    r"(?!,| và| khác|\w| thành| [A-ZĐ])|[Tt]ỉnh ta(?!\w)"
)
_RESTATED = regex(r" ?\((?:tương đương|tức|quy đổi)(?!\w)")
_PLEDGED = ("other", "oda")
_OF_THE_COUNTRY = rare(r"(?<!\w)(?:GDP|[Nn]ợ công|[Kk]inh tế Việt Nam)(?!\w)")
_THIS_NUMBER = regex(r"(?:con số|kim ngạch|mức|lượng) (?:này|đó|trên)(?!\w)")


def _is_venue(text: str, place: PlaceMention) -> bool:
    """Whether a place only says where people met, or whom a deputy speaks for.

    "Sáng 12/8, tại Hà Nội, ...", "đại biểu Trần Văn A (đoàn Bắc Giang)".
    """
    if text.startswith(")", place.end) and text.endswith(_SPEAKS_FOR, 0, place.start):
        return True
    return _MET_AT.search(
        text, max(0, place.start - _MET_REACH), place.start
    ) is not None and text.startswith(",", place.end)


_MET_AT = regex(r"\d[^.;]{0,16}, tại (?:TP\.? ?|thành phố )?$")
_SPEAKS_FOR = ("(đoàn ", "(Đoàn ", "(ĐBQH ", "(ĐBQH tỉnh ", "(đoàn ĐBQH ", "(đoàn ĐBQH tỉnh ")
_MET_REACH = 40
_DWELLS = regex(r"(?<!\w)(?:dân|người tiêu dùng|đông dân)(?!\w)")
_OF_PEOPLE = ("tourists", "labour_sent")
"""Numbers of people that a country has of its own: "Đài Loan dẫn đầu với 17.374 người"."""


def _goes_on(m: Mention, measure: str) -> bool:
    """Whether a figure goes on about the partner of the one before: "Lào có 2 dự án, vốn 5 ..."."""
    previous = m.previous
    if previous is None or measure not in load("figures")["of_partners"]:
        return False
    between = m.text[m.left : m.q.start]
    if previous.measure not in load("figures")["of_partners"] or ";" in between:
        return False
    named = m.scan.partners_between(m.sentence.start, previous.anchor.end)
    return any(name_of(m.text, p) == previous.subject for p in named)


def _ongoing_partner(m: Mention, measure: str, topic: Topic) -> str | None:
    """The partner with whom "Việt Nam xuất khẩu ..." speaks of trade, if the text is about one."""
    if measure not in TRADE:
        return None
    if _WHOLE.search(m.text, m.sentence.start, m.q.start):
        return None
    previous = m.previous or m.earlier
    both_ways = previous is not None and previous.measure == "trade_turnover"
    if both_ways and previous is not None and previous.subject not in (None, "Việt Nam"):
        return previous.subject
    if (partner := topic.partner_of(m.sentence.block)) is not None:
        return None if of_all_markets(m) else partner
    if both_ways and previous is not None:
        return previous.subject
    return lone_partner(m)


_WHOLE = regex(r"[Cc]ả nước|[Tt]oàn quốc|ra thế giới")
_MISSIONS = ("cơ quan đại diện", "Đại sứ quán", "Thương vụ")
_OF_MISSIONS = ("promotion_activities", "other", "agreements_signed")
_BESIDE_REACH = 24


@cache
def _beside() -> re.Pattern[str]:
    return regex(rf"(?<!\w)(?:{alternation(load('figures')['beside'])})(?: +các)? +$")
