"""Who has to act, as the words before a modal name him."""

from collections.abc import Callable
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import Cue, cue, regex
from vanban.readers.tasks.frames import behind_speech
from vanban.readers.tasks.grammar import LONGEST_OWN_SUBJECT, grammar
from vanban.readers.tasks.needed.subjects import TURN, Subject, behind_last_comma
from vanban.readers.tasks.people import place_named, split_assignees
from vanban.readers.tasks.tells import framed

__all__ = ["own_subject", "who_has_to"]

Who = tuple[int, tuple[str, ...]]
"""Where the task begins, and who has to do it."""


def own_subject(subject: Subject) -> Subject:
    """The words of a subject that are of who has to act, without what comes before them."""
    words = _behind_is(_behind_turn(behind_speech(subject.words)))
    modal = subject.modal
    return Subject(modal, modal.start - len(words) - 1 if words else subject.start, words)


def who_has_to(subject: Subject) -> Who:
    """Where a task begins, and who is named before its modal, or in a frame, to do it."""
    modal = subject.modal
    who: Who | None = None
    for rule in _WHO:
        if (who := rule(subject)) is not None:
            break
    begin, assignees = who or (modal.start, ())
    return begin, assignees or framed(modal.clause, modal.m)


# Who is named


def _begins_with_a_body(subject: Subject) -> Who | None:
    if not grammar().assignee.pattern.match(subject.words):
        return None
    assignees = split_assignees(subject.words)
    if any(_TELLS_MORE.search(name) for name in assignees):
        assignees = _last_named(subject.words) or ()
    return subject.modal.start, assignees


_TELLS_MORE = regex(r"[,)] (?:để|nếu|khi|nhằm|với|theo|do) | (?:muốn|thậm chí|đang|cầm cự) ")


def _is_a_place(subject: Subject) -> Who | None:
    modal = subject.modal
    place = place_named(modal.clause.scan, subject.start, modal.start)
    return (modal.start, (place,)) if place is not None else None


def _ends_in_a_body(subject: Subject) -> Who | None:
    last = _last_named(subject.words)
    return (subject.modal.start, last) if last is not None else None


def _ends_in_a_place(subject: Subject) -> Who | None:
    """The place behind the last comma: "Để phát huy tiềm năng, lợi thế này, Hải Phòng cần"."""
    scan, at = subject.modal.clause.scan, subject.modal.start
    last = behind_last_comma(subject.words)
    place = place_named(scan, at - len(last) - 1, at) if last != subject.words else None
    return (at, (place,)) if place is not None else None


def _is_what_is_needed(subject: Subject) -> Who | None:
    """A short subject that names nobody is told with the task: it is what is needed."""
    modal, front = subject.modal, subject.start
    if not 0 < len(subject.words) < LONGEST_OWN_SUBJECT:
        return None
    if modal.contrast is not None or front < modal.clause.start:
        return None
    speaks = modal.clause.scan.words.has(_speakers(), front, modal.start)
    return (front, ()) if not speaks else None


@cache
def _speakers() -> Cue:
    return cue(load("tasks")["modal_speakers"])


_WHO: tuple[Callable[[Subject], Who | None], ...] = (
    _begins_with_a_body,
    _is_a_place,
    _ends_in_a_body,
    _ends_in_a_place,
    _is_what_is_needed,
)


def _last_named(subject: str) -> tuple[str, ...] | None:
    """The body behind the last comma: "Là một trung tâm lớn, trường A", "nếu muốn thắng, DN"."""
    last = behind_last_comma(subject)
    if last == subject:
        return None
    named = split_assignees(last)
    if len(named) != 1 or len(last.split()) > _MOST_NAME_WORDS:
        return None
    alone = last == named[0]
    return named if alone or _WHEN_DONE.match(last.removeprefix(named[0])) else None


_MOST_NAME_WORDS = 12
_WHEN_DONE = regex(r" (?:trước khi|sau khi|khi|nếu|muốn|trong quá trình) ")
"""Behind who has to, when: "mọi công dân trước khi làm thủ tục đều phải ..."."""


# Which words are of him


def _behind_turn(subject: str) -> str:
    """The subject behind "song", "nhưng": "... còn nhiều dư địa, song doanh nghiệp"."""
    turns = list(TURN.finditer(subject))
    subject = _FIRST_OF_ALL.sub("", subject[turns[-1].end() :] if turns else subject)
    subject = _IF_ONLY.sub("", subject)
    if (day := _ON_A_DAY.match(subject)) is not None and _NAMED.match(subject, day.end()):
        subject = subject[day.end() :]
    if (doing := _WHEN_DOING.search(subject)) is not None:
        # "..., khi giao dịch doanh nghiệp cần ..."
        return doing["who"]
    condition = _CONDITION.match(subject)
    return subject[condition.end() :] if condition is not None else subject


_FIRST_OF_ALL = regex(
    r"^(?:là|trước hết|trước tiên|trước mắt|đặc biệt|cuối cùng|đồng thời|thứ \w+|\w+ là),? (?=\w)"
)
_ON_A_DAY = regex(
    r"(?:[^;:]{0,160}, )?(?i:(?:đến|trước|từ|vào|trong|hết|tới) ){0,3}"
    r"(?i:ngày|tháng|năm|quý|thời gian) (?:tới|[\dIV][\d./-]*),? "
)
"""When somebody has to, before who: "ngày 30/6 Bộ A phải ..."."""
_NAMED = regex(rf"[{UPPER}]|các |mọi |mỗi ")
_IF_ONLY = regex(
    r"^(?:nếu|muốn|khi|để) [^;:.]{3,90}? thì (?=\w)|,? (?:nếu|khi|muốn) [^;:.]{3,80}? thì$"
)
"""What has to hold, before who has to or behind: "doanh nghiệp nếu muốn giữ chân khách thì"."""
_WHEN_DOING = regex(
    r"(?:^|, )(?:[Kk]hi|[Nn]ếu|[Đđ]ể|[Tt]rước khi) [^,;:.]{3,50} (?P<who>(?:các |mỗi )?"
    r"(?:doanh nghiệp|DN|địa phương|đơn vị|người dân|nông dân|ngư dân|bộ, ngành|nhà xuất khẩu))$"
)
_CONDITION = regex(r"(?:nếu|khi|trường hợp|để|nhằm|với|trước|theo) [^,;:.]{3,80}, ")


def _behind_is(subject: str) -> str:
    """The body behind "là": "điều quan trọng nhất là doanh nghiệp"."""
    last = subject.rsplit(" là ", 1)[-1]
    named = split_assignees(last) if last != subject else ()
    return last if named and grammar().assignee.pattern.match(last) else subject
