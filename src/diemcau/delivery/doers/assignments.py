"""Who was asked: the name as written, whether it is one body or a collective, and in which role."""

import datetime as dt
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diemcau.delivery.models import AssignmentRole
from vanban.directory.lists import named_in
from vanban.directory.resolve import resolve

__all__ = ["Assignee", "is_collective", "read_assignees"]

_PLURAL = re.compile(
    r"^(?:tất cả |toàn thể |mọi )?(?:các|những|cả|hai|nhiều)\b|^(?:bộ|sở), ?ngành|^toàn\b|"
    r"\bcả hệ thống\b|^(?:địa phương|cơ quan đại diện|doanh nghiệp|cán bộ|đại sứ|"
    r"trưởng cơ quan đại diện)$",
    re.IGNORECASE,
)
"""Names of many: "các bộ, ngành", "cả hệ thống chính trị", a bare plural such as "địa phương"."""

_ASKED = ("body", "office")

_COORDINATE = re.compile(r"\bphối hợp (?:với|cùng)\b", re.IGNORECASE)
_FOLLOW = re.compile(r"\b(?:theo dõi|giám sát)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Assignee:
    """One body or collective that is asked, with its role in the task."""

    as_written: str
    role: AssignmentRole
    is_collective: bool
    body_ref: str = ""


def is_collective(name: str) -> bool:
    """Whether a name stands for many bodies, so that none of them is the lead.

    Such a name is never expanded by the machine; a person says which bodies are meant.
    """
    plain = unicodedata.normalize("NFC", name).strip()
    return _PLURAL.search(plain) is not None or resolve(plain).reason == "collective"


def read_assignees(
    names: list[str],
    sentence: str,
    *,
    helping: Sequence[str] = (),
    on: dt.date | None = None,
    within: str = "",
) -> list[Assignee]:
    """Give every assignee its role by what the sentence says around its name, and its body.

    Source: "X chủ trì, phối hợp với Y và Z" of official assignments: those named after
    "phối hợp với" coordinate, the others lead; "theo dõi" makes a follower beside one who leads.
    Args:
        names: the assignees as written, in text order.
        sentence: the words of the statement and its sentence.
        helping: those read as coordinating, whatever the words around them say.
        on: the day it was said, which decides between bearers of one name.
        within: id of the body whose own document it is, which "Bộ" and "UBND tỉnh" there mean.
    Returns:
        One entry per distinct name, in the same order, and per body of a list that names each;
        roles other than LEAD only where the
        sentence says so, a body only where one alone bears the name on that day.
    """
    found: list[Assignee] = []
    seen: set[str] = set()
    cut = _COORDINATE.search(sentence)
    for raw in (*names, *helping):
        name = " ".join(raw.split())
        at = sentence.find(name)
        role = AssignmentRole.LEAD
        if raw in helping or (cut is not None and at >= cut.end() and len(names) > 1):
            role = AssignmentRole.COORDINATING
        elif at >= 0 and _FOLLOW.search(sentence[at + len(name) : at + len(name) + 12]):
            role = AssignmentRole.FOLLOWING
        listed = named_in(name, on=on, kinds=_ASKED, within=within)
        for one in (part.name for part in listed) if listed else (name,):
            if not one or one.casefold() in seen:
                continue
            seen.add(one.casefold())
            if is_collective(one):
                found.append(Assignee(one, role, True))
            else:
                body = resolve(one, on=on, kinds=_ASKED, within=within).id or ""
                found.append(Assignee(one, role, False, body))
    if any(one.role == AssignmentRole.LEAD for one in found):
        return found
    # "Giao Bộ A theo dõi, đôn đốc, báo cáo": to follow is the work itself, and nobody else has it.
    return [
        replace(one, role=AssignmentRole.LEAD) if one.role == AssignmentRole.FOLLOWING else one
        for one in found
    ]
