"""How a clause speaks of a partner: the first relation of the schema's list that its words say."""

import re
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.forms import Forms
from vanban.gazetteer import PartnerMention
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.sentences import Sentence

__all__ = ["MOST_JUDGED", "is_hoped", "is_met_aside", "masked", "relation_said"]

_NAME = "\x00"
_OTHER = "\x01"
"""Stands for each letter of another partner's name there."""
"""Stands for the partner's own name in a clause whose relation is judged."""
_BEHIND = 170
"""Code points behind a name that may say how it is spoken of."""
_BEHIND_A_FRAME = 200
_FRAMES = ("Với", "Đối với", "Riêng với")
_BEFORE = 1000
"""Code points before it; more than a clause of any official text has."""
MOST_JUDGED = 100
"""Names in one sentence; no list of countries is longer."""


class _Relation(NamedTuple):
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
        (_either_case(cue) for cue in cues if _side(cue) == side),
        "match" if side == "behind" else "search",
        names=_NAMES,
    )


_TYPES = ("country", "bloc", "region", "agreement")
_SMALL = (
    "các|nước|và|với|tới|tại|sang|đến|như|cả|hai|ba|của|quốc gia|thành viên|châu|khối|giữa|ở|hòa"
    "|hoà|quốc|bang|tướng|tịch|trưởng|thống|phủ|hội|thư|vương|nghị|viện|kiến|dân|chủ|nhân|ký|ngày|từ"
    "|trước hết là|là|mới|bốn|năm|sáu|bảy|mười|đối tác|khu vực|láng giềng|lần lượt"
    "|nhất là|đặc biệt là|gồm|tháng|quý|tỷ|tỉ|triệu"
    "|biên giới|giáp biên|tỉnh|thành phố|vùng"
    "|minh|thuế quan|quan|miền"
    "|nghìn|xấp xỉ|lượt|người|ước|một số|chiếm|khoảng|hơn|gần|trên|chủ yếu|chính"
)
_NAMES = rf"(?:[\s,()/–…\x01-]|(?<!\w)(?:[{UPPER}][\w’'.-]*+|\d[\d/.,-]*+%?|(?:{_SMALL})(?!\w)))*"
"""Names, and the small words that join them or belong to them, up to the partner's own.

A word and a number are taken whole: "A-B-C" or "1,1,1" in parts as well would take ages to refuse.
"""


_HOPED = regex(
    r"(?:[Hh]ướng (?:tới|đến)|[Tt]húc đẩy|mong muốn|[Mm]ong|đề nghị|đề xuất|tiến tới|xem xét"
    r"|nghiên cứu|khả năng|sẽ sớm|sớm|phấn đấu|lộ trình|trao đổi về)(?: việc)?(?: [^\s,;.]+){0,5}? "
    r"(?:nâng|đưa (?:mối )?quan hệ)(?!\w)"
)
_TO_BE_DONE = regex(
    r"thủ tục(?: \w+){0,3} (?:để|nhằm)(?: \w+){0,2} (?:nâng|đưa (?:mối )?quan hệ)(?!\w)"
)
"""Formalities still to be gone through before relations are raised."""
_AGREED = regex(r"(?:nhất trí|thống nhất|quyết định)[^;.]*[Đđ]ối tác (?:toàn diện|chiến lược)")


def is_hoped(words: str) -> bool:
    """Whether the raising of relations at the end of some words is only wished for."""
    if _TO_BE_DONE.search(words) is not None:
        return True
    return _HOPED.search(words) is not None and _AGREED.search(words) is None


