"""Whose trade a figure tells: of firms of one kind, of who buys from us, of the one market told."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.figures.measures.ways import ONE_WAY, TRADE
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.alone import lone_partner, of_all_markets
from vanban.readers.figures.subjects.claim import Claim, is_balance
from vanban.readers.figures.subjects.topics import name_of

__all__ = ["buyer_of_ours", "kind_of_firms", "ongoing_partner"]


def kind_of_firms(claim: Claim) -> str | None:
    """The firms whose exports are told apart from the country's: "của khối doanh nghiệp FDI"."""
    sector = _SECTOR.search(claim.m.text, claim.m.clause, claim.m.q.start)
    return sector["who"] if sector is not None else None


_SECTOR = regex(
    r" của (?:các )?(?P<who>(?:(?:khối|khu vực)(?: các)?(?: doanh nghiệp| DN)?|doanh nghiệp|DN)"
    r" (?:FDI|(?:có )?vốn (?:đầu tư (?:trực tiếp )?nước ngoài|FDI)|(?:kinh tế )?trong nước))(?!\w)"
)


def buyer_of_ours(claim: Claim) -> str | None:
    """The country before that buys what a figure tells: "... Nhập khẩu từ Việt Nam đạt 21 tỷ"."""
    m, earlier = claim.m, claim.m.earlier
    if _BOUGHT_OF_US.search(m.text, m.clause, m.q.start) is None:
        return None
    bought = earlier is not None and earlier.measure in ONE_WAY
    if (
        earlier is not None
        and bought
        and earlier.subject not in (None, "Việt Nam")
        and not m.scan.partners_between(m.clause, m.q.start)
    ):
        # "Hàn Quốc nhập khẩu 480 tỷ USD. Nhập khẩu từ Việt Nam đạt 21 tỷ USD"
        return earlier.subject
    return _buyer_of_block(m)


_BOUGHT_OF_US = rare(r"(?:[Nn]hập khẩu|[Nn]hập|[Mm]ua)(?: [^\s,;.()\d]+){0,4} từ Việt Nam(?!\w)")


def _buyer_of_block(m: Mention) -> str | None:
    """The country whose imports its paragraph tells: "Nhật Bản nhập khẩu ...; từ Việt Nam đạt"."""
    begin = m.paragraph
    for p in m.scan.partners_between(begin, m.q.start):
        heads = _IMPORTS.match(m.text, p.end)
        if p.type in ("country", "bloc") and (
            heads or _IMPORTS_OF.search(m.text, max(begin, p.start - _IMPORTS_REACH), p.start)
        ):
            return name_of(m.text, p)
    return None


_IMPORTS = regex(r" (?:đã |đang |tăng |giảm |chủ yếu )*(?:nhập khẩu|nhập|mua)(?!\w)")
_IMPORTS_REACH = 120
_IMPORTS_OF = regex(r"nhập khẩu [^;.]{0,50}của (?:thị trường )?$")


def ongoing_partner(claim: Claim) -> str | None:
    """The partner with whom "Việt Nam xuất khẩu ..." speaks of trade, if the text is about one."""
    m = claim.m
    if claim.measure not in TRADE and not is_balance(claim):
        return None
    if _WHOLE.search(m.text, m.sentence.start, m.q.start):
        return None
    before = m.previous or m.earlier
    both_ways = before is not None and before.measure == "trade_turnover"
    if before is not None and both_ways and before.subject not in (None, "Việt Nam"):
        return before.subject
    if (partner := claim.topic.partner_of(m.sentence.block)) is not None:
        return None if of_all_markets(m) else partner
    if before is not None and both_ways:
        return before.subject
    return lone_partner(m)


_WHOLE = regex(r"[Cc]ả nước|[Tt]oàn quốc|ra thế giới")
