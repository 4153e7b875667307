"""Whose capital an amount is: put in from abroad, by us elsewhere, or by firms newly founded."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention

__all__ = [
    "OF_FDI",
    "goes_abroad",
    "invests_elsewhere",
    "is_lent",
    "is_of_home",
    "is_of_new_firms",
    "lent_by_a_donor",
    "paid_in",
]

_SAID_BEFORE = 400
"""Code points before a sentence in which it may be said where capital goes."""
_ABROAD_OR_HERE = regex(
    r"(?P<out>[Đđ]ầu tư(?: của (?:Việt Nam|doanh nghiệp Việt Nam))? (?:ra|sang) "
    r"(?:nước ngoài|\d+ (?:quốc gia|nước)|các nước|(?!Việt Nam)[A-ZĐẤ]\w+)"
    r"|[Đđ]ầu tư của (?:các )?(?:doanh nghiệp |nhà đầu tư )?Việt Nam (?:vào|tại|ở) "
    r"(?!Việt Nam)[A-ZĐẤ]\w+)"
    r"|FDI|[Đđ]ầu tư (?:trực tiếp )?nước ngoài|(?:vào|tại) Việt Nam|[Xx]uất khẩu|[Nn]hập khẩu"
)


def goes_abroad(m: Mention) -> bool:
    """Whether the block speaks of what we invest elsewhere, and of nothing else since."""
    if _OUTWARD.match(m.text, m.q.number_end):
        return True
    index, start = m.sentence.index, m.sentence.start
    while index and start > m.sentence.start - _SAID_BEFORE:
        index -= 1
        start = m.scan.sentences[index].start
    if m.text.find("ầu tư", start, m.q.start) < 0:
        return False
    said = [found["out"] for found in _ABROAD_OR_HERE.finditer(m.text, start, m.q.start)]
    return bool(said) and said[-1] is not None


_OUTWARD = regex(
    r" (?:lượt )?dự án(?: đầu tư)?(?:(?: [^\s,;.()\d]+){0,2} ra nước ngoài"
    r"| của (?:các )?(?:doanh nghiệp |nhà đầu tư |phía )?Việt Nam(?!\w))"
)
_ELSEWHERE = regex(
    r"Việt Nam (?:(?:đã|hiện|đang|cũng|còn) )*(?:có|đầu tư)(?!\w)[^;.]{0,60}"
    r"(?:dự án(?: đầu tư)? (?:tại|ở|sang)|đầu tư (?:sang|tại))"
    r" (?:thị trường |nước )?(?!Việt Nam)[A-ZĐẤ]\w+"
    r"|cấp (?:giấy )?phép cho[^;.]{0,50} của (?:các )?(?:doanh nghiệp|nhà đầu tư|công ty) Việt Nam"
    r"|Việt Nam (?:(?:đã|hiện|đang) )*đầu tư sang (?!Việt Nam)[A-ZĐẤ]\w+"
)


def invests_elsewhere(m: Mention) -> bool:
    """Whether a sentence tells what we have put into another country: "có 27 dự án tại Lào"."""
    end = min(m.sentence.end, m.q.end + _SAID_BEHIND)
    if _ELSEWHERE.search(m.text, m.sentence.start, end) is not None:
        return True
    if m.previous is not None and _OF_OURS.match(
        m.text, max(m.sentence.start, m.previous.anchor.end - _PROJECTS)
    ):
        # "Tại Nga, có 18 dự án của Việt Nam với tổng giá trị ..."
        return m.previous.measure == "other"
    ours = _OUR_PROJECTS.search(m.text, m.sentence.start, end)
    if ours is None:
        return False
    return any(p.type == "country" for p in m.scan.partners_between(ours.end(), ours.end() + 1))


_PROJECTS = 60
_OF_OURS = regex(
    r"[^;.]{0,60}dự án(?: [^\s,;.()\d]+){0,3} của (?:[^\s,;.()\d]+ ){0,3}Việt Nam(?!\w)"
)
_OUR_PROJECTS = rare(
    r"[Dd]oanh nghiệp Việt Nam (?:(?:đã|hiện|đang|cũng|còn) )*(?:có|đầu tư|thực hiện|triển khai)"
    r"(?!\w)[^;.]{0,30} dự án(?: (?!của|FDI|tại|ở|sang)[^\s,;.()\d]+){0,5} (?:tại|ở|sang) "
)


_SAID_BEHIND = 60
_FOUNDED = regex(
    r"doanh nghiệp (?:đăng ký )?(?:thành lập|được thành lập|đăng ký|ra đời)(?: mới)?(?! \w+ FDI)"
    r"(?![^.]{0,60}(?:FDI|nước ngoài))"
)


def is_of_new_firms(m: Mention) -> bool:
    """Whether a sentence, or the one before it in its block, tells of firms that were founded."""
    start = m.sentence.start
    if m.q.unit == "VND" and m.sentence.index:
        before = m.scan.sentences[m.sentence.index - 1]
        start = before.start if before.block == m.sentence.block else start
    return _FOUNDED.search(m.text, start, m.q.start) is not None


_HOME = regex(
    r"(?:DDI|(?:dự án|vốn|nhà đầu tư|doanh nghiệp)(?: đầu tư)?(?: trực tiếp)? trong nước)(?!\w)"
    r"(?:(?!FDI|nước ngoài)[^;])*$"
)
_AT_HOME = regex(r" (?:lượt )?dự án(?: đầu tư)?(?: trực tiếp)? (?:DDI|trong nước)(?!\w)")


def is_of_home(m: Mention) -> bool:
    """Whether capital or projects are of investors at home: "15 dự án DDI với tổng vốn ..."."""
    if _AT_HOME.match(m.text, m.q.number_end) or _is_in_dong(m):
        return True
    if m.text.find("DDI", m.clause, m.q.start) < 0 and (
        m.text.find("trong nước", m.clause, m.q.start) < 0
    ):
        return False
    foreign = _FOREIGN.match(m.text, m.q.number_end) is not None
    return not foreign and _HOME.search(m.text, m.clause, m.q.start) is not None


def _is_in_dong(m: Mention) -> bool:
    """Whether capital is told in đồng and nothing says that it comes from abroad.

    Who reports capital from abroad reports it in dollars: "141 dự án, tổng vốn 35.441 tỷ đồng" is
    of all investors; "72.164 tỷ đồng" behind "3 tỷ USD vốn FDI" says the same again.
    """
    if m.q.unit != "VND" and (
        m.q.unit != "count" or _CAPITAL_IN_DONG.match(m.text, m.q.number_end) is None
    ):
        return False
    told = m.previous or m.earlier
    if told is not None and told.measure in OF_FDI and "đồng" not in told.anchor.quote:
        # "35 dự án FDI mới. Tổng vốn đăng ký đạt 20.000 tỷ đồng": theirs.
        return False
    return _FROM_ABROAD.search(
        m.text, m.sentence.start, m.sentence.end
    ) is None and not m.scan.partners_between(m.clause, m.q.start)


_CAPITAL_IN_DONG = regex(
    r"[^;.\d]{0,60}vốn[^;.\d]{0,40}\d[\d.,]* ?(?:(?:nghìn|ngàn) )?(?:tỷ|tỉ|triệu) đồng"
)
_FROM_ABROAD = regex(r"(?<!\w)(?:FDI|nước ngoài|ngoại)(?!\w)")
_FOREIGN = regex(r"[^;.,\d]{0,40}(?:FDI|nước ngoài)")
_INVESTS = regex(r"(?:đầu tư|rót|rót thêm|rót vốn)(?: \w+){0,2} *$")
_PAYS_IN = regex(r"(?<!\w)[Gg]iải ngân(?: được| đạt| ước| là)? *(?:khoảng |hơn |gần )?$")
OF_FDI = ("fdi_registered", "fdi_disbursed", "fdi_projects")


def paid_in(m: Mention, remembered: str | None) -> str | None:
    """What capital is, by the verb before it: "giải ngân được", or what others invest here."""
    before = m.before(40)
    if remembered in OF_FDI and _PAYS_IN.search(before):
        return "fdi_disbursed"
    if _INVESTS.search(before) and m.scan.partners_between(m.clause, m.q.start):
        return "fdi_registered"
    return None


_DONOR = rare(
    r"(?:Ngân hàng Thế giới|Ngân hàng Phát triển [Cc]hâu Á"
    r"|(?<!\w)(?:WB|ADB|JICA|KOICA|AFD|KfW|EDCF|IFAD|UNDP|GCF)|Quỹ Khí hậu [Xx]anh"
    r"|Cơ quan Hợp tác [Qq]uốc tế Nhật Bản"
    r"|Cơ quan Phát triển Pháp)(?:\W*\(\w+\))?(?: [^;.\d]{0,40})? (?:tài trợ|cho vay|viện trợ"
    r"|cung cấp|cam kết|phê duyệt|dành)(?: [^;.\d]{0,50})? $"
)


def lent_by_a_donor(m: Mention) -> bool:
    """Whether money is what a donor gives or lends: "Ngân hàng Thế giới tài trợ 120 triệu USD"."""
    if m.text.find("doanh nghiệp", m.clause, m.q.start) >= 0:
        return False
    return _DONOR.search(m.text, m.clause, m.q.start) is not None


def is_lent(m: Mention, remembered: str | None) -> bool:
    """Whether an amount is a loan or a grant of another country, of a donor, or goes on with aid.

    Args:
        remembered: the measure of the sentences before.
    """
    if _LENT_BEHIND.match(m.text, m.q.end) is not None:
        return True
    if _LENT.search(m.text, m.clause, m.q.start) is None:
        return False
    return (
        remembered == "oda"
        or bool(m.scan.partners_between(m.clause, m.q.start))
        or _FROM_A_DONOR.match(m.text, m.q.end) is not None
        or _OF_AID.search(m.text, max(0, m.sentence.start - _SAID_BEFORE), m.q.start) is not None
    )


_OF_AID = regex(
    r"(?<!\w)(?:ODA|ADB|JICA|WB|Ngân hàng Thế giới|Ngân hàng Phát triển [Cc]hâu Á)(?!\w)"
)
_LENT = rare(
    r"(?:[Kk]hoản vay|viện trợ không hoàn lại|vốn vay|tín dụng ưu đãi|ODA"
    r"|(?:[Tt]hỏa thuận|[Tt]hoả thuận|[Hh]iệp định|[Hh]ợp đồng) vay)(?!\w)"
)
_LENT_BEHIND = regex(
    r" (?:vốn )?(?:ODA(?! \d)|tín dụng ưu đãi|viện trợ(?: không hoàn lại| phát triển)"
    r"|vốn vay ưu đãi)"
)
_FROM_A_DONOR = regex(
    r" (?:từ|của|do) (?:ADB|WB|JICA|AIIB|AFD|KfW|Ngân hàng (?:Thế giới|Phát triển))(?!\w)"
)
