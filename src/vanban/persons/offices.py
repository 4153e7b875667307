"""Several offices said in one run of words, each for itself: `data/titles.yml`."""

import re
from functools import cache

from vanban.data import load
from vanban.letters import LOWER, UPPER
from vanban.patterns import alternation, regex
from vanban.persons.words import lexicon

__all__ = ["IN_BRACKETS", "body_above", "hide_commas", "is_a_clause", "split_titles", "with_commas"]

IN_BRACKETS = regex(r"\([^()]{0,60}\)")
_BETWEEN_TITLES = regex(r"(?:\s*,|\s+(?:kiêm|đồng thời(?: là)?))+\s+|\s*,\s*")
_DASH = regex(r" [-–] ")


@cache
def with_commas() -> re.Pattern[str]:
    """Names of bodies that hold a comma: "Bộ Thương mại, Công nghiệp và Năng lượng"."""
    known = alternation(load("titles")["bodies_with_commas"])
    fields = alternation(load("titles")["fields"])
    small = alternation(field.lower() for field in load("titles")["fields"])
    several = rf"(?:{fields})(?:, (?:{fields})(?!\w| trưởng)){{1,4}}(?:,? và (?:{fields})(?!\w))?"
    word = rf"[{UPPER}][{LOWER}]+"
    return regex(
        rf"(?:(?<=Bộ )|(?<=Sở )|(?<=Cục )|(?<=Vụ )|(?<=ban )|(?<=Ban ))"
        rf"(?:(?:{known})(?!\w)|{word}(?: [{LOWER}]+){{0,3}}, {word}(?: [{LOWER}]+){{0,2}}"
        rf" và (?!(?:ông|bà)(?!\w))(?:{word}|(?:{small})(?!\w))"
        rf"|{several})|(?:(?<=trưởng )|(?<=^ )){several}"
        rf"|(?<=iệp hội ){word}(?: [{LOWER}]+){{0,3}}(?:, [{LOWER}]+(?: [{LOWER}]+){{0,3}}){{1,3}}"
        rf"(?: và [{LOWER}]+(?: [{LOWER}]+){{0,3}})?(?= Việt Nam)"
    )


_COMMA_INSIDE = "\x01"
_STOP_INSIDE = "\x02"
"""Stand for a comma and a stop that part nothing."""
_FIELD_BEHIND = regex(rf", [{UPPER}][{LOWER}]+ [{LOWER}]")
_CITY = regex(rf"(?<=\bTP)\.(?= ?[{UPPER}])|(?<=\bT)\.(?=[WƯU])")
"""The stop in "TP.HCM", "T.Ư"."""


def hide_commas(title: str) -> str:
    """Hide the commas and stops inside names of bodies behind marks of the same length."""
    if "." in title:
        title = _CITY.sub(_COMMA_INSIDE, title)
    comma = title.find(",")
    if comma < 0 or not (
        " và " in title[comma:]
        or "iệp hội " in title
        or _FIELD_BEHIND.search(title, comma)
        or any(name in title for name in load("titles")["bodies_with_commas"])
    ):
        return title
    return with_commas().sub(lambda m: m[0].replace(",", _COMMA_INSIDE), title)


_LONGEST_TITLE = 16
"""Words; more is a clause that happens to hold an office."""
_LONGEST_OF_STEERING = 24
"""Words of an office whose body or post has a long name."""
_STEERING = (
    "Đại sứ", "Đại diện", "Trưởng ban", "Trưởng Ban", "Phó Trưởng", "Tổng thư ký", "Tổng Thư ký",
    "Chủ nhiệm",
)  # fmt: skip


def is_a_clause(title: str) -> bool:
    """Whether words are too many for an office, each of several joined offices for itself."""
    if " kiêm " in title:
        return any(map(is_a_clause, title.split(" kiêm ")))
    longest = _LONGEST_OF_STEERING if title.startswith(_STEERING) else _LONGEST_TITLE
    return len(title.split()) > longest


def body_above(text: str, end: int, high: int) -> int:
    """Where the bracket behind an office ends that says of which body its unit is; `end` if none.

    "Phó Cục trưởng Cục A (Bộ B)"; not what the unit is called for short: "Cục A (Cục AB)".
    """
    bracket = _BODY_ABOVE.match(text, end, high)
    return bracket.end() if bracket is not None else end


def _if_body_above(bracket: re.Match[str]) -> str:
    return bracket[0] if _BODY_ABOVE.fullmatch(bracket[0]) else ""


_BODY_ABOVE = regex(
    rf" ?\((?:Bộ|UBND|(?:Ủy|Uỷ) ban nhân dân|Ban(?= .* Trung ương)|Tổng cục|Sở|Văn phòng)"
    rf" [{UPPER}][^()\n]{{1,60}}\)"
)


def split_titles(title: str) -> list[str]:
    """The offices of a run of words, each for itself: "Bộ trưởng, Chủ nhiệm Ủy ban A" are two."""
    if "(" in title:
        title = IN_BRACKETS.sub(_if_body_above, title)
    several = "," in title or "kiêm" in title or "đồng thời" in title or _DASH.search(title)
    hidden = hide_commas(title.replace(".", _STOP_INSIDE)) if several else title
    parts = _BETWEEN_TITLES.split(hidden) if several else [title]
    if _DASH.search(title):
        parts = [piece for part in parts for piece in _at_dashes(part)]
    found: list[str] = []
    for part in parts:
        piece = " ".join(part.split()).replace(_COMMA_INSIDE, ",").replace(_STOP_INSIDE, ".")
        if not piece or piece.startswith("nhiệm "):
            # "kiêm nhiệm Bhutan": where else the same office is held
            continue
        if found and " tại " in found[-1] and lexicon().heads.match(piece) is None:
            # "Đại sứ Việt Nam tại Pháp, Monaco và Andorra"
            found[-1] += f", {piece}"
        else:
            found.append(piece)
    return found


def _at_dashes(titles: str) -> list[str]:
    """Titles between dashes: "Ủy viên Trung ương Đảng - Bí thư Tỉnh ủy"; not "Bộ A - B"."""
    found: list[str] = []
    at = 0
    for dash in _DASH.finditer(titles):
        if lexicon().heads.match(titles, dash.end()) is not None:
            found.append(titles[at : dash.start()])
            at = dash.end()
    return [*found, titles[at:]]
