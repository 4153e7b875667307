"""Who promises: who is named before, who says it of another, or who goes on to speak."""

from collections.abc import Callable

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.readers.tasks.promised.bodies import ALREADY, TELLS, body_alone, joint, office
from vanban.readers.tasks.promised.promises import Promise
from vanban.readers.tasks.promised.subjects import both_before, first_subject, sentence_subject

__all__ = ["can_promise", "quoted_body", "who_promises"]

Promiser = tuple[str | None, tuple[str, ...]]
"""Who promises, and of whom he says it, if of another."""


def who_promises(promise: Promise) -> Promiser:
    """Who promises, and who is to do it, where he says it of another; None for nobody known."""
    for rule in _PROMISERS:
        if (promiser := rule(promise)) is not None:
            return promiser
    return None, ()


def can_promise(promise: Promise, subject: str | None) -> bool:
    """Whether a word of promising is one of somebody, or of nobody; some need two sides."""
    if subject is None and promise.word in load("tasks")["promise_needs_subject"]:
        return False
    if promise.word not in load("tasks")["promise_of_both"]:
        return True
    if subject is None:
        return False
    if subject.startswith(_SIDES):
        return True
    return " và " in subject and subject == joint(promise.clause, promise.start)


_SIDES = ("Hai ", "hai ", "2 ", "lãnh đạo hai ", "Lãnh đạo hai ")


def quoted_body(promise: Promise) -> tuple[str, ...]:
    """Of whom a person says it: 'Chủ tịch UBND tỉnh A nhấn mạnh: "Tỉnh cam kết ..."'."""
    inner = _QUOTED_BODY.search(promise.text, promise.clause.start, promise.start)
    if inner is None:
        return ()
    return (inner["who"],) if _LONE.fullmatch(inner["who"]) or body_alone(inner["who"]) else ()


_QUOTED_BODY = regex(r": *[“\"](?P<who>[^:“”\";,]{2,60}?)(?: cũng)? $")
_LONE = regex(r"(?:Tỉnh|Thành phố|Bộ|Ngân hàng|Tập đoàn|Công ty|Sở)(?: cũng)? *$")


# Named before the word


def _says_of_another(promise: Promise) -> Promiser | None:
    """Who says it of another: "Thủ tướng ...; khẳng định Chính phủ Việt Nam cam kết ..."."""
    clause = promise.clause
    if (promiser := _said_to_promise(clause, promise.start)) is None:
        return None
    own, said = promiser
    if own.startswith(_SIDES):
        return own, (own,)
    subject = find_issuer(clause.scan, clause.start, said)
    if subject is None and clause.start > clause.sentence.start:
        subject = sentence_subject(clause)
    return subject or clause.context.speaker or own, (own,)


def _said_to_promise(clause: Clause, end: int) -> tuple[str, int] | None:
    """Who promises, and where it is said of him: "... khẳng định Samsung cam kết ..."."""
    m = _OF_WHOM.search(clause.scan.text, clause.start, end)
    if m is None:
        return None
    own = ALREADY.sub("", m["who"]).strip()
    if TELLS.search(own):
        return None
    named = split_assignees(own) == (own,) or _BY_NAME.fullmatch(own) is not None
    return (own, m.start()) if named and office().match(own) is None else None


_OF_WHOM = regex(
    r"(?:khẳng định|cho biết|nhấn mạnh|tuyên bố)(?: rằng)?,? (?P<who>[^;:.“”]{2,70}) $"
)


def _before_the_word(promise: Promise) -> Promiser | None:
    """Who is named before it: together, first in the clause, or last."""
    clause, at = promise.clause, promise.start
    subject = joint(clause, at) or first_subject(clause, promise.m)
    subject = subject or find_issuer(clause.scan, clause.start, at)
    return (subject, ()) if subject else None


def _before_the_clause(promise: Promise) -> Promiser | None:
    clause = promise.clause
    if clause.start <= clause.sentence.start:
        return None
    subject = clause.state.issuer if clause.state.cued else sentence_subject(clause)
    return (subject, ()) if subject is not None else None


def _by_name(promise: Promise) -> Promiser | None:
    """A name alone: "Samsung tiếp tục cam kết ..."; who speaks for a province says it."""
    clause = promise.clause
    name = _GOES_ON_TO.sub("", promise.text[clause.front : promise.start].strip())
    if not _BY_NAME.fullmatch(name):
        return None
    if name in load("places")["provinces"] and clause.context.speaker is not None:
        return clause.context.speaker, (name,)
    return (name, ()) if _LONE.fullmatch(name) is None else None


_BY_NAME = regex(rf"[{UPPER}][\w&-]*(?: [{UPPER}][\w&-]*){{0,3}}")
_GOES_ON_TO = regex(r"(?: (?:cũng|đã|tiếp tục|luôn|vừa|một lần nữa|tái|khẳng định))+$")


def _alone(promise: Promise) -> Promiser | None:
    """A body alone; “Tỉnh cam kết ...”, who speaks for it says."""
    clause, speaker = promise.clause, promise.clause.context.speaker
    if clause.start - clause.sentence.start > 1:
        return None
    if (lone := _lone_subject(clause, promise.start)) is None:
        return None
    quoted = clause.start > 0 and promise.text[clause.start - 1] in '“"'
    return (speaker, (lone,)) if quoted and speaker is not None else (lone, ())


def _lone_subject(clause: Clause, end: int) -> str | None:
    """A body that alone stands before a promise: "Tỉnh cam kết ...", "Cơ quan A cam kết ..."."""
    words = clause.scan.text[clause.front : end].strip()
    if _LONE.fullmatch(words):
        return words.removesuffix(" cũng")
    if (
        words
        and clause.front > clause.start
        and (
            _LONE.fullmatch(words[0].upper() + words[1:])
            or body_alone(words[0].upper() + words[1:])
        )
    ):
        # "Trong bối cảnh đó các nhà bán lẻ cam kết ..."
        return words
    return body_alone(words)


# Who goes on


def _who_speaks(promise: Promise) -> Promiser | None:
    speaker = promise.clause.context.speaker
    return (speaker, ()) if speaker is not None else None


def _who_talked(promise: Promise) -> Promiser | None:
    """Both sides: "Hai lãnh đạo ... . Nhất trí ..."."""
    both = both_before(promise.clause) if promise.clause.front == promise.start else None
    return (both, ()) if both is not None else None


_PROMISERS: tuple[Callable[[Promise], Promiser | None], ...] = (
    _says_of_another,
    _before_the_word,
    _before_the_clause,
    _by_name,
    _alone,
    _who_speaks,
    _who_talked,
)
