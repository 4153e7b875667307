"""Foreign countries, blocs, regions and trade agreements, once each, and how they are spoken of."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from vanban.data import load
from vanban.forms import Forms
from vanban.gazetteer import PartnerMention
from vanban.letters import UPPER
from vanban.patterns import Cue, alternation, cue
from vanban.records import Figure, Partner, Record
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["mark_markets", "read_partners"]

_NAME = "\x00"
_OTHER = "\x01"
"""Stands for each letter of another partner's name there."""
"""Stands for the partner's own name in a clause whose relation is judged."""
_BEHIND = 70
"""Code points behind a name that may say how it is spoken of."""
_BEHIND_A_FRAME = 200
_FRAMES = ("Với", "Đối với", "Riêng với")
_BEFORE = 1000
"""Code points before it; more than a clause of any official text has."""
_MOST_JUDGED = 100
"""Names in one sentence; no list of countries is longer."""


@dataclass(frozen=True, slots=True)
class _Relation:
    """A way in which a partner is spoken of.

    Args:
        kinds: the types of partner it is said of.
        needs: words of which a clause needs one.
        behind: the cues that begin with the partner's name; `before`: those that end with it;
            `around`: all others.
    """

    name: str
    kinds: frozenset[str]
    needs: tuple[str, ...]
    behind: Forms
    before: Forms
    around: Forms

    def is_said(self, clause: str, at: int) -> bool:
        """Whether a cue matches in a clause whose partner's name is the mark at `at`."""
        return (
            self.behind.any_in(clause, at)
            or self.before.any_in(clause, 0, at + 1)
            or self.around.any_in(clause)
        )


@cache
def _relations() -> list[_Relation]:
    """Relations, the one that counts most first."""
    return [
        _Relation(
            row["relation"],
            frozenset(row.get("kinds", _TYPES)),
            tuple(map(_without_case, row["needs"])),
            *(_forms_of(row["cues"], side) for side in _SIDES),
        )
        for row in load("relations")
    ]


def _without_case(word: str) -> str:
    """A word to look for, without its first letter where that may be a capital."""
    return word[1:] if len(word) > _LEAST_WORD and word[0].islower() else word


_LEAST_WORD = 3


def _either_case(cue: str) -> str:
    """The cue, the words it may begin with at the head of a sentence too."""
    found = []
    depth, begins = 0, True
    grouped = cue.startswith("(?:")
    for at, letter in enumerate(cue):
        if grouped and at < len("(?:"):
            found.append(letter)
            continue
        if letter == "(":
            depth += 1
        elif letter == ")":
            depth -= 1
        if depth < 0:
            return "".join(found) + cue[at:]
        either = begins and depth == 0 and letter.islower()
        found.append(f"[{letter.upper()}{letter}]" if either else letter)
        if not grouped:
            return "".join(found) + cue[at + 1 :]
        begins = letter == "|" and depth == 0
    return "".join(found)


_MARK = r"\x00"
"""The partner's name in a cue of `data/relations.yml`."""
_SIDES = ("behind", "before", "around")


def _side(cue: str) -> str:
    """Where the words of a cue stand; the name stands in it once."""
    if cue.replace(rf"[^{_MARK}", "").count(_MARK) != 1 or not _is_one(cue):
        return "around"
    return "behind" if cue.startswith(_MARK) else "before" if cue.endswith(_MARK) else "around"


def _is_one(cue: str) -> bool:
    """Whether a cue is no alternation at its top."""
    bare = re.sub(r"\\.|\[[^\]]*\]", "", cue)
    while bare != (inner := re.sub(r"\([^()]*\)", "", bare)):
        bare = inner
    return "|" not in bare


def _forms_of(cues: list[str], side: str) -> Forms:
    return Forms(
        (_either_case(cue).replace("{names}", _NAMES) for cue in cues if _side(cue) == side),
        "match" if side == "behind" else "search",
    )


