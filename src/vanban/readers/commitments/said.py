"""Promises: what a side says it will do itself, and the sums it pledges."""

import re
from collections.abc import Iterator
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, both_cases, regex
from vanban.readers.commitments.words import BEFORE, cue_of, not_signed, short_of, words_of
from vanban.readers.tasks.deadlines import clause_deadline
from vanban.readers.tasks.fronts import skip_number
from vanban.readers.tasks.people import find_issuer
from vanban.readers.tasks.promised import body_alone
from vanban.records import Commitment, Task
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.times import iso

__all__ = ["pledges", "promise", "promises_itself"]


_PROMISE_REACH = 60


@cache
def _promise() -> re.Pattern[str]:
    data = load("commitments")
    words = both_cases({*data["promises"], *data["mutual_promises"]})
    return regex(rf"(?<!\w)(?:{alternation(words)})(?: +sẽ)?[ :]+$")


def promise(scan: Scan, task: Task) -> Commitment | None:
    """The promise in a task that its issuer is to do; None if it is no promise."""
    if task.issuer is None or not promises_itself(task):
        return None
    rule = task.rule.removeprefix("task.")
    start = task.anchor.start
    before = scan.text[max(0, start - _PROMISE_REACH) : start]
    is_mutual = task.issuer.lower() in load("commitments")["both"] or task.issuer.startswith("Hai ")
    if rule == "promise":
        said = _promise().search(before)
        if said is None:
            return None
        word = said[0].strip(" :").removesuffix(" sẽ").lower()
        if word not in load("commitments")["promises"] and not (
            is_mutual or _is_foreign(scan, task.issuer)
        ):
            return None
        start -= len(said[0])
    elif rule.startswith("modal") or not (
        is_mutual or _is_foreign(scan, task.issuer) or _is_ours(scan, task.issuer)
    ):
        return None
    end = task.anchor.end
    return Commitment(
        anchor=scan.document.anchor(start, end),
        rule="commitment.promise" if rule == "promise" else "commitment.plan",
        confidence=0.8 if rule == "promise" else 0.65,
        what=task.action,
        parties=(task.issuer,),
        counterparts=_told_to(scan, task),
        form="said",
        n_texts=None,
        deadline=task.deadline,
        deadline_period=task.deadline_period,
        deadline_quote=task.deadline_quote,
    )


def _of_both_sides(scan: Scan) -> bool:
    """Whether a text is a joint statement or communiqué, in which each side binds itself."""
    return _JOINT.match(scan.text) is not None


_JOINT = regex(
    r"\W*(?:TUYÊN BỐ|Tuyên bố|THÔNG CÁO|Thông cáo)(?: (?:BÁO CHÍ|báo chí))? (?:CHUNG|chung)"
)
_BOTH_SPEAK = 2
"""Times that both sides speak in a text in which what ours says it will do binds it."""


def _is_ours(scan: Scan, name: str) -> bool:
    """Whether our country promises in a text of two sides: "Việt Nam sẽ xem xét mở cửa ..."."""
    if name not in ("Việt Nam", "Phía Việt Nam", "phía Việt Nam"):
        return False
    both = scan.words.find_all(cue_of("both"), 0, len(scan.text))
    return sum(1 for _ in both) >= _BOTH_SPEAK


@cache
def _side() -> re.Pattern[str]:
    return regex(rf"(?:{words_of('side')})(?!\w)")


def _is_foreign(scan: Scan, name: str) -> bool:
    """Whether a side is a partner, "phía X" or somebody whose office names one."""
    if _side().match(name):
        return "Việt Nam" not in name
    titles = " ".join(scan.titles_of.get(name, ())) + " " + name
    return any(
        scan.text[p.start : p.end] in titles for p in scan.partners if p.type in ("country", "bloc")
    )


_FOR_VIETNAM = regex(r"(?:cho|với|hỗ trợ|giúp|của) +(?:phía +)?Việt +Nam(?!\w)")


def _told_to(scan: Scan, task: Task) -> tuple[str, ...]:
    """To whom the promise is made, if its words say so."""
    words = scan.text[task.anchor.start : task.anchor.end]
    if task.issuer and "Việt Nam" not in task.issuer and _FOR_VIETNAM.search(words):
        return ("Việt Nam",)
    return ()


# Pledged


_BESIDE_A_BODY = regex(r" ?\([^)]*\)| (?:đã |sẽ |cũng )+$")
"""Words beside the name of who pledges: what is in brackets, a tense."""


@cache
def _pledge() -> re.Pattern[str]:
    return regex(rf" +(?:một +)?(?:{words_of('pledged')})(?!\w)")


def pledges(scan: Scan, sentence: Sentence) -> Iterator[Commitment]:
    """Sums that are promised: "công bố khoản viện trợ 16 triệu USD"."""
    amounts = [q for q in scan.quantities.get(sentence.index, ()) if q.unit != "percent"]
    if not amounts:
        return
    for m in scan.words.find_all(cue_of("pledges"), sentence.start, sentence.end):
        if not _pledge().match(scan.text, m.end(), sentence.end):
            continue
        if not_signed().search(scan.text, max(sentence.start, m.start() - BEFORE // 2), m.start()):
            continue
        if m[0].lower() in load("commitments")["gives"] and not _of_both_sides(scan):
            continue
        q = next((q for q in amounts if m.end() < q.start < m.end() + 80), None)
        comma = scan.text.rfind(", ", sentence.start, m.start())
        begin = comma + 2 if comma >= 0 else _behind_mark(scan.text, sentence)
        who = find_issuer(scan, sentence.start, m.start())
        alone = _BESIDE_A_BODY.sub("", scan.text[begin : m.start()]).strip()
        who = who or body_alone(alone) or _country_alone(scan, alone, begin, m.start())
        if q is None or who is None:
            continue
        end = _clause_end(scan, m.end(), sentence.end)
        due = clause_deadline(scan, m.end(), end)
        yield Commitment(
            anchor=scan.document.anchor(m.start(), end),
            rule="commitment.pledge",
            confidence=0.75,
            what=short_of(" ".join(scan.text[m.end() : end].split())),
            parties=(who,),
            counterparts=("Việt Nam",) if _FOR_VIETNAM.search(scan.text, q.end, end) else (),
            form="said",
            n_texts=None,
            deadline=iso(due) if due is not None else None,
            deadline_quote=scan.text[due.start : due.end] if due is not None else None,
        )


def _behind_mark(text: str, sentence: Sentence) -> int:
    """Where a sentence begins behind the mark of its list, if it stands in one."""
    mark = skip_number(text, sentence.start, sentence.end)
    return mark.end() if mark is not None else sentence.start


def _country_alone(scan: Scan, words: str, start: int, end: int) -> str | None:
    """The words of `[start, end)` if they are the name of a partner and nothing else."""
    found = (scan.text[p.start : p.end] for p in scan.partners_between(start, end))
    return words if words in found else None


_PLEDGE_END = regex(r"[;.](?!\d)| và (?=cam kết|sẽ|khẳng định|đề nghị)")


def _clause_end(scan: Scan, start: int, end: int) -> int:
    m = _PLEDGE_END.search(scan.text, start, end)
    return m.start() if m is not None else end


def promises_itself(task: Task) -> bool:
    """Whether who says it is who is to do it."""
    return task.issuer is not None and task.assignees == (task.issuer,)
