"""A word of promising where it stands, what it promises, and by which rules it promises nothing."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.fronts import skip_blank
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import split_assignees
from vanban.words import Words

__all__ = ["Promise", "is_no_promise", "promise_at", "what_is_promised"]


class Promise(NamedTuple):
    """A "cam kết", "nhất trí" of a clause.

    Args:
        start, end: half-open run of the word, as matched by `m`; `word`: it in small letters.
    """

    clause: Clause
    text: str
    m: re.Match[str]
    word: str
    start: int
    end: int


def promise_at(clause: Clause, m: re.Match[str]) -> Promise:
    """A word of promising in a clause, with what its rules look at."""
    return Promise(clause, clause.scan.text, m, m[0].lower(), m.start(), m.end())


def is_no_promise(promise: Promise) -> bool:
    """Whether what stands around a word of promising makes it no promise to do something."""
    return any(rule(promise) for rule in _NO_PROMISE)


def _is_a_noun(promise: Promise) -> bool:
    nouns = load("tasks")["promise_as_noun"]
    return promise.word in nouns and not _is_of_both(promise)


def _is_denied(promise: Promise) -> bool:
    g, clause = grammar(), promise.clause
    if g.promise_not_before.match(promise.text, promise.end, clause.end):
        return True
    low = max(clause.sentence.start, promise.start - _NEAR)
    denied = g.directive_not_after.search(promise.text, low, promise.start)
    return denied is not None and not _is_of_both(promise)


_NEAR = 14


def _is_of_both(promise: Promise) -> bool:
    """Whether two sides stand right before the word."""
    low = max(promise.clause.start, promise.start - 40)
    return _BOTH.search(promise.text, low, promise.start) is not None


_BOTH = regex(
    r"(?:[Hh]ai|(?<!\d)2)"
    r" (?:bên|nước|phía|Bộ|Chính phủ|Thủ tướng|Bộ trưởng|(?:[Nn]hà )?[Ll]ãnh đạo)(?: cũng| đã)? *$"
)


def _names_an_act(promise: Promise) -> bool:
    return _NAMES_AN_ACT.search(promise.text, promise.clause.start, promise.start) is not None


_NAMES_AN_ACT = regex(
    r"(?<!\w)việc (?:(?! và )[^,;:.]){2,40} $|(?:vừa|đã) được (?:(?! và )[^,;:.]){2,50} $"
)
"""Before a promise, what makes it something that happened: "... qua việc Mỹ đồng ý đàm phán"."""


def _is_done_with_it(promise: Promise) -> bool:
    return _DONE_WITH_IT.match(promise.text, promise.end, promise.clause.end) is not None


_DONE_WITH_IT = regex(
    r" (?:chính thức )?(?:thiết lập|nâng cấp|nâng tầm|nâng) (?:khuôn khổ )?quan hệ [^;:.]{0,90}?"
    r"(?:(?:tại|trong|nhân) (?:[Hh]ội nghị|cuộc|chuyến|dịp|buổi|[Tt]uyên bố))"
    r"| (?:sử dụng|chi|trích|cấp|bổ sung|phân bổ|tạm ứng) [^;:.]{0,30}?\d[\d.,]* (?:tỷ|triệu)"
)
"""Behind "nhất trí", "đồng ý", what is done with that: ties are raised, money is given."""


def _is_a_saying(promise: Promise) -> bool:
    """Whether it says that what was promised must be done: "đã cam kết phải thực hiện"."""
    text = promise.text
    return text.startswith((" phải ", " là phải "), promise.end) and text.endswith(
        ("đã ", "Đã "), 0, promise.start
    )


def _goes_on_an_order(promise: Promise) -> bool:
    """Whether an order leads and nobody stands between: "...; rà soát và thống nhất lập ..."."""
    clause = promise.clause
    if not (clause.state.cued and clause.start > clause.sentence.start):
        return False
    led = clause.lead_verb
    if led is None or led.end() > promise.start:
        return False
    return promise.text.endswith((", ", " và "), clause.start, promise.start) and (
        promise.word in ("thống nhất", "thỏa thuận", "thoả thuận")
    )


_NO_PROMISE: tuple[Callable[[Promise], bool], ...] = (
    _is_a_noun,
    _is_denied,
    _names_an_act,
    _is_done_with_it,
    _is_a_saying,
    _goes_on_an_order,
)


# What is promised


def what_is_promised(promise: Promise) -> tuple[int, tuple[str, ...]] | None:
    """Where what is promised begins, and who is to do it if others are; None if nothing is."""
    clause, text = promise.clause, promise.text
    words, end = clause.scan.words, clause.end
    at = skip_blank(text, promise.end)
    if (when := _WHEN.match(text, at, end)) is not None:
        # "Hai bên nhất trí thời gian tới, tăng cường ..."
        at = when.end()
    if _acts(words, at, end):
        return at, ()
    later = _BOTH_ARE_TO.match(text, at, end) or _PROMISED_LATER.match(text, at, end)
    if later is None or not _acts(words, later.end(), end):
        return None
    will = later.start("will")
    if will < 0 or not words.match(grammar().assignee, at, will):
        return later.end(), ()
    return later.end(), split_assignees(text[at:will])


_WHEN = regex(
    r"(?:trong |từ )?(?:thời gian tới|(?:những |các )?(?:năm|tháng|ngày) tới|giai đoạn tới|tới đây"
    r"|sắp tới|(?:năm|quý|tháng|giai đoạn) [\dIV][\d./ -]*|nay đến (?:hết |cuối )?(?:năm|quý|tháng)"
    r"(?: [\dIV][\d./-]*)?|nhiệm kỳ (?:này|tới)),? "
)
"""When it is to be done, before what is promised."""
_BOTH_ARE_TO = regex(
    r"(?:việc )?(?:hai|các|2) (?:bên|nước|phía|Bộ|cơ quan)"
    r"(?P<will>(?: sẽ| cần| cùng| cùng nhau)*) +"
    r"|(?P<need>cần|phải|cần phải|sẽ cùng nhau|cùng nhau) +"
)
"""Who is to do it, or that it is needed: "... nhất trí hai bên tăng cường", "nhất trí cần mở"."""
_PROMISED_LATER = regex(r"(?:rằng,? +)?[^,;.]{0,50}?(?P<will>(?<!\w)sẽ) +")


def _acts(words: Words, start: int, end: int) -> bool:
    """Whether a promise is one to do something."""
    return bool(
        words.match(grammar().verb, start, end) or _promised_verb().match(words.text, start, end)
    )


@cache
def _promised_verb() -> re.Pattern[str]:
    return regex(rf"(?:{alternation(load('tasks')['promised'])})(?!\w)")