_WITH = regex(
    r"(?:với|giữa|[-–]|cùng|và|của|khối|tại)"
    r" ?(?:[^\w\x01]|(?<![\w\x01])[A-ZĐ\x01][\w\x01]*)*$"
)
"""Before a name, that it stands with others; each word matches in one way, however many stand."""
_LINK_REACH = 60
_RECOGNISED = regex(
    r"(?:(?:đã|đầu tiên|chính thức|vừa)|(?:^|[;,.] )\x01+) công nhận"
    r" (?:(?:quy chế|Quy chế|Việt Nam|là|có) )*(?:nền )?[Kk]inh tế thị trường"
)
"""In a sentence, a state that has recognised our market economy has put up no barrier by it."""
_TOURISTS = regex(r"(?:khách|du khách|khách du lịch|khách quốc tế)(?: đến)?(?: từ)? $")
"""Right before a name, those of its people who come are tourists, and their coming is no visit."""
_LEAVES = regex(
    r"(?:rời|rời khỏi|rút khỏi|ra khỏi|dịch chuyển khỏi|thoát khỏi"
    r"|(?:di chuyển|dịch chuyển|chuyển) [^;.,]{0,30}(?:từ|khỏi)"
    rf"|[Bb]ản tin(?: thị trường)?){_NAMES}$"
)
"""Before a name, where capital or trade goes away from."""
_THROUGH_US = regex(
    r"(?:qua Việt Nam|Việt Nam (?:là|làm|trở thành) (?:cửa ngõ|cầu nối|bàn đạp|trung tâm))[^;.]*$"
)
"""Before a name, where others get through us."""
_RANKS_IN = regex(
    r"(?:(?:lớn|đứng|hạng|thứ) ?(?:nhất|hai|ba|tư|thứ|\d+)|hàng đầu|quan trọng)(?!\w)[^;,]{0,60}"
    r" (?:tại|ở|sang|trong|thuộc|vào|của)(?: khu vực| thị trường| châu lục)* $"
)
_RANKS_BEHIND = regex(r"(?: châu lục)? (?:lớn|đứng) (?:nhất|thứ)")


def _ranks(before: str, behind: str) -> bool:
    """Whether a region is only where something ranks: "thị trường châu Âu lớn nhất của ta"."""
    if _RANKS_IN.search(before[-_RANK_REACH:]) is not None:
        return True
    return _RANKS_BEHIND.match(behind) is not None and "là " in before


_RANK_REACH = 100
_WATCHES = regex(
    r"[^;.]{0,40}(?:cảnh báo sớm|theo dõi|chủ động cảnh báo)|[^;.]{0,60}\), kịp thời cảnh báo"
)
"""Behind a name, what an office there is to look out for is no barrier yet."""
_RIVALS = regex(
    r"nguồn cung(?! ứng)|nhà cung cấp lớn|đối thủ|chuyển sang khảo sát|dịch chuyển sang"
    r"|cạnh tranh (?:gay gắt |quyết liệt |trực tiếp |mạnh )?(?:với|từ)|kinh nghiệm của|mô hình của"
)
_BEHIND_OTHERS = regex(
    r"(?:chỉ sau|đứng sau|xếp sau|tương đương(?: với)?(?: thị trường)?"
    r"|(?:thứ|hạng) [^;.]{1,80} sau|kém|thua"
    r"|(?:so|ngang) với(?: mức| thị trường| các nước)?"
    rf"|phụ thuộc (?:nhiều |lớn |quá |mạnh )*vào){_NAMES}$"
)
"""Before a name, who only ranks higher, or is depended upon."""
_NOT_BY_SUMMITS = ("visited", "upgraded", "target_market")
_SUMMIT = regex(
    r"[Hh]ội nghị (?:[Tt]hượng đỉnh|[Cc]ấp cao|(?:các )?(?:[Nn]hà )?[Ll]ãnh đạo)"
    r"(?:(?: (?:nhóm|khối|của))* | [^;.()]{1,60}\()$"
)
"""Right before a bloc, its summit: who goes there visits the host, not the bloc."""
_WORKERS = regex(
    r"(?:lao động|kiều bào|người Việt|thực tập sinh|sinh viên|công nhân|kỹ sư|từng)"
    r"[^;.]{0,60} (?:làm việc|công tác) (?:ở|tại)[^;]*$"
)
"""Before a name, who lives and works there is on no visit."""
_SIDELINES = regex(
    r"(?:[Bb]ên lề|[Nn]hân dịp (?:cùng )?(?:dự|tham dự)"
    r"|[Nn]hân (?:dịp )?(?:các )?(?:[Hh]ội nghị|Kỳ họp|Diễn đàn|Đại hội đồng)"
    r"|[Tt]rong khuôn khổ (?:các )?(?:[Hh]ội nghị|[Dd]iễn đàn|Kỳ họp|Đại hội đồng))(?!\w)"
)
"""Who is met beside a conference elsewhere is on no visit, nor is where it is held."""
_MET = regex(r"gặp|tiếp xúc|hội đàm|hội kiến|trao đổi|làm việc với")


