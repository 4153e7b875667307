"""Who stands next to a figure: behind it, in its place of a list, before the rank it tells."""

from itertools import pairwise

from vanban.forms import rare
from vanban.gazetteer import PartnerMention
from vanban.patterns import regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.topics import name_of

__all__ = ["owner_behind", "placed_partner", "respective"]


def owner_behind(claim: Claim) -> str | None:
    """Whose a rank or a rate is that names its owner behind it, or right before "là"."""
    m = claim.m
    if m.q.unit == "rank":
        return _ranked_behind(m) or _goes_on_with(m)
    if m.q.unit == "percent":
        levied = _levier(m) if claim.measure != "other" else _own_levy(m) or _levier(m)
        return levied or _grown_there(m) or _goes_on_with(m)
    return _goes_on_with(m) if m.q.unit == "USD" and m.previous is not None else None


def _ranked_behind(m: Mention) -> str | None:
    """Who has a rank: "đứng thứ hai là Myanmar", "dẫn đầu là tỉnh Bắc Ninh"."""
    link = _RANKED_IS.match(m.text, m.q.end)
    if link is None:
        return None
    for p in m.scan.partners_between(link.end(), link.end() + 1):
        return name_of(m.text, p)
    rank = _PLACE_RANK.match(m.text, link.end())
    at = rank.end() if rank is not None else link.end()
    for place in m.scan.places_between(at, at + 1):
        return place.name
    return None


_PLACE_RANK = regex(r"(?:tỉnh|thành phố|TP\.?) ?")
_RANKED_IS = regex(r"(?: (?:trong|về|trên)[^,;.]{3,70}?)? (?:là|thuộc về) (?:thị trường |nước )?")


def _own_levy(m: Mention) -> str | None:
    """Whose a duty is that names its country behind it: "mức thuế 19% của Indonesia"."""
    if _LEVIED.search(m.before(60)) is None:
        return None
    link = _OF_ITS_OWN.match(m.text, m.q.end)
    for p in m.scan.partners_between(link.end(), link.end() + 1) if link is not None else ():
        return name_of(m.text, p)
    return None


_OF_ITS_OWN = regex(r" của (?:phía )?")
_LEVIED = regex(r"(?:thuế|lệ phí|hạn ngạch)[^,;.]{0,40}$")


def _levier(m: Mention) -> str | None:
    """Who levies a duty: "Hoa Kỳ, từ ngày 7/8 áp thuế đối ứng 20%"."""
    if _LEVIES.search(m.before(110)) is None:
        return None
    for p in m.scan.partners_between(m.clause, m.q.start)[:1]:
        return name_of(m.text, p)
    return None


_LEVIES = rare(r"(?:áp|đánh|nâng|tăng|giảm|hạ|áp dụng)(?: mức)? thuế[^;.]{0,90}")


def _grown_there(m: Mention) -> str | None:
    """The market behind a growth: "lần lượt tăng 27% ở EU và 15% với Hàn Quốc"."""
    there = _THERE.match(m.text, m.q.end)
    if there is None or _GREW.search(m.text, m.sentence.start, m.q.start) is None:
        return None
    for p in m.scan.partners_between(there.end(), there.end() + 1)[:1]:
        if _CLAIM_ENDS.match(m.text, p.end) and p.type in ("country", "bloc"):
            return name_of(m.text, p)
    return None


_GREW = regex(r"(?<!\w)(?:tăng|giảm)(?!\w)")
_THERE = regex(r" (?:ở|tại|sang|với|vào)(?: thị trường)? ")
_CLAIM_ENDS = regex(r"[,;.)]|$| và ")


def _goes_on_with(m: Mention) -> str | None:
    """Of whom the same is told next: "tỷ lệ này với Brazil là 3%", "..., với EU là 10 tỷ USD"."""
    for p in m.scan.partners_between(m.left, m.q.start)[-1:]:
        is_so = p.type in ("country", "bloc") and _IS.fullmatch(m.text, p.end, m.q.start)
        if is_so and _OF.search(m.text, m.left, p.start):
            return name_of(m.text, p)
    return None


_IS = regex(r" (?:là|ở mức) ")
_OF = regex(r"(?:với|của|tại|ở) $")


def respective(claim: Claim) -> str | None:
    """Whose figure it is in "Hoa Kỳ, Trung Quốc và Nhật Bản ... lần lượt 21,1%, 17,6% và 7,5%"."""
    m = claim.m
    at = max(m.text.rfind(word, m.sentence.start, m.q.start) for word in _RESPECTIVELY)
    if at < 0:
        return None
    behind = [
        q for q in m.scan.quantities[m.sentence.index] if at <= q.start and q.unit == m.q.unit
    ]
    partners = [p for p in m.scan.partners_between(m.sentence.start, at) if p.type in _OWNERS]
    if len(partners) > len(behind) > 0 and _listed_last(m.text, partners, len(behind)):
        # "nhập khẩu của Úc ... từ Thái Lan và Lào giảm lần lượt 4% và 31%": the list's.
        partners = partners[-len(behind) :]
    elif len(partners) > len(behind) > 1 and _listed_first(m.text, partners, len(behind)):
        # "Mỹ và EU lần lượt nhập từ Indonesia 3,7 tỷ USD và 4,6 tỷ USD": the one at the head.
        partners = partners[: len(behind)]
    named = [name_of(m.text, p) for p in partners] or [
        p.name for p in m.scan.places_between(m.sentence.start, at)
    ]
    if len(named) != len(behind) or m.q not in behind:
        return None
    return named[behind.index(m.q)]


_RESPECTIVELY = ("lần lượt", "tương ứng")
_OWNERS = ("country", "bloc")


def _listed_last(text: str, partners: list[PartnerMention], n: int) -> bool:
    """Whether the last n of some partners, and no more of them, are one list."""
    joined = [_LIST_LINK.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(partners)]
    return all(joined[-n + 1 :]) and not joined[-n] if n > 1 else False


def _listed_first(text: str, partners: list[PartnerMention], n: int) -> bool:
    """Whether the first n of some partners, and no more of them, are one list."""
    joined = [_LIST_LINK.fullmatch(text, a.end, b.start) is not None for a, b in pairwise(partners)]
    return all(joined[: n - 1]) and not joined[n - 1]


_LIST_LINK = regex(r"(?: ?\([^()]{1,24}\))?(?:, | và |; )")


def placed_partner(m: Mention) -> str | None:
    """The country whose place is told right before its share: "Lào đứng thứ ba, chiếm 10%"."""
    for p in m.scan.partners_between(m.clause, m.q.start)[-1:]:
        if p.type in ("country", "bloc") and _PLACED.fullmatch(m.text, p.end, m.q.start):
            return name_of(m.text, p)
    return None


_PLACED = regex(
    r" (?:hiện |vẫn |tiếp tục |đang )?(?:đứng|xếp|giữ|ở)[^,;.]{0,24} (?:thứ|vị trí|hạng)"
    r"[^,;.]{0,24},? (?:chiếm|đạt|với|ước)[^,;.]{0,20}"
)
