"""What is promised or signed: by whom, with whom, on which occasion, in how many texts."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from vanban.data import load
from vanban.patterns import Cue, alternation, both_cases, cue
from vanban.readers.tasks.clauses import split_clauses
from vanban.records import Commitment, Task
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["read_commitments"]

_BEFORE = 44
"""Code points before a signing that may say it has not happened."""
_LONGEST_NAME = 170
_LONGEST_OCCASION = 110
_MOST_WORDS = 20
_OPENING = 10
"""Sentences from the top in which a text says what it reports on."""


@cache
def _words(name: str) -> str:
    return alternation(load("commitments")[name])


@cache
def _cue(name: str) -> Cue:
    return cue(both_cases(load("commitments")[name]))


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Where the document's commitments were made: its words, and the day if the text fixes it."""

    words: str | None
    day: str | None


def read_commitments(scan: Scan, tasks: Sequence[Task]) -> list[Commitment]:
    """What the sides of a text sign or promise, one record for each text or promise.

    Signed: every text named behind "ký", "trao"; a number of texts where they are only counted.
    Said: every promise of a side to do something itself. An order or a request to somebody else is
    a task alone.

    Source: `data/commitments.yml`; issue item "commitments" of the schema in `docs/reading.md`.
    Args:
        scan: the document.
        tasks: its tasks; one that its issuer is to do is a promise.
    """
    found: list[Commitment] = []
    occasion = _document_occasion(scan)
    for sentence in scan.sentences:
        if scan.words.has(_signing(), sentence.start, sentence.end):
            found += _signed(scan, sentence, occasion)
        if scan.words.has(_cue("pledges"), sentence.start, sentence.end):
            found += _pledged(scan, sentence, occasion)
    taken = [(c.anchor.start, c.anchor.end) for c in found]
    for task in tasks:
        promise = _promised(scan, task, occasion)
        if promise is None:
            continue
        start, end = promise.anchor.start, promise.anchor.end
        if not any(a < end and start < b for a, b in taken):
            found.append(promise)
    return sorted(found, key=lambda c: c.anchor)


# Signed


@cache
def _signing() -> Cue:
    return cue(both_cases(load("commitments")["signs"]), then=r"(?!\w)(?! +đổi)")


@cache
def _not_signed() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?i:{_words('not_signed')})(?!\w)")


@cache
def _named_text() -> re.Pattern[str]:
    data = load("commitments")
    named = {t[0].upper() + t[1:] for t in data["texts"]} | set(data["statements"])
    return re.compile(rf"(?<!\w)(?:{alternation(named)})(?!\w)")


@cache
def _any_text() -> re.Pattern[str]:
    data = load("commitments")
    words = {*data["texts"], *data["statements"]}
    return re.compile(rf" +(?:các +)?(?:{alternation(both_cases(words))})(?!\w)")


@cache
def _counted() -> re.Pattern[str]:
    return re.compile(rf" +(?:{_words('counted')})(?!\w)")


@cache
def _joint() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('statements')})")


