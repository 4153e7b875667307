"""Whose it is what a cue names: the world's, another state's, or what another state does to us."""

from vanban.patterns import regex
from vanban.readers.shortcomings.cues import any_of, frame
from vanban.readers.shortcomings.polarity import Named
from vanban.scan import Scan

__all__ = [
    "BEFALLS",
    "after_setting",
    "done_abroad",
    "frame_end",
    "of_a_partner",
    "of_the_world",
    "tells_of_others",
]

BEFALLS = frozenset(
    {"adverse", "suffered", "lack", "hard", "hits", "losing", "below", "trade_measure", "cannot"}
    | {"low", "high", "meets", "in_trouble", "risks", "loss", "downward", "plight", "costs"}
)
"""Rules whose cue tells what somebody is or what befalls them, so that it matters whom."""
_MAY_BE_OURS = frozenset({"below", "trade_measure", "cannot", "downward", "costs", "low", "high"})
"""Of these, rules that may tell of our goods with another's name before the cue."""


def tells_of_others(scan: Scan) -> bool:
    """Whether a text tells of other states throughout, and never of ours or any part of it."""
    if len(scan.partners) < _MANY_OTHERS or scan.places:
        return False
    return not any(word in scan.text for word in _OF_OURS)


_OF_OURS = (
    *("Việt", "VN", "nước ta", "tỉnh", "uất khẩu", "XK", "im ngạch", "xuất siêu", "nhập siêu"),
    *("Bộ ", "Hiệp hội", "đối tác", "VASEP"),
)
_MANY_OTHERS = 4
"""Mentions of partners in a text that is of none of ours."""


def frame_end(scan: Scan, start: int, end: int) -> int:
    """Where a clause begins, connectives, who says so and adverbs of going on left out."""
    said = frame().match(scan.text, start, end)
    start = said.end() if said is not None and said.end() < end else start
    front = _CONTINUES.match(scan.text, start, end)
    return front.end() if front is not None else start


_CONTINUES = regex(r"(?:[-–+•*] *)?(?:(?:Tiếp tục|tiếp tục|Khẩn trương|khẩn trương) )?")


def after_setting(scan: Scan, start: int, end: int) -> int:
    """Where a clause tells of us behind the setting that opens it; `start` if it has none, or not.

    "Trong bối cảnh cước biển tăng, xung đột lan rộng, nhiều doanh nghiệp phải dừng xuất khẩu": what
    stands before the firms is no weakness of anybody's.
    """
    if _SETTING.match(scan.text, start, end) is None:
        return start
    ours = _OF_US.search(scan.words.lower, scan.text.find(", ", start, end) + 2, end)
    return scan.text.rfind(", ", start, ours.start()) + 2 if ours is not None else start


_SETTING = regex(
    r"\W*(?:(?:Trong|Trước(?! (?:thực|tình) trạng)|Giữa) [^,;.]{3,150}"
    r"|(?:Do|Vì|Bởi)(?: \w+){0,6} (?:thế giới|toàn cầu)[^,;.]{0,100}), "
)
_OF_US = regex(
    r"(?<!\w)(?:việt nam|nước ta|chúng ta|của ta|doanh nghiệp|dn|nông dân|ngư dân|người dân"
    r"|hợp tác xã|tỉnh|ngành|địa phương|xuất khẩu|nông sản|th(?:ủy|uỷ) sản|hàng h(?:óa|oá)"
    r"|đơn hàng|công ty|nhà máy|xưởng|cơ sở|nhà vườn|chủ vựa|chủ tàu|lao động"
    r"|du khách|dự án|cửa khẩu)(?!\w)"
)


def of_the_world(scan: Scan, start: int, cue: int) -> bool:
    """Whether what a cue names befalls the world at large: its subject is that, not one of ours."""
    low = max(start, cue - 70)
    for m in scan.words.find_all(any_of("world"), low, cue):
        if scan.text.endswith(("nhất ", "ra "), start, m.start()):
            continue
        if _OURS.search(scan.words.lower, m.end(), cue) is None:
            return True
    return False


