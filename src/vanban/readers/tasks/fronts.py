"""Where a clause's own words begin, and where its verb does."""

import re
from functools import cache

from vanban.patterns import Ending, regex
from vanban.readers.tasks.deadlines import HOUR
from vanban.readers.tasks.grammar import grammar, right_before
from vanban.scan import Scan
from vanban.words import Words

__all__ = ["colon_follows", "has_cue", "skip_blank", "skip_front", "skip_number", "verb_after"]


@cache
def _noun_before() -> Ending:
    return right_before("noun_before")


def skip_front(words: Words, start: int, end: int) -> int:
    """Past numbering, connectives and topic frames, to where the assignee or the verb begins.

    Args:
        start, end: half-open run of the clause.
    """
    g, text = grammar(), words.text
    for _ in range(4):
        while start < end and text[start] in ' “"‘,:':
            start += 1
        m = skip_number(text, start, end)
        if m is not None and m.end() < end:
            start = m.end()
            continue
        m = words.match(g.connective, start, end)
        if m is not None and m.end() < end:
            start = m.end()
            continue
        if text[start] in _DUE_LETTERS and (m := _DUE_FRONT.match(text, start, end)) is not None:
            start = m.end()
            continue
        m = words.match(g.frame, start, end)
        if m is None or m.end() >= end or words.match(g.verb, start, m.end()):
            return start
        if words.has(g.done, start, m.end()) and not m[0].rstrip().endswith(" thì"):
            # "Năm 2024 Đại sứ quán đã tổ chức ..., đón ...": no frame, but what was done.
            return start
        start = _behind_more_commas(words, m.end(), end, beside=m[0].startswith(_BESIDE))
    return start


_DUE_LETTERS = frozenset("cCmMtTđĐhH")
"""Letters that the words of such a day begin with."""
_DUE_FRONT = regex(
    r"(?:[Cc]hậm nhất|[Mm]uộn nhất|[Tt]rước|[Đđ]ến|[Hh]ạn cuối)"
    rf"(?: (?:là|đến|vào|trước|hết|trong|lúc))*(?: {HOUR})?"
    r" (?:(?:hết )?ngày )?(?:\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?"
    r"|\d{1,2} tháng \d{1,2}(?: năm \d{4})?),? +(?=[^\W\d_])(?!năm |và |đến |tới )"
)
"""The day by which what follows is due: "chậm nhất 17h00 ngày 10/12/2026 gửi báo cáo ..."."""
_MORE_COMMAS = regex(r"[^,;:.“”]{2,60}, +")
_MOST_COMMAS = 3


_BESIDE = ("Bên cạnh", "bên cạnh", "Cùng với", "cùng với", "Ngoài", "ngoài")


def _behind_more_commas(words: Words, start: int, end: int, *, beside: bool) -> int:
    """Past the further parts of a frame, where who is told follows: "Ngoài A, B, tỉnh ...".

    Args:
        start: where its first part ends.
        beside: whether it says beside what else something has to be done.
    """
    g, at = grammar(), start
    if words.match(g.assignee, at, end):
        return start
    acts = words.match(g.verb, at, end) is not None
    if acts and not beside:
        return start
    for _ in range(_MOST_COMMAS):
        m = _MORE_COMMAS.match(words.text, at, end)
        if m is None or words.has(g.done, at, m.end()) or words.has(g.modal, at, m.end()):
            return start
        at = m.end()
        if words.match(g.assignee, at, end):
            # "Bên cạnh nhiệm vụ thông tin, quảng bá ..., các Đại sứ cần ...": the verbs are of it.
            return at if not acts or words.has(g.modal, at, end) else start
    return start


def skip_number(text: str, start: int, end: int) -> re.Match[str] | None:
    """The number or the mark of a list's item that begins at an offset; None if none does."""
    first = text[start : start + 1]
    if first.isalpha() and first not in "IVX" and text[start + 1 : start + 2] not in (".", ")"):
        return None
    return grammar().number.match(text, start, end)


