"""Whose figure it is: a province, a partner, the country, a kind of body."""

import re
from collections import Counter
from functools import cache

from vanban.data import load
from vanban.gazetteer import PartnerMention, PlaceMention
from vanban.patterns import Cue, alternation, first_words
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.topics import Topic, name_of
from vanban.records import Role

__all__ = ["find_subject"]

_NOUN_REACH = 90
_PARTNER_REACH = 60
"""Code points between a partner and its figure, unless "đạt", "là" ... stand between."""


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
        rf"|(?P<who>{alternation(rows['bodies'])}))"
    )


_OF_PAIR = re.compile(r"/\d[\d.]*")
_OF_LOCALITIES = re.compile(r"của (?:các )?địa phương")


def find_subject(m: Mention, *, measure: str, role: Role, topic: Topic) -> str:
    """Whose figure a quantity is, as the text calls them.

    Source: `data/figures.yml`.
    Args:
        measure: what it measures, as `find_measure` gives it.
        role: as `find_role` gives it.
        topic: whom the whole text is about.
    """
    data, q, previous = load("figures"), m.q, m.previous
    if q.unit == "count" and (who := _who_is_counted(m, measure, topic)) is not None:
        return who
    if (owner := _respective(m) or _owner_behind(m, measure)) is not None:
        return owner
    if role == "comparison" and previous is not None and m.is_relative:
        return _partner(m, m.clause_from(m.left)) or previous.subject or "Việt Nam"
    if (
        m.earlier is not None
        and previous is None
        and m.earlier.subject
        and (measure == m.earlier.measure and _THIS_NUMBER.search(m.before(60)))
    ):
        return m.earlier.subject
    if measure in _OF_PEOPLE and (home := _home_of_people(m)) is not None:
        return home
    if (leading := _leading_partner(m)) is not None and (
        q.unit != "people" or measure in _OF_PEOPLE
    ):
        return leading
    balance = q.unit in ("USD", "VND") and m.says("balances", m.clause_from(m.left), q.start)
    if measure in data["of_partners"] or balance:
        partner = _partner(m, m.clause_from(m.left))
        if partner is None and m.left == m.sentence.start:
            partner = _partner(m, m.sentence.start, anywhere=True)
        if partner is not None:
            return partner
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
    if (at := _ours_at(m)) is not None:
        return at
    if measure in data["of_partners"] and (other := _other_side(m)) is not None:
        return other
    if (province := topic.province_of(m.sentence.block)) is not None:
        return province
    if places:
        return places[0].name
    if measure in (*data["of_partners"], *data["of_both_sides"]) and (near := _block_partner(m)):
        return near
    if topic.partner is not None and measure in (*data["of_partners"], *data["of_both_sides"]):
        return topic.partner
    if previous is not None and previous.subject and measure not in data["of_the_country"]:
        return previous.subject
    return "Việt Nam"


_OF_THE_COUNTRY = re.compile(r"(?<!\w)(?:GDP|[Nn]ợ công|[Kk]inh tế Việt Nam)(?!\w)")
_THIS_NUMBER = re.compile(r"(?:con số|kim ngạch|mức|lượng) (?:này|đó|trên)(?!\w)")


def _home_of_people(m: Mention) -> str | None:
    """Whence the visitors counted come: "810.000 lượt khách Hàn Quốc", "khách đến từ Nhật Bản"."""
    end = min(m.stop, m.q.number_end + _NOUN_REACH)
    for p in m.scan.partners_between(m.q.number_end, end)[:1]:
        if p.type == "country" and _GUESTS_FROM.fullmatch(m.text, m.q.number_end, p.start):
            return name_of(m.text, p)
    return None


_GUESTS_FROM = re.compile(
    r" (?:lượt )?(?:du )?khách(?: du lịch| quốc tế)?(?: là người| người| đến từ| từ)? "
)


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


