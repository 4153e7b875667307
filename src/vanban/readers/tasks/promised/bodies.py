"""Words that name one body, or several persons, bodies or countries, and nothing else."""

import re
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import office_heads, split_assignees
from vanban.scan import Scan

__all__ = ["ALREADY", "LONGEST_TWO", "TELLS", "body_alone", "joint", "office"]

ALREADY = regex(r"(?: (?:bày tỏ|cũng|đã|vừa|đều|cùng))+$")
"""Behind who promises, what is not of his name."""
TELLS = regex(
    r" (?:đã|đang|sẽ|cần|phải|được|bị|là|có|cho|để|nhấn mạnh|khẳng định|đánh giá|bày tỏ|đề nghị"
    r"|trao đổi|thảo luận|ủng hộ|tiếp|gặp|hội đàm|với|về|ghi nhận|hoan nghênh|cảm ơn)(?!\w)"
)
"""In words that may name somebody, what tells something."""
LONGEST_TWO = 140
"""Code points of the names of two who promise together."""


# Alone


def body_alone(words: str) -> str | None:
    """The body that some words name and nothing else: "Các doanh nghiệp Nhật Bản"."""
    words = ALREADY.sub("", words)
    if _SHORT.search(words):
        # "Các doanh nghiệp (DN) xuất khẩu"
        return words if body_alone(_SHORT.sub("", words)) is not None else None
    named = split_assignees(words) if _OF_MANY_WORDS.fullmatch(words) else ()
    if named != (words,) or not words[0].isupper():
        return None
    if grammar().assignee.pattern.fullmatch(words):
        return words
    # A name may hold a verb: "Cơ quan Hợp tác phát triển Luxembourg".
    named_so = words.rsplit(" ", 1)[-1][:1].isupper()
    verbs = grammar().verb.pattern.finditer(words)
    known = load("tasks")["verbs_in_names"]
    return words if named_so or all(v["verb"] in known for v in verbs) else None


_SHORT = regex(rf" \([{UPPER}]{{2,8}}\)")
_OF_MANY_WORDS = regex(r"[^,;.:“”\"]{6,90}")


# Together


def joint(clause: Clause, end: int) -> str | None:
    """Who promise together, as written: "Thủ tướng A và Tổng thống B", "lãnh đạo Bộ A, Cục B"."""
    scan, text = clause.scan, clause.scan.text
    if not any(text.find(mark, clause.start, end) >= 0 for mark in (", ", " và ", "ại diện ")):
        return None
    last = clause.front + len(ALREADY.sub("", text[clause.front : end].rstrip()))
    starts = [clause.front, *(m.end() for m in _COMMAS.finditer(text, clause.front, last))]
    for start in starts:
        words = " ".join(text[start:last].split())
        if len(words) < LONGEST_TWO and (
            _name_together(words) or _two_countries(scan, words, start)
        ):
            people = scan.people_between(start, last)
            alone = len(people) == 1 and people[0].start <= start and people[0].end >= last
            return None if alone else words
    return None


_COMMAS = regex(r", (?!Thể thao|Tài nguyên|Phát triển nông thôn)")


def _two_countries(scan: Scan, words: str, start: int) -> bool:
    """Whether some words are two partners and nothing else: "Hàn Quốc và Pháp"."""
    found = [scan.text[p.start : p.end] for p in scan.partners_between(start, start + len(words))]
    return len(found) == 2 and words == " và ".join(found)


def _name_together(words: str) -> bool:
    """Whether some words are two bodies or more, two persons, or who stands for both sides."""
    if _STANDS_FOR.fullmatch(words) or _TWO_STATES.fullmatch(words):
        return True
    parts = _PARTS.split(words)
    if len(parts) < 2 or not all(office().match(p) or _body_or_letters(p) for p in parts):
        return False
    return TELLS.search(words) is None


_PARTS = regex(
    r", (?!Thể thao|Tài nguyên)| và (?!Môi trường|Du lịch|Phát triển|Đầu tư|Công nghệ"
    r"|Đào tạo|Truyền thông|Xã hội|Thể thao|Thương mại|Công nghiệp)"
)
_STATE = rf"[{UPPER}]\w+(?: [{UPPER}]\w+){{0,2}}"
_TWO_STATES = regex(rf"Việt Nam và {_STATE}|{_STATE} và Việt Nam")
_STANDS_FOR = regex(r"[Đđ]ại diện (?:lãnh đạo )?(?:hai|các) (?:bên|nước|phía|Bộ)")


def _body_or_letters(words: str) -> bool:
    return bool(_LETTERS.fullmatch(words)) or bool(
        grammar().assignee.pattern.match(words) and len(words.split()) <= _MOST_WORDS
    )


_MOST_WORDS = 10
_LETTERS = regex(rf"[{UPPER}][{UPPER}&-]{{1,9}}")


@cache
def office() -> re.Pattern[str]:
    return regex(rf"(?:[Ôô]ng |[Bb]à |[Đđ]ồng chí )?{office_heads()}(?!\w)")