def is_met_aside(before: str) -> bool:
    """Whether the words before a name tell that it was met beside a conference."""
    aside = _SIDELINES.search(before)
    return aside is not None and _MET.search(before, aside.end()) is not None


_PARLIAMENTS = ("Quốc hội ", "Hạ viện ", "Thượng viện ", "Nghị viện ")
_RATIFIES = regex(
    r"[^\x01;.]*phê chuẩn (?:các |những |một số )?(?:[Hh]iệp định|văn kiện|thỏa thuận)"
)
"""What the parliament of a partner is asked for in the same sentence."""
_BETWEEN_OTHERS = regex(
    r"(?:cầu nối|cửa ngõ)[^;.]{0,24} (?:để|giúp|đưa) [^;.]*\x01[^;.]* (?:tiếp cận|vào|thâm nhập)"
    r"(?!\w)[^;.]*$|[Bb]ản tin thị trường $"
)
"""Before a name, that others come to its market by us; and the title of a bulletin."""
_AID = regex(
    r"(?:^|[;.,] )(?:(?!thu hút|kêu gọi|vận động|tranh thủ)[^;.,])*(?<!\w)"
    r"(?:ODA|vốn vay|viện trợ)(?: ưu đãi| không hoàn lại)? (?:của|do)(?: Chính phủ)? $"
)
"""Before a name, whose aid is told of and not sought."""
_WITH_SEVERAL = regex(r"thiết lập quan hệ (?:ngoại giao )?với (?:\d|hơn|gần|tất cả|hầu hết)")
_TRICKED = regex(
    r"(?:dụ dỗ|bị lừa|lừa đi|lừa đảo|cưỡng bức|giải cứu|sơ tán|bảo hộ công dân)[^;.]*$"
)
"""Where people were tricked into work, or are brought home from, is no market of labour."""
_BUYS = regex(
    r"(?:(?<!cho )[Nn]hập khẩu|(?<!\w)[Nn]hập|NK|nhập siêu|mua)(?! cảnh| học| ngoại| tịch)"
    r" (?:(?!xuất khẩu|Việt Nam|nước ta|cho )[^;.]){0,80}(?<!\w)từ (?:(?!xuất khẩu|sang )[^;.])*$"
    r"|[Tt]hị trường nhập khẩu (?:lớn|chính|chủ yếu|hàng đầu)"
    r"(?:(?!xuất khẩu|từ Việt Nam)[^;.])*(?:là|gồm|từ|:)[^;.]*$"
)
"""Before a name, that we buy there."""
_BUYS_BEHIND = regex(
    rf"{_NAMES}(?: \w+){{0,2}} là (?:một trong )?(?:những |các )?thị trường"
    r" (?:cung cấp|nhập khẩu (?:chính|lớn|chủ yếu|hàng đầu|quan trọng)[^;.]{0,20} của"
    r" (?:Việt Nam|nước ta|ta|cả nước|tỉnh|thành phố)(?!\w))"
)
"""Behind a name, the same."""
_RESIDENT = regex(
    r"(?:(?:Đại sứ|[Tt]ổng [Ll]ãnh sự)(?! lưu động| đặc| Việt Nam| nước ta)|Đại biện|Tham tán"
    r"|Đại sứ quán|Lãnh sự quán)(?: [^;,.\x01]{0,60})? $"
)
"""Right before a name, who comes lives here and is on no visit."""
_BEARS = regex(
    rf"{_NAMES}(?: (?:cũng|đều|đang|phải|sẽ|đã|vừa|còn))* (?:bị|chịu|hứng chịu|đối mặt)(?!\w)"
)
"""Behind a name that no preposition leads to, that it is itself hit by the barriers of others."""
_LED_TO = regex(
    r"(?:sang|vào|tại|ở|đi|từ|của|tới|đến|thị trường|với|bởi)"
    r"(?: (?:các|thị trường|nước|như))*(?: \x01[\x01\s,]*(?:và)?)? $"
)
_FROM_THERE = regex(
    rf"(?:nhập khẩu|nhập|xuất xứ|sản xuất|hàng(?: hóa)?) (?:từ|tại|của|là){_NAMES}$"
    rf"|xuất xứ{_NAMES}$"
)
"""Before a name, that the goods hit by a barrier come from there, and another puts it up."""
_PROTOCOL = regex(
    r"(?:[Kk]ý|trao|lễ ký)(?: \w+){0,2} [Nn]ghị định thư[^;.]*$|đối thủ[^;.]* là [^;.]*$"
)
"""Before a name, a protocol that opens a market for plants, or a rival: it puts up no barrier."""
_DO = (
    r"(?: (?:cũng|đều|đang|đã|sẽ|vẫn|còn|vừa|mới|sớm|tiếp tục|khởi động|nối lại|kết thúc"
    r"|hoàn tất))*"
)
_SUBJECT = (
    r"(?:^|[;,:.] |(?:[Tt]rong khi|[Kk]hi|mà) )(?:các nước |nhiều nước |như )*"
    r"(?:\x01[\x01\s,]*(?:và )?)?"
)
_OTHERS_TALK = regex(rf"{_SUBJECT}\x01{_DO} (?:đàm phán|ký)(?!\w)[^;.]*$")
"""Before a name, that another partner has talks with it."""
_IS_SUBJECT = regex(rf"{_SUBJECT}$")
_TALK_WITH_OTHERS = regex(
    rf"\x00(?:(?:,| và) \x01+)*{_DO} (?:đàm phán|ký)(?!\w)[^;.\x01]{{0,60}} với (?:các )?\x01"
)
"""From a name on, that it has talks with another partner."""
_MEANWHILE = regex(r"[Tt]rong khi (?:(?:các|nhiều) nước )?(?:như )?(?:\x01[\x01\s,]*(?:và )?)?$")
_THANKED = regex(r"[Cc]ảm ơn[^;.]*$|[Ss]au (?:hơn |gần )?\d+ (?:năm|tháng|vòng|phiên) đàm phán")
"""Before a name, talks that are over."""
_US = regex(r"Việt Nam|(?<!\w)(?:nước )?ta(?!\w)|[Hh]ai (?:bên|nước)|song phương")
_AMONG = ("trong ", "thuộc ")
"""Right before a region, of what something is the second largest: no market."""
_SELLS = regex(
    rf"{_NAMES}(?: \w+){{0,2}} là (?:\w+ ){{0,2}}"
    r"(?:nhà cung cấp|nguồn cung|nước xuất khẩu|đối thủ|nước sản xuất|nhà xuất khẩu)"
    rf"|{_NAMES}(?: đã| đang)? (?:đi trước|vượt lên|nhanh chân)"
)
"""Behind a name, that it sells what we sell, or sells to us."""
"""Behind one of these in a sentence, who is named sells what we sell, and buys nothing."""
_FTA = ("FTA", "CEPA", "Hiệp định", "hiệp định")
_CLAUSE = regex(
    r";|\.(?<!\.\.\.)(?<!\b[A-ZĐ]\.)(?<!\bT[Pp]\.)(?<!\bTX\.)(?<!\b[GTB]S\.)\s"
    r"|, (?:đồng thời|trong đó(?! có [A-ZĐ\x01])|song|nhưng|bởi|trong khi|do) "
)


