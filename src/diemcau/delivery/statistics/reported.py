"""Figures of somebody's report on tasks, checked: do the cells add up, and what are the shares of.

Nothing is corrected. Where a sum fails, the swap of two neighbouring digits that would mend it is
named as a possibility; of each percentage the division is sought that gives it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum

from diemcau.directory.cells import number_in

__all__ = [
    "Cell",
    "Checked",
    "Found",
    "How",
    "Reported",
    "Sum",
    "Swap",
    "check",
    "read_number",
    "read_reported",
    "read_share",
]


class Cell(StrEnum):
    """What reports on tasks count.

    Source: Report 1270/BC-TCTTTg of 27 December 2017, the four cells and their sums.
    """

    ASSIGNED = "assigned"
    DONE = "done"
    ON_TIME = "on_time"
    LATE = "late"
    OPEN = "open"
    IN_TIME = "in_time"
    OVERDUE = "overdue"


_SUMS = (
    (
        Cell.ASSIGNED,
        ((Cell.DONE, Cell.ON_TIME, Cell.LATE), (Cell.OPEN, Cell.IN_TIME, Cell.OVERDUE)),
    ),
    (Cell.DONE, ((Cell.ON_TIME,), (Cell.LATE,))),
    (Cell.OPEN, ((Cell.IN_TIME,), (Cell.OVERDUE,))),
)
"""What adds up to what: a part is its own number, or else the sum of its parts."""


class How(StrEnum):
    """By which arithmetic a division gives a stated percentage."""

    ROUNDED = "rounded"
    CUT = "cut"
    REST = "rest"


@dataclass(frozen=True, slots=True)
class Reported:
    """What a report states.

    Args:
        counts: by cell; what it does not state is left out.
        shares: percentages by the cell they are told of, with the digits they are told with.
    """

    counts: Mapping[Cell, int]
    shares: Mapping[Cell, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Swap:
    """Two neighbouring digits that, changed about, would make a sum hold."""

    cell: Cell
    stated: int
    would_be: int


@dataclass(frozen=True, slots=True)
class Sum:
    """One sum of the report.

    Args:
        parts: cells that are to add up to `whole`.
        missing: what the parts lack, negative where they exceed it; 0 holds.
        swaps: that would mend it; empty where it holds.
    """

    whole: Cell
    stated: int
    parts: tuple[Cell, ...]
    added: int
    swaps: tuple[Swap, ...] = ()

    @property
    def missing(self) -> int:
        return self.stated - self.added


@dataclass(frozen=True, slots=True)
class Found:
    """A division that gives a stated percentage.

    Args:
        part, whole: its terms; for REST, the other percentages instead.
        base: what `whole` counts: "assigned", "due" (done and overdue), "done", "open".
        exact: the percentage to three digits.
        swap: the division holds only if these digits were swapped.
    """

    how: How
    part: int = 0
    whole: int = 0
    base: str = ""
    exact: Decimal = Decimal(0)
    others: tuple[Decimal, ...] = ()
    swap: Swap | None = None


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found.

    Args:
        sums: those the report states all terms of.
        shares: of each percentage, the divisions that give it, the likeliest first; an empty
            list where none does.
    """

    sums: tuple[Sum, ...]
    shares: Mapping[Cell, list[Found]]

    @property
    def holds(self) -> bool:
        return all(one.missing == 0 for one in self.sums) and all(self.shares.values())


def check(told: Reported) -> Checked:
    """Check what a report states against itself.

    Source: the published cases of 2017 and 2025, with their addresses, stand on its page.
    """
    sums = tuple(_sums(told.counts))
    swaps = [swap for one in sums for swap in one.swaps]
    return Checked(sums, {cell: _of_what(told, cell, swaps) for cell in told.shares})


def _sums(counts: Mapping[Cell, int]) -> Iterator[Sum]:
    for whole, groups in _SUMS:
        if whole not in counts:
            continue
        parts: list[Cell] = []
        for group in groups:
            head, *rest = group
            if head in counts:
                parts.append(head)
            elif rest and all(cell in counts for cell in rest):
                parts.extend(rest)
            else:
                parts = []
                break
        if not parts:
            continue
        added = sum(counts[cell] for cell in parts)
        one = Sum(whole, counts[whole], tuple(parts), added)
        yield Sum(whole, one.stated, one.parts, added, tuple(_swaps(one, counts)))


