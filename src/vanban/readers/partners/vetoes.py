"""Words that make a relation that a cue says none: who is only passed by, rivals, what is over."""

from collections.abc import Callable

from vanban.data import load
from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.partners.marks import BEHIND_A_FRAME, NAMES, US, Clause
from vanban.readers.partners.stages import is_not_ratified, is_signed_next, is_to_come
from vanban.readers.partners.strangers import is_among_strangers
from vanban.readers.partners.visits import is_no_visit

__all__ = [
    "is_capital_counted",
    "is_capital_sought",
    "is_hoped",
    "is_source",
    "is_vetoed",
]

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
    r"(?:FTA|CEPA|[Hh]iệp định)"
    r"(?:[^;.,\x01]{0,70}?(?:với|giữa|[-–]|cùng|và|của|khối|tại|:|[A-Z])"
    r"|[^;.\x01]{0,80}?(?:với|như|gồm))"
    r" ?(?:[^\w\x01]|(?<![\w\x01])(?:[A-ZĐ\x01][\w\x01]*|gần|đây|nhất|là|với))*$"
)
"""Before a name, that it stands with others; each word matches in one way, however many stand."""
_LINK_REACH = 60
_RECOGNISED = rare(
    r"(?:(?:đã|đầu tiên|chính thức|vừa)|(?:^|[;,.] )\x01+) công nhận"
    r" (?:(?:quy chế|Quy chế|Việt Nam|là|có|nước|một|quốc gia) )*(?:nền )?[Kk]inh tế thị trường"
)
"""In a sentence, a state that has recognised our market economy has put up no barrier by it."""
_LEAVES = regex(
    r"(?:rời|rời khỏi|rút khỏi|ra khỏi|dịch chuyển khỏi|thoát khỏi"
    r"|(?:di chuyển|dịch chuyển|chuyển) [^;.,]{0,30}(?:từ|khỏi)"
    rf"|[Bb]ản tin(?: thị trường)?){NAMES}$"
)
"""Before a name, where capital or trade goes away from."""
_THROUGH_US = regex(
    r"(?:qua Việt Nam|Việt Nam (?:là|làm|trở thành) (?:cửa ngõ|cầu nối|bàn đạp|trung tâm))[^;.]*$"
)
"""Before a name, where others get through us."""
_RANKS_IN = regex(
    r"(?:(?:lớn|đứng|hạng|thứ) ?(?:nhất|hai|ba|tư|thứ|\d+)|hàng đầu|quan trọng)(?!\w)[^;,]{0,60}"
    r" (?:tại|ở|sang|trong|thuộc|vào|của)(?: khu vực| thị trường| châu lục| các nước| khối)* $"
)
_RANKS_BEHIND = regex(r"(?: châu lục)? (?:lớn|đứng) (?:nhất|thứ)")


def _ranks(before: str, behind: str) -> bool:
    """Whether a region is only where something ranks: "thị trường châu Âu lớn nhất của ta"."""
    if _RANKS_IN.search(before[-_RANK_REACH:]) is not None:
        return True
    return _RANKS_BEHIND.match(behind) is not None and ("là " in before or "trở thành " in before)