_RANKED_IS = re.compile(r" (?:là|thuộc về) ")
_OF_ITS_OWN = re.compile(r" của (?:phía )?")
_LEVIED = re.compile(r"(?:thuế|lệ phí|hạn ngạch)[^,;.]{0,40}$")


def _owner_behind(m: Mention, measure: str) -> str | None:
    """Whose a rank or a rate is that names its owner behind it: "đứng thứ hai là Myanmar"."""
    link = None
    if m.q.unit == "rank":
        link = _RANKED_IS.match(m.text, m.q.end)
    elif m.q.unit == "percent" and measure == "other" and _LEVIED.search(m.before(60)):
        link = _OF_ITS_OWN.match(m.text, m.q.end)
    elif m.q.unit != "percent":
        return None
    for p in m.scan.partners_between(link.end(), link.end() + 1) if link is not None else ():
        return name_of(m.text, p)
    if m.q.unit == "percent" and _LEVIES.search(m.before(110)):
        # "Hoa Kỳ, từ ngày 7/8 áp thuế đối ứng 20%"
        for p in m.scan.partners_between(m.clause, m.q.start)[:1]:
            return name_of(m.text, p)
    for p in m.scan.partners_between(m.left, m.q.start)[-1:]:
        # "tỷ lệ này với Brazil là 3%"
        is_so = p.type == "country" and _IS.fullmatch(m.text, p.end, m.q.start)
        if is_so and _OF.search(m.text, m.left, p.start):
            return name_of(m.text, p)
    return None


_LEVIES = re.compile(r"(?:áp|đánh|nâng|tăng|giảm|hạ|áp dụng)(?: mức)? thuế[^;.]{0,90}$")
_IS = re.compile(r" (?:là|ở mức) ")
_OF = re.compile(r"(?:với|của|tại|ở) $")


_OURS = re.compile(
    r"(?<!quán )(?<!sứ )(?<!sự )(?<!vụ )(?<!tán )(?<!diện )"
    r"Việt Nam (?:tại|sang|vào|ở) (?:thị trường |các nước )?$"
)


def _ours_at(m: Mention) -> str | None:
    """The partner where something of ours is: "thị phần của Việt Nam tại Na Uy ở mức 0,6%"."""
    start = m.clause_from(m.left)
    for p in reversed(m.scan.partners_between(start, m.q.start)):
        if _OURS.search(m.text, max(start, p.start - 30), p.start):
            return name_of(m.text, p)
    return None


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


@cache
def _leads() -> re.Pattern[str]:
    return re.compile(
        rf" +(?:{alternation(load('figures')['leads'])})(?!\w)(?:[^;.]|(?<=\d)\.(?=\d))*$"
        r"| *\(?(?:khoảng|hơn|gần|trên|ước)? *$"
    )


def _acts_alone(m: Mention, p: PartnerMention) -> bool:
    """Whether a country heads a clause by itself: not "tại Hà Lan, Úc tổ chức ..."."""
    if p.type != "country" and p.ref != "eu":
        return False
    low = max(m.sentence.start, p.start - 4)
    before = m.scan.partners_between(max(m.sentence.start, p.start - 40), p.start)
    return not any(low <= other.end < p.start for other in before)


_ACTS = re.compile(
    r"(?! (?:và|là)(?!\w))(?: (?!(?:ta|tỉnh|thành phố|hai|Bộ|Sở)(?!\w))[^\s,;.:()]+){1,14} *"
)
"""Words between a country that heads its clause and a figure, where nobody else comes in."""
_SEGMENT = re.compile(r"; |, | và | cho thấy,? | cho biết,? | rằng,? |: ")
_OUR_MARKET = re.compile(r"(?:tại|vào|của|ở|với|cho|từ) Việt Nam")


