"""Who a sentence or a clause begins with whose verb goes on."""

import re
from collections.abc import Iterable
from functools import cache

from vanban.data import load
from vanban.patterns import Cue, cue, regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.fronts import skip_front
from vanban.readers.tasks.grammar import LONGEST_OWN_SUBJECT, grammar
from vanban.readers.tasks.people import find_issuer
from vanban.readers.tasks.promised.bodies import LONGEST_TWO, TELLS, body_alone
from vanban.scan import Scan

__all__ = ["both_before", "first_subject", "sentence_subject"]


def sentence_subject(clause: Clause) -> str | None:
    """Who the sentence of a later clause begins with: "X đánh giá cao ... và đề nghị ..."."""
    scan, start = clause.scan, clause.sentence.start
    g = grammar()
    cues = (g.speech, g.directive, g.promise, _thanks())
    if (first := _first_said(scan, cues, start, clause.start)) is not None:
        named = find_issuer(scan, start, first)
        spoken_for = _SPOKEN_FOR.search(scan.text, start, first) if named is None else None
        return spoken_for["who"].strip() if spoken_for is not None else named
    people = scan.people_between(start, min(clause.start, start + LONGEST_OWN_SUBJECT))
    if people:
        return people[0].name
    both = _BOTH_BEGIN.match(scan.text, skip_front(scan.words, start, clause.start), clause.start)
    return both[0] if both is not None else None


_SPOKEN_FOR = regex(r"(?:^|, )(?P<who>[Đđ]ại diện [^;:.]{3,90}?)(?: đã| cũng)? $")
"""Who speaks for others: "Báo cáo với Thủ tướng, đại diện các đại sứ bày tỏ ..."."""


def first_subject(clause: Clause, m: re.Match[str]) -> str | None:
    """Who a clause begins with whose verb goes on: "X cảm ơn việc Y sẽ thăm, đề nghị ..."."""
    scan = clause.scan
    if _GOES_ON.search(scan.text, clause.start, m.start()) is None:
        return None
    first = _first_said(scan, (grammar().speech, _thanks()), clause.start, m.start())
    if first is None and (met := _MEETS.search(scan.text, clause.front, m.start())) is not None:
        # "Kiều bào gặp Thủ tướng A, mong ...": who met him asks.
        first = met.start()
    if first is None:
        return None
    words = scan.text[clause.front : first].strip()
    if len(words) < LONGEST_TWO and _FOR_MANY.match(words) and TELLS.search(words) is None:
        # "Lãnh đạo các tỉnh A, B và C đánh giá cao ... và cam kết ..."
        return " ".join(words.split())
    issuer = find_issuer(scan, clause.start, first)
    if issuer is None and clause.start > clause.sentence.start:
        issuer = sentence_subject(clause)
    if issuer is None and words and body_alone(words[0].upper() + words[1:]) is not None:
        # "Các doanh nghiệp dệt may gặp Bộ trưởng A, kiến nghị ..."
        issuer = " ".join(words.split())
    return issuer


_GOES_ON = regex(r"(?:,|(?<!\w)và|;)(?: đồng thời| cũng)? $")
_MEETS = regex(
    r"(?<=\w) (?:đã |vừa )?(?:gặp|gặp gỡ|tiếp|đón|hội kiến(?: với)?|hội đàm với|đối thoại với"
    r"|làm việc với|trao đổi với|tiếp xúc với) (?=[^,;:.]{3,110}(?:,| và) )"
)
"""Behind who speaks on, whom he met: "A tiếp Đại sứ B, đề nghị ..."."""
_FOR_MANY = regex(r"(?:Lãnh đạo|Đại diện(?: lãnh đạo)?) (?:các|một số|nhiều) [^,;:.]+(?:, | và )")


def both_before(clause: Clause) -> str | None:
    """Both sides, if the sentence before begins with them: "Hai lãnh đạo ... . Nhất trí ..."."""
    sentences, index = clause.scan.sentences, clause.sentence.index
    if index == 0 or (m := _BOTH_BEGIN.match(clause.scan.text, sentences[index - 1].start)) is None:
        return None
    return m[0]


_BOTH_BEGIN = regex(
    r"[Hh]ai (?:bên|nước|phía|(?:nhà |Nhà )?[Ll]ãnh đạo|Thủ tướng|Bộ trưởng|Tổng Bí thư)(?!\w)"
)


def _first_said(scan: Scan, cues: Iterable[Cue], start: int, end: int) -> int | None:
    """Where the first word of some cues stands; "Ngoại giao" holds no "giao"."""
    found = (
        m.start()
        for of in cues
        for m in scan.words.find_all(of, start, end)
        if not scan.text.endswith(_IN_WORDS, start, m.start())
    )
    return min(found, default=None)


_IN_WORDS = ("goại ", "huyển ", "bàn ")


@cache
def _thanks() -> Cue:
    """The words by which somebody thanks, welcomes or praises."""
    return cue([w for w in load("tasks")["praise"] if w not in ("hài lòng", "sẵn sàng")])
