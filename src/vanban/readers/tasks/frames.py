"""What stands around the clauses: headings, who speaks, the period a sentence opens with."""

import re

from vanban.readers.tasks.context import DONE, SPEECH, Context
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import has_cue
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import Time

__all__ = ["front_period", "take_heading", "take_speaker"]


def take_heading(
    scan: Scan, sentence: Sentence, start: int, context: Context, numbered: bool, official: bool
) -> bool:
    """Take a heading or a body's name alone on its line into the context; say whether it was one."""
    text = scan.text[start : sentence.end].strip()
    block = scan.document.blocks[sentence.block]
    alone = block.start >= sentence.start - 8 and sentence.end >= block.end - 1
    if not alone:
        return False
    bare = text.rstrip(" :.…")
    short = (len(bare) < 110 and not re.search(r"[.;]$", text)) or sentence.heading
    named = grammar().assignee.match(bare)
    if named and short and (text.endswith(":") or numbered or official) and len(bare.split()) < 22:
        rest = grammar().verb.search(bare, named.end())
        if rest is None or (text.endswith(":") and not grammar().directive.search(bare)):
            context.heading_assignees = split_assignees(bare)
            context.active = True
            context.misses = 0
            return True
    if not short or (bare and bare[0].islower()):
        return False
    if not (sentence.heading or bare.isupper() or numbered or len(bare) < 70):
        return False
    if grammar().verb.match(bare) and numbered and not bare.isupper():
        return False
    if DONE.search(bare) and not sentence.heading:
        return False
    if grammar().result_heading.search(bare) and not re.search(
        r"(?i)nhiệm vụ|giải pháp|phương hướng", bare
    ):
        context.section, context.active, context.period = "results", False, None
        context.section_period = None
        context.heading_assignees = ()
        return True
    if grammar().task_heading.search(bare) and not has_cue(scan, start, sentence.end):
        asked = re.search(r"(?i)kiến nghị|đề xuất|đề nghị", bare) is not None
        context.section = "kiến nghị" if asked else "tasks"
        context.active = official or numbered or bare.isupper()
        context.period = context.section_period = lead_deadline(scan, start, sentence.end)
        context.heading_assignees = ()
        if context.active and not official and context.issuer is None:
            context.issuer = None
        return True
    return sentence.heading


def front_period(scan: Scan, start: int, end: int) -> Time | None:
    """A period in the frame a sentence opens with: "Trong năm 2025, ...", "Đến hết quý II, ..."."""
    for time in scan.times_between(start, min(end, start + 60)):
        before = scan.text[start : time.start]
        if re.fullmatch(
            r"(?i)\W*(?:(?:đối với|về|trong|những|các|công tác|nhiệm vụ|trọng tâm|trọng tâm công tác) *)*",
            before,
        ) and time.kind in ("year", "half", "quarter", "months", "month"):
            following = scan.text[time.end : time.end + 2]
            if following[:1] in (",", ":") or following.startswith(" "):
                if scan.year is not None and time.year is not None and time.year < scan.year:
                    return None
                return time
    return None


_AFTER_QUOTE = re.compile(
    r"[”\"] *, *(?P<who>[^.;]{3,80}?) +(?:nhắc nhở|nhấn mạnh|nói|phát biểu|yêu cầu|khẳng định|chỉ rõ|nêu rõ|lưu ý|chia sẻ|đề nghị|cho biết)"
)


def take_speaker(scan: Scan, sentence: Sentence, context: Context) -> None:
    """Note who speaks in the sentence."""
    text = scan.text
    quoted = _AFTER_QUOTE.search(text, sentence.start, sentence.end)
    if quoted is not None:
        who = find_issuer(scan, quoted.start("who"), quoted.end("who") + 1)
        if who is not None:
            context.speaker = context.issuer = who
            return
    speech = SPEECH.search(text, sentence.start, sentence.end)
    if speech is None:
        return
    stop = speech.end() + (50 if speech[0] in ("theo", "nhắc đến") else 0)
    who = find_issuer(scan, sentence.start, min(stop, sentence.end))
    if who is not None and (speech[0] != "cũng"):
        context.speaker = who