def _swaps(one: Sum, counts: Mapping[Cell, int]) -> Iterator[Swap]:
    if not one.missing:
        return
    for cell in (*one.parts, one.whole):
        wanted = counts[cell] + (one.missing if cell in one.parts else -one.missing)
        digits = str(counts[cell])
        for at in range(len(digits) - 1):
            changed = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
            if changed != digits and changed[0] != "0" and int(changed) == wanted:
                yield Swap(cell, counts[cell], wanted)


def _of_what(told: Reported, cell: Cell, swaps: list[Swap]) -> list[Found]:
    stated = told.shares[cell]
    others = tuple(share for one, share in told.shares.items() if one != cell)
    found = []
    # The last cell of a report is often what the others leave of a hundred.
    if others and sum(others) + stated == 100 and cell in told.counts:
        found.append(Found(How.REST, others=others))
    numbers: list[tuple[int, Swap | None]] = []
    if cell in told.counts:
        numbers.append((told.counts[cell], None))
    numbers += [(swap.would_be, swap) for swap in swaps if swap.cell == cell]
    for part, swap in numbers:
        for base, whole in _bases(told.counts, swap):
            if not whole or part > whole or cell not in _WITHIN[base]:
                continue
            exact = Decimal(part) * 100 / whole
            for how, rounding in ((How.ROUNDED, ROUND_HALF_UP), (How.CUT, ROUND_DOWN)):
                if exact.quantize(stated, rounding=rounding) == stated:
                    kept = exact.quantize(Decimal("0.001"), rounding=ROUND_HALF_UP)
                    found.append(Found(how, part, whole, base, kept, swap=swap))
                    break
    order = list(How)
    return sorted(found, key=lambda one: (order.index(one.how), one.swap is not None))


_OF_DONE, _OF_OPEN = {Cell.ON_TIME, Cell.LATE}, {Cell.IN_TIME, Cell.OVERDUE}
_WITHIN = {
    "assigned": set(Cell) - {Cell.ASSIGNED},
    "due": {Cell.DONE, Cell.OVERDUE, *_OF_DONE},
    "done": _OF_DONE,
    "open": _OF_OPEN,
}
"""The cells a base holds: nothing is a share of what it is no part of."""


def _bases(counts: Mapping[Cell, int], swap: Swap | None) -> Iterator[tuple[str, int]]:
    held = dict(counts)
    if swap is not None:
        held[swap.cell] = swap.would_be
    done = held.get(Cell.DONE)
    if done is None and Cell.ON_TIME in held and Cell.LATE in held:
        done = held[Cell.ON_TIME] + held[Cell.LATE]
    if Cell.ASSIGNED in held:
        yield "assigned", held[Cell.ASSIGNED]
    if done is not None and Cell.OVERDUE in held:
        yield "due", done + held[Cell.OVERDUE]
    if done is not None:
        yield "done", done
    if Cell.OPEN in held:
        yield "open", held[Cell.OPEN]
    elif Cell.IN_TIME in held and Cell.OVERDUE in held:
        yield "open", held[Cell.IN_TIME] + held[Cell.OVERDUE]


# Reading them in a sentence

_NUMBER = re.compile(r"(?<![\d.,/])(\d{1,3}(?:[.,]\d{3})+|\d+)(?![\d/]|[.,]\d|\s*%)")
_SHARE = re.compile(r"(\d{1,3}(?:[.,]\d{1,3})?)\s*%")
_AMONG = re.compile(r"(?:trong đó|bao gồm|gồm)\b", re.IGNORECASE)
_CLAUSE = re.compile(
    r"([;\n]|[,:.](?!\d)|\((?=[^)%]*\d[^)%]*\))|(?=\btrong đó\b|\b(?:bao )?gồm\b))", re.IGNORECASE
)
_COLON = re.compile(r":\s*(?=\d[\d.,]*(?:\s*nhiệm vụ|\s*việc)?\s*(?:[;,.(\n]|$))")
"""Between what is counted and its number alone: "được giao: 6; đã hoàn thành: 4"."""
_DATE = re.compile(
    r"\d{1,2}/\d{1,2}(?:/\d{2,4})?|\d{1,2}[.-]\d{1,2}[.-]\d{4}|(?:năm|tháng|ngày)\s+\d+",
    re.IGNORECASE,
)
_WORDS = (
    (Cell.ON_TIME, re.compile(r"hoàn thành.{0,12}đúng hạn|đúng hạn", re.IGNORECASE)),
    (Cell.IN_TIME, re.compile(r"(?:trong|chưa đến|chưa tới)\s+(?:thời\s+)?hạn", re.IGNORECASE)),
    (
        Cell.LATE,
        re.compile(r"(?<!chưa )hoàn thành.{0,12}(?:quá hạn|chậm|muộn|trễ)", re.IGNORECASE),
    ),
    (Cell.OVERDUE, re.compile(r"quá hạn", re.IGNORECASE)),
    (Cell.OPEN, re.compile(r"chưa hoàn thành|đang thực hiện", re.IGNORECASE)),
    (Cell.DONE, re.compile(r"hoàn thành", re.IGNORECASE)),
    (Cell.ASSIGNED, re.compile(r"\bgiao\b|tổng số|nhiệm vụ", re.IGNORECASE)),
)

