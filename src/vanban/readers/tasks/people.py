"""Who tells and who is told: issuers and assignees, as written or as the text resolves them."""

import re

from vanban.letters import UPPER
from vanban.readers.tasks.grammar import grammar
from vanban.scan import Scan

__all__ = ["find_issuer", "split_assignees"]

_OFFICE = re.compile(
    rf"(?<!\w)(?:(?:Phó +)?Thủ +tướng(?: +Chính +phủ)?|Bộ +trưởng|Thứ +trưởng|Chủ +tịch +nước|Tổng +Bí +thư"
    rf"|(?:Phó +)?Chủ +tịch(?: +Quốc +hội| +UBND +(?:tỉnh|thành +phố))?|(?:Phó +)?(?<!Ban )Bí +thư|Đại +sứ|(?:Phó +)?Giám +đốc"
    rf"|Tổng +Lãnh +sự|Tham +tán|Ngoại +trưởng|Tổng +thống|ông|bà|Ông|Bà|Phó +Thủ +tướng)(?!\w)(?: +(?:[{UPPER}][\w&]*|tỉnh|giao|đầu|tư))*"
)
_BODY = re.compile(
    rf"(?<!\w)(?:[Hh]ai +(?:bên|nước|nhà +lãnh +đạo|Thủ +tướng|Bộ +trưởng)|[Pp]hía +[{UPPER}][\w\-]*(?: +[{UPPER}][\w\-]*)*"
    rf"|Bộ +[{UPPER}][\w]*(?: +(?:[{UPPER}]\w*|giao|và|nghệ|tư|triển|trường|thôn|dựng|chính))*"
    rf"|Ban +Bí +thư|Bộ +Chính +trị|Ban +Thường +vụ +[\w ]{{3,20}}|Tỉnh +[ủu][ỷyỵ]"
    rf"|Sở +[{UPPER}]\w*(?: +(?:vụ|[{UPPER}]\w*))*|UBND +(?:tỉnh|thành +phố)|Chính +phủ|Ủy +ban +nhân +dân +tỉnh"
    rf"|[Tt]ỉnh +[{UPPER}]\w*(?: +[{UPPER}]\w*)*|Hiệp +hội +[\w ]{{3,40}}|Văn +phòng +Chính +phủ|Quốc +hội)(?!\w)"
)


def find_issuer(scan: Scan, start: int, end: int) -> str | None:
    """The one who speaks in `[start, end)`: a person's name if the text gives it, else the office.

    "Thủ tướng" is the person the document names with that office, if it names just one so.
    """
    people = [p for p in scan.people if start <= p.start < end]
    offices = list(_OFFICE.finditer(scan.text, start, end))
    if people and (not offices or people[-1].end >= offices[-1].start()):
        return people[-1].name
    if offices:
        return _holder(scan, offices[-1][0], offices[-1].start())
    bodies = list(_BODY.finditer(scan.text, start, end))
    parties = [m for m in bodies if m[0].lower().endswith("hai bên")]
    if parties or bodies:
        bodies = parties or bodies
        return re.sub(r"\s+", " ", bodies[-1][0]).strip()
    return None


def _holder(scan: Scan, office: str, at: int) -> str:
    """The person known by an office, else the office as written."""
    office = re.sub(r"\s+", " ", office).strip()
    words = re.sub(r"^(?:Ông|ông|Bà|bà) ", "", office)
    for p in scan.people:
        if p.name.endswith(words) and words != p.name and len(words) > 2:
            return p.name
    if office in ("ông", "bà", "Ông", "Bà"):
        before = [p for p in scan.people if p.start < at]
        return before[-1].name if before else office
    exact = {p.name for p in scan.people if any(_is_office(t, office) for t in p.titles)}
    if len(exact) == 1:
        return exact.pop()
    if len(exact) > 1:
        before = [p for p in scan.people if p.start < at and p.name in exact]
        if before:
            return before[-1].name
    return office


def _is_office(title: str, office: str) -> bool:
    return title == office or title.startswith(office + " ") or office.startswith(title + " ")


_TAIL = re.compile(
    r"(?: +(?:cần|phải|cùng|sẽ|đã|tiếp tục|và|là|cho|thì|việc|để|sớm|được|ngay|trước mắt|khẩn trương|chủ động))+$"
    r"| +(?:là +đầu +mối|có +trách +nhiệm|cam +kết|nhất +trí|được +(?:phân|giao)|có +quy +mô|trong +(?:tháng|quý|năm)|ngay +trong)(?!\w).*$"
    r"|, +(?:trong|từ|trước|ngay|theo|trên) [^,]*$|[\s,:–-]+$"
)
_PARTS = re.compile(rf"(?:,|;| +và| +cùng|, +cùng| +phối +hợp +với) +(?=(?:các|Các|[{UPPER}]))")


def split_assignees(text: str) -> tuple[str, ...]:
    """The bodies of a noun phrase, as written: "các bộ, ngành" is one, "Bộ A và các tỉnh" two."""
    whole = re.sub(r"\s+", " ", text).strip()
    whole = re.sub(r"^(?:cho|đối với|với|tới|đến) ", "", whole)
    while True:
        shorter = _TAIL.sub("", whole)
        if shorter == whole:
            break
        whole = shorter
    parts, depth_safe = [], _split_outside_names(whole)
    for part in depth_safe:
        part = part.strip(" ,;:-–")
        if part and grammar().assignee.match(part):
            parts.append(part)
    return tuple(parts)


def _split_outside_names(text: str) -> list[str]:
    """Split at commas and "và" that join bodies, not at those inside one ministry's name."""
    pieces, begin = [], 0
    for m in _PARTS.finditer(text):
        following = text[m.end() :]
        joined = text[begin : m.start()]
        if not grammar().assignee.match(following):
            continue
        if re.search(r"^(?:Bộ|Sở)\b", joined) and re.match(
            r"(?:Thể thao|Du lịch|Môi trường|Công nghệ|Đầu tư|Đào tạo|Xã hội|Tôn giáo)", following
        ):
            continue
        pieces.append(joined)
        begin = m.end()
    pieces.append(text[begin:])
    return pieces
