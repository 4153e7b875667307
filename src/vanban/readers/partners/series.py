"""What lists and runs of statistics say of one member after another without the words for it."""

from itertools import pairwise

from vanban.forms import rare
from vanban.gazetteer import PartnerMention
from vanban.patterns import regex
from vanban.readers.partners.marks import outranks
from vanban.readers.partners.relations import MOST_JUDGED, masked
from vanban.readers.partners.supply import Supply
from vanban.readers.partners.vetoes import is_source
from vanban.scan import Scan

__all__ = ["share_along_lists", "share_along_series", "share_into_brackets"]

_TELLS = rare(
    r"(?:[Xx]uất khẩu|[Tt]hị trường|[Kk]hách|FDI|[Vv]ốn đầu tư|[Vv]ốn đăng ký|[Kk]im ngạch"
    r"|[Nn]hà đầu tư|[Dd]ự án|[Ll]ao động|XK)(?!\w)"
)
"""What a sentence counts that begins a series of markets."""
_BUYS = rare(
    r"[Nn]hập siêu|nguồn cung(?! ứng)|(?:thị trường|nhà|nước|quốc gia) cung cấp"
    r"|(?<!thủ tục )(?<!thị trường )[Nn]hập khẩu(?![^.;]* từ Việt Nam)"
    r"|[Tt]hị trường nhập khẩu (?:lớn|chính|chủ yếu|hàng đầu)|đối thủ|[Tt]hế giới|toàn cầu"
)
"""What ends a series: our purchases, and others who sell the same."""
_BEGINS = regex(
    r"(?:^|[;,:)/] ?|(?<!\w)(?:và|còn|như) |\n)"
    r"(?:[-–+•*] ?)?"
    r"(?:(?:[Rr]iêng|[Cc]òn|[Tt]rong khi|[Tt]rong đó|(?:[Tt]iếp|[Kk]ế|[Ss]au|[Tt]heo)(?: \w+)? là"
    r"|(?:[Đđ]ứng |[Xx]ếp )?[Tt]hứ \w+ (?:là|thuộc về)|[Tt]hị trường|[Kk]hách|[Ss]ang|[Vv]ào|[Tt]ừ"
    r"|các|nước|[Nn]gược lại|[Nn]goài ra|[Tt]ương tự|[Đđ]áng chú ý|với|là),? )*"
    r"(?:\x01[\x01\s,]*(?:và )?)?$"
)
"""Before a name, that a new member of the series begins with it."""
_COUNTS = regex(
    r"(?:[\s,]*(?:và )?\x01+)*+(?: ?\([^()]{1,40}\))?,?"
    r"(?: (?:cũng|đều|vẫn|chỉ|ước|mới|đã|lại|tiếp tục|lần lượt|hiện|đang|tương ứng|lại))*"
    r"(?: (?:đạt|tăng|giảm|chiếm|với|đứng|xếp|dẫn đầu|có|là|khoảng|hơn|gần|trên|xấp xỉ)(?!\w)"
    r"[^;.\x01]{0,40}?| )\d"
)
"""Behind a name, that its share of what is counted is told."""
_REACH = 120


def share_along_series(scan: Scan, relation_of: dict[str, str], supply: Supply) -> None:
    """Let a partner be a market who is counted after others as they are.

    "Hoa Kỳ là thị trường lớn nhất. Nhật Bản đạt 2 tỷ USD, tăng 3%. Hàn Quốc 1 tỷ USD."

    Args:
        relation_of: how the partners are spoken of, by their ids; added to.
        supply: who sells as we do, and where we buy; they are no markets.
    """
    running = False
    block = -1
    for sentence in scan.sentences:
        named = scan.partners_between(sentence.start, sentence.end)[:MOST_JUDGED]
        if not named:
            # A sentence that names nobody ends no series within its paragraph.
            running = running and sentence.block == block
            continue
        text = scan.text[sentence.start : sentence.end]
        if _BUYS.search(text) is not None or supply.is_no_market(sentence.start):
            running = False
            continue
        block = sentence.block
        marked = masked(scan.text, sentence, named)
        counted = False
        for mention in named:
            known = relation_of.get(mention.ref, "mentioned")
            if mention.type == "agreement":
                continue
            if known == "target_market":
                counted = counted or _TELLS.search(text) is not None
            elif (
                known == "mentioned"
                and (running or counted)
                and mention.ref not in supply.rivals
                and _is_member(marked, sentence.start, mention)
            ):
                relation_of[mention.ref] = "target_market"
                counted = True
        running = counted


