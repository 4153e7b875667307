"""Headings over tasks and over results, and bodies named alone above what they are to do."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import Cue, alternation, cue, regex
from vanban.readers.tasks.context import Context
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import has_cue
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import split_assignees
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["is_title_of_paper", "take_heading"]

_LONGEST_HEADING = 110
_SHORT_HEADING = 70
_MOST_BODY_WORDS = 22
_LONGEST_MARK = 8
"""Code points of what stands in its line before a heading: a bullet."""


@cache
def _heading_cue(name: str) -> Cue:
    return cue(load("tasks")[f"{name}_headings"], any_case=True)


def take_heading(
    scan: Scan, sentence: Sentence, start: int, context: Context, *, numbered: bool, official: bool
) -> bool:
    """Take a heading or a body's name alone on its line into the context; say whether it was one.

    Args:
        start: where the sentence begins behind its number.
        numbered: whether it has one.
        official: whether the document is an official one.
    """
    block = scan.document.blocks[sentence.block]
    indent = scan.text[block.start : sentence.start]
    if len(indent.lstrip()) > _LONGEST_MARK or sentence.end < block.end - 1:
        return False
    line = scan.text[start : sentence.end].strip()
    bare = line.rstrip(" :.…")
    if numbered and _stands_over_dashes(scan, sentence.start, line, block.end):
        context.heading_assignees = ()
        return context.active
    if official and _CONCLUDES.search(line):
        # Behind what was asked for, and in which letter, the line may be long.
        context.open()
        return True
    if not sentence.heading and (len(bare) >= _LONGEST_HEADING or line.endswith((".", ";"))):
        return False
    introduces = line.endswith(":")
    introduces = introduces or (numbered and _has_items(scan, block.end))
    if introduces and (told := _TOLD_BELOW.match(bare)) is not None:
        # "4. Giao Ban Pháp chế", and below what it is to do.
        bare = bare[told.end() :]
    if (introduces or numbered or official) and _is_body(bare, introduces=introduces):
        context.heading_assignees = split_assignees(bare)
        context.open()
        return True
    # Capitals that a conversion lost: "Vi. giải pháp thực hiện".
    lost = _LOST_CAPITALS.match(scan.text, sentence.start, start) is not None
    if bare and bare[0].islower() and not lost:
        return False
    loud = bare.isupper()
    if not (sentence.heading or loud or numbered or len(bare) < _SHORT_HEADING):
        return False
    acts = grammar().verb.pattern.match(bare) is not None and not _REVIEWS.fullmatch(bare)
    announced = introduces and _ANNOUNCES.fullmatch(line) is not None
    if numbered and not loud and acts and not announced and not _only_asks(bare):
        if _heads_a_paragraph(scan, line, block.end):
            context.heading_assignees = ()
            return True
        return False
    if scan.words.has(grammar().done, start, sentence.end) and not sentence.heading:
        return False
    return _take_section(scan, sentence, start, context, active=official or numbered or loud)


_LOST_CAPITALS = regex(r"[IVX][ivx]{0,4}\.")
_ITEM_BELOW = regex(r"\s*(?:[-–+•*]|[a-zđ][.)]) +\w")


def _has_items(scan: Scan, end: int) -> bool:
    """Whether items of a list stand right below a line that ends at an offset."""
    return _ITEM_BELOW.match(scan.text, end) is not None


_SHORT_ITEM = 60
_DASHES_BELOW = regex(r"\s*[-–+•*] *(?=\w)")


def _stands_over_dashes(scan: Scan, start: int, line: str, end: int) -> bool:
    """Whether a short line with a number heads the dashes below it: "a. Thu hút.", "2. Du lịch"."""
    if len(line) > _SHORT_ITEM or not scan.text[start].isalnum():
        return False
    if not line.endswith("."):
        # "2. Xúc tiến thương mại": a verb, and no body or section.
        if not scan.text[start].isdigit() or not line[-1].isalpha():
            return False
        words = grammar().verb.pattern.match(line)
        if words is None or _only_asks(line) or _is_body(line, introduces=True):
            return False
        own = scan.text[start : start + 2].rstrip(".) ")
        if re.match(rf"\s*{own}\.1[.)]? ", scan.text[end : end + _SUBNUMBER]):
            # "2. Xúc tiến thương mại" over "2.1. Hỗ trợ ...".
            return True
    below = _DASHES_BELOW.match(scan.text, end)
    return below is not None and grammar().verb.pattern.match(scan.text, below.end()) is not None


_SUBNUMBER = 12
_PARAGRAPH = regex(r"\n(?!\d|[-–+•*]|[a-zđ][.)]|[IVX]+[.)])[^\n]{61,}")


def _heads_a_paragraph(scan: Scan, line: str, end: int) -> bool:
    """Whether a short numbered line without a stop stands over a paragraph without a number."""
    if len(line) > _SHORT_ITEM or line.endswith((".", ";", ",", ":")):
        return False
    return _PARAGRAPH.match(scan.text, end) is not None


_TOLD_BELOW = regex(
    r"(?:Giao|Đề nghị|Yêu cầu|Kiến nghị|Phân công|Giao nhiệm vụ cho)(?: cho| với)? "
)
_CONCLUDES = regex(r"(?:kết luận|có ý ?kiến|quyết nghị|chỉ đạo)(?: chỉ đạo)? như sau:$")


_REVIEWS = regex(r"Đánh giá (?:chung|tình hình|kết quả|khái quát)(?: \w+){0,3}")
"""A heading of what was achieved, though its first word is a verb."""


@cache
def _asks_alone() -> re.Pattern[str]:
    words = alternation(load("tasks")["asked_headings"])
    return regex(rf"(?i:(?:một số |những )?(?:{words})(?:(?:, | và )(?:{words}))*)")


def _only_asks(bare: str) -> bool:
    """Whether a line says only that proposals follow: "Đề xuất, kiến nghị"."""
    return _asks_alone().fullmatch(bare) is not None


_PROMISES = regex(r" (?:nhất trí|thống nhất|cam kết|thỏa thuận|thoả thuận|đồng ý)$")
"""A line that ends so says who promises what follows, and names nobody to be told."""


def _is_body(bare: str, *, introduces: bool) -> bool:
    """Whether a line is the name of a body that is told what follows."""
    named = grammar().assignee.pattern.match(bare)
    if named is None or len(bare.split()) >= _MOST_BODY_WORDS or "như sau" in bare:
        return False
    for m in grammar().directive.pattern.finditer(bare, named.end()):
        # "Bộ Ngoại giao" gives no order.
        if not grammar().directive_not_after.search(bare, 0, m.start()):
            return False
    if _PROMISES.search(bare):
        return False
    return introduces or grammar().verb.pattern.search(bare, named.end()) is None


def _take_section(
    scan: Scan, sentence: Sentence, start: int, context: Context, *, active: bool
) -> bool:
    """Take a heading that says what the lines below are; say whether the line is a heading."""
    words, end = scan.words, sentence.end
    if scan.text.startswith(_SUBJECT_LINE, start):
        return sentence.heading
    if _orders_follow(scan, start, end):
        return False
    result = words.find(grammar().result_heading, start, end)
    asked_of = context.own is not None and _REQUIRES.search(scan.text, start, end) is not None
    if (
        result is not None
        and not asked_of
        and (result.start() == start or not words.has(_heading_cue("ahead"), start, end))
    ):
        context.section, context.section_period = "results", None
        context.close()
        return True
    loud = sentence.heading or scan.text[start:end].isupper()
    line = scan.text[start:end].rstrip()
    announces = (
        _ANNOUNCES.fullmatch(line) is not None
        and (active or line.endswith(":"))
        and not words.has(grammar().directive, start + _FIRST_WORDS, end)
    )
    if words.has(grammar().task_heading, start, end) and (
        loud or announces or not has_cue(scan, start, end)
    ):
        asked = words.has(_heading_cue("asked"), start, end)
        context.section = "kiến nghị" if asked else "tasks"
        context.active = active
        context.purpose = "mục đích" in scan.text[start:end].lower()
        context.period = context.section_period = lead_deadline(scan, start, end)
        context.heading_assignees = ()
        return True
    return sentence.heading


@cache
def _kind_line() -> re.Pattern[str]:
    return regex(rf" *(?:{alternation(load('tasks')['official']['titles'])}) *")


_MOST_TITLE_LINES = 4


def is_title_of_paper(scan: Scan, sentence: Sentence) -> bool:
    """Whether a line stands right under the kind of its paper, or goes on with such a line.

    "CHỈ THỊ / MỘT SỐ GIẢI PHÁP CẤP BÁCH ...": what the paper is about, and orders nothing yet.
    """
    blocks = scan.document.blocks
    own = blocks[sentence.block]
    if scan.text[own.start : own.end].rstrip().endswith((".", ";", ":", ",")):
        return False
    for above in range(sentence.block - 1, max(-1, sentence.block - 1 - _MOST_TITLE_LINES), -1):
        line = scan.text[blocks[above].start : blocks[above].end]
        if _kind_line().fullmatch(line) is not None:
            return True
        if line.strip() and not line.isupper():
            return False
    return False


def _orders_follow(scan: Scan, start: int, end: int) -> bool:
    """Whether a line ends in a word of telling and a colon: "Để khắc phục hạn chế, đề nghị:"."""
    line = scan.text[start:end].rstrip()
    if not line.endswith(":"):
        return False
    colon = start + len(line) - 1
    return any(m.end() == colon for m in scan.words.find_all(grammar().directive, start, colon))


_REQUIRES = regex(r"YÊU CẦU|(?<=, )yêu cầu")
"""In a plan, "MỤC ĐÍCH, YÊU CẦU" heads what it requires."""
_SUBJECT_LINE = ("Về việc ", "V/v ")
"""What an official paper is about: no heading of a part of it."""
_ANNOUNCES = regex(
    r"(?i:(?:về )?(?:các |một số |những )?"
    r"(?:nhiệm vụ|giải pháp|phương hướng|định hướng|công việc))[^.;]*"
)
_FIRST_WORDS = len("Về các định hướng")
"""Code points of a heading in which "định hướng" is no word of telling."""
