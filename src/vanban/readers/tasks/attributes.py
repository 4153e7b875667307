"""What plans say of an item below it: "Đơn vị chủ trì: Sở A", "Thời gian: Quý II/2025"."""

from dataclasses import dataclass, replace

from vanban.letters import UPPER
from vanban.patterns import regex
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.people import split_assignees
from vanban.scan import Scan
from vanban.values.times import PERIODS, Time

__all__ = ["Attributes", "attributes_of", "take_attributes", "told_in_brackets"]


@dataclass(frozen=True, slots=True)
class Attributes:
    """Who is to do an item, who helps and by when, as lines of its own say."""

    assignees: tuple[str, ...] = ()
    coordinating: tuple[str, ...] = ()
    deadline: Time | None = None


_BODY = r"(?:[Đđ]ơn vị|[Cc]ơ quan|[Bb]ộ phận|[Pp]hòng)"
_LINE = regex(
    r"(?:[-–—•*+►▪] *|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ])[.)] *)?(?:"
    rf"(?P<lead>{_BODY} (?:chủ trì|đầu mối|thực hiện|chịu trách nhiệm)"
    r"(?: (?:thực hiện|tham mưu|triển khai))?|[Cc]hủ trì(?: thực hiện)?|[Đđ]ầu mối)"
    rf"|(?P<join>(?:{_BODY} )?[Pp]hối hợp(?: thực hiện)?)"
    r"|(?P<when>(?:[Tt]hời gian|[Tt]hời hạn|[Tt]iến độ)"
    r"(?: (?:thực hiện|hoàn thành|tổ chức|dự kiến|triển khai))*|[Hh]oàn thành)"
    r") *: *(?P<rest>[^\n]+)"
)
_IN_LINE = regex(
    r"\((?P<lead>[^();:]{2,90}?) chủ trì(?:, phối hợp(?: với)? (?P<join>[^();:]{2,120}?))?"
    r"(?: (?:thực hiện|triển khai))?(?:[;,] [^()]{2,60})?\)\W*(?:\n|$)"
)
"""A line of its own in brackets: "(Sở A chủ trì, phối hợp Sở B thực hiện; thời gian: Quý II)"."""
_PARTS = regex(r"[;.] +(?=\w)")


def attributes_of(scan: Scan, start: int, end: int) -> Attributes | None:
    """What a line says of the item above it; None if it is no such line.

    Args:
        start, end: half-open run of a sentence.
    """
    if scan.text.startswith("(", start) and (m := _IN_LINE.match(scan.text, start)) is not None:
        due = next((t for t in scan.times_between(start, m.end()) if t.kind in PERIODS), None)
        with_whom = split_assignees(m["join"]) if m["join"] else ()
        return Attributes(split_assignees(m["lead"]), with_whom, due)
    if scan.text.find(":", start, end) < 0:
        return None
    told: dict[str, tuple[str, ...]] = {}
    due = None
    at = start
    for stop in [*(m.span() for m in _PARTS.finditer(scan.text, start, end)), (end, end)]:
        m = _LINE.fullmatch(scan.text[at : stop[0]].strip(" .;"))
        if m is None or m.lastgroup is None:
            return None
        if m["when"] is not None:
            times = scan.times_between(at, stop[0])
            due = next((t for t in reversed(times) if t.kind in {*PERIODS, "date"}), due)
        else:
            names = split_assignees(m["rest"])
            if not names:
                return None
            told["lead" if m["lead"] is not None else "join"] = names
        at = stop[1]
    return Attributes(told.get("lead", ()), told.get("join", ()), due)


def take_attributes(found: list[Found], begin: int, said: Attributes) -> None:
    """Give the tasks of an item, `found[begin:]`, what its lines say and they do not."""
    for n in range(begin, len(found)):
        task = found[n]
        found[n] = replace(
            task,
            assignees=task.assignees or said.assignees,
            coordinating=task.coordinating or said.coordinating,
            deadline=task.deadline if task.is_dated else said.deadline or task.deadline,
        )


_IN_BRACKETS = regex(
    rf"\((?:(?P<who>[{UPPER}c][^();:]{{2,90}}?)"
    r" (?:chủ trì|là đầu mối|làm đầu mối|thực hiện)(?![\w:])"
    rf"|{_BODY} chủ trì: (?P<named>[^();]{{2,90}}))"
)


def told_in_brackets(text: str, start: int, end: int) -> tuple[str, ...]:
    """Who is to do what a clause says, where brackets name them: "... (Sở A chủ trì)"."""
    if text.find("(", start, end) < 0:
        return ()
    m = _IN_BRACKETS.search(text, start, end)
    return split_assignees(m["who"] or m["named"]) if m is not None else ()