def verb_after(scan: Scan, start: int, end: int) -> tuple[int, int] | None:
    """The first verb or modal behind a noun phrase; names of bodies are not searched.

    Args:
        start, end: where the noun phrase begins, and the clause ends.
    Returns:
        Half-open run of the verb with its adverbs, or of the modal with its verb.
    """
    g, text, words = grammar(), scan.text, scan.words
    at = start
    while True:
        verb = words.find(g.verb, at, end)
        modal = words.find(g.modal, at, end)
        if modal is not None and (verb is None or modal.start() <= verb.start()):
            if g.modal_not_before.match(text, modal.end(), end) or g.modal_not_after.search(
                text, start, modal.start()
            ):
                at = modal.end()
                continue
            following = words.match(g.verb, skip_blank(text, modal.end()), end)
            return modal.start(), following.end() if following else modal.end()
        if verb is None:
            return None
        if verb[0].startswith("không ") and text.endswith("àng ", start, verb.start()):
            # "Cảng hàng không": no word of "không hoàn thành".
            at = verb.start() + len("không ")
            continue
        if verb[0].startswith("không ") or (
            not (verb[0][0].isupper() or _is_part_of_a_noun(text, verb))
            and (
                text.endswith(_OF_NAMES, max(start - 12, 0), verb.start())
                or _bodies_act(text, verb)
                or not _noun_before().search(text, max(start - 12, 0), verb.start())
            )
        ):
            return verb.span()
        at = verb.end() if verb[0][0].isupper() else verb.start() + 1


def _is_part_of_a_noun(text: str, verb: re.Match[str]) -> bool:
    """Whether a verb's letters are the end of a noun, or "lãnh đạo" are leaders."""
    if verb["verb"] == "trình":
        return _PLANS.search(text, max(0, verb.start("verb") - 12), verb.start("verb")) is not None
    if verb["verb"] in ("xuất khẩu", "nhập khẩu"):
        return text.endswith(_GOODS, 0, verb.start())
    return verb["verb"] == "lãnh đạo" and text.endswith(_WITH, 0, verb.start())


_PLANS = regex(
    r"(?i:(?<!\w)(?:chương|công|quy|lộ|(?<!du )lịch|hành|tiến|giáo|thuyết|tờ|quá|vô|đăng|phát"
    r"|tường)) $"
)
"""What "trình" closes: "chương trình", "công trình", "lộ trình"."""
_GOODS = ("nông sản ", "hủy sản ", "huỷ sản ", "hàng hóa ", "hàng hoá ", "rái cây ", "mặt hàng ")
"""Which goods they are: "các tỉnh có nông sản xuất khẩu"."""
_WITH = ("với ", "của ", "cùng ", "và ")


def _bodies_act(text: str, verb: re.Match[str]) -> bool:
    """Whether bodies have a verb with an object: "các cơ quan rà soát các thủ tục"."""
    return (
        text.endswith(_BODIES, 0, verb.start())
        and (_OBJECT if verb["verb"] != "quản lý" else _HOW).match(text, verb.end()) is not None
    )


_BODIES = ("ác cơ quan ", "ác bộ phận ", "ác đối tác ", "ác chi nhánh ", "ác nhóm ")
_OBJECT = regex(
    r" (?:việc|các|những|ngay|lại|toàn bộ|chính sách|cơ chế|phương án|đề án|hồ sơ|thủ tục|quy định)"
    r"(?!\w)"
)
_HOW = regex(r" (?:chặt chẽ|chặt|nghiêm|tốt)(?!\w)")
"""Behind "các cơ quan quản lý", how they are to: that is no part of their name."""
_OF_NAMES = ("oa Kỳ ", "hĩ Kỳ ", "hủ dự án ", "ãnh sự ", "hân sự ", "uân sự ", "ình sự ", "ân sự ")
"""Names of offices end so: "Cục Lãnh sự rà soát" is no "sự rà soát"."""


def colon_follows(text: str, at: int) -> bool:
    """Whether a colon stands at an offset or behind the blank there."""
    return text[at : at + 2].lstrip().startswith(":")


def skip_blank(text: str, at: int) -> int:
    """Past the blanks that begin at an offset."""
    while at < len(text) and text[at] == " ":
        at += 1
    return at


def has_cue(scan: Scan, start: int, end: int) -> bool:
    """Whether anything in `[start, end)` tells, plans or announces."""
    g, has = grammar(), scan.words.has
    return (
        has(g.directive, start, end)
        or has(g.modal, start, end)
        or has(g.plan, start, end)
        or has(g.opener, start, end)
        or has(g.promise, start, end)
        or has(g.passive, start, end)
    )
