"""Whose figure it is: a province, a partner, the country, a kind of body."""

import re
from functools import cache

from vanban.data import load
from vanban.gazetteer import PlaceMention
from vanban.patterns import Cue, alternation, first_words
from vanban.readers.figures.countries import (
    block_partner,
    goes_on_of,
    home_of_people,
    leading_partner,
    meant_by,
    of_delegation,
    of_members,
    other_side,
    ours_at,
    owner_behind,
    partner_at,
    pledger,
    respective,
)
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.sectors import granted_to, sector_of
from vanban.readers.figures.topics import Topic, name_of
from vanban.records import Role

__all__ = ["find_subject"]

_NOUN_REACH = 90


@cache
def _said_subject() -> Cue:
    """The country, the missions or an embassy, in words."""
    data = load("figures")
    not_the_country = alternation(data["not_the_country"])
    pattern = re.compile(
        rf"(?<!\w)(?:(?P<country>{alternation(data['country'])}"
        rf"|(?:của +|nước +)?(?<!tại )(?<!vào )(?<!sang )(?<!với )(?<!cho )(?<!ở )[Vv]iệt +Nam"
        rf"(?! +(?:{not_the_country}|[-–])))"
        rf"|(?P<missions>{alternation(data['missions'])})"
        rf"|(?P<embassy>{alternation(data['embassy'])})"
        rf"|(?P<ministry>{alternation(data['ministries'])})"
        rf"|(?P<local>(?:(?<=[Cc]ác )|(?<=[Nn]hiều ))(?:{alternation(data['localities'])}))"
        rf"|(?P<region>(?<!tỉnh )(?:{alternation(data['regions'])})))(?!\w)"
    )
    names = ("country", "missions", "embassy", "ministries", "localities", "regions")
    phrases = [phrase for name in names for phrase in data[name]]
    return Cue(pattern, first_words([*phrases, "của", "nước", "Việt Nam"]))


@cache
def _counted() -> re.Pattern[str]:
    rows = load("figures")["counted"]
    return re.compile(
        rf" +(?:điểm +cầu +)?(?:(?P<local>{alternation(rows['local'])})"
        rf"|(?P<who>{alternation(rows['bodies'])}))(?!\w)"
    )