_TYPES = ("country", "bloc", "region", "agreement")
_SMALL = (
    "các|nước|và|với|tới|tại|sang|đến|như|cả|hai|ba|của|quốc gia|thành viên|châu|khối|giữa|ở|hòa"
    "|hoà|quốc|bang|tướng|tịch|trưởng|thống|phủ|hội|thư|vương|nghị|viện|kiến|dân|chủ|nhân|ký|ngày|từ"
    "|trước hết là|là|mới|bốn|năm|sáu|bảy|mười|đối tác|khu vực|láng giềng|lần lượt"
    "|nhất là|đặc biệt là|gồm|tháng|quý|tỷ|tỉ|triệu"
    "|biên giới|giáp biên|tỉnh|thành phố|vùng"
    "|nghìn|xấp xỉ|lượt|người|ước|một số|chiếm|khoảng|hơn|gần|trên|chủ yếu|chính"
)
_NAMES = rf"(?:[\s,()/–…\x01-]|(?<!\w)(?:[{UPPER}][\w’'.-]*+|\d[\d/.,-]*+%?|(?:{_SMALL})(?!\w)))*"
"""Names, and the small words that join them or belong to them, up to the partner's own.

A word and a number are taken whole: "A-B-C" or "1,1,1" in parts as well would take ages to refuse.
"""


def read_partners(scan: Scan) -> list[Partner]:
    """The partners a text names, in order of first mention, aliases merged to the first name.

    The relation is the first of the schema's list that one of the mentions supports, judged by
    the words of the clause that lead up to the mention.

    Source: `data/partners.yml`, `data/relations.yml`.
    """
    by_ref: dict[str, list[PartnerMention]] = {}
    for mention in scan.partners:
        if scan.text.endswith(_DEPARTMENTS, 0, mention.start):
            continue
        by_ref.setdefault(mention.ref, []).append(mention)
    relation_of: dict[str, str] = {}
    if (main := _main_partner(scan)) is not None and any(
        not _is_hoped(scan.text[max(0, m.start() - _HOPE_REACH) : m.end() + _HOPE_REACH])
        for m in _UPGRADED.finditer(scan.text)
    ):
        relation_of[main] = "upgraded"
    scenes = _Scenes(scan)
    of_markets = False
    for sentence in scan.sentences:
        named = scan.partners_between(sentence.start, sentence.end)[:_MOST_JUDGED]
        item = _ITEM.match(scan.text, sentence.start) if named else None
        if item is None:
            of_markets = _heads_markets(scan, sentence)
        elif of_markets:
            # "Các thị trường khác:" and an item for each.
            for mention in _heads_of_item(scan, sentence, named, item.end()):
                relation_of.setdefault(mention.ref, "target_market")
        if named:
            masked = _masked(scan.text, sentence, named)
            for mention in named:
                known = relation_of.get(mention.ref, "mentioned")
                relation_of[mention.ref] = _relation(masked, sentence, mention, known)
        for mention, implied in scenes.implied(sentence, named) if scenes.any else ():
            known = relation_of.get(mention.ref, "mentioned")
            if implied and _RANK.index(implied) < _RANK.index(known):
                known = relation_of[mention.ref] = implied
            masked = _masked(scan.text, sentence, [*named, mention])
            relation_of[mention.ref] = _relation(masked, sentence, mention, known)
    return [_partner(scan, ref, by_ref[ref], relation_of.get(ref, "mentioned")) for ref in by_ref]


_DEPARTMENTS = ("Vụ Thị trường ", "Vụ thị trường ", "Vụ Châu ")
"""Before a region, a department that is named after it."""
_ITEM = re.compile(r"[-–+•*] *")
_MARKETS = re.compile(r"(?i)(?<!\w)thị trường(?!\w)")
_LONGEST_HEADING = 120


def _heads_markets(scan: Scan, sentence: Sentence) -> bool:
    """Whether a short line speaks of markets, and the items below it are such."""
    block = scan.document.blocks[sentence.block]
    if block.end - block.start > _LONGEST_HEADING or scan.text[block.end - 1] in ".;":
        return False
    return _MARKETS.search(scan.text, block.start, block.end) is not None


def _heads_of_item(
    scan: Scan, sentence: Sentence, named: list[PartnerMention], start: int
) -> list[PartnerMention]:
    """The countries an item begins with, up to its colon: "- Bờ Biển Ngà, Ghana: ..."."""
    colon = scan.text.find(":", start, sentence.end)
    heads = [p for p in named if p.end <= colon]
    if not heads or heads[0].start != start or heads[-1].end != colon:
        return []
    return heads


