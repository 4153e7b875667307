"""Runs of statistics in which one market after another is told without the word for it."""

from vanban.gazetteer import PartnerMention
from vanban.patterns import regex
from vanban.readers.relation_supply import Supply
from vanban.readers.relations import MOST_JUDGED, masked
from vanban.scan import Scan

__all__ = ["share_along_series"]

_TELLS = regex(
    r"(?:[Xx]uất khẩu|[Tt]hị trường|[Kk]hách|FDI|[Vv]ốn đầu tư|[Vv]ốn đăng ký|[Kk]im ngạch"
    r"|[Nn]hà đầu tư|[Dd]ự án|[Ll]ao động|XK)(?!\w)"
)
"""What a sentence counts that begins a series of markets."""
_BUYS = regex(
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