_OF_PAIR = re.compile(r"/\d[\d.]*")
_OF_LOCALITIES = re.compile(r"của (?:các )?địa phương")


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
    if q.unit in ("count", "people") and (of := of_delegation(m) or of_members(m)) is not None:
        return of
    if q.unit == "count" and (who := _who_is_counted(m, measure, topic)) is not None:
        return who
    if (owner := respective(m) or owner_behind(m, measure)) is not None:
        return owner
    if role == "comparison" and previous is not None and _RESTATED.match(m.text, m.left, q.start):
        return previous.subject or "Việt Nam"
    if role == "comparison" and previous is not None and m.is_relative:
        return partner_at(m, m.clause_from(m.left)) or previous.subject or "Việt Nam"
    if (
        m.earlier is not None
        and previous is None
        and m.earlier.subject
        and (measure == m.earlier.measure and _THIS_NUMBER.search(m.before(60)))
    ):
        return m.earlier.subject
    if topic.province_of(m.sentence.block) is None and (branch := sector_of(m, measure)):
        return branch
    if (body := granted_to(m)) is not None:
        return body
    if measure in _OF_PEOPLE and (home := home_of_people(m)) is not None:
        return home
    if (leading := leading_partner(m)) is not None and (
        q.unit != "people" or measure in _OF_PEOPLE
    ):
        return leading
    if measure in _TRADE and (sector := _SECTOR.search(m.text, m.clause, q.start)) is not None:
        return sector["who"]
    balance = q.unit in ("USD", "VND") and m.says("balances", m.clause_from(m.left), q.start)
    if measure in data["of_partners"] or balance:
        partner = partner_at(m, m.clause_from(m.left))
        if partner is None and m.left == m.sentence.start:
            partner = partner_at(m, m.sentence.start, anywhere=True)
        partner = partner or meant_by(m) or (None if says_measure else goes_on_of(m))
        if partner is not None:
            return partner
    if measure in _PLEDGED and (promises := pledger(m)) is not None:
        return promises
    places = [
        p for p in m.scan.places_between(m.sentence.start, m.stop) if not _is_venue(m.text, p)
    ]
    before = [p for p in places if p.start < q.start]
    if before:
        return before[-1].name
    said = [
        s
        for s in m.scan.words.find_all(_said_subject(), m.clause_from(m.left), q.start)
        if s["country"]
        or s["region"]
        or not _beside().search(m.text, max(m.sentence.start, s.start() - _BESIDE_REACH), s.start())
    ]
    if said and said[-1]["region"]:
        return " ".join(said[-1]["region"].split())
    if said and said[-1]["country"] and q.unit == "rank":
        # "Việt Nam vươn lên thành đối tác lớn thứ 9 của Myanmar"
        return "Việt Nam"
    if said and said[-1]["country"]:
        of_trade = "trade_turnover" if balance else measure
        return _ongoing_partner(m, of_trade, topic) or "Việt Nam"
    if said and q.unit in ("count", "people") and (actor := _actor(m, said[-1], measure)):
        return actor
    if previous is not None and previous.subject in _MISSIONS and measure in _OF_MISSIONS:
        return previous.subject
    if previous is not None and _goes_on(m, measure):
        return previous.subject or "Việt Nam"
    if m.is_relative and previous is None and role == "comparison" and m.earlier is not None:
        # "... Thủy sản chiếm 27%": of what the sentence before told.
        named = m.scan.partners_between(m.sentence.start, q.start)
        if not named and m.earlier.measure == measure and m.earlier.subject:
            return m.earlier.subject
    if measure == "gdp_growth" or _OF_THE_COUNTRY.search(m.text, m.clause_from(m.left), q.start):
        return "Việt Nam"
    if (at := ours_at(m)) is not None:
        return at
    if measure in data["of_partners"] and (other := other_side(m)) is not None:
        return other
    if (province := topic.province_of(m.sentence.block)) is not None:
        return province
    if places:
        return places[0].name
    if (
        not m.scan.places
        and m.text.find("tỉnh", m.sentence.start, m.sentence.end) >= 0
        and _PROVINCE.search(m.text, m.sentence.start, m.sentence.end)
    ):
        # A province's text that never says its name.
        return "tỉnh"
    if measure in (*data["of_partners"], *data["of_both_sides"]) and (near := block_partner(m)):
        return near
    if topic.partner is not None and measure in (*data["of_partners"], *data["of_both_sides"]):
        return topic.partner
    goes_on = previous is not None and not (
        (previous.subject or "").startswith("ngành ") and ";" in m.text[m.left : q.start]
    )
    if goes_on and previous is not None and previous.subject:
        return previous.subject if measure not in data["of_the_country"] else "Việt Nam"
    return "Việt Nam"


_TRADE = ("exports", "imports", "trade_turnover")
_SECTOR = re.compile(
    r" của (?:các )?(?P<who>(?:(?:khối|khu vực)(?: các)?(?: doanh nghiệp| DN)?|doanh nghiệp|DN)"
    r" (?:FDI|(?:có )?vốn (?:đầu tư (?:trực tiếp )?nước ngoài|FDI)|(?:kinh tế )?trong nước))(?!\w)"
)
"""Whose exports are told apart from the country's."""
_PROVINCE = re.compile(r"(?<!\w)(?:[Tt]oàn tỉnh|[Tt]ỉnh ta|của tỉnh|trong tỉnh|địa bàn tỉnh)(?!\w)")
_RESTATED = re.compile(r" ?\((?:tương đương|tức|quy đổi)(?!\w)")
_PLEDGED = ("other", "oda")
_OF_THE_COUNTRY = re.compile(r"(?<!\w)(?:GDP|[Nn]ợ công|[Kk]inh tế Việt Nam)(?!\w)")
_THIS_NUMBER = re.compile(r"(?:con số|kim ngạch|mức|lượng) (?:này|đó|trên)(?!\w)")


