"""Bodies and localities whose doings are counted, or who are counted themselves."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.topics import name_of
from vanban.readers.figures.subjects.whole import goes_national

__all__ = ["actor", "province_at", "who_is_counted"]

_NOUN_REACH = 90
_OF_PAIR = regex(r"/\d[\d.]*")
_OF_LOCALITIES = regex(r"của (?:các )?địa phương")


@cache
def _counted() -> re.Pattern[str]:
    rows = load("figures")["counted"]
    return regex(
        rf" +(?:điểm +cầu +)?(?:(?:UBND|là|nối|tại|của|ở|các|một +số|tất +cả) +)*"
        rf"(?:(?P<local>{alternation(rows['local'])})"
        rf"|(?P<who>{alternation(rows['bodies'])}))(?!\w)"
    )


def province_at(claim: Claim) -> str | None:
    """The province a text is about, where the block has not gone on to the whole country."""
    m = claim.m
    province = claim.topic.province_of(m.sentence.block)
    if province is None:
        return None
    return None if goes_national(m.scan, province, m.paragraph, m.q.start) else province


def actor(m: Mention, said: re.Match[str], measure: str) -> str | None:
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


_WHEN = regex(r"(?:Tháng|Quý|Trong|Năm|Ngày|Hồi|Đầu|Cuối|Từ)(?: [^\s,;.:()]+){1,6} ")
"""Before who acts at the head of a sentence: when."""
_DOES = 12
"""Code points of a verb between who acts and the number of what was done."""
_JOINED = regex(r"(?: và|,) (?:các )?(?:Bộ|bộ|ngành|địa phương|doanh nghiệp|cơ quan)")


def who_is_counted(claim: Claim) -> str | None:
    """The bodies a count counts, or the localities it is of; None if it counts something else."""
    m, measure = claim.m, claim.measure
    if m.q.unit != "count":
        return None
    born = _BORN.match(m.text, m.q.number_end) or _BORN_BEFORE.search(m.before(_BORN_REACH))
    if _brings().search(m.before(24)) or born or _THERE_ARE.search(m.before(_BORN_REACH)):
        return None
    end = min(m.stop, m.q.number_end + _NOUN_REACH)
    present = measure == "other" and _PRESENT.search(m.before(24)) is not None
    if measure == "endpoints" or (measure == "other" and (present or province_at(claim) is None)):
        pair = _OF_PAIR.match(m.text, m.q.number_end, m.sentence.end)
        end = min(m.sentence.end, pair.end() + _NOUN_REACH) if pair else end
        counted = _counted().match(m.text, pair.end() if pair else m.q.number_end, end)
        if counted is not None:
            return _of_a_country(m, counted) or counted["who"] or "địa phương"
    return "địa phương" if _OF_LOCALITIES.search(m.text, m.q.number_end, end) else None


def _of_a_country(m: Mention, counted: re.Match[str]) -> str | None:
    """The foreign country the firms counted are of: "40 doanh nghiệp, tập đoàn Nhật Bản"."""
    if counted["who"] not in _FIRMS:
        return None
    for p in m.scan.partners_between(counted.end(), counted.end() + _NOUN_REACH)[:1]:
        if p.type == "country" and _AND_MORE.fullmatch(m.text, counted.end(), p.start):
            return name_of(m.text, p)
    return None


_FIRMS = ("doanh nghiệp", "tập đoàn", "công ty")
_AND_MORE = regex(
    r"(?:,? (?:và )?(?:tập đoàn|doanh nghiệp|công ty|nhà đầu tư|tổ chức|hiệp hội|lớn|hàng đầu))*"
    r" (?:của |đến từ |từ |phía )?(?:nước )?"
)
_PRESENT = regex(r"(?:[Đđ]ại diện|[Ll]ãnh đạo)(?: của| các)* $")
"""Before a count of localities, that they come to a meeting, whosever it is."""
_BORN_REACH = 60
_THERE_ARE = regex(
    r"(?:[Cc]ả nước|[Tt]oàn quốc)(?: (?:hiện|đã|đang|mới|còn|nay))*"
    r" có(?: (?:khoảng|hơn|gần|trên|tới|thêm))* $"
)
"""Before a count of bodies, that the country has them: "cả nước có gần 3.000 doanh nghiệp"."""
_BORN_BEFORE = regex(
    r"[Ss]ố (?:lượng )?doanh nghiệp (?:đăng ký |được )?(?:thành lập|mới|quay|giải thể)"
)
_BORN = regex(
    r" (?:doanh nghiệp|DN) (?:được )?(?:đăng ký |tư nhân |trong nước |mới )?(?:thành lập|ra đời|mới"
    r"|đăng ký|quay|rút|giải thể|tạm|hoạt động|hội viên|đang hoạt động|có vốn|FDI|nhỏ|rời)(?!\w)"
)
"""Behind a number, firms of a country or a province: "15.400 doanh nghiệp thành lập mới"."""


@cache
def _brings() -> re.Pattern[str]:
    return regex(rf"(?<!\w)(?:{alternation(load('figures')['brings'])})(?: +(?:được|cho))? *$")