def _signed(scan: Scan, sentence: Sentence, occasion: _Occasion) -> Iterator[Commitment]:
    """The texts one sentence says were signed: those it names, those it counts."""
    text, issues = scan.text, set(load("commitments")["issues"])
    signings = [
        m
        for m in scan.words.find_all(_signing(), sentence.start, sentence.end)
        if not _not_signed().search(text, max(sentence.start, m.start() - _BEFORE), m.start())
    ]
    seen: list[tuple[int, int]] = []
    for q in scan.quantities.get(sentence.index, ()):
        if q.unit != "count" or not _counted().match(text, q.number_end, sentence.end):
            continue
        before = [m for m in signings if m.end() <= q.start and m[0].lower() not in issues]
        behind = _SIGNED_GAP.match(text, q.end, sentence.end)
        later = behind is not None and _cue("signed_behind").pattern.match(text, behind.end())
        if not before and not later:
            continue
        clause = text.rfind(";", sentence.start, q.start) + 1
        if before and (before[-1].start() < clause or _REVIEWED.search(text, clause, q.start)):
            continue
        end = _name_end(text, q.number_end, sentence.end)
        start = before[-1].start() if before and q.start - before[-1].end() < 60 else q.start
        seen.append((start, end))
        yield _record(
            scan, start, end, "counted", occasion, sentence, said_from=q.number_end,
            n_texts=int(q.value) if q.value == q.value.to_integral_value() else None,
        )  # fmt: skip
    if not signings:
        return
    first = signings[0]
    for m in _named_text().finditer(text, first.end(), sentence.end):
        if any(a <= m.start() < b for a, b in seen) or _IN_NAME.search(text, 0, m.start()):
            continue
        nearest = [s for s in signings if s.end() <= m.start()][-1]
        if nearest[0].lower() in issues and not _joint().match(text, m.start()):
            continue
        if _of_another(text, nearest.end(), m.start()):
            continue
        end = _name_end(text, m.end(), sentence.end)
        seen.append((m.start(), end))
        yield _record(
            scan, m.start(), end, "signed", occasion, sentence, said_from=m.start(), n_texts=1
        )
    for s in signings:
        m = _any_text().match(text, s.end(), sentence.end)
        if m is None or any(a < m.end() and m.start() < b for a, b in seen):
            continue
        if s[0].lower() in issues and not _joint().search(m[0]):
            continue
        end = _name_end(text, m.end(), sentence.end)
        seen.append((s.start(), end))
        yield _record(
            scan, s.start(), end, "signed", occasion, sentence, said_from=m.start() + 1, n_texts=1
        )


_SIGNED_GAP = re.compile(r"[^,;.()]{0,60}?(?=\b(?:đã )?được (?:ký|trao))")
_REVIEWED = re.compile(r"rà soát|đôn đốc|triển khai|thực hiện|phấn đấu|mục tiêu|ít nhất|dự kiến")
_IN_NAME = re.compile(
    r"(?:thực hiện|triển khai|theo|tận dụng|trong|của|từ|phê chuẩn|về) +(?:các +)?\Z"
)
_OWN_STOP = re.compile(r"[;]|\.\s")


def _of_another(text: str, signed: int, start: int) -> bool:
    """Whether a text named behind a signing is not what was signed, but the ground of something."""
    if _OWN_STOP.search(text, signed, start):
        return True
    return _IN_NAME.search(text[max(0, start - 24) : start]) is not None


@cache
def _ends() -> re.Pattern[str]:
    nouns = {t[0].upper() + t[1:] for t in load("commitments")["texts"]}
    return re.compile(
        rf"[;:.](?!\w)|, +|\.\.\.|…| +(?:{_words('name_ends')})(?!\w)"
        rf"| +(?:và|cùng) +(?=\d|(?:{alternation(nouns)})(?!\w))"
    )


def _name_end(text: str, start: int, end: int) -> int:
    """Where the name of a text ends; a comma inside a ministry's name does not end it."""
    limit = min(end, start + _LONGEST_NAME)
    at = start
    while (m := _ends().search(text, at, limit)) is not None:
        if m[0].startswith(",") and _MINISTRY_GOES_ON.search(text[start : m.start()]):
            follows = text[m.end() : m.end() + 24]
            if follows[:1].isupper() and not _named_text().match(follows):
                at = m.end()
                continue
        return m.start()
    return limit if limit == end else text.rfind(" ", start, limit)


_MINISTRY_GOES_ON = re.compile(r"(?:Bộ|Sở) [^,]*$")


@cache
def _sides() -> re.Pattern[str]:
    return re.compile(r" giữa (?P<one>.+?) (?:và|với) (?P<other>.+)$")


_SECOND_HALVES = re.compile(
    r"(?:Công nghệ|Đầu tư|Môi trường|Du lịch|Thương mại|Truyền thông|Đào tạo|Xã hội|Năng lượng"
    r"|Phát triển|Tài nguyên|Thể thao|Nông thôn|phát triển)"
)
_WITH = re.compile(
    r" (?:với|cùng) (?P<other>(?:Bộ|Sở|UBND|Tập đoàn|Công ty|Ngân hàng|tỉnh|[A-ZĐ]).+)$"
)