@cache
def _before_leads() -> re.Pattern[str]:
    words = alternation(load("figures")["before_leads"])
    return re.compile(
        rf"(?:\d+\. +|[-–+•*] *)?(?:(?: *(?:{words}),?"
        r"|(?:[Đđ]ứng|[Xx]ếp)?(?: ở vị trí)? ?[Tt]hứ \w+(?: trong [^,;.]{3,60})?"
        r" (?:là|thuộc về)) +)?"
        r"(?:[Tt]hị trường +)?"
    )


def _respective(m: Mention) -> str | None:
    """Whose figure it is in "Hoa Kỳ, Trung Quốc và Nhật Bản ... lần lượt 21,1%, 17,6% và 7,5%"."""
    at = m.text.rfind("lần lượt", m.sentence.start, m.q.start)
    if at < 0:
        return None
    named = [
        name_of(m.text, p)
        for p in m.scan.partners_between(m.sentence.start, at)
        if p.type == "country"
    ] or [p.name for p in m.scan.places_between(m.sentence.start, at)]
    behind = [
        q for q in m.scan.quantities[m.sentence.index] if at <= q.start and q.unit == m.q.unit
    ]
    if len(named) != len(behind) or m.q not in behind:
        return None
    return named[behind.index(m.q)]


def _leading_partner(m: Mention) -> str | None:
    """The country that begins the clause or the item of a figure: "Nhật Bản 2,2 tỷ USD"."""
    if not m.scan.partners_between(m.sentence.start, m.sentence.end):
        return None
    text, start = m.text, m.sentence.start
    begins = [
        b.end()
        for b in _SEGMENT.finditer(text, start, m.q.start)
        # "của Hàn Quốc và Hà Lan với ...": the last of a list begins nothing.
        if b[0] != " và "
        or not any(p.end == b.start() for p in m.scan.partners_between(start, b.start()))
    ]
    for first in (*begins[-1:], m.clause, start, *reversed(begins[:-1])):
        skipped = _before_leads().match(text, first, m.q.start)
        begin = skipped.end() if skipped is not None else first
        for p in m.scan.partners_between(begin, min(begin + 3, m.q.start)):
            gap = _ASIDE.sub("", text[p.end : m.q.start], count=1)
            if first in begins[:-1] and m.scan.partners_between(p.end, m.q.start):
                continue
            if gap.startswith(":") and p.type == "country":
                # An item of a list: "- Malaysia: nhu cầu nhập đều 90 nghìn tấn".
                return name_of(text, p)
            leads = p.type in ("country", "bloc") and (
                _leads().match(gap) is not None
                or (p.start == begin and _acts_alone(m, p) and _ACTS.fullmatch(gap) is not None)
            )
            if leads and "Việt Nam" not in _OUR_MARKET.sub("", gap):
                return name_of(text, p)
    if m.previous is None and text.startswith("Với ", start):
        # "Với 171 dự án, Đan Mạch đứng thứ 35": who follows.
        for p in m.scan.partners_between(m.q.end, m.sentence.end)[:1]:
            if p.type == "country" and _ONE_COMMA.fullmatch(text, m.q.end, p.start):
                return name_of(text, p)
    return None


_ASIDE = re.compile(r"^ \([^()\d]{3,60}\)")
"""Words in brackets right behind a name: "Trung Quốc (gồm cả Hong Kong) với ..."."""
_ONE_COMMA = re.compile(r"[^,.;:]{0,60}, ")


@cache
def _of_both() -> re.Pattern[str]:
    return re.compile(
        r"[Hh]ai (?:nước|bên|phía|Thủ tướng|Bộ trưởng|Chủ tịch|nhà lãnh đạo)"
        r"|song phương|hai chiều"
    )


