"""A body and a verb under an order given before, and by which rules nobody is told anything."""

import re
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from vanban.patterns import regex
from vanban.readers.tasks.bare.orders import DONE_REACH, Answer, Order, closes
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.fronts import verb_after
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.official import is_report
from vanban.readers.tasks.people import office_heads, split_assignees
from vanban.readers.tasks.reported import is_anybody, is_noun, is_so, narrates, was_signed
from vanban.scan import Scan

__all__ = ["by_who_acts"]


class Actor(NamedTuple):
    """Who stands before a verb of an order.

    Args:
        words: who it is, up to the verb at `begin`, which ends at `end`.
    """

    order: Order
    words: str
    begin: int
    end: int


def by_who_acts(order: Order) -> list[Found]:
    """The task of the body a clause begins with."""
    actor = _actor(order)
    if actor is None:
        return []
    for rule in _TOLD_NOTHING:
        if (found := rule(actor)) is not None:
            return found
    return _take(actor)


def _actor(order: Order) -> Actor | None:
    """Who a clause begins with that has a verb, which is none of a thing or of what was done."""
    scan, text, start, end = order.clause.scan, order.text, order.start, order.end
    named = scan.words.match(grammar().assignee, start, end)
    reached = verb_after(scan, named.end(), end) if named is not None else None
    if (
        reached is None
        or was_signed(text, reached[0], end, press=order.press or _tells_results(order))
        or scan.words.has(grammar().done, start, reached[1] + DONE_REACH)
        or text.startswith(_NO_ACTIONS, reached[0])
        or is_noun(text, reached[1], end)
    ):
        return None
    begin = reached[0]
    if (proposes := _PROPOSES.search(text, max(start, begin - 14), begin)) is not None:
        # "Cục Lãnh sự đề xuất mở rộng ...": to propose is what it is to do.
        begin = proposes.start(1)
    return Actor(order, text[start:begin], begin, reached[1])


def _tells_results(order: Order) -> bool:
    """Whether a clause stands in a report, but for what is to be done."""
    context = order.clause.context
    return context.section not in ("tasks", "kiến nghị") and order.clause.scan.once(is_report)


_NO_ACTIONS = ("đặt mục tiêu", "đặt chỉ tiêu", "làm công tác")
"""What a body has aimed at, and which one it is: "cán bộ làm công tác đối ngoại"."""
_PROPOSES = regex(r"(?<= )(đề xuất|kiến nghị|đề nghị) $")


# Who is told nothing


def _is_advised(actor: Actor) -> Answer:
    advised = actor.order.press and actor.order.text.startswith(_ADVICE, actor.begin)
    return [] if advised else None


_ADVICE = ("không nên", "luôn ")


def _stresses(actor: Actor) -> Answer:
    """Who stresses it orders it: "Thứ trưởng cũng nhấn mạnh nhiệm vụ tiếp tục ..."."""
    order = actor.order
    if not _STRESSES.search(actor.words):
        return None
    return [order.clause.task(actor.begin, order.end, order.rule, 0.8)]


_STRESSES = regex(r"nhấn mạnh (?:các |những )?(?:nhiệm vụ|yêu cầu|việc)(?: phải| cần)? $")


def _says_what_to_do(actor: Actor) -> Answer:
    """Who says what is to be done, to nobody: "Bộ A nêu rõ giảm xuất khẩu thô ..."."""
    order = actor.order
    if not order.story or (said := _SAYS_RIGHT_OUT.match(order.text, actor.begin)) is None:
        return None
    if order.clause.scan.words.match(grammar().verb, said.end(), order.end) is None:
        return None
    order.clause.state.issuer = actor.words.strip()
    return [order.clause.task(said.end(), order.end, order.rule, 0.75)]


_SAYS_RIGHT_OUT = regex(r"(?:nêu rõ|chỉ rõ|ghi rõ|nêu|làm rõ)(?: là| rằng|,)? (?=\w)")


def _is_no_body(actor: Actor) -> Answer:
    """Words that are too many, or say how it is with somebody."""
    words = actor.words
    stops = _STOP.search(words.split(": ", 1)[-1] if _OF_A_KIND.match(words) else words)
    return [] if len(words) >= _LONGEST_NAMED or stops or is_so(words) else None


_LONGEST_NAMED = 260
"""Code points between the front of a clause and the verb behind its assignee."""
_STOP = regex(r"[.:](?!\w)")
_OF_A_KIND = regex(r"[Cc]ác (?:[Bb]ộ|[Ss]ở)(?:, (?:ban, )?ngành)?: ")
"""Bodies of one kind, named behind a colon: "Các Bộ: Công Thương, Ngoại giao lập ..."."""


def _is_narrated(actor: Actor) -> Answer:
    if not actor.order.story:
        return None
    if narrates(actor.words):
        return []
    return [] if actor.order.rule == "task.context" and is_anybody(actor.words) else None