_OURS = regex(
    r"[,;:]|(?<!\w)(?:nhưng|song|tuy nhiên|khiến|làm|doanh nghiệp|việt nam|nước ta|ta|tỉnh|ngành"
    r"|đến)(?!\w)"
)


def of_a_partner(scan: Scan, start: int, found: Named) -> bool:
    """Whether what is told befalls another state, or is lacking there: "Đức thiếu lao động"."""
    borne = found.lastgroup not in _MAY_BE_OURS or found[0].lower().startswith(_BEARS)
    if found.lastgroup in BEFALLS:
        front = frame_end(scan, start, found.start())
        if borne and _is_of_a_partner(scan, front, found.start()):
            return True
        if borne and _OF_THAT_STATE.search(scan.words.lower, start, found.start()) is not None:
            return True
        if _theirs(scan, front, found.start()):
            return True
    if found.lastgroup == "makes" and any(
        _CONJOINED.search(scan.text, found.start(), p.start) is not None
        for p in scan.partners_between(found.start(), found.end())
    ):
        return True
    if found.lastgroup != "lack" and not found[0].startswith(_LACKING):
        return False
    return any(
        p.type == "country" and not scan.text[p.end : found.start()].strip()
        for p in scan.partners_between(start, found.start())
    )


_BEARS = ("chịu", "phải", "buộc", "tụt", "rớt", "rơi")
_LACKING = ("còn thiếu", "chưa có")
_OF_THAT_STATE = regex(
    r"(?<!vào )(?<!sang )(?<!tại )(?<!từ )(?<!của )(?<!với )(?<!ở )(?<!tới )(?<!đến )(?<!cho )"
    r"(?:nước này|quốc gia này|nước đó|nước bạn|nước họ)"
    r"(?: (?!nhưng|song|mà|khiến|đối|với|việt|ta|hàng)\w+){0,7} $"
)
"""Another state, told of before, as the subject of a cue."""


def _is_of_a_partner(scan: Scan, front: int, cue: int) -> bool:
    """Whether a state or what is its own is the subject of a cue: "EU cũng chịu áp lực lớn"."""
    return any(
        p.type in ("country", "bloc")
        and _ALSO.fullmatch(scan.text, p.end, cue) is not None
        and (
            _ITS.fullmatch(scan.text, front, p.start) is not None
            or _OPENED.fullmatch(scan.text, front, p.start) is not None
            or _CONJOINED.search(scan.text, front, p.start) is not None
            or _OF_ITS_OWN.search(scan.words.lower, front, p.start) is not None
            or (
                scan.text.endswith("của ", front, p.start)
                and _OUR_GOODS.search(scan.words.lower, front, p.start) is None
            )
        )
        for p in scan.partners_between(front, cue)
    )


def _theirs(scan: Scan, front: int, cue: int) -> bool:
    """Whether firms, farms or exports of another state are the subject of a cue."""
    return any(
        p.type in ("country", "bloc")
        and _THEIR_OWN.fullmatch(scan.text, front, p.start) is not None
        and _OURS_TOO.search(scan.words.lower, p.end, cue) is None
        for p in scan.partners_between(front, min(cue, front + _FRONT))
    )


