"""Sentences that announce tasks: "... các nhiệm vụ sau:", "... tập trung vào ba hướng"."""

import re

from vanban.readers.tasks.context import DONE, SPEECH, Context, State
from vanban.readers.tasks.deadlines import lead_deadline
from vanban.readers.tasks.fronts import skip_front
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["NAMED_TASK", "is_done_list", "list_colon", "opens_list"]

_LISTS = re.compile(r":(?= |\n)|, +(?:đó +là|gồm|bao +gồm|cụ +thể +là|như +sau)(?!\w)")


NAMED_TASK = re.compile(
    r"(?:nhắc +đến|đề +cập|đặt +ra|nữa|tiếp +theo|quan +trọng|hàng +đầu|khác|trọng +tâm|đầu +tiên) +là(?!\w)"
)


def list_colon(text: str, start: int, end: int) -> int | None:
    """Last code point of what introduces a list inside the clause: ":", ", đó là", ", gồm"."""
    for m in _LISTS.finditer(text, start, end - 3):
        if m.start() - start > 260:
            return None
        if m[0] == ":" or grammar().opener.search(text, start, m.start()):
            return m.end() - 1
    return None


def is_done_list(text: str, start: int, colon: int) -> bool:
    return DONE.search(text, start, colon) is not None and "yêu cầu" not in text[start:colon]


def opens_list(
    scan: Scan, start: int, end: int, context: Context, state: State, sentence: Sentence
) -> bool:
    """A sentence that announces tasks without naming one ("... tập trung vào một số nhiệm vụ")."""
    m = grammar().opener.search(scan.text, start, end)
    if m is None or DONE.search(scan.text, start, m.start()):
        return False
    future = re.search(
        r"(?<!\w)(?:sẽ|cần|tập trung|phải|xác định|gồm|sau)(?!\w)", scan.text[start:end]
    )
    if future is None or end - m.end() > 40:
        return False
    state.opened = state.cued = True
    state.issuer = find_issuer(scan, sentence.start, m.start()) or None
    state.issuer = state.issuer if SPEECH.search(scan.text, start, end) else context.speaker
    context.issuer = state.issuer
    front = skip_front(scan.text, start, m.start())
    if grammar().assignee.match(scan.text, front, m.start()):
        will = re.compile(r"(?<!\w)(?:sẽ|cần|phải|tập trung)(?!\w)").search(
            scan.text, front, m.start()
        )
        context.heading_assignees = split_assignees(
            scan.text[front : will.start() if will else m.start()]
        )
    context.period = lead_deadline(scan, sentence.start, end)
    return True