def _orders_others(actor: Actor) -> Answer:
    """Who is named and directs others: "Phó Chủ tịch A cũng chỉ đạo Công an tỉnh điều tra ..."."""
    order = actor.order
    scan, text, end = order.clause.scan, order.text, order.end
    if not order.story or not text[actor.begin : actor.end].endswith(("chỉ đạo", "giao")):
        return None
    people = scan.people_between(order.start, actor.begin)
    then = verb_after(scan, actor.end, end) if people else None
    told = text[actor.end : then[0]].strip() if then is not None else ""
    if then is None or not 0 < len(told) < _LONGEST_TOLD:
        return None
    state = order.clause.state
    state.issuer, state.assignees = people[-1].name, split_assignees(told) or (told,)
    return [order.clause.task(then[0], end, f"{order.rule}.named", 0.75)]


_LONGEST_TOLD = 60
"""Code points of who is told between "chỉ đạo" and what they are to do."""


def _is_told_of(actor: Actor) -> Answer:
    """Who is named or a country: the press tells it, and nobody orders it."""
    order = actor.order
    if not order.story:
        return None
    return closes(order) if _is_someone(order.clause.scan, order.start, actor.begin) else None


def _is_someone(scan: Scan, start: int, verb: int) -> bool:
    """Whether who does what is named or a country: the press tells it, and nobody orders it.

    Args:
        start, verb: where the body begins, and the verb behind it.
    """
    if scan.people_between(start, verb) or scan.partners_between(start, start + 1):
        return True
    if _ABROAD.search(scan.text, start, verb) is None and scan.partners_between(start, verb):
        # "Hải quan Hàn Quốc siết kiểm tra ...": what others do.
        return True
    return scan.text.startswith(_OURS, start)


_OURS = (
    "Việt Nam",
    "Chính phủ Việt Nam",
    "Nhà nước Việt Nam",
    "Đảng, Nhà nước",
    "Đảng và Nhà nước",
)


_ABROAD = regex(r"(?<!\w)(?:Vụ|Sở|[Tt]hị trường|[Pp]hía|tại|ở|với|[Hh]ai|2|Việt Nam|sang|đi)(?!\w)")
"""In bodies that may be told though a country stands in their name: "Thương vụ tại Chile"."""


def _says(actor: Actor) -> Answer:
    """What is said, not ordered: "Thứ trưởng đánh giá chuyến thăm thành công"."""
    order = actor.order
    says = _SAYS_OR_MEETS if order.press else _SAYS
    said = order.text.startswith(says, actor.begin) and _official().match(actor.words)
    return closes(order) if said else None


_SAYS = (
    "đánh giá", "thông tin", "chia sẻ", "nhận định", "khẳng định", "ghi nhận", "trao đổi",
    "thảo luận", "trình bày", "đưa ra ý kiến", "cho ý kiến", "cũng đưa ra ý kiến",
)  # fmt: skip
_SAYS_OR_MEETS = (*_SAYS, "làm việc với")


@cache
def _official() -> re.Pattern[str]:
    """An office or who stands for a body; its committee may be told."""
    return regex(
        rf"(?:{office_heads()}|[Ôô]ng|[Bb]à|Lãnh đạo|Đại diện|Thường trực)"
        r"(?! UBND)(?<! UBND tỉnh)(?<! UBND thành phố)(?!\w)"
    )


def _is_a_pronoun(actor: Actor) -> Answer:
    return [] if actor.words.strip() in _PRONOUNS else None


_PRONOUNS = ("ông", "bà", "Ông", "Bà", "Ngài", "ngài")


_TOLD_NOTHING: tuple[Callable[[Actor], Answer], ...] = (
    _is_advised,
    _stresses,
    _says_what_to_do,
    _is_no_body,
    _is_narrated,
    _orders_others,
    _is_told_of,
    _says,
    _is_a_pronoun,
)


# Who is told


def _take(actor: Actor) -> list[Found]:
    """The task of a body, which is who is told from here on."""
    order, words = actor.order, actor.words
    state = order.clause.state
    state.assignees = split_assignees(words) or state.assignees
    if _BOTH_SIDES.match(words) and order.text[actor.begin : actor.end].endswith(_TALKED):
        # "Hai bên cũng trao đổi ...": what was talked about.
        return []
    asked = state.cued and state.rule in ("ask", "require")
    if _BOTH_SIDES.fullmatch(words.strip()) and not (asked and order.rule == "task.carried"):
        # "Hai bên khuyến khích ...": who agrees is who does.
        state.issuer = words.strip()
    return [order.clause.task(actor.begin, order.end, f"{order.rule}.named", 0.8)]


_BOTH_SIDES = regex(r"(?:[Hh]ai|2) (?:bên|nước|phía|Thủ tướng|Bộ trưởng|nhà lãnh đạo)")
_TALKED = ("trao đổi", "thảo luận", "chia sẻ", "ủng hộ", "ký", "ký kết")
