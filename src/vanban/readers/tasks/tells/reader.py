"""Whether a word of telling is one where it stands."""

import re

from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.fronts import skip_blank
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.tells.frames import behind_frame
from vanban.readers.tasks.tells.vetoes import is_vetoed
from vanban.readers.tasks.tells.words import Word, word_at

__all__ = ["tells"]


def tells(clause: Clause, m: re.Match[str]) -> bool:
    """Whether a word of telling is one where it stands; "theo yêu cầu của" is none."""
    word = word_at(clause, m)
    if is_vetoed(word):
        return False
    opinion = word.text.endswith(" có ý kiến ", clause.start, word.start)
    directs = word.said == "chỉ đạo" and word.text.endswith(" có ", clause.start, word.start)
    if opinion or directs:
        return _is_followed(word, by_a_body=opinion)
    return not (_is_denied_before(word) or _is_denied_behind(word))


def _is_followed(word: Word, *, by_a_body: bool) -> bool:
    """Whether what is to be done follows, or a body: "Thủ tướng có ý kiến giao Bộ A chủ trì"."""
    words, end = word.clause.scan.words, word.clause.end
    at = skip_blank(word.text, word.end)
    if words.match(grammar().verb, at, end) is not None:
        return True
    return by_a_body and words.match(grammar().assignee, at, end) is not None


def _is_denied_before(word: Word) -> bool:
    clause, text = word.clause, word.text
    if text.endswith(_TEAMS, clause.start, word.start):
        return False
    near = max(clause.sentence.start, word.start - _NEAR)
    return grammar().directive_not_after.search(text, near, word.start) is not None


_NEAR = 30
_TEAMS = ("oàn công tác ", "ổ công tác ", "hóm công tác ")
"""Who asks: "Đoàn công tác đề nghị ...", though "công tác đề nghị" is work."""


def _is_denied_behind(word: Word) -> bool:
    """Whether it is by what follows; "đề nghị tại kỳ họp này, hai Thủ tướng chỉ đạo" tells."""
    g, clause, text = grammar(), word.clause, word.text
    if g.directive_not_before.match(text, word.end, clause.end):
        at = skip_blank(text, word.end)
        if behind_frame(clause, at) == at:
            return True
    denied = word.rule == "assign" and g.assign_not_before.match(text, word.end, clause.end)
    return bool(denied)