_UPGRADED = re.compile(
    r"quan hệ hai nước (?:đã )?được nâng|nâng (?:cấp|tầm) quan hệ"
    r"(?: (?:hai nước|song phương|hai bên|giữa hai nước)| lên (?:mức )?[Đđ]ối tác)"
)
_HOPED = re.compile(
    r"(?:[Hh]ướng (?:tới|đến)|[Tt]húc đẩy|mong muốn|[Mm]ong|đề nghị|đề xuất|tiến tới|xem xét"
    r"|nghiên cứu|khả năng|sẽ sớm|sớm|phấn đấu|lộ trình|trao đổi về)(?: việc)?(?: [^\s,;.]+){0,5}? "
    r"(?:nâng|đưa (?:mối )?quan hệ)(?!\w)"
)
_AGREED = re.compile(r"(?:nhất trí|thống nhất|quyết định)[^;.]*[Đđ]ối tác (?:toàn diện|chiến lược)")
_HOPE_REACH = 60


def _is_hoped(words: str) -> bool:
    """Whether the raising of relations at the end of some words is only wished for."""
    return _HOPED.search(words) is not None and _AGREED.search(words) is None


_ENOUGH = 3
"""Mentions that make a country the one a text is about."""


def _main_partner(scan: Scan) -> str | None:
    """The one country a bilateral text is about, by its id; None if there is no such one."""
    counts = Counter(p.ref for p in scan.partners if p.type == "country").most_common(2)
    if not counts or counts[0][1] < _ENOUGH:
        return None
    return counts[0][0] if len(counts) == 1 or counts[0][1] >= 2 * counts[1][1] else None


def _partner(scan: Scan, ref: str, mentions: list[PartnerMention], relation: str) -> Partner:
    first = mentions[0]
    names = tuple(dict.fromkeys(n for m in mentions for n in _forms(scan.text[m.start : m.end])))
    return Partner(
        anchor=scan.document.anchor(first.start, first.end),
        rule=f"partner.{relation}",
        confidence=0.9 if not first.weak else 0.85,
        name=names[0],
        type=first.type,
        relation=relation,
        mentions=names,
        ref=ref,
    )


_OF_A_MARKET = (
    "exports",
    "fdi_registered",
    "fdi_projects",
    "fdi_disbursed",
    "tourists",
    "labour_sent",
)


def mark_markets(records: list[Record]) -> list[Record]:
    """The records, a partner that is only named a market if a figure tells its goods or capital.

    "Trung Quốc 2,73 tỷ USD; Thụy Điển 1 tỷ USD" are sources of capital though no word says so.
    """
    markets = {r.subject for r in records if isinstance(r, Figure) and r.measure in _OF_A_MARKET}
    return [
        replace(r, relation="target_market", rule="partner.target_market")
        if isinstance(r, Partner) and r.relation == "mentioned" and markets & set(r.mentions)
        else r
        for r in records
    ]


_RANK = (
    *("negotiating", "ratification", "barrier", "upgraded", "visited"),
    *("in_force", "target_market", "mentioned"),
)
"""The relations, the one that counts most first."""


@cache
def _this_country() -> Cue:
    return cue(load("gazetteer")["this_country"])


@cache
def _said_in_scene(name: str) -> Cue:
    return cue(load("gazetteer")[name], any_case=True)


@cache
def _sets_scene() -> re.Pattern[str]:
    return re.compile(rf"[\W\d]*(?:{alternation(load('gazetteer')['scene'])}) ")