def masked(text: str, sentence: Sentence, named: list[PartnerMention]) -> str:
    """The sentence with every country, bloc and region hidden behind marks of the same length."""
    pieces, at = [], sentence.start
    for mention in named:
        if mention.type != "agreement" and mention.start >= at:
            pieces += [text[at : mention.start], _OTHER * (mention.end - mention.start)]
            at = mention.end
    return "".join([*pieces, text[at : sentence.end]])


def relation_said(text: str, sentence: Sentence, mention: PartnerMention, known: str) -> str:
    """How the clause around a mention speaks of the partner.

    Args:
        text: the sentence as `masked` makes it.
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
        if name == "ratification" and before.endswith(_PARLIAMENTS) and _RATIFIES.match(text, end):
            return name
        for word in relation.needs:
            if word in clause:
                if relation.is_said(clause, len(before)) and not _is_vetoed(
                    name, mention, text, (start, end), before, clause
                ):
                    return name
                break
    return known


def _is_vetoed(
    name: str,
    mention: PartnerMention,
    text: str,
    span: tuple[int, int],
    before: str,
    clause: str,
) -> bool:
    """Whether other words make a relation that a cue says none.

    Args:
        text: the sentence, the mention at `span` of it.
        before: the clause up to the mention.
        clause: the whole of it, the mention a mark.
    """
    start, end = span
    if (
        name == "in_force"
        and mention.type != "agreement"
        and not (any(word in before for word in _FTA) and _WITH.search(before[-_LINK_REACH:]))
    ):
        return True
    if name in _NOT_BY_SUMMITS and mention.type == "bloc" and _SUMMIT.search(before):
        return True
    if name == "visited" and _WORKERS.search(before):
        return True
    if name == "visited" and (_SIDELINES.search(before) or _RESIDENT.search(before)):
        return True
    if name == "target_market" and (
        _BUYS.search(before) or _BUYS_BEHIND.match(clause, len(before) + 1)
    ):
        return True
    if name == "target_market" and (
        mention.ref in load("gazetteer")["organisations"]
        or _BETWEEN_OTHERS.search(before) is not None
        or _AID.search(before) is not None
    ):
        return True
    if name == "negotiating" and (
        _MEANWHILE.search(text[:start]) is not None
        or _THANKED.search(before) is not None
        or (
            _US.search(text) is None
            and (
                _OTHERS_TALK.search(before) is not None
                or (
                    _IS_SUBJECT.search(before) is not None
                    and _TALK_WITH_OTHERS.match(clause, len(before)) is not None
                )
            )
        )
    ):
        return True
    if name == "upgraded" and mention.type == "region" and _WITH_SEVERAL.search(clause):
        return True
    if name == "upgraded" and is_hoped(before + text[start : end + _BEHIND_A_FRAME]):
        return True
    if name == "target_market" and _TRICKED.search(before):
        return True
    if name == "barrier" and (
        mention.ref == "wto" or _RECOGNISED.search(text) or "lừa đảo" in clause
    ):
        return True
    if name == "visited" and _TOURISTS.search(before):
        return True
    if name == "target_market" and (
        _LEAVES.search(before)
        or _THROUGH_US.search(before)
        or (mention.type in ("region", "bloc") and _ranks(before, text[end : end + 16]))
    ):
        return True
    if name == "target_market" and (
        (before.endswith(_AMONG) and "thị trường" not in before)
        or _BEHIND_OTHERS.search(before) is not None
    ):
        return True
    if name == "barrier" and (
        _WATCHES.match(clause, len(before) + 1)
        or _PROTOCOL.search(before)
        or _FROM_THERE.search(before)
        or "lẫn nhau" in clause
        or (_BEARS.match(clause, len(before) + 1) and not _LED_TO.search(before[-_LINK_REACH:]))
    ):
        return True
    return name == "target_market" and bool(
        _RIVALS.search(text, 0, start) or _SELLS.match(clause, len(before) + 1)
    )


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
