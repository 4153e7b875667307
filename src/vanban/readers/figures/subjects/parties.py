"""Who promises, whose members act and whose delegation comes, of the countries a sentence names."""

from vanban.patterns import regex
from vanban.readers.figures.mention import LONGEST_PARAGRAPH, Mention
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.topics import first_name, name_of
from vanban.scan import Scan

__all__ = ["donor_of", "of_a_group", "of_agreement", "pledger"]

_NOUN_REACH = 90


_PLEDGES = regex(
    r"(?: [^,;.:()]{0,24})? (?:cam kết|sẽ|đồng ý|tuyên bố|quyết định|mong muốn|mong|đề nghị|dành"
    r"|viện trợ|tài trợ|trao tặng)(?!\w)"
)
_SPEAKER = regex(
    r"(?:\d+[.)] +|[-–+•*] *)?"
    r"(?:(?:Ngoài ra|Bên cạnh đó|Đồng thời|Về phần mình|Nhân dịp này|Dịp này|Theo đó), +)?"
    r"(?:[Pp]hía +|Chính phủ +(?:nước +)?|(?:Bộ|Cơ quan|Quỹ|Ngân hàng) [^,;.:]{3,40} )?"
)
_SAME_SPEAKER = regex(
    r" *(?:đồng thời |và )?(?:sẽ|cam kết|tiếp tục|tăng|dành|hỗ trợ|cấp|tài trợ|đề nghị|mong|trao) "
)


def pledger(claim: Claim) -> str | None:
    """The country that promises or asks for what is counted: "Phía Séc cam kết tài trợ ..."."""
    m = claim.m
    text, start = m.text, m.sentence.start
    speaker = _SPEAKER.match(text, start, m.q.start)
    begin = speaker.end() if speaker is not None else start
    for p in m.scan.partners_between(begin, begin + 1):
        if p.type != "country" or not _PLEDGES.match(text, p.end, m.q.start):
            continue
        if m.clause == start or _SAME_SPEAKER.match(text, m.clause, m.q.start):
            return name_of(text, p)
    return None


_FROM = regex(r" (?:từ|của|do) (?:phía )?")
_DONORS = ("adb", "world-bank", "aiib", "eib")


def donor_of(claim: Claim) -> str | None:
    """Who lends or gives aid: named right behind the amount, or the one bank that its block names.

    "Một khoản vay trị giá 25 triệu USD từ ADB".
    """
    m = claim.m
    behind = _FROM.match(m.text, m.q.end, m.stop)
    if behind is not None:
        for p in m.scan.partners_between(behind.end(), behind.end() + 1):
            return name_of(m.text, p)
    named = [ref for ref, at in m.scan.once(_donors).items() if at < m.q.start]
    if len(named) != 1:
        return None
    start = m.scan.document.blocks[max(0, m.sentence.block - 1)].start
    start = max(start, m.sentence.start - LONGEST_PARAGRAPH)
    if m.scan.places_between(m.sentence.start, m.q.start) or any(
        p.ref not in named for p in m.scan.partners_between(start, m.q.start)
    ):
        return None
    return first_name(m.scan, named[0])


def _donors(scan: Scan) -> dict[str, int]:
    """Where each bank that lends or gives aid is first named."""
    return {p.ref: p.start for p in reversed(scan.partners) if p.ref in _DONORS}


def of_a_group(claim: Claim) -> str | None:
    """Whose the people or firms counted are: members of a bloc, a delegation, one side's."""
    m = claim.m
    if m.q.unit not in ("count", "people"):
        return None
    group = _of_delegation(m) or _of_members(m)
    return group or (_of_a_side(m) if claim.measure == "other" else None)


_MEMBERS = regex(
    r"(?:/\d+)? (?:nước|quốc gia|nghị viện)(?: thành viên)?"
    r"(?: (?:của |khối |thuộc )*|(?=[ ,.;:]|$))"
)


def _of_members(m: Mention) -> str | None:
    """The bloc of which so many members do something: "19/27 nước", "8 nước thành viên EU"."""
    noun = _MEMBERS.match(m.text, m.q.number_end, m.sentence.end)
    if noun is None or not ("thành viên" in noun[0] or "/" in noun[0]):
        return None
    for p in m.scan.partners_between(noun.end(), noun.end() + 2):
        return name_of(m.text, p) if p.type == "bloc" else None
    blocs = [p for p in m.scan.partners_between(m.paragraph, m.q.start) if p.type == "bloc"]
    if not blocs or len({p.ref for p in blocs}) > 1:
        return None
    return name_of(m.text, blocs[-1])