_FRONT = 60
"""Code points; behind them no subject begins."""
_THEIR_OWN = regex(
    r"(?:\w[\w ]{0,50} (?:việc|do|vì|bởi|là|khi|khiến) )?"
    r"(?:(?:Các|các|Nhiều|nhiều|Một số|một số) )?"
    r"(?:[Dd]oanh nghiệp|[Cc]ông ty|[Hh]ãng|[Nn]ông dân|[Nn]gười (?:dân|tiêu dùng)"
    r"|[Nn]hà (?:nhập khẩu|xuất khẩu|sản xuất|bán lẻ|máy)"
    r"|[Nn]ền kinh tế|[Kk]inh tế|[Nn]gành|[Xx]uất khẩu|[Ss]ản xuất)"
    r"(?: (?!(?:sang|vào|tới|đến|từ|qua|tại|ở|với|cho|trong|Việt|việt|ta|do|còn|gặp|bị|đang|vẫn|đã"
    r"|có|đi|lớn|hàng)(?!\w))\w+){0,4} "
)
_OURS_TOO = regex(r"[,;:]|(?<!\w)(?:việt nam|nước ta|của ta|khiến|đối với|sang|xuất khẩu)(?!\w)")
_ALSO = regex(
    r"(?:, [^,;.]{3,60},)? (?:(?:là (?:một )?(?:nước|quốc gia)|cũng|đang|vẫn|đã|còn|sẽ|phải|lại"
    r"|từng|vừa|hiện"
    r"|hiện nay|tiếp tục) )*"
)
_ITS = regex(
    r"(?:[A-ZĐÂÁẤ][\w ]{1,20}(?:, | và ))*"
    r"(?:(?:phía|nước|nền kinh tế|[Kk]inh tế|[Cc]hính phủ|doanh nghiệp) )?"
)
_OF_ITS_OWN = regex(
    r"(?<!\w)(?<!khách )(?<!mặt )(?<!đơn )(?<!ngân )(?:(?:hàng|hàng hóa|hàng hoá|sản phẩm|gạo|tôm"
    r"|cá tra|thép|sầu riêng|cà phê|trái cây"
    r"|nông sản|th(?:ủy|uỷ) sản|xe điện|ô tô|công ty|hãng|đồng|sản xuất) )$"
)
"""Goods with the name of where they come from, right before what befalls them."""
_STATE_OF = r"(?:(?:phía|nước|nền kinh tế|kinh tế|[Cc]hính phủ|chính quyền) )?"
_OPENED = regex(rf"\W*(?:Trước|Sau|Trong|Do|Vì|Với|Khi|Năm|Tháng|Hiện|Theo) [^,;.]*, {_STATE_OF}")
_CONJOINED = regex(
    rf"(?<!\w)(?:mà|khi|rằng|trong khi|trong khi đó|thì|khiến|làm|nhưng|song) {_STATE_OF}$"
)
"""Before a state, what shows that it is a subject: an opening phrase, a conjunction."""
_OUR_GOODS = regex(
    r"(?<!\w)(?:việt nam|nước ta|ta|hàng|xuất khẩu|đối với|do|bởi|vì|thuế|quy định)(?!\w)"
)


def done_abroad(scan: Scan, start: int, cue: int) -> bool:
    """Whether a partner does what a cue names: "phía Trung Quốc tăng cường kiểm soát"."""
    if _THERE.search(scan.words.lower, start, cue) is not None:
        return True
    return any(
        p.type in ("country", "bloc")
        and _WILL.fullmatch(scan.text, p.end, cue) is not None
        and not scan.text.endswith(("với ", "cùng ", "sang ", "vào "), start, p.start)
        for p in scan.partners_between(start, cue)
    )


_DOES = (
    r" (?:\([^()]{1,20}\) )?(?:(?:đã|đang|sẽ|vừa|vẫn|tiếp tục|dự kiến|liên tục|bắt đầu|cũng|hiện"
    r"|lại|rất|tích cực|tăng cường|thường xuyên|gia tăng"
    r"|mới|chính thức|công bố|ban hành|thông báo|áp dụng|đưa ra|thông qua|triển khai|thực hiện"
    r"|tiến hành|quyết định|tuyên bố|đề xuất|cho biết|về|việc|các|những|một số|nhiều|biện pháp"
    r"|quy định|kế hoạch|chính sách|lệnh) )*"
)
_WILL = regex(_DOES)
_THERE = regex(
    r"(?<!\w)(?:nước này|phía bạn|nước bạn|nước sở tại|nước nhập khẩu|nhiều nước|một số nước"
    r"|các nước|nhiều thị trường|một số thị trường|các thị trường|nhiều quốc gia"
    r"|ec|doc|fda|fsis|usitc|dgtr|cbsa|gacc)"
    rf"{_DOES}$"
)