class _Scenes:
    """Which country a sentence speaks of without naming it."""

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._block = -1
        self._last: PartnerMention | None = None
        self._last_block = -1
        self._main = _main_partner(scan)
        self._scene: PartnerMention | None = None
        self._post = self._post_of_interviewee()
        cues = (_this_country(), _said_in_scene("scene_talks"), _said_in_scene("scene_barriers"))
        self.any = any(scan.words.has(c, 0, len(scan.text)) for c in cues)
        """Whether the text has any of the words that imply a country."""

    def _post_of_interviewee(self) -> PartnerMention | None:
        """The country in which who is interviewed serves."""
        titles = " ".join(self._scan.titles_of.get(self._scan.interviewee or "", ()))
        for mention in self._scan.partners if "Việt Nam tại" in titles else ():
            name = self._scan.text[mention.start : mention.end]
            if mention.type == "country" and f"tại {name}" in titles:
                return mention
        return None

    def implied(
        self, sentence: Sentence, named: list[PartnerMention]
    ) -> Iterator[tuple[PartnerMention, str]]:
        """What a sentence implies, and the relation it speaks of; "" if its words must tell.

        Args:
            named: the partners it names.
        """
        scan, text = self._scan, self._scan.text
        if sentence.block != self._block:
            self._block, self._scene = sentence.block, None
            if named and named[0].type == "country":
                lead = _sets_scene().match(text, sentence.start, named[0].start + 1)
                self._scene = named[0] if lead and lead.end() == named[0].start else None
        countries = [p for p in named if p.type in ("country", "bloc")]
        m = scan.words.find(_this_country(), sentence.start, sentence.end)
        if m is not None:
            ahead = [p for p in countries if p.end <= m.start()]
            meant = ahead[-1] if ahead else self._last
            if not ahead and m[0].endswith("bạn") and self._last_block != sentence.block:
                # "phía bạn" of a paragraph that names nobody is whom the text is about.
                meant = meant if meant is not None and meant.ref == self._main else None
            if meant is not None:
                yield replace(meant, start=m.start(), end=m.end()), ""
        scene = self._scene or self._post
        if scene is not None and all(p.ref == scene.ref for p in countries):
            for name, relation in (("scene_talks", "negotiating"), ("scene_barriers", "barrier")):
                if scan.words.has(_said_in_scene(name), sentence.start, sentence.end):
                    yield replace(scene, start=sentence.start, end=sentence.start), relation
        if countries:
            self._last, self._last_block = countries[-1], sentence.block


_ABBREVIATED = re.compile(r"(?P<long>[^(]+?) *\((?P<short>[^)]+)\)")
_AGREEMENT = re.compile(r"(?:Hiệp định|hiệp định) (?=[A-Z]{2})")


@cache
def _rank() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(load('gazetteer')['ranks'])}) ")


def _forms(mention: str) -> list[str]:
    """The names in one mention: "Hiệp định EVFTA" is also "EVFTA", "A (B)" also "A" and "B"."""
    mention = " ".join(mention.split())
    forms = []
    m = _ABBREVIATED.fullmatch(mention) if mention.endswith(")") else None
    for name in (m["long"], m["short"]) if m else (mention,):
        bare = name[agreement.end() :] if (agreement := _AGREEMENT.match(name)) else name
        bare = bare[rank.end() :] if (rank := _rank().match(bare)) else bare
        forms += [bare, name] if bare != name else [name]
    return [*forms, mention]


_WITH = re.compile(
    r"(?:với|giữa|[-–]|cùng|và|của|khối|tại)"
    r" ?(?:[^\w\x01]|(?<![\w\x01])[A-ZĐ\x01][\w\x01]*)*$"
)
"""Before a name, that it stands with others; each word matches in one way, however many stand."""
_LINK_REACH = 60
_WATCHES = re.compile(
    r"[^;.]{0,40}(?:cảnh báo sớm|theo dõi|chủ động cảnh báo)|[^;.]{0,60}\), kịp thời cảnh báo"
)
"""Behind a name, what an office there is to look out for is no barrier yet."""
_RIVALS = re.compile(
    r"nguồn cung(?! ứng)|nhà cung cấp lớn|đối thủ|chuyển sang khảo sát|dịch chuyển sang"
    r"|cạnh tranh (?:gay gắt |quyết liệt |trực tiếp |mạnh )?(?:với|từ)|kinh nghiệm của|mô hình của"
)
_BEHIND_OTHERS = re.compile(
    rf"(?:chỉ sau|đứng sau|xếp sau|kém|thua|phụ thuộc (?:nhiều |lớn |quá |mạnh )*vào){_NAMES}$"
)
"""Before a name, who only ranks higher, or is depended upon."""
_WORKERS = re.compile(
    r"(?:lao động|kiều bào|người Việt|thực tập sinh|sinh viên|công nhân|kỹ sư|từng)"
    r"[^;.]{0,60} (?:làm việc|công tác) (?:ở|tại)[^;]*$"
)
"""Before a name, who lives and works there is on no visit."""
_SIDELINES = re.compile(r"(?:[Bb]ên lề|[Nn]hân dịp (?:dự|tham dự))(?!\w)")
"""Who is met beside a conference elsewhere is on no visit, nor is where it is held."""
_TRICKED = re.compile(
    r"(?:dụ dỗ|bị lừa|lừa đi|lừa đảo|cưỡng bức|giải cứu|sơ tán|bảo hộ công dân)[^;.]*$"
)
"""Where people were tricked into work, or are brought home from, is no market of labour."""
_AMONG = ("trong ", "thuộc ")
"""Right before a region, of what something is the second largest: no market."""
_SELLS = re.compile(
    rf"{_NAMES}(?: \w+){{0,2}} là (?:\w+ ){{0,2}}"
    r"(?:nhà cung cấp|nguồn cung|nước xuất khẩu|đối thủ|nước sản xuất|nhà xuất khẩu)"
    rf"|{_NAMES}(?: đã| đang)? (?:đi trước|vượt lên|nhanh chân)"
)
"""Behind a name, that it sells what we sell, or sells to us."""
"""Behind one of these in a sentence, who is named sells what we sell, and buys nothing."""
_FTA = ("FTA", "CEPA", "Hiệp định", "hiệp định")
_CLAUSE = re.compile(
    r"[;]|(?<!\.\.)\.\s|, (?:đồng thời|trong đó(?! có [A-ZĐ\x01])|song|nhưng|bởi|trong khi|do) "
)