_DELEGATION = regex(
    r" (?:nhà nhập khẩu|doanh nghiệp|nhà đầu tư|nhà mua hàng|chuyên gia|đại biểu|tập đoàn"
    r"|nhà bán lẻ|nhà phân phối)(?: (?:lớn|của|đến từ|từ)){0,2} "
)


def _of_delegation(m: Mention) -> str | None:
    """Whose delegation is counted: "đón đoàn 20 nhà nhập khẩu Chile"."""
    if not m.before(8).endswith("đoàn "):
        return None
    for p in m.scan.partners_between(m.q.number_end, min(m.stop, m.q.number_end + _NOUN_REACH))[:1]:
        if _DELEGATION.fullmatch(m.text, m.q.number_end, p.start):
            return name_of(m.text, p)
    return None


_SIDE = regex(r"(?P<of>(?<=ề ))?(?<!\w)[Pp]hía (?:đoàn |nước )?")
_IS_THERE = regex(r",? (?:có|gồm|cử|với)(?!\w)")
_SIDE_REACH = 400
"""Code points within which those of one side are counted up."""
_ITS_PEOPLE = regex(
    r" (?:đại biểu|vị|thành viên|doanh nghiệp|tập đoàn|công ty|cơ quan|bộ|quan chức"
    r"|chuyên gia)(?!\w)"
)


def _of_a_side(m: Mention) -> str | None:
    """Whose people are counted up: "Về phía Nhật Bản, có ngài Đại sứ cùng 7 vị tham tán"."""
    if _ITS_PEOPLE.match(m.text, m.q.number_end) is None:
        return None
    block = m.scan.document.blocks[m.sentence.block]
    low = max(block.start, m.q.start - _SIDE_REACH)
    at = max(m.text.rfind("hía ", low, m.q.start), low)
    side = _SIDE.search(m.text, max(low, at - 4), m.q.start)
    for p in m.scan.partners_between(side.end(), side.end() + 1) if side is not None else ():
        if side is None or (side["of"] is None and _IS_THERE.match(m.text, p.end) is None):
            return None
        if not any(o.ref != p.ref for o in m.scan.partners_between(m.sentence.start, m.q.start)):
            return name_of(m.text, p)
    return None


_PACT = regex(r"(?:Hiệp định|hiệp định) (?=[A-Z]{2})")
_HEAD = 140
"""Code points at the head of a sentence in which the agreement stands that it is about."""
_HEADS = regex(
    r"(?:[^;.:,]{0,80}, |[^;.:,]{0,50} rằng )?(?:Hiện nay |Hiện |Được biết |Với )?(?:Hiệp định )?"
)
_OF_ANOTHER = regex(r" (?:đối tác|nước|quốc gia|thị trường) của ")
_ITS_SIZE = regex(
    r"(?:thành viên|quy mô|dân số|người tiêu dùng|GDP|gồm|bao gồm|quy tụ|kết nối|thị trường"
    r"|(?:tạo ra|tạo nên|hình thành|là) (?:một )?khu vực)(?!\w)"
)
_OF_ITS_PARTS = regex(
    r" (?:nước|quốc gia|nền kinh tế)?(?: ?thành viên| tham gia| ký kết|(?=[,.;]))"
)
_ACTS_ON = regex(
    r"(?:xóa|xoá|cắt giảm|miễn|giảm|ưu đãi|cam kết|tận dụng|[Vv]iệt Nam|nước ta)(?!\w)"
)


def of_agreement(claim: Claim) -> str | None:
    """The agreement whose members and size are told: "RCEP gồm 15 nước, chiếm 30% dân số"."""
    m = claim.m
    if claim.measure != "other" or m.q.unit == "rank":
        return None
    if _OF_ANOTHER.match(m.text, m.q.number_end):
        return None
    start = m.sentence.start
    for p in m.scan.partners_between(start, min(start + _HEAD, m.q.start)):
        if p.type != "agreement":
            continue
        if m.q.start - start > _SIDE_REACH or _HEADS.fullmatch(m.text, start, p.start) is None:
            return None
        if _ACTS_ON.search(m.text, start, m.q.start):
            return None
        sized = _ITS_SIZE.search(m.text, p.end, m.q.start) or _OF_ITS_PARTS.match(
            m.text, m.q.number_end
        )
        name = name_of(m.text, p)
        pact = _PACT.match(name)
        return (name[pact.end() :] if pact is not None else name) if sized else None
    return None
