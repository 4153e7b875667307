"""The sides of a talk: who says what it will do itself."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import alternation, regex
from vanban.scan import Scan

__all__ = ["binds_itself", "is_side", "side_that_says"]

_BY_NAME = r"[Pp]hía (?!(?:Nam(?! Phi| Á)|Bắc|Đông|Tây(?! Ban))(?!\w))[^,;:.()]"
"""Up to the first letter of a name: "phía Hà Lan", not "phía Nam"."""
_FRIENDS = r"(?:[Pp]hía |[Nn]ước )?[Bb]ạn"
_SIDE = regex(rf"{_BY_NAME}{{2,60}}|{_FRIENDS}|(?:[Hh]ai|2|[Cc]ác) (?:[Bb]ên|nước|phía)")
"""How a side is called: "phía Bạn", "Phía Hà Lan", "hai bên"."""
_OURS = regex(
    r"(?:Đại sứ|Tổng [Ll]ãnh sự|Lãnh sự quán|Phái đoàn|Thương vụ|Tham tán|Cơ quan đại diện"
    r"|Chi nhánh|Sở|UBND|(?:Ủy|Uỷ) ban nhân dân|Cục|Vụ)(?!\w)"
    r"|[^,;:.]*(?:Việt Nam|(?:tại|ở|với|sang) )"
)
"""Bodies of ours, in whose names another country may stand."""
_NEAR = 400
"""Code points before a promise in which the side that makes it is named."""


def is_side(name: str) -> bool:
    """Whether somebody is called by the side he is of: "phía Bạn", "hai bên"."""
    return _SIDE.fullmatch(name) is not None


def binds_itself(scan: Scan, name: str, at: int) -> bool:
    """Whether who says before an offset what he will do is a side of a talk, or of a partner."""
    if is_side(name):
        return True
    return _OURS.match(name) is None and any(
        p.type in ("country", "bloc") and name.endswith(scan.text[p.start : p.end])
        for p in scan.partners_between(max(0, at - _NEAR), at)
    )


@cache
def _says() -> re.Pattern[str]:
    words = alternation(load("tasks")["sides_say"])
    return regex(
        rf"(?:^|[,;:.] *)(?P<who>{_FRIENDS}|{_BY_NAME}{{2,60}}?)"
        rf"(?: cũng| đã| vừa)? (?:{words})(?: rõ| rằng| là)?,? $"
    )


def side_that_says(scan: Scan, start: int, end: int) -> str | None:
    """The side that says right before an offset what it will do: "..., phía Bạn cho biết sẽ"."""
    if scan.text.find("ía ", start, end) < 0 and scan.text.find("ạn ", start, end) < 0:
        return None
    m = _says().search(scan.text[start:end])
    return " ".join(m["who"].split()) if m is not None else None