def _block_partner(m: Mention) -> str | None:
    """The country its block speaks of, where the sentence says "hai nước", "song phương"."""
    if not m.scan.partners_between(m.scan.document.blocks[m.sentence.block].start, m.q.start):
        return None
    if not _of_both().search(m.text, m.sentence.start, m.sentence.end):
        return None
    block = m.scan.document.blocks[m.sentence.block]
    named = [p for p in m.scan.partners_between(block.start, m.q.start) if p.type == "country"]
    if not named:
        return None
    first = named[0]
    # "Tại Nga, ..." sets the scene for the whole block.
    scene = m.text[block.start : first.start].strip(" ★-–•") in ("Tại", "Ở")
    chosen = first if scene else named[-1]
    return name_of(m.text, chosen)


def _other_side(m: Mention) -> str | None:
    """The one country a text names, or names most by far, where it speaks of both sides."""
    if not _of_both().search(m.text, m.clause, m.q.start):
        return None
    counts = Counter(p.ref for p in m.scan.partners if p.type == "country").most_common(2)
    if not counts or (len(counts) > 1 and counts[0][1] < _BY_FAR * counts[1][1]):
        return None
    return next(name_of(m.text, p) for p in m.scan.partners if p.ref == counts[0][0])


_BY_FAR = 2


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


_REGION_REACH = 16
"""Code points between a region and its figure: "châu Phi tăng 26%"."""
_MARKETS_OF = re.compile(r"(?:thị trường|các nước|khối)(?: thành viên)? $")
"""Before an agreement, it stands for its members: "sang các thị trường CPTPP"."""
_RIVAL = re.compile(r"(?:vượt(?: qua)?|chỉ sau|đứng sau|thay(?: thế)?(?: cho)?|so với|hơn) $")
"""Before a partner, it is what another is measured against, and owns no figure."""
_RIVAL_REACH = 16
_POST = re.compile(
    r"(?:Đại sứ quán|Đại sứ|Lãnh sự quán|Thương vụ|cơ quan đại diện) (?:Việt Nam )?(?:tại|ở) $"
)
"""Before a partner, it is where a mission of ours is, and the figure need not be the partner's."""
_POST_REACH = 40
_OWN_BRACKET = re.compile(r" ?\((?:chiếm|đạt|khoảng|hơn|gần|trên|với|tăng|giảm| )*")
"""Between a partner and a figure in brackets right behind it."""


@cache
def _beside() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(load('figures')['beside'])})(?: +các)? +$")


@cache
def _figure_links() -> re.Pattern[str]:
    return re.compile(alternation(load("figures")["figure_links"]))


def _partner(m: Mention, start: int, *, anywhere: bool = False) -> str | None:
    """The partner a figure stands right behind ("Nhật Bản (18%)", "sang EU đạt"), as written.

    Args:
        start: where to look from.
        anywhere: whether the partner may stand farther away.
    """
    text, end = m.text, m.q.start
    mentions = [
        p
        for p in m.scan.partners_between(start, end)
        if (
            p.type in ("country", "bloc")
            or (p.type == "region" and end - p.end < _REGION_REACH)
            or _MARKETS_OF.search(text, start, p.start)
        )
        and not _RIVAL.search(text, max(start, p.start - _RIVAL_REACH), p.start)
        and not _POST.search(text, max(start, p.start - _POST_REACH), p.start)
    ]
    if not mentions:
        return None
    last = mentions[-1]
    name = mentions[-2] if len(mentions) > 1 and mentions[-2].ref == last.ref else None
    if name is not None and text[name.end : last.start].strip() == "(":
        # "Liên minh châu Âu (EU)": by its name, the letters stand for it.
        mentions = mentions[:-1]
        last = name
    if _OWN_BRACKET.fullmatch(text, last.end, end):
        return name_of(text, last)
    far = end - last.end > _PARTNER_REACH
    if far and not anywhere and not _figure_links().search(text, last.end, end):
        return None
    if len(mentions) > 1:
        gap = text[mentions[-2].end : last.start]
        if len(gap) < 5 and (gap.startswith(",") or "và" in gap):
            # A list of countries is nobody's figure: "từ Hoa Kỳ, Nhật Bản đạt ..."
            return None
    return name_of(text, last)