_ONCE_DONE = {Cell.IN_TIME: Cell.ON_TIME, Cell.OVERDUE: Cell.LATE}
"""What the words of a cell mean of tasks that are done."""
_NOT_YET = re.compile(r"\bchưa\b|đang thực hiện", re.IGNORECASE)
_DONE = re.compile(r"hoàn thành", re.IGNORECASE)


def read_reported(text: str) -> Reported:
    """Find the counts and percentages in the sentence of a report.

    A number is taken where words beside it, in the same clause, tell what it counts; the first one
    of each cell holds. Whatever is not understood is left out, for a person to type.
    Args:
        text: "9.831 nhiệm vụ; đã hoàn thành 7.892 (80,3%); trong hạn 1.602 (16,47%); …".
    """
    counts: dict[Cell, int] = {}
    shares: dict[Cell, Decimal] = {}
    for cell, plain in _told(text):
        number = _NUMBER.search(_SHARE.sub(" ", plain))
        count = read_number(number[1]) if number is not None else None
        if cell in counts or count is None:
            continue
        counts[cell] = count
        if share := _SHARE.search(plain):
            shares[cell] = Decimal(share[1].replace(",", "."))
    return Reported(counts, shares)


def _told(text: str) -> Iterator[tuple[Cell, str]]:
    """Each clause that names a cell, without its dates, in order.

    "quá hạn" is of what it is told among: of those done in "đã hoàn thành 95, trong đó đúng hạn
    80, quá hạn 10", of those not done in "chưa hoàn thành 25, trong đó quá hạn 5".
    """
    head: Cell | None = None
    is_among = is_bracket = False
    parts = ["", *_CLAUSE.split(_COLON.sub(" ", text))]
    for mark, clause in zip(parts[::2], parts[1::2], strict=True):
        if mark == "(":
            is_among = is_bracket = True
        elif mark == ":" or _AMONG.match(clause.lstrip()):
            is_among = True
        elif mark and mark in ";.\n" and not is_bracket:
            is_among = False
        plain = _DATE.sub(" ", clause)
        if cell := _cell_of(plain, among=head if is_among else None):
            if cell in (Cell.ASSIGNED, Cell.DONE, Cell.OPEN):
                head, is_among = cell, False
            elif _NOT_YET.search(plain):
                head = Cell.OPEN
            yield cell, plain
        if is_bracket and clause.count(")") > clause.count("("):
            is_among = is_bracket = False


def _cell_of(plain: str, *, among: Cell | None) -> Cell | None:
    """What a clause counts.

    Args:
        among: the cell of which the clause tells a part; None if it tells of itself.
    """
    cell = next((cell for cell, words in _WORDS if words.search(plain)), None)
    if cell not in _ONCE_DONE or _NOT_YET.search(plain):
        return cell
    is_done = among == Cell.DONE or (cell == Cell.IN_TIME and _DONE.search(plain))
    return _ONCE_DONE[cell] if is_done else cell


def read_number(text: str) -> int | None:
    """A count as people type it: "9.831", "9 831", "9831"; None if it is none."""
    return number_in(re.sub(r"[\s.,]", "", text))


def read_share(text: str) -> Decimal | None:
    """A percentage as people type it: "98,62%", "80.3"; None if it is none."""
    plain = text.replace("%", "").replace(",", ".").strip()
    try:
        value = Decimal(plain)
    except InvalidOperation:
        return None
    return value if value.is_finite() and 0 <= value <= 100 else None
