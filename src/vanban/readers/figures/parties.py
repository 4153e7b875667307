"""Who promises, whose members act and whose delegation comes, of the countries a sentence names."""

from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.topics import name_of

__all__ = ["of_delegation", "of_members", "pledger"]

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


def pledger(m: Mention) -> str | None:
    """The country that promises or asks for what is counted: "Phía Séc cam kết tài trợ ..."."""
    text, start = m.text, m.sentence.start
    speaker = _SPEAKER.match(text, start, m.q.start)
    begin = speaker.end() if speaker is not None else start
    for p in m.scan.partners_between(begin, begin + 1):
        if p.type != "country" or not _PLEDGES.match(text, p.end, m.q.start):
            continue
        if m.clause == start or _SAME_SPEAKER.match(text, m.clause, m.q.start):
            return name_of(text, p)
    return None


_MEMBERS = regex(
    r"(?:/\d+)? (?:nước|quốc gia|nghị viện)(?: thành viên)?"
    r"(?: (?:của |khối |thuộc )*|(?=[ ,.;:]|$))"
)


def of_members(m: Mention) -> str | None:
    """The bloc of which so many members do something: "19/27 nước", "8 nước thành viên EU"."""
    noun = _MEMBERS.match(m.text, m.q.number_end, m.sentence.end)
    if noun is None or not ("thành viên" in noun[0] or "/" in noun[0]):
        return None
    for p in m.scan.partners_between(noun.end(), noun.end() + 2):
        return name_of(m.text, p) if p.type == "bloc" else None
    block = m.scan.document.blocks[m.sentence.block]
    blocs = [p for p in m.scan.partners_between(block.start, m.q.start) if p.type == "bloc"]
    if not blocs or len({p.ref for p in blocs}) > 1:
        return None
    return name_of(m.text, blocs[-1])


_DELEGATION = regex(
    r" (?:nhà nhập khẩu|doanh nghiệp|nhà đầu tư|nhà mua hàng|chuyên gia|đại biểu|tập đoàn"
    r"|nhà bán lẻ|nhà phân phối)(?: (?:lớn|của|đến từ|từ)){0,2} "
)


def of_delegation(m: Mention) -> str | None:
    """Whose delegation is counted: "đón đoàn 20 nhà nhập khẩu Chile"."""
    if not m.before(8).endswith("đoàn "):
        return None
    for p in m.scan.partners_between(m.q.number_end, min(m.stop, m.q.number_end + _NOUN_REACH))[:1]:
        if _DELEGATION.fullmatch(m.text, m.q.number_end, p.start):
            return name_of(m.text, p)
    return None