_RANK_REACH = 100
_SUED_WITH_US = regex(
    r"(?:điều tra|bán phá giá|chống trợ cấp|tự vệ|áp thuế|phòng vệ thương mại)[^;.]*"
    r"(?:nhập khẩu|xuất xứ|xuất khẩu|sản xuất)(?: (?:hoặc|và|hay) \w+(?: \w+)?)?"
    rf" (?:từ|tại|của)(?: \w+ (?:nước|quốc gia)(?: và vùng lãnh thổ)?:?)?{NAMES}$"
)
"""Before a name, whose goods are under the same case as ours, or under a case of ours."""
_PROTOCOL = regex(r"[Nn]ghị định thư[^;.]{0,40}kiểm dịch|hồ sơ (?:đăng ký )?kiểm dịch")
_FORBIDS = regex(r"rào cản|siết|tạm (?:ngừng|dừng)|cấm|thuế|vướng|khó khăn|vi phạm|cảnh báo")
"""A protocol on quarantine opens a market, unless the clause tells of an obstacle too."""
_WATCHES = regex(
    r"[^;.]{0,40}(?:cảnh báo sớm|theo dõi|chủ động cảnh báo)|[^;.]{0,60}\), kịp thời cảnh báo"
)
"""Behind a name, what an office there is to look out for is no barrier yet."""
_RIVALS = regex(
    r"nguồn cung(?! ứng)|nhà cung cấp lớn|đối thủ|chuyển sang khảo sát|dịch chuyển sang"
    r"|cạnh tranh (?:gay gắt |quyết liệt |trực tiếp |mạnh )?(?:với|từ)|kinh nghiệm của|mô hình của"
)
_BEHIND_OTHERS = regex(
    r"(?:chỉ sau|\(sau|đứng sau|xếp sau|tương đương(?: với)?(?: thị trường)?"
    r"|(?:thứ|hạng) [^;.]{1,80} sau|kém|thua"
    r"|(?:so|ngang) với(?: mức| thị trường| các nước)?"
    r"|nhất[^;.]{1,80},? (?:chỉ )?sau"
    rf"|phụ thuộc (?:nhiều |lớn |quá |mạnh )*vào){NAMES}$"
)
"""Before a name, who only ranks higher, or is depended upon."""
_EXCEPTED = rare(
    r"(?:(?<!\w)trừ|(?:không|chưa) (?:kể|gồm|bao gồm|tính))"
    r"(?: cả| nước| thị trường)* $"
)
"""Right before a name, that what is said is said of others."""
_NOT_BY_OFFICES = ("visited", "ratification", "target_market")
"""What is not said of an organisation whose officers are met."""
_NOT_BY_SUMMITS = ("visited", "upgraded", "target_market")
_SUMMIT = regex(
    r"[Hh]ội nghị (?:[Tt]hượng đỉnh|[Cc]ấp cao|(?:các )?(?:[Nn]hà )?[Ll]ãnh đạo)"
    r"(?:(?: (?:nhóm|khối|của))* | [^;.()]{1,60}\()$"
)
"""Right before a bloc, its summit: who goes there visits the host, not the bloc."""
_BETWEEN_OTHERS = regex(
    r"(?:cầu nối|cửa ngõ)[^;.]{0,24} (?:để|giúp|đưa) [^;.]*\x01[^;.]* (?:tiếp cận|vào|thâm nhập)"
    r"(?!\w)[^;.]*$|[Bb]ản tin thị trường $"
)
"""Before a name, that others come to its market by us; and the title of a bulletin."""
_AID = rare(
    r"(?:^|[;.,] )(?:(?!thu hút|kêu gọi|vận động|tranh thủ)[^;.,])*(?<!\w)"
    r"(?:ODA|vốn vay|viện trợ)(?: ưu đãi| không hoàn lại)? (?:của|do)(?: Chính phủ)? $"
)
"""Before a name, whose aid is told of and not sought."""
_WITH_SEVERAL = regex(r"thiết lập quan hệ (?:ngoại giao )?với (?:\d|hơn|gần|tất cả|hầu hết)")
_TRICKED = regex(
    r"(?:dụ dỗ|bị lừa|lừa đi|lừa đảo|cưỡng bức|giải cứu|sơ tán|bảo hộ công dân)[^;.]*$"
)
"""Where people were tricked into work, or are brought home from, is no market of labour."""
_BUYS_OF = rare(
    rf"(?:giành|chiếm|lấy)(?: được| lại)? thị phần (?:của|từ){NAMES}$|"
    rf"\x01[^;.]{{0,60}}(?:nhập khẩu|nhập|mua)[^;.]{{0,40}} từ(?: các nước)?{NAMES}$"
    rf"|xuất khẩu[^;.]{{0,40}} (?:vào|sang) \x01[^;.]{{0,60}}(?:có|là|như|gồm)(?: Việt Nam,?)?"
    rf"{NAMES}$"
)
"""Before a name, that a third party buys of it, or that it sells to one as we do."""
_OF_FOREIGNERS = regex(r"giữa [\x00\x01]+ và [\x00\x01]")
"""In a sentence without us, that two others trade."""
_AT_ODDS = regex(
    rf"(?:xung đ\w+|chiến sự|chiến tranh|căng thẳng|thương chiến|chiến thương mại)"
    rf"[^;.]{{0,30}} (?:giữa|với){NAMES}$"
)
"""Before a name, that it is at odds with another."""
_BESIDE_US = regex(r"(?:với|vào|tại|giữa) Việt Nam và (?:các )?(?:nước |quốc gia |khu vực )?$")
"""Before a name, that a third party deals with it as it does with us."""
_BUYS = rare(
    r"(?:(?<!cho )[Nn]hập khẩu|(?<!\w)[Nn]hập|NK|nhập siêu|mua)(?! cảnh| học| ngoại| tịch)"
    r" (?:(?!xuất khẩu|Việt Nam|nước ta|cho )[^;.]){0,80}"
    r"(?<!\w)từ (?!Việt Nam)(?:(?!xuất khẩu|sang )[^;.])*$"
    r"|[Nn]hập khẩu vào (?:thị trường )?(?:nội địa )?(?:Việt Nam|nước ta)"
    r"(?: có)?(?: xuất xứ| nguồn gốc)?(?: từ)? $"
    r"|[Tt]hị trường nhập khẩu (?:lớn|chính|chủ yếu|hàng đầu)"
    r"(?:(?!xuất khẩu|từ Việt Nam)[^;.])*(?:là|gồm|từ|:)[^;.]*$"
    r"|[Tt]hị trường nhập khẩu (?:\w+ ){1,3}(?:lớn|chính|chủ yếu|hàng đầu)"
    r"(?:(?!xuất khẩu|Việt Nam|của )[^;.])*(?:là|gồm|từ|:)[^;.]*$"
)
"""Before a name, that we buy there."""
_BUYS_BEHIND = regex(
    rf"{NAMES}(?: \w+){{0,2}} là (?:một trong )?(?:những |các )?thị trường"
    r" (?:cung cấp|nhập khẩu (?:chính|lớn|chủ yếu|hàng đầu|quan trọng)[^;.]{0,20} của"
    r" (?:Việt Nam|nước ta|ta|cả nước|tỉnh|thành phố)(?!\w))"
)
"""Behind a name, the same."""
_BEARS = regex(
    rf"{NAMES}(?: (?:cũng|đều|đang|phải|sẽ|đã|vừa|còn))*"
    r" (?:bị|chịu|hứng chịu|đối mặt|được gỡ|nhận (?:thêm )?thẻ)(?!\w)"
)
"""Behind a name that no preposition leads to, that it is itself hit by the barriers of others."""
_LED_TO = regex(
    r"(?:sang|vào|tại|ở|đi|từ|của|tới|đến|thị trường|với|bởi)"
    r"(?: (?:các|thị trường|nước|như))*(?: \x01[\x01\s,]*(?:và)?)? $"
)
_FROM_THERE = regex(
    rf"(?:nhập khẩu|nhập|xuất xứ|sản xuất|hàng(?: h(?:óa|oá))?) (?:từ|tại|của|là){NAMES}$"
    rf"|xuất xứ{NAMES}$"
)
"""Before a name, that the goods hit by a barrier come from there, and another puts it up."""
_RIVAL_IS = regex(
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
_BETWEEN_FOREIGNERS = regex(
    r"giữa [\x00\x01]+ và [\x00\x01]"
    r"|[\x00\x01][^;.]{0,60} đàm phán[^;.]{0,40} với (?:người )?đồng cấp [\x00\x01]"
    r"|[\x00\x01](?: (?:cũng|đang|đã|sẽ|đều|vẫn))* (?:đàm phán|ký)(?!\w)[^;.\x00\x01]{0,40}"
    r" với [\x00\x01]"
)
"""In a sentence without us, that two others talk."""
_IS_SUBJECT = regex(rf"{_SUBJECT}$")
_TALK_WITH_OTHERS = regex(
    rf"\x00(?:(?:,| và) \x01+)*{_DO} (?:đàm phán|ký)(?!\w)[^;.\x01]{{0,60}} với (?:các )?\x01"
)
"""From a name on, that it has talks with another partner."""
_MEANWHILE = regex(r"[Tt]rong khi (?:(?:các|nhiều) nước )?(?:như )?(?:\x01[\x01\s,]*(?:và )?)?$")
_THANKED = regex(r"[Cc]ảm ơn[^;.]*$|[Ss]au (?:hơn |gần )?\d+ (?:năm|tháng|vòng|phiên) đàm phán")
"""Before a name, talks that are over."""
_AMONG = ("trong ", "thuộc ")
"""Right before a region, of what something is the second largest: no market."""
_SELLS = regex(
    rf"{NAMES}(?: \w+){{0,2}} (?:là|trở thành) (?:\w+ ){{0,2}}"
    r"(?:nhà cung cấp|nguồn cung|nước xuất khẩu|đối thủ|nước sản xuất|nhà xuất khẩu"
    r"|thị trường cung cấp|quốc gia cung cấp|nước cung cấp|thị trường cung ứng)"
    rf"|{NAMES}(?: đã| đang)? (?:đi trước|vượt lên|nhanh chân)"
)
"""Behind a name, that it sells what we sell, or sells to us."""
"""Behind one of these in a sentence, who is named sells what we sell, and buys nothing."""


def is_vetoed(name: str, clause: Clause) -> bool:
    """Whether other words make a relation that a cue says none.

    Args:
        name: the relation.
        clause: where the cue stands.
    """
    if name in _NOT_BY_SUMMITS and clause.mention.type == "bloc" and _SUMMIT.search(clause.before):
        return True
    if _EXCEPTED.search(clause.before) is not None:
        return True
    if name in _NOT_BY_OFFICES and clause.mention.ref in load("gazetteer")["organisations"]:
        return True
    if name in ("barrier", "target_market") and _SUED_WITH_US.search(clause.before):
        return True
    veto = _VETOES.get(name)
    return veto is not None and veto(clause)


def _is_not_in_force(clause: Clause) -> bool:
    if is_to_come(clause):
        return True
    if clause.mention.type == "agreement":
        return False
    return _WITH.search(clause.before) is None


def _is_no_market(clause: Clause) -> bool:
    before, behind = clause.before, len(clause.before) + 1
    if before.endswith(_AMONG) and "thị trường" not in before:
        return True
    if is_capital_counted(clause.text) or is_among_strangers(clause):
        return True
    if (
        _ITS_FIRMS.search(before)
        and _SURVEYS.search(clause.text)
        and not _EXPANDS.search(clause.text)
    ):
        return True
    if is_source(before, clause.text[clause.end : clause.end + _LINK_REACH]):
        return True
    if clause.mention.type == "bloc" and _FAIR.search(before):
        return True
    if clause.mention.type == "region" and before.endswith("đất nước "):
        return True
    if clause.mention.type in ("region", "bloc") and _ranks(
        before, clause.text[clause.end : clause.end + 16]
    ):
        return True
    if _OF_FOREIGNERS.search(clause.whole) and US.search(clause.text) is None:
        return True
    tail = clause.text[clause.end : clause.end + _LINK_REACH]
    if _FORECASTS.match(tail) and _FORECASTER.search(before):
        return True
    if _TO_HELP.match(tail) and _ASKED.search(before):
        return True
    return (
        any(pattern.search(before) for pattern in _NO_MARKET)
        or (_IMPORTED.match(tail) is not None and _GOODS.search(before) is not None)
        or _BUYS_BEHIND.match(clause.whole, behind) is not None
        or _RIVALS.search(clause.text, 0, clause.start) is not None
        or _SELLS.match(clause.whole, behind) is not None
    )


_FORECASTER = regex(
    r"(?:Bộ(?! trưởng)|Cơ quan|Cục|Tổng cục|Viện|Hiệp hội|(?:Ủy|Uỷ) ban)(?: [^;,.\x01]{2,60})? $"
)
_FORECASTS = regex(
    r"(?: \([A-Z]+\))? (?:dự báo|ước tính|cho biết|cho rằng|nhận định|thống kê)(?!\w)"
)
"""Before and behind a name, that an office there tells of the markets of others."""
_ASKED = regex(r"(?:đề nghị|mong|mong muốn|cảm ơn|kêu gọi)(?: phía| Chính phủ)? $")
_TO_HELP = regex(r" (?:tiếp tục |tăng cường |đã |luôn )*(?:hỗ trợ|tài trợ|viện trợ|giúp đỡ)(?!\w)")
"""Before and behind a name, that it is asked for help and not for its market."""
_RANKED = r"dẫn đầu|đứng đầu|đứng thứ|vị trí thứ|lớn nhất|lớn thứ|[Tt]iếp (?:theo|đến)|kế đó|sau đó"
_RUN = r"(?:[^.;]|\.(?=\d))"
_INVESTED = regex(
    rf"(?:[Vv]ốn|FDI|[Dd]ự án|[Đđ]ầu tư){_RUN}{{0,200}}(?:{_RANKED}|\d (?:tỷ|tỉ|triệu)|\d% tổng)"
    rf"|(?:{_RANKED}|\d|rót){_RUN}{{0,100}}(?:vốn|FDI|dự án)(?!\w)"
)
"""What was invested, counted: who has done it is sought no longer (docs/decisions/0036)."""
_OF_CAPITAL = ("vốn", "Vốn", "FDI", "ự án", "ầu tư")
"""One of these is in whatever `_INVESTED` finds; it is dear to ask where there is none."""
_SOUGHT = rare(
    r"[Kk]êu gọi|[Mm]ời|[Xx]úc tiến|[Mm]ong|muốn|quan tâm|[Kk]huyến khích|[Tt]iềm năng|[Cc]ơ hội"
    r"|[Vv]ận động|[Tt]ìm hiểu|(?:[Đđ]ẩy mạnh|[Tt]ăng cường|[Tt]iếp tục|[Tt]ập trung|để) thu hút"
    r"|[Xx]uất khẩu|[Kk]im ngạch|[Tt]hị trường|[Kk]hách|thương mại"
    r"|(?<!việc làm cho )(?:(?<!\d )(?<!triệu )(?<!nghìn )(?<!vạn )[Ll]ao động)"
)


def is_capital_counted(sentence: str) -> bool:
    """Whether a sentence only counts what was invested, and by whom."""
    if not any(word in sentence for word in _OF_CAPITAL):
        return False
    return _INVESTED.search(sentence) is not None and not is_capital_sought(sentence)


def is_capital_sought(sentence: str) -> bool:
    """Whether a sentence asks for capital, or tells of goods, visitors or workers."""
    return _SOUGHT.search(sentence) is not None


_MADE_THERE = rare(
    rf"(?:sản xuất|xuất xứ|nguồn gốc|mua|cung ứng) từ{NAMES}$"
    r"|thị trường (?:sản xuất|cung cấp|cung ứng)(?!\w)[^;.]*$"
    r"|(?<!\w)thay (?:thế )?(?:cho|vì) (?:hàng|sản phẩm)(?: \w+){0,2} $"
    r"|(?:(?<!áp )[Gg]iá(?! trị| trần| thuế)|[Tt]rên thị trường thế giới,?)(?: [^\s;.]+){0,8}"
    rf" (?:của|từ){NAMES}$"
)
"""Before a name, that goods come from there, or what they cost."""
_SURVEYS = regex(r"[Kk]hảo sát|[Đđ]iều tra|trả lời")
"""In a sentence, that firms were asked how they fare."""
_SOURCE = rare(
    r"(?:^|[;.,] )(?:[Tt]heo|[Dd]ẫn)(?: [^;.,\x01]{2,60})? (?:Bộ(?! trưởng)|Cơ quan|Cục|Tổng cục"
    r"|Hải quan|Viện|[Hh]ãng|[Hh]iệp hội|Trung tâm|(?:Ủy|Uỷ) ban|báo|[Tt]ạp chí|truyền thông)"
    r"(?: [^;.,\x01]{2,60})? $"
)
_SOURCE_ENDS = regex(r"(?: ?\([^()]{1,24}\))?,")
"""Before and behind a name, that its office is only whom a sentence has its figures from."""


def is_source(before: str, behind: str) -> bool:
    """Whether a name belongs to an office that a sentence has its figures from.

    Args:
        before: the words before the name, in its sentence.
        behind: those behind it.
    """
    return _SOURCE.search(before) is not None and _SOURCE_ENDS.match(behind) is not None


_FAIR = regex(r"(?:[Hh]ội chợ|[Tt]riển lãm)[^;.,]{0,40}$")
"""Before a bloc, a fair that is called after it."""
_EXPANDS = regex(
    r"[Mm]ở rộng|kế hoạch|quan tâm|(?:muốn|tiếp tục|sẽ) (?:\w+ ){0,2}đầu tư|tìm (?:kiếm|hiểu)"
    r"|đầu tư mới|đơn hàng|nhập khẩu|mua"
)
"""And that they mean to do more here."""
_NO_MARKET = (
    *(_MADE_THERE, _BUYS, _BETWEEN_OTHERS, _AID, _TRICKED, _LEAVES, _THROUGH_US, _BEHIND_OTHERS),
    *(_BESIDE_US, _BUYS_OF, _AT_ODDS),
)
_GOODS = regex(
    r"(?:[Hh]àng|[Hh]àng h(?:óa|oá)|[Ss]ản phẩm|[Rr]au quả|[Tt]rái cây|[Tt]hịt|[Gg]ạo"
    r"|[Tt]hép|[Xx]e) $"
)
_IMPORTED = regex(r" nhập khẩu(?! (?:từ|của|hàng) )")
"""Before and behind a name, its goods that come here."""


_TALKS_OVER = regex(r"(?:đã|vừa|chính thức) (?:hoàn tất|kết thúc) đàm phán[^;.]*$")
_GOES_ON = regex(r"[^;.]{0,100} phê chuẩn")
"""Before and behind an agreement, that the talks on it are over and parliaments have it."""


_PAIR_TALKS = regex(r"đàm phán (?:giữa )?\x01+ ?(?:[-–]|và) ?\x01")


def _is_no_talk(clause: Clause) -> bool:
    if is_signed_next(clause):
        return True
    if _PAIR_TALKS.search(clause.text[max(0, clause.start - _LINK_REACH) : clause.end + 40]):
        return True
    if _TALKS_OVER.search(clause.before) and _GOES_ON.match(clause.text, clause.end):
        return True
    if _MEANWHILE.search(clause.text[: clause.start]) or _THANKED.search(clause.before):
        return True
    if US.search(clause.text) is not None:
        return False
    if _OTHERS_TALK.search(clause.before) or _BETWEEN_FOREIGNERS.search(clause.whole):
        return True
    return (
        _IS_SUBJECT.search(clause.before) is not None
        and _TALK_WITH_OTHERS.match(clause.whole, len(clause.before)) is not None
    )


def _is_not_upgraded(clause: Clause) -> bool:
    if clause.mention.type == "bloc" and clause.before.endswith("thành viên "):
        return True
    if clause.mention.type == "region" and _WITH_SEVERAL.search(clause.whole):
        return True
    return is_hoped(clause.before + clause.text[clause.start : clause.end + BEHIND_A_FRAME])


_THROUGH = regex(
    rf"(?:chuyển tải|quá cảnh|trung chuyển)[^;.]{{0,30}} qua (?:các )?cảng(?: của| ở| tại)?{NAMES}$"
)
"""Before a name, that only the way of the goods leads there."""
_HITS_OTHERS = regex(r"\x01 (?:\w+ ){0,2}bị $")
"""Before a name, that it hits another."""
_BARS_OTHERS = regex(
    r"\x01[^;.\x01]{0,60} (?:siết|áp (?:thuế|dụng)|cấm|hạn chế|đánh thuế|điều tra|trừng phạt)"
    r"(?:(?! qua )[^;.\x01]){0,80} (?:sang|với|từ|lên|nhằm vào|của)"
    r"(?: hàng| hàng h(?:óa|oá)| các nước)* \x01"
)
"""In a sentence without us, that one bars the goods of another."""
_SURVEY = regex(
    r"(?:[Kk]ết quả|[Pp]hiếu|[Ss]ố liệu) điều tra(?: tương tự| doanh nghiệp| này)* (?:tại|ở)"
    rf"{NAMES}$"
)
"""Before a name, that firms were asked there, and no case was opened."""
_OWN_EXPORTS = regex(
    rf"{NAMES}(?: \w+){{0,4}} (?:siết|cấm|hạn chế|kiểm soát|ngừng|dừng)(?: chặt| chẽ)?"
    r"(?: \w+){0,2} xuất khẩu(?! (?:sang|vào|của) Việt Nam)"
)
"""Behind a name, that it keeps its own goods."""
_SPARES = regex(rf"{NAMES}(?: \w+){{0,4}} không áp (?:dụng )?(?:thuế|biện pháp)")
"""Behind a name, that it spares our goods."""
_ONLY_AHEAD = regex(r"\((?:chỉ )?sau [^()]*$")
"""Before a name, that it only ranks ahead of who puts up the barrier."""
_ITS_FIRMS = rare(
    r"(?:[Dd]oanh nghiệp|[Nn]hà đầu tư|DN|[Cc]ông ty)(?: FDI)?(?: \(DN\))?(?: của| từ)? $"
)
_FIRMS_HERE = regex(r"[^;.]{0,40} (?:tại|ở|vào) Việt Nam(?!\w)")
"""Before and behind a name, that its firms here are told of, and not what it does to our goods."""
_DUMPED_HERE = regex(
    r"bán phá giá (?:vào|tại|ở|trên) (?:thị trường )?(?:Việt Nam|nước ta|trong nước|nội địa)"
)
"""In a clause, that others sell here too cheaply: no barrier to what we sell."""


def _is_no_barrier(clause: Clause) -> bool:
    before, whole, behind = clause.before, clause.whole, len(clause.before) + 1
    if clause.mention.ref == "wto" or _RECOGNISED.search(clause.text):
        return True
    if "lừa đảo" in whole or "lẫn nhau" in whole or _DUMPED_HERE.search(whole):
        return True
    if _BESIDE_US.search(before) or _THROUGH.search(before):
        return True
    if _HITS_OTHERS.search(before) and not US.search(clause.text):
        return True
    if _SURVEY.search(before) or _SPARES.match(whole, behind):
        return True
    if _BARS_OTHERS.search(clause.text) and not US.search(clause.text):
        return True
    if _OWN_EXPORTS.match(whole, behind):
        return True
    if _PROTOCOL.search(whole) and not _FORBIDS.search(whole):
        return True
    if _ONLY_AHEAD.search(before) or (
        _ITS_FIRMS.search(before) and _FIRMS_HERE.match(whole, behind)
    ):
        return True
    if _WATCHES.match(whole, behind) or _RIVAL_IS.search(before) or _FROM_THERE.search(before):
        return True
    return _BEARS.match(whole, behind) is not None and not _LED_TO.search(before[-_LINK_REACH:])


_VETOES: dict[str, Callable[[Clause], bool]] = {
    "in_force": _is_not_in_force,
    "visited": is_no_visit,
    "target_market": _is_no_market,
    "ratification": is_not_ratified,
    "negotiating": _is_no_talk,
    "upgraded": _is_not_upgraded,
    "barrier": _is_no_barrier,
}
