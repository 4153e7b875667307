"""Who tells and who is told: issuers and assignees, as written or as the text resolves them."""

import re

from vanban.letters import UPPER
from vanban.readers.tasks.grammar import S, grammar
from vanban.scan import Scan

__all__ = ["find_issuer", "split_assignees"]

_OFFICE = re.compile(
    rf"(?<!\w)(?:(?:Phó{S}+)?Thủ{S}+tướng(?:{S}+Chính{S}+phủ)?|Bộ{S}+trưởng|Thứ{S}+trưởng|Chủ{S}+tịch{S}+nước|Tổng{S}+Bí{S}+thư"
    rf"|(?:Phó{S}+)?Chủ{S}+tịch(?:{S}+Quốc{S}+hội|{S}+UBND{S}+(?:tỉnh|thành{S}+phố))?|(?:Phó{S}+)?(?<!Ban{S})Bí{S}+thư|Đại{S}+sứ|(?:Phó{S}+)?Giám{S}+đốc"
    rf"|Tổng{S}+Lãnh{S}+sự|Tham{S}+tán|Ngoại{S}+trưởng|Tổng{S}+thống|ông|bà|Ông|Bà|Phó{S}+Thủ{S}+tướng)(?!\w)(?:{S}+(?:[{UPPER}][\w&]*|tỉnh|giao|đầu|tư))*"
)
_BODY = re.compile(
    rf"(?<!\w)(?:[Hh]ai{S}+(?:bên|nước|nhà{S}+lãnh{S}+đạo|Thủ{S}+tướng|Bộ{S}+trưởng)|[Pp]hía{S}+[{UPPER}][\w\-]*(?:{S}+[{UPPER}][\w\-]*)*"
    rf"|Bộ{S}+[{UPPER}][\w]*(?:{S}+(?:[{UPPER}]\w*|giao|và|nghệ|tư|triển|trường|thôn|dựng|chính))*"
    rf"|Ban{S}+Bí{S}+thư|Bộ{S}+Chính{S}+trị|Ban{S}+Thường{S}+vụ{S}+[\w ]{{3,20}}|Tỉnh{S}+[ủu][ỷyỵ]"
    rf"|Sở{S}+[{UPPER}]\w*(?:{S}+(?:vụ|[{UPPER}]\w*))*|UBND{S}+(?:tỉnh|thành{S}+phố)|Chính{S}+phủ|Ủy{S}+ban{S}+nhân{S}+dân{S}+tỉnh"
    rf"|[Tt]ỉnh{S}+[{UPPER}]\w*(?:{S}+[{UPPER}]\w*)*|Hiệp{S}+hội{S}+[\w ]{{3,40}}|Văn{S}+phòng{S}+Chính{S}+phủ|Quốc{S}+hội)(?!\w)"
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
        return re.sub(r"[\s\u00a0]+", " ", bodies[-1][0]).strip()
    return None


def _holder(scan: Scan, office: str, at: int) -> str:
    """The person known by an office, else the office as written."""
    office = re.sub(r"[\s\u00a0]+", " ", office).strip()
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
    rf"(?:{S}+(?:cần|phải|cùng|sẽ|đã|tiếp tục|và|là|cho|thì|việc|để|sớm|được|ngay|trước mắt|khẩn trương|chủ động))+$"
    rf"|{S}+(?:là{S}+đầu{S}+mối|có{S}+trách{S}+nhiệm|cam{S}+kết|nhất{S}+trí|được{S}+(?:phân|giao)|có{S}+quy{S}+mô|trong{S}+(?:tháng|quý|năm)|ngay{S}+trong)(?!\w).*$"
    rf"|,{S}+(?:trong|từ|trước|ngay|theo|trên){S}[^,]*$|[\s\u00a0,:–-]+$"
)
_PARTS = re.compile(
    rf"(?:,|;|{S}+và|{S}+cùng|,{S}+cùng|{S}+phối{S}+hợp{S}+với){S}+(?=(?:các|Các|[{UPPER}]))"
)


def split_assignees(text: str) -> tuple[str, ...]:
    """The bodies of a noun phrase, as written: "các bộ, ngành" is one, "Bộ A và các tỉnh" two."""
    whole = re.sub(r"[\s\u00a0]+", " ", text).strip()
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