def _parties_of(words: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Between whom a text is, by its own words: "giữa A và B", "với B"."""
    at = words.find(" giữa ")
    if at >= 0:
        pair = words[at + 6 :]
        for m in re.finditer(r" (?:và|với) ", pair):
            if _SECOND_HALVES.match(pair, m.end()):
                continue
            return (pair[: m.start()].strip(),), (pair[m.end() :].strip(),)
        return (pair.strip(),), ()
    m = _WITH.search(words)
    return ((), (m["other"].strip(),)) if m is not None else ((), ())


def _record(
    scan: Scan, start: int, end: int, rule: str, occasion: _Occasion, sentence: Sentence, *,
    said_from: int, n_texts: int | None,
) -> Commitment:  # fmt: skip
    words = " ".join(scan.text[said_from:end].split())
    parties, counterparts = _parties_of(words)
    if not parties:
        parties = _subject(scan, sentence, start)
    if words.startswith("giữa"):
        words = "văn kiện " + words
    return Commitment(
        anchor=scan.document.anchor(start, max(end, start + 1)),
        rule=f"commitment.{rule}",
        confidence=0.85 if rule == "counted" else 0.8,
        what=_what(words),
        parties=parties,
        counterparts=counterparts,
        form="signed",
        n_texts=n_texts,
        event=_sentence_occasion(scan, sentence) or occasion.words,
        date=occasion.day,
    )


def _subject(scan: Scan, sentence: Sentence, at: int) -> tuple[str, ...]:
    """Both sides, if they are who signs."""
    m = scan.words.find(_cue("both"), sentence.start, at)
    return (" ".join(m[0].split()),) if m is not None else ()


def _what(words: str) -> str:
    cut = words.split(" giữa ", maxsplit=1)[0].split(" ")
    return " ".join(cut[:_MOST_WORDS]).strip(" ,;:(")


# Said


_PROMISE_REACH = 60


@cache
def _promise() -> re.Pattern[str]:
    data = load("commitments")
    words = both_cases({*data["promises"], *data["mutual_promises"]})
    return re.compile(rf"(?<!\w)(?:{alternation(words)})(?: +sẽ)?[ :]+$")


def _promised(scan: Scan, task: Task, occasion: _Occasion) -> Commitment | None:
    """The promise in a task that its issuer is to do; None if it is no promise."""
    if task.issuer is None or task.assignees != (task.issuer,):
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
    elif not (is_mutual or _is_foreign(scan, task.issuer)):
        return None
    sentence = _sentence_at(scan, start)
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
        event=_sentence_occasion(scan, sentence) or occasion.words,
        date=occasion.day,
    )


@cache
def _side() -> re.Pattern[str]:
    return re.compile(rf"(?:{_words('side')})(?!\w)")


def _is_foreign(scan: Scan, name: str) -> bool:
    """Whether a side is a partner, "phía X" or somebody whose office names one."""
    if _side().match(name):
        return "Việt Nam" not in name
    titles = " ".join(scan.titles_of.get(name, ())) + " " + name
    return any(
        scan.text[p.start : p.end] in titles for p in scan.partners if p.type in ("country", "bloc")
    )


_FOR_VIETNAM = re.compile(r"(?:cho|với|hỗ trợ|giúp|của) +(?:phía +)?Việt +Nam(?!\w)")


def _told_to(scan: Scan, task: Task) -> tuple[str, ...]:
    """To whom the promise is made, if its words say so."""
    words = scan.text[task.anchor.start : task.anchor.end]
    if task.issuer and "Việt Nam" not in task.issuer and _FOR_VIETNAM.search(words):
        return ("Việt Nam",)
    return ()


def _sentence_at(scan: Scan, at: int) -> Sentence:
    low, high = 0, len(scan.sentences)
    while high - low > 1:
        middle = (low + high) // 2
        if scan.sentences[middle].start <= at:
            low = middle
        else:
            high = middle
    return scan.sentences[low]


# Pledged


@cache
def _pledge() -> re.Pattern[str]:
    return re.compile(rf" +(?:một +)?(?:{_words('pledged')})(?!\w)")


def _pledged(scan: Scan, sentence: Sentence, occasion: _Occasion) -> Iterator[Commitment]:
    """Sums that are promised: "công bố khoản viện trợ 16 triệu USD"."""
    from vanban.readers.tasks.people import find_issuer

    amounts = [q for q in scan.quantities.get(sentence.index, ()) if q.unit != "percent"]
    if not amounts:
        return
    for m in scan.words.find_all(_cue("pledges"), sentence.start, sentence.end):
        if not _pledge().match(scan.text, m.end(), sentence.end):
            continue
        if _not_signed().search(
            scan.text, max(sentence.start, m.start() - _BEFORE // 2), m.start()
        ):
            continue
        q = next((q for q in amounts if m.end() < q.start < m.end() + 80), None)
        who = find_issuer(scan, sentence.start, m.start())
        if q is None or who is None:
            continue
        end = _clause_end(scan, m.end(), sentence.end)
        yield Commitment(
            anchor=scan.document.anchor(m.start(), end),
            rule="commitment.pledge",
            confidence=0.75,
            what=_what(" ".join(scan.text[m.end() : end].split())),
            parties=(who,),
            counterparts=("Việt Nam",) if _FOR_VIETNAM.search(scan.text, q.end, end) else (),
            form="said",
            n_texts=None,
            event=_sentence_occasion(scan, sentence) or occasion.words,
            date=occasion.day,
        )


_PLEDGE_END = re.compile(r"[;.](?!\d)| và (?=cam kết|sẽ|khẳng định|đề nghị)")


def _clause_end(scan: Scan, start: int, end: int) -> int:
    m = _PLEDGE_END.search(scan.text, start, end)
    return m.start() if m is not None else end


# The occasion


@cache
def _occasions() -> re.Pattern[str]:
    return re.compile(
        rf"(?<!\w)(?:{_words('occasion_links')}) +(?P<words>(?:{_words('occasions')})(?!\w)[^,;.:()]*)"
    )


def _sentence_occasion(scan: Scan, sentence: Sentence) -> str | None:
    """The meeting or visit a sentence itself says it speaks of."""
    m = _occasions().search(scan.text, sentence.start, sentence.end)
    if m is None:
        return None
    words = " ".join(m["words"].split())
    return words if len(words) <= _LONGEST_OCCASION else words[:_LONGEST_OCCASION].rsplit(" ", 1)[0]


_VISIT = re.compile(
    r"(?P<words>(?:chuyến )?(?:thăm|thăm và làm việc|thăm chính thức|thăm cấp Nhà nước|hội đàm)"
    r"(?: chính thức| cấp Nhà nước| làm việc| và làm việc)*(?: tới| tại| với)? [A-ZĐ][^,;.:()]{2,80})"
)


def _document_occasion(scan: Scan) -> _Occasion:
    """The meeting or the visit the whole text reports."""
    if scan.meeting is not None:
        words = scan.text[scan.meeting.start : scan.meeting.end]
        m = _MEETING.search(words)
        name = " ".join(m[0].split()) if m is not None else None
        return _Occasion(_shorten(name), scan.meeting.day)
    for sentence in scan.sentences[:_OPENING]:
        m = _VISIT.search(scan.text, sentence.start, sentence.end)
        if m is not None:
            return _Occasion(_shorten(_BEFORE_DAY.split(" ".join(m["words"].split()))[0]), None)
    return _Occasion(None, None)


_MEETING = re.compile(
    r"(?i:hội nghị|phiên họp|cuộc họp|kỳ họp|diễn đàn|hội thảo|tọa đàm|hội đàm|buổi làm việc|lễ ký"
    r"|đối thoại|buổi tiếp|buổi gặp)(?!\w)[^,;.:()]*"
)
_BEFORE_DAY = re.compile(r" (?:từ|vào|trong) (?:ngày|hai ngày|các ngày|\d)| theo lời mời")


def _shorten(words: str | None) -> str | None:
    if words is None or len(words) <= _LONGEST_OCCASION:
        return words
    return words[:_LONGEST_OCCASION].rsplit(" ", 1)[0]