def _masked(text: str, sentence: Sentence, named: list[PartnerMention]) -> str:
    """The sentence with every country, bloc and region hidden behind marks of the same length."""
    pieces, at = [], sentence.start
    for mention in named:
        if mention.type != "agreement" and mention.start >= at:
            pieces += [text[at : mention.start], _OTHER * (mention.end - mention.start)]
            at = mention.end
    return "".join([*pieces, text[at : sentence.end]])


def _relation(text: str, sentence: Sentence, mention: PartnerMention, known: str) -> str:
    """How the clause around a mention speaks of the partner.

    Args:
        text: the sentence as `_masked` makes it.
        known: how other mentions do; only what counts more is looked for.
    """
    start, end = mention.start - sentence.start, mention.end - sentence.start
    begin = _clause(text, max(0, start - _BEFORE), start)
    # "Với Nhật Bản, Thủ tướng đề nghị ...": the whole clause is about it.
    framed = text[begin:start].strip() in _FRAMES
    reach = min(len(text), end + (_BEHIND_A_FRAME if framed else _BEHIND))
    stop = _CLAUSE.search(text, end, reach)
    before = text[begin:start]
    clause = f"{before}{_NAME}{text[end : stop.start() if stop else reach]}"
    for relation in _relations():
        name = relation.name
        if name == known:
            return known
        if mention.type not in relation.kinds:
            continue
        if (
            name == "in_force"
            and mention.type != "agreement"
            and not (any(word in before for word in _FTA) and _WITH.search(before[-_LINK_REACH:]))
        ):
            continue
        if name == "visited" and _WORKERS.search(before):
            continue
        if name == "visited" and _SIDELINES.search(before):
            continue
        if name == "upgraded" and _is_hoped(before + text[start : end + _BEHIND_A_FRAME]):
            continue
        if name == "target_market" and _TRICKED.search(before):
            continue
        if name == "barrier" and mention.ref == "wto":
            continue
        if name == "target_market" and (
            (before.endswith(_AMONG) and "thị trường" not in before)
            or _BEHIND_OTHERS.search(before) is not None
        ):
            continue
        if name == "barrier" and _WATCHES.match(clause, len(before) + 1):
            continue
        if name == "target_market" and (
            _RIVALS.search(text, 0, start) or _SELLS.match(clause, len(before) + 1)
        ):
            continue
        for word in relation.needs:
            if word in clause:
                if relation.is_said(clause, len(before)):
                    return name
                break
    return known


def _clause(text: str, start: int, end: int) -> int:
    """Where the clause that leads up to `end` begins; marks inside brackets end none."""
    begin = start
    for m in _CLAUSE.finditer(text, start):
        if m.end() > end:
            break
        opened = text.count("(", start, m.start()) > text.count(")", start, m.start())
        closed_later = text.count("(", m.end(), end) < text.count(")", m.end(), end)
        if not opened and not closed_later:
            begin = m.end()
    return begin
