"""Who tells: the one named before a verb of telling, else who told or spoke before."""

import re
from collections.abc import Callable

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.people import find_issuer
from vanban.readers.tasks.planned import speaks_for_vietnam
from vanban.readers.tasks.promised import body_alone, first_subject, joint, sentence_subject

__all__ = ["NAME_ALONE", "teller"]


def teller(clause: Clause, m: re.Match[str]) -> str | None:
    """Who tells by a verb of telling; None if nobody is known to."""
    context, issuer = clause.context, None
    for rule in _TELLERS:
        if (issuer := rule(clause, m)) is not None:
            break
    if issuer == "Việt Nam" and speaks_for_vietnam(clause):
        return context.speaker
    if issuer is None and (m.start() == clause.start or context.speaker is not None):
        return context.speaker or context.issuer
    return issuer


# Named before the verb


def _who_agree(clause: Clause, m: re.Match[str]) -> str | None:
    """Who tell together what they agreed to: "Thủ tướng A và Thủ tướng Lào B nhất trí giao"."""
    agreed = _AGREED.search(clause.scan.text, clause.start, m.start())
    return joint(clause, agreed.start()) if agreed is not None else None


_AGREED = regex(r" (?:đã |cùng )?(?:nhất trí|thống nhất) (?:sẽ )?$")


def _who_is_named(clause: Clause, m: re.Match[str]) -> str | None:
    return find_issuer(clause.scan, clause.start, m.start())


def _unit(clause: Clause, m: re.Match[str]) -> str | None:
    """A unit without its name: "Cục đề nghị ...", "Cử tri kiến nghị ..."."""
    unit = _UNIT.match(clause.scan.text, clause.front, m.start())
    if unit is None:
        return None
    return _in_full(clause, unit[0].removesuffix(" ").removesuffix(" cũng").strip())


_UNIT = regex(
    r"(?:Cử tri|Doanh nghiệp|DN|Kiều bào|Đại biểu|Hiệp hội|Vụ|Cục"
    r"|Sở|Tỉnh|Thành phố|Thương vụ|Đại sứ quán)(?: cũng)? *$"
)


def _in_full(clause: Clause, unit: str) -> str:
    """The body that a bare "Cục", "Sở" means: the last one named so before, else as written."""
    if unit not in _UNITS_OF_NAMES:
        return unit
    before = clause.scan.text[max(0, clause.start - _NAMED_BEFORE) : clause.start]
    named = rf"(?<!\w){unit} (?>{_OF_A_NAME})(?! các(?!\w))(?: tỉnh(?: [{UPPER}]\w+){{1,3}})?"
    names = [m[0] for m in re.finditer(named, before)]
    return " ".join(names[-1].split()) if names else unit


_NAMED_BEFORE = 20_000
"""Code points before a bare "Cục" in which its name is looked for."""
_UNITS_OF_NAMES = ("Cục", "Vụ", "Sở", "Thương vụ", "Hiệp hội", "Đại sứ quán")
_OF_A_NAME = (
    rf"[{UPPER}]\w+(?: (?:[{UPPER}][\w&]*|và(?= [{UPPER}])|(?!(?:đã|vừa|cũng|cho|thông|yêu"
    rf"|khuyến|đề|có|là|tổ|phối|tiếp|đang|sẽ|cần|phải|về|tại|do|với|để|trong|khi|được|của"
    rf"|thuộc|và|nêu|nhận|theo|tỉnh|các)"
    rf"(?!\w))[^\W\d_{UPPER}]+)){{0,9}}"
)


def _body(clause: Clause, m: re.Match[str]) -> str | None:
    """A body alone: "Để bảo đảm quyền lợi, cơ quan điều tra đề nghị ..."."""
    words = clause.scan.text[clause.front : m.start()].strip()
    framed_off = " " in words and clause.front > clause.start and not words.startswith("đồng")
    whole = body_alone(words[0].upper() + words[1:] if framed_off else words)
    return words[: len(whole)] if whole is not None else None


def _name(clause: Clause, m: re.Match[str]) -> str | None:
    """A name alone: "EuroCham đề xuất ..."; for a province who speaks does."""
    words = clause.scan.text[clause.front : m.start()].strip()
    if not NAME_ALONE.fullmatch(words) or words in _NO_NAMES:
        return None
    of_place = words in load("places")["provinces"] and clause.context.speaker is not None
    return None if of_place else words


NAME_ALONE = regex(rf"[{UPPER}][\w&]*(?:-\w+)*(?: [{UPPER}][\w&]*(?:-\w+)*){{0,3}}")
"""A firm named by its name: "mong Texhong mở rộng đầu tư"."""
_NO_NAMES = (
    "Qua",
    "Đồng",
    "Cũng",
    "Ông",
    "Bà",
    "Ngài",
    "Tuy",
    "Do",
    "Vì",
    "Sau",
    "Riêng",
    "Tôi",
    "Ta",
    "Anh",
)


# Who goes on


def _who_told_before(clause: Clause, m: re.Match[str]) -> str | None:
    return clause.state.issuer if clause.state.cued else None


def _subject_of_the_sentence(clause: Clause, m: re.Match[str]) -> str | None:
    goes_on = m.start() == clause.start > clause.sentence.start
    return sentence_subject(clause) if goes_on else None


_TELLERS: tuple[Callable[[Clause, re.Match[str]], str | None], ...] = (
    _who_agree,
    first_subject,
    _who_is_named,
    _unit,
    _body,
    _name,
    _who_told_before,
    _subject_of_the_sentence,
)
