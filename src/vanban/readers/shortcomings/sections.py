"""Headings, lead-ins and lists under which every clause is a weakness."""

from vanban.patterns import regex
from vanban.readers.shortcomings.cues import any_of, frame
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = [
    "heads_section",
    "is_heading",
    "is_item",
    "items_below",
    "leads_in",
    "names_none",
    "skip_opener",
    "speaks_for_itself",
]

_LONGEST_HEADING = 90
_NEAR_COLON = 60
"""Code points before a colon in which a word of shortcomings makes what follows a list of them."""
_STOP = regex(r"[.;,…]$")
_NUMBERED = regex(r"(?:\d+(?:\.\d+)*|[IVX]+|[a-z])[.)]\s")
_COLON = regex(r":\s+")
_ITSELF = regex(r" còn (?:rất |khá |nhiều )?(?:hạn chế|bất cập|yếu kém)$")


def is_heading(scan: Scan, sentence: Sentence) -> bool:
    """Whether a sentence is a heading: as the document says, or short, unstopped and numbered."""
    if sentence.heading:
        return True
    words = scan.sentence_text(sentence).strip()
    if len(words) >= _LONGEST_HEADING or _STOP.search(words):
        return False
    return words.isupper() or _NUMBERED.match(words) is not None


_ITEM = regex(r"(?:[-–—•*+►▪]|\d{1,2}[.)]|[a-zđ][.)])\s*\S")
_BELOW = regex(r"\s*\n\s*(?=\S)")


def is_item(scan: Scan, sentence: Sentence) -> bool:
    """Whether a sentence stands in an item of a list."""
    return _ITEM.match(scan.text, scan.document.blocks[sentence.block].start) is not None


def _opens_section(scan: Scan, sentence: Sentence) -> bool:
    """Whether a heading or a lead-in names shortcomings, not what is done about them."""
    opener = scan.words.find(any_of("openers"), sentence.start, sentence.end)
    if opener is None or scan.words.has(any_of("ahead"), sentence.start, sentence.end):
        return False
    return not scan.words.has(any_of("not_in"), sentence.start, opener.start())


def heads_section(scan: Scan, sentence: Sentence) -> bool:
    """Whether below a heading stand shortcomings alone, whatever their words.

    A paper's "2. Tồn tại, hạn chế" does; a newspaper's "Nhiều rào cản" stands above a story.
    """
    if not _opens_section(scan, sentence):
        return False
    heading = scan.words.lower[sentence.start : sentence.end].strip()
    if _AGAINST.search(heading) is not None:
        return False
    return _NUMBERED_ANY_CASE.match(heading) is not None or _FORMAL.search(heading) is not None


_NUMBERED_ANY_CASE = regex(r"(?:\d+(?:\.\d+)*|[ivx]+|[a-zđ])[.)/]\s|phần ")
_FORMAL = regex(
    r"^\W*(?:(?:về|những|các|một số|tình hình)\s+)*"
    r"(?:tồn tại|hạn chế|khó khăn|vướng mắc|bất cập|yếu kém|thách thức|điểm nghẽn)"
    r"(?:\W+(?:và\W+)?(?:tồn tại|hạn chế|khó khăn|vướng mắc|bất cập|yếu kém|thách thức"
    r"|nguyên nhân|trở ngại))*\W*(?:$|(?:trong|của|về|cần|chủ yếu|còn|hiện nay|như sau|sau)(?!\w))"
)
_AGAINST = regex(
    r"(?<!\w)(?:kết quả|thành tựu|thành tích|thắng lợi|cơ hội|thuận lợi|dấu ấn|điểm sáng"
    r"|trong|giữa|vượt|biến|từ)(?!\w)"
)
"""Before what opens a section, it heads what was reached in spite of it, or both together."""


def speaks_for_itself(scan: Scan, sentence: Sentence) -> bool:
    """Whether somebody speaks of something else: the report goes on, and the section is over.

    "Phó Chủ tịch tỉnh A cho biết, xuất khẩu đạt ..." under "Tồn tại, hạn chế".
    """
    said = frame().match(scan.text, sentence.start, sentence.end)
    front = said.end() if said is not None else sentence.start
    return (
        _AT_A_MEETING.match(scan.text, sentence.start) is not None
        or bool(scan.people_between(sentence.start, front))
    ) and not scan.words.has(any_of("openers"), sentence.start, sentence.end)


_AT_A_MEETING = regex(
    r"(?:Phát biểu|Tham luận|Trao đổi|Kết luận|Báo cáo|Thảo luận|Chia sẻ) (?:tại|về|kết luận)"
    r"|Tại (?:[Hh]ội nghị|[Bb]uổi|[Cc]uộc)"
)


def names_none(scan: Scan, start: int, end: int) -> bool:
    """Whether a clause of a section tells only that there are some, or good news."""
    lower = scan.words.lower
    return (
        _ONLY_SAYS.search(lower, start, end) is not None
        or _GOOD_NEWS.search(lower, start, end) is not None
    )


_ONLY_SAYS = regex(
    r"(?:chỉ ra|chỉ rõ|nêu|nêu rõ|nhìn nhận|thừa nhận|còn|có) (?:một số|những|nhiều|các)"
    r"(?:(?:,| và)? (?:hạn chế|tồn tại|khó khăn|vướng mắc|bất cập|yếu kém))+$"
)
_GOOD_NEWS = regex(
    r"(?<!\w)(?:tăng|vượt|thu hút)(?: (?:được|thêm|khoảng|gần|hơn|trên|bình quân))* \d"
)


def leads_in(scan: Scan, sentence: Sentence) -> bool:
    """Whether a line says that shortcomings follow: "... còn một số hạn chế sau:".

    What such a line itself says of them is no record: it names none.
    """
    words = scan.text[sentence.start : sentence.end].rstrip()
    ends = sentence.end >= scan.document.blocks[sentence.block].end - 1
    return ends and words.endswith(":") and _opens_section(scan, sentence)


def items_below(scan: Scan, sentence: Sentence) -> bool:
    """Whether the block behind a sentence is an item of a list."""
    below = _BELOW.match(scan.text, scan.document.blocks[sentence.block].end)
    return below is not None and _ITEM.match(scan.text, below.end()) is not None


def skip_opener(scan: Scan, clauses: list[tuple[int, int]]) -> bool:
    """Cut the lead-in of a list of shortcomings off its first clause; say whether there is one.

    "Một số hạn chế: xúc tiến còn dàn trải; ...": the list begins behind the colon.
    """
    if not clauses:
        return False
    start, end = clauses[0]
    colon = _COLON.search(scan.text, start, end)
    if colon is None:
        return False
    near = max(start, colon.start() - _NEAR_COLON)
    if not scan.words.has(any_of("openers"), near, colon.start()):
        return False
    if _ITSELF.search(scan.text, start, colon.start()) is not None:
        # "Hạ tầng còn hạn chế: ..." admits one, and says more of it behind the colon.
        return True
    clauses[0] = colon.end(), end
    return True
