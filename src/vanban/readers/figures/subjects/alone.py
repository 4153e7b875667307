"""Trade of a sentence that names nobody: of the one country its text tells of, or of all."""

from vanban.gazetteer import PartnerMention
from vanban.patterns import regex
from vanban.readers.figures.measures.ways import TRADE
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim, has_other_side, is_of_partners
from vanban.readers.figures.subjects.topics import first_name
from vanban.scan import Scan

__all__ = ["lone_partner", "of_all_markets", "of_lone_partner", "topic_partner"]

_HEAD = 300
"""Code points in which a text on one market names it."""
_OF_THE_WHOLE = regex(
    r"(?<!\w)(?:[Cc]ả nước|[Tt]oàn quốc|[Tt]oàn ngành|thế giới|toàn cầu|các thị trường"
    r"|(?:của|[Cc]ủa) (?:Việt Nam|nước ta)(?! (?:sang|vào|với|tại|ở|đi|cho|từ|đến|tới))(?!\w))"
)
"""What the sentence tells is of the whole country, or of all its markets."""
_IT_IS = regex(
    r"(?:(?:sang|vào|với|từ|tại|ở|giữa|của|đến|tới|cho|và|[-–])(?: (?:thị trường|nước))? ?"
    r"|[Tt]hị trường |^)$"
)
"""Before a country, what makes a text one on trade with it."""


def topic_partner(claim: Claim) -> str | None:
    """The partner a text is about; ours, of trade that it tells of all markets together."""
    other = claim.topic.partner_of(claim.m.sentence.block)
    if other is None or not has_other_side(claim):
        return None
    return "Việt Nam" if claim.measure in TRADE and of_all_markets(claim.m) else other


def of_lone_partner(claim: Claim) -> str | None:
    """The only country or bloc a text names, of what each of them has of its own."""
    return lone_partner(claim.m) if is_of_partners(claim) else None


def lone_partner(m: Mention) -> str | None:
    """The only country or bloc a text names, named at its head with trade or capital of ours.

    None where the sentence speaks of the whole country, or of a province.
    """
    first = m.scan.once(_only_market)
    if first is None or m.scan.places:
        return None
    start = m.scan.document.blocks[0].start
    if first.start > start + _HEAD or first.start > m.q.start:
        return None
    if _is_told_of_all_before(m, first.start):
        return None
    end = m.text.find(";", m.q.end, m.stop)
    end = min(m.q.end + _BEHIND, m.stop if end < 0 else end)
    if _OF_THE_WHOLE.search(m.text, m.clause, end):
        return None
    if _IT_IS.search(m.text[max(start, first.start - _BEFORE) : first.start]) is None:
        return None
    return first_name(m.scan, first.ref)


def _is_told_of_all_before(m: Mention, at: int) -> bool:
    """Whether a text has counted money in before it names its one country: of all its markets."""
    return any(
        q.unit == "USD" and q.end < at
        for sentence in m.scan.sentences[:_FIRST]
        if sentence.start < at
        for q in m.scan.quantities.get(sentence.index, ())
    )


_FIRST = 6
"""Sentences at the head of a text in which the country stands, if it is on one."""


def _only_market(scan: Scan) -> PartnerMention | None:
    """Where the only country or bloc a text names is first named; None if it names more."""
    named = [p for p in scan.partners if p.type in ("country", "bloc")]
    return named[0] if len({p.ref for p in named}) == 1 else None


_BEHIND = 40
_BEFORE = 24


def of_all_markets(m: Mention) -> bool:
    """Whether trade is the whole country's though its text is about one market.

    "Kim ngạch xuất khẩu nông sản của Việt Nam đạt 8 tỷ USD. Thủy sản đạt 1,5 tỷ USD": neither is
    with the country of the title.
    """
    if _TWO_WAYS.search(m.text, m.sentence.start, m.sentence.end):
        return False
    before = m.previous or m.earlier
    goes_on = before is not None and before.measure in TRADE
    if before is not None and goes_on and before.subject == "Việt Nam":
        return True
    if before is not None and before.measure == "trade_turnover":
        return False
    here = goes_on or bool(m.scan.partners_between(m.paragraph, m.sentence.start))
    if here and _BOTH_WAYS.search(m.text, m.clause, m.q.start) is None:
        # In a paragraph on the one market, "xuất khẩu cá ngừ của Việt Nam" goes on with it.
        return False
    return _OURS_IN_ALL.search(m.text, m.clause, m.q.start) is not None


_BOTH_WAYS = regex(
    r"[Xx]uất,? nhập khẩu|tổng (?:kim ngạch|giá trị|trị giá)|ra thế giới|cả nước|toàn ngành"
)
_TWO_WAYS = regex(
    r"[Hh]ai (?:nước|bên|chiều|phía)|song phương|(?:chiều )?ngược lại"
    r"|(?:thị trường|nước|quốc gia) (?:này|đó|bạn|sở tại)"
)
_OURS_IN_ALL = regex(
    r"(?:[Xx]uất nhập khẩu|[Xx]uất khẩu|[Nn]hập khẩu) [^;.\d]{0,50}của (?:cả nước|Việt Nam|nước ta)"
    r"(?! (?:sang|vào|với|tại|ở|đi|cho|từ|đến|tới|và))(?!\w)|(?<!\w)(?:toàn ngành|cả nước)(?!\w)"
)