def _is_venue(text: str, place: PlaceMention) -> bool:
    """Whether a place only says where people met: "Sáng 12/8, tại Hà Nội, ..."."""
    return _MET_AT.search(
        text, max(0, place.start - _MET_REACH), place.start
    ) is not None and text.startswith(",", place.end)


_MET_AT = re.compile(r"\d[^.;]{0,16}, tại (?:TP\.? ?|thành phố )?$")
_MET_REACH = 40
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


def _actor(m: Mention, said: re.Match[str], measure: str) -> str | None:
    """The body that did what is counted; None if it is named as something else."""
    if measure not in ("promotion_activities", "other", "agreements_signed"):
        return None
    if said["ministry"] or said["local"]:
        begin = said.start()
        if said["local"]:
            begin = m.text.rfind(" ", 0, begin - 1) + 1
        heads = (
            begin <= m.sentence.start + 3
            or m.text[begin - 2] in ",;:"
            or _WHEN.fullmatch(m.text, m.sentence.start, begin) is not None
        )
        if said["local"] and m.q.start - said.end() <= _DOES:
            # "hỗ trợ các địa phương ký 112 thỏa thuận": theirs, whoever helped.
            return "địa phương"
        joined = _JOINED.match(m.text, said.end())
        if not heads or joined:
            return None
        return "địa phương" if said["local"] else said["ministry"].replace("thương", "Thương")
    if measure == "agreements_signed":
        return None
    return "cơ quan đại diện" if said["missions"] else "Đại sứ quán"


_WHEN = re.compile(r"(?:Tháng|Quý|Trong|Năm|Ngày|Hồi|Đầu|Cuối|Từ)(?: [^\s,;.:()]+){1,6} ")
"""Before who acts at the head of a sentence: when."""
_BESIDE_REACH = 24
_DOES = 12
"""Code points of a verb between who acts and the number of what was done."""
_JOINED = re.compile(r"(?: và|,) (?:các )?(?:Bộ|bộ|ngành|địa phương|doanh nghiệp|cơ quan)")


def _ongoing_partner(m: Mention, measure: str, topic: Topic) -> str | None:
    """The partner with whom "Việt Nam xuất khẩu ..." speaks of trade, if the text is about one."""
    if measure not in ("exports", "imports", "trade_turnover"):
        return None
    if _WHOLE.search(m.text, m.sentence.start, m.q.start):
        return None
    if topic.partner is not None:
        return topic.partner
    previous = m.previous or m.earlier
    of_trade = previous is not None and previous.measure == "trade_turnover"
    return previous.subject if previous is not None and of_trade else None


_WHOLE = re.compile(r"[Cc]ả nước|[Tt]oàn quốc|ra thế giới")
_MISSIONS = ("cơ quan đại diện", "Đại sứ quán", "Thương vụ")
_OF_MISSIONS = ("promotion_activities", "other", "agreements_signed")


def _who_is_counted(m: Mention, measure: str, topic: Topic) -> str | None:
    """The bodies a count counts, or the localities it is of; None if it counts something else."""
    if _brings().search(m.before(24)):
        return None
    end = min(m.stop, m.q.number_end + _NOUN_REACH)
    if measure == "endpoints" or (
        topic.province_of(m.sentence.block) is None and measure == "other"
    ):
        pair = _OF_PAIR.match(m.text, m.q.number_end, m.sentence.end)
        end = min(m.sentence.end, pair.end() + _NOUN_REACH) if pair else end
        counted = _counted().match(m.text, pair.end() if pair else m.q.number_end, end)
        if counted is not None:
            return counted["who"] or "địa phương"
    return "địa phương" if _OF_LOCALITIES.search(m.text, m.q.number_end, end) else None


@cache
def _brings() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(load('figures')['brings'])})(?: +(?:được|cho))? *$")


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(load('figures')['beside'])})(?: +các)? +$")
