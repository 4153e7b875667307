"""Whose a figure is that has no key of its own: said beside it, of the two sides, of the world."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.measures.prices import differs, is_price, price_owner
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.topics import name_of

__all__ = [
    "between_two",
    "continent_at",
    "into_our_country",
    "its_own",
    "land_of",
    "of_a_price",
    "of_projects",
    "owner_said",
    "part_of",
    "world_at",
]

_BETWEEN_US = regex(r"giữa (?:Việt Nam|ta|nước ta) (?:và|với) (?:(?:các )?nước |khu vực |khối )?$")
_AND_US = regex(r" (?:và|với) (?:Việt Nam|nước ta|ta)(?!\w)")


def between_two(claim: Claim) -> str | None:
    """The country whose dealings with ours a figure tells: "lượng hàng giữa Nga và Việt Nam"."""
    m = claim.m
    if m.q.unit in ("count", "rank"):
        return None
    start = m.clause_from(m.left)
    if m.text.find("giữa ", start, m.q.start) < 0:
        return None
    for p in reversed(m.scan.partners_between(start, m.q.start)):
        if p.type not in ("country", "bloc", "region"):
            continue
        if _BETWEEN_US.search(m.text, start, p.start):
            return name_of(m.text, p)
        if m.text.endswith("giữa ", start, p.start) and _AND_US.match(m.text, p.end):
            return name_of(m.text, p)
    return None


_OF_ITS = regex(
    r"(?: (?:đầu tư|FDI|đang hoạt động|còn hiệu lực|hợp tác|cấp mới))* của"
    r" (?:(?:các )?(?:doanh nghiệp|nhà đầu tư|công ty) )?"
)
_PROJECTS = regex(r" (?:lượt )?dự án")


def of_projects(claim: Claim) -> str | None:
    """The country whose projects are counted: "220 dự án của Nga"."""
    m = claim.m
    noun = _PROJECTS.match(m.text, m.q.number_end)
    behind = _OF_ITS.match(m.text, noun.end(), m.stop) if noun is not None else None
    if behind is None:
        return None
    if _ATTRACTED.search(m.before(24)):
        return None
    for p in m.scan.partners_between(behind.end(), behind.end() + 2):
        alone = p.type == "country" and not _AND_MORE.match(m.text, p.end)
        return name_of(m.text, p) if alone else None
    return None


_ATTRACTED = regex(r"(?:thu hút|cấp mới|cấp phép|tiếp nhận|chấp thuận|cấp)(?: được| cho| thêm)* *$")
"""Before projects, that who attracts them is told of."""
_AND_MORE = regex(r"(?:,| và| hay) ?[A-ZĐ]")


def into_our_country(claim: Claim) -> str | None:
    """Ours, of what all put in here together: "vốn FDI đăng ký vào Việt Nam đạt 28 tỷ USD"."""
    m = claim.m
    if _INTO_US.search(m.before(40)) is None or m.scan.partners_between(m.clause, m.q.start):
        return None
    return "Việt Nam"


_INTO_US = regex(
    r"(?:đầu tư|(?:FDI\)?|vốn) đăng ký) (?:vào|tại) Việt Nam(?: (?!của|từ)[^\s,;.]+){0,3} *$"
)


def of_a_price(claim: Claim) -> str | None:
    """Whose a price is, or by how much one differs from another."""
    m = claim.m
    if claim.measure != "other" or not (is_price(m) or differs(m)):
        return None
    return price_owner(m)


_OWNS = regex(
    r"(?:(?<!\w)(?:của|[Tt]ại|[Ởở])(?: nước| thị trường| cửa khẩu| khối| toàn khối)?|[Cc]ửa khẩu"
    r"|[Kk]inh tế|GDP|CPI|[Ll]ạm phát"
    r"|[Gg]iá (?:\w+ ){1,3}|[Dd]ân số|[Nn]ợ công) $"
)
_OWNS_REACH = 32
_OURS = regex(r"Việt Nam|nước ta|(?<!\w)(?:[Tt]a|[Tt]ỉnh|[Tt]hành phố)(?!\w)")
_POSTS = regex(
    r"(?:quán|sứ|vụ|diện|phòng|sang|hợp tác|kinh doanh|đầu tư|hội chợ"
    r"|trưng bày) (?:Việt Nam )?(?:tại|ở) $"
)


def owner_said(claim: Claim) -> str | None:
    """The country a price, a rate or an amount is of: "giá gạo của Thái Lan ở mức 380 USD/tấn"."""
    m = claim.m
    if m.q.unit in ("count", "people", "rank", "ratio"):
        return None
    start = m.clause_from(m.left)
    for p in reversed(m.scan.partners_between(start, m.q.start)):
        low = max(start, p.start - _OWNS_REACH)
        if not (p.type == "country" or p.ref == "eu") or not _OWNS.search(m.text, low, p.start):
            continue
        if p.ref == "eu" and m.text.find(",", p.end, m.q.start) >= 0:
            return None
        if _POSTS.search(m.text, low, p.start) or _OURS.search(m.text, p.end, m.q.start):
            return None
        return name_of(m.text, p)
    return None


_ITS_OWN = rare(
    r"(?<!\w)(?:của|tại|ở) (?:nước|quốc gia|đảo quốc|quốc đảo|vương quốc|nền kinh tế) này(?!\w)"
)


def its_own(claim: Claim) -> str | None:
    """The country that "sản lượng gạo của nước này" speaks of: the last one its block named."""
    m = claim.m
    this = _ITS_OWN.search(m.text, m.clause_from(m.left), m.q.start)
    if this is None:
        return None
    named = [p for p in m.scan.partners_between(m.paragraph, this.start()) if p.type == "country"]
    names = [name_of(m.text, p) for p in named]
    if m.earlier is not None and m.earlier.subject in names:
        return m.earlier.subject
    return names[-1] if names else None


_OF_LAND = rare(
    r"(?:[Dd]ân số|[Dd]iện tích|GDP bình quân|[Tt]hu nhập bình quân)[^,;.]{0,24}$"
    r"|(?:thị trường|quốc gia|nước|khu vực|khối)[^;.]{0,40} (?:với|có|của|là)"
    r"(?: hơn| gần| khoảng| trên)? *$"
)


def land_of(claim: Claim) -> str | None:
    """The country or the region whose land or people are counted: "Brazil ... 200 triệu dân"."""
    m = claim.m
    found = _OF_LAND.search(m.before(80))
    if found is None:
        return None
    people = m.q.unit == "people"
    if people and "ân số" not in found[0] and " dân" not in m.text[m.q.number_end : m.q.end + 5]:
        return None
    if not people and not m.q.unit.startswith("other:") and "GDP" not in found[0]:
        return None
    named = m.scan.partners_between(m.clause, m.q.start)
    if named and not _OURS.search(m.text, named[-1].end, m.q.start):
        return name_of(m.text, named[-1])
    return None


_OF_SHARE = regex(r" (?:[^\W\d]+ ){1,4}của (?:nước )?")


_SOLD_TO = regex(
    r" (?:[^\W\d]+ ){1,6}(?:xuất khẩu|xuất|bán)(?: (?:đi|sang|vào|tới|qua))+ (?:thị trường )?"
)


def part_of(claim: Claim) -> str | None:
    """The country of which a percentage tells a part: "95% hàng hóa của Ả-rập Xê-út"."""
    m = claim.m
    if m.q.unit != "percent":
        return None
    behind = _OF_SHARE.match(m.text, m.q.end, m.stop) or _SOLD_TO.match(m.text, m.q.end, m.stop)
    if behind is None or m.previous is not None:
        return None
    for p in m.scan.partners_between(behind.end(), behind.end() + 1):
        return name_of(m.text, p) if p.type == "country" else None
    return None


_WORLD = regex(
    r"(?:GDP|[Kk]inh tế|[Tt]hương mại|[Ss]ản lượng|[Nn]hu cầu|[Tt]iêu thụ|[Xx]uất khẩu"
    r"|[Nn]hập khẩu|[Tt]hị trường|FDI|[Qq]uy mô|[Dd]ân số|[Dd]oanh thu|[Tt]ăng trưởng|[Nn]guồn cung"
    r")[^;.\d]{0,30} (?P<who>toàn cầu|thế giới)(?!\w)"
    r"(?P<gap>[^;.\d]{0,60})$"
)
_ITS_PLACE = regex(r"(?:ra|trên|với|nhất|của|vào|trong) (?:toàn |khắp )?$")


def world_at(claim: Claim) -> str | None:
    """ "Toàn cầu" or "thế giới", where a clause tells a figure of all countries together."""
    m = claim.m
    start = m.clause_from(m.left)
    if (
        m.text.find("toàn cầu", start, m.q.start) < 0
        and m.text.find("thế giới", start, m.q.start) < 0
    ):
        return None
    found = _WORLD.search(m.text, start, m.q.start)
    if found is None or _OURS.search(m.text, start, m.q.start):
        return None
    if _ITS_PLACE.search(m.text, start, found.start("who")):
        return None
    if m.scan.partners_between(start, m.q.start) or m.scan.places_between(start, m.q.start):
        return None
    return found["who"]


_CONTINENT = regex(
    r"(?:^ *|[,;:] (?:trong đó )?|(?<!\w)(?:[Rr]iêng|khu vực|[Tt]hị trường|từ|sang|với|[Kk]hách|và"
    r"|trong đó|đến|[Cc]ác nước|vùng lãnh thổ) )(?P<who>(?:[Cc]hâu|Đông Nam|Đông) Á)"
    r"(?: \([^()]{2,30}\))?(?: (?!Việt|khác)[^\s,;:()%]+){0,16}"
    r"(?:,? *\(?(?:chiếm|đạt|với|tăng|giảm|ước)(?: [^\s,;:()%]+){0,3})? *$"
)
_CONTINENT_HEADS = regex(
    r"(?:[^,;.]{3,24}, )?(?P<who>(?:[Cc]hâu|Đông Nam|Đông) Á)"
    r" (?:vẫn |tiếp tục |hiện |luôn )*(?:là|dẫn đầu|đứng đầu|chiếm|đạt)(?!\w)"
)
_RANKS_THERE = regex(
    r"(?:(?:nhất|đầu|thứ \w+)(?: của| tại| ở| trong)?|sau|ngoài) (?:khu vực|các nước|thị trường) $"
)


def continent_at(claim: Claim) -> str | None:
    """A part of the world that we are in, whose goods or people are told: "riêng châu Á đạt"."""
    m = claim.m
    start = m.clause_from(m.left)
    if m.text.find(" Á", m.sentence.start, m.q.start) < 0:
        return None
    heads = _CONTINENT_HEADS.match(m.text, m.sentence.start, m.q.start)
    if heads is not None and not m.scan.partners_between(heads.end(), m.q.start):
        return heads["who"]
    found = _CONTINENT.search(m.text[start : m.q.start])
    if found is None or m.scan.partners_between(start + found.end("who"), m.q.start):
        return None
    if _RANKS_THERE.search(m.text, m.sentence.start, start + found.start("who")):
        return None
    return found["who"]
