"""Where a clause's own words begin, and where its verb does."""

import re

from vanban.readers.tasks.grammar import grammar
from vanban.scan import Scan

__all__ = ["has_cue", "skip_blank", "skip_front", "verb_after"]


def skip_front(text: str, start: int, end: int) -> int:
    """Past numbering, connectives and topic frames, to where the assignee or the verb begins."""
    g = grammar()
    for _ in range(4):
        while start < end and text[start] in ' “"‘,:':
            start += 1
        for pattern in (g.number, g.connective):
            m = pattern.match(text, start, end)
            if m is not None and m.end() < end:
                start = m.end()
                break
        else:
            m = g.frame.match(text, start, end)
            if m is None or m.end() >= end or g.verb.match(text, start, m.end()):
                return start
            start = m.end()
    return start


_NOUN_BEFORE = re.compile(
    r"(?<!\w)(?:nhà|Ban|ban|công tác|cơ quan|việc|sự|hoạt động|các|những|hệ thống|lĩnh vực|chương trình|người|nhóm|tổ|Tổ|Quỹ|Kế hoạch và|dự án|xúc tiến|Cục|chủ|Vụ|Viện|Trung tâm|bộ phận|chi nhánh|vốn|Hội đồng|Ủy ban|Bộ Kế hoạch và|đối tác) +$"
)


def verb_after(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The first verb or modal behind a noun phrase; names of bodies are not searched."""
    g = grammar()
    at = start
    while True:
        m = g.verb.search(text, at, end)
        modal = g.modal.search(text, at, end)
        if modal is not None and (m is None or modal.start() <= m.start()):
            if g.modal_not_before.match(text, modal.end(), end) or g.modal_not_after.search(
                text, start, modal.start()
            ):
                at = modal.end()
                continue
            following = g.verb.match(text, skip_blank(text, modal.end()), end)
            return (modal.start(), following.end() if following else modal.end())
        if m is None:
            return None
        if m[0][0].isupper() or _NOUN_BEFORE.search(text, max(start - 12, 0), m.start()):
            at = m.start() + 1
            while at < end and text[at - 1].isalnum():
                at += 1
            continue
        return m.span()


def skip_blank(text: str, at: int) -> int:
    while at < len(text) and text[at] in " ":
        at += 1
    return at


def has_cue(scan: Scan, start: int, end: int) -> bool:
    g = grammar()
    return any(p.search(scan.text, start, end) for p in (g.directive, g.modal, g.plan, g.opener))