def _is_member(marked: str, start: int, mention: PartnerMention) -> bool:
    begin, end = mention.start - start, mention.end - start
    return (
        _BEGINS.search(marked[max(0, begin - _REACH) : begin]) is not None
        and _COUNTS.match(marked, end) is not None
    )


_OF_LISTS = ("negotiating", "upgraded", "visited", "target_market")
"""What is said of the members of a list alike."""


def share_along_lists(
    text: str, named: list[PartnerMention], before: dict[str, str], relation_of: dict[str, str]
) -> None:
    """Let what a sentence says of one partner hold for those of a list that it stands in.

    "khách đến từ Nga; Thụy Điển; Pháp": a semicolon ends no clause there.

    Args:
        named: the partners of the sentence, in order.
        before: how they were spoken of before it; only what it adds is shared.
        relation_of: how they are; added to.
    """
    pairs = [
        (a, b)
        for a, b in pairwise(named)
        if a.ref != b.ref
        and (a.type == b.type or text.startswith(_IN_GENERAL, a.end))
        and _IN_A_LIST.fullmatch(text, a.end, b.start)
        and not is_source(text[max(0, a.start - _SOURCE_REACH) : a.start], text[a.end : b.end])
    ]
    for one, other in (*pairs, *((b, a) for a, b in reversed(pairs))):
        said = relation_of.get(one.ref, "mentioned")
        if said not in _OF_LISTS or said == before.get(one.ref, "mentioned"):
            continue
        if outranks(said, relation_of.get(other.ref, "mentioned")):
            relation_of[other.ref] = said


_SOURCE_REACH = 160
"""Before a name, what tells that its office is only a source."""
_IN_A_LIST = regex(
    r"(?: ?\([^()]{1,24}\)| \d[\d.,]*(?:%| (?:nghìn|ngàn|triệu|tỷ|tỉ|lượt|người|USD|đô la|tấn))*)?"
    r"(?: ?[,;](?: và| hay| hoặc)? | (?:và|hay|hoặc) )(?:(?:mới nhất|gần đây nhất|cuối cùng) là )?"
    r"| nói (?:chung|riêng),? (?:và|cũng như)(?: (?:với|các|nước|thị trường))* "
    r"| \((?:gồm|bao gồm|kể cả|tính cả)(?: cả)?(?: đại lục,)? "
)
"""Between two partners of one list."""
_IN_GENERAL = (" nói chung", " nói riêng")
_BROKEN_DOWN = regex(r" \((?:gồm|bao gồm|kể cả|tính cả)(?: cả)?(?: đại lục,)? ")
"""Behind a partner, that those who are counted with it follow in brackets."""


def share_into_brackets(scan: Scan, relation_of: dict[str, str]) -> None:
    """Let those in brackets be markets as the partner is that they are counted with.

    "Trung Quốc (gồm đại lục, Hong Kong và Đài Loan) với 270.000 lượt khách"

    Args:
        scan: the text.
        relation_of: how the partners are spoken of, by their ids; added to.
    """
    if not any(word in scan.text for word in ("gồm ", "kể cả ", "tính cả ")):
        return
    for one in scan.partners:
        if relation_of.get(one.ref) != "target_market":
            continue
        close = scan.text.find(")", one.end)
        if close < 0 or _BROKEN_DOWN.match(scan.text, one.end) is None:
            continue
        for other in scan.partners_between(one.end, close):
            if relation_of.get(other.ref, "mentioned") == "mentioned":
                relation_of[other.ref] = "target_market"
