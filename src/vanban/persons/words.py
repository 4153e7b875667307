"""A person named in a text, and the words that tell names and offices: `data/titles.yml`."""

import re
from collections.abc import Iterable
from functools import cache
from typing import NamedTuple

from vanban.data import load
from vanban.letters import LOWER, UPPER, is_vietnamese_syllable
from vanban.patterns import alternation, regex

__all__ = ["TOKEN", "PersonMention", "by_full_names", "lexicon", "written"]


class PersonMention(NamedTuple):
    """A person named at `text[start:end]`.

    Args:
        start: where the offices before the name begin; the name if there are none.
        name_start: where the name begins.
        titles: the offices, those before the name first.
        honorific: whether a form of address ("ông", "đồng chí") stands before the name.
    """

    start: int
    end: int
    name_start: int
    name: str
    titles: tuple[str, ...]
    honorific: bool = False


def by_full_names(people: list[PersonMention]) -> list[PersonMention]:
    """The mentions with a foreign name told in part in full: "Maria Rossi", "Anna Maria Rossi".

    Of a Vietnamese name the end alone is another person's.
    """
    full = {
        p.name
        for p in people
        if " " in p.name and not all(map(is_vietnamese_syllable, p.name.split()))
    }
    known: dict[str, str] = {}
    parts: dict[str, set[str]] = {}
    words: dict[str, list[str]] = {}
    for name in full:
        for blank in (at for at, letter in enumerate(name) if letter == " "):
            parts.setdefault(name[:blank], set()).add(name)
            parts.setdefault(name[blank + 1 :], set()).add(name)
        for word in set(name.lower().split(" ")):
            words.setdefault(word, []).append(name)
    for name in full:
        longer = parts.get(name)
        if longer is not None and len(longer) == 1:
            (known[name],) = longer
    known |= _by_initials(full)
    for name in {p.name for p in people if " " not in p.name}:
        # "Tổng thống Putin", "Đại sứ Knapper"
        last = name.rpartition(".")[2].lower()
        whole = sorted({known.get(o, o) for o in words.get(last, ())}, key=len)
        if whole and all(whole[-1].endswith(other) for other in whole):
            known[name] = whole[-1]
    return [p._replace(name=known.get(p.name, p.name)) for p in people] if known else people


def _by_initials(names: set[str]) -> dict[str, str]:
    """For each name with initials the one that has the words in full: "Michael R.Pompeo"."""
    known = {}
    for name in (n for n in names if "." in n):
        said = name.replace(".", ". ").split()
        for other in (n for n in names if "." not in n):
            words = other.split()
            whole = len(words) == len(said) and words[-1] == said[-1]
            if whole and all(w.startswith(s.rstrip(".")) for w, s in zip(words, said, strict=True)):
                known[name] = other
    return known


_TOKEN_REST = rf"[{LOWER}{UPPER}’'ʼ&]*(?:-[{LOWER}{UPPER}][{LOWER}{UPPER}’']*)*"
TOKEN = rf"[{UPPER}]{_TOKEN_REST}"
_INITIAL = rf"(?:[{UPPER}]|Ph|Th|Kh|Gi|Tr|Ch|Nh|Ng|Gh|Qu|Sh|Zh|Yu|Ya|Ye|Iu|Ia)\."
_BEHIND_INITIALS = (
    rf"(?:(?= [{UPPER}][{LOWER}.’'])|[{UPPER}](?:[{LOWER}]{{2}}|[{LOWER}]?-[{LOWER}]){_TOKEN_REST})"
)
"""A name behind its initials, a blank between or none: "S. Jaishankar", "R.Pompeo", "Ph.Ô-lăng"."""
_NOT_INSIDE = rf"(?:(?<![\w/@.].)|(?<=(?:TS|GS|hS|LS|BS|KS)\.[{UPPER}]))"
"""Before a name stands no letter; a degree may touch it: "TS.Nguyễn Văn A"."""


_AS_SUCH = r"(?:với tư cách|trên cương vị|với cương vị|trong vai trò)(?: là)? "
"""Between a name and an office: "Bộ trưởng A, với tư cách là Chủ tịch Hội đồng ..."."""


def written(offices: Iterable[str]) -> set[str]:
    """The offices as they are, and with one capital only: "Phó Bí thư", "Phó bí thư".

    Args:
        offices: names of offices.
    """
    known = set(offices)
    return known | {
        f"{o[0]}{o[1:].lower()}" for o in known if " " in o and not _ABBREVIATED.search(o)
    }


_ABBREVIATED = regex(r"\b[A-ZĐ]{2,}")


_IN_NAMES_TOO = ("về", "ký", "dự", "nói", "làm")
"""Verbs that are a part of words in names of bodies too: "Sở Lao động - Việc làm"."""


class Lexicon(NamedTuple):
    """The patterns of `data/titles.yml`."""

    run: re.Pattern[str]
    """Capitalised words in a row: the only place where a name can stand."""
    surnames: frozenset[str]
    not_first: frozenset[str]
    not_people: re.Pattern[str]
    places: re.Pattern[str]
    heads: re.Pattern[str]
    title_lead: re.Pattern[str]
    """What may stand between a name and an office behind it."""
    title_rest: re.Pattern[str]
    """What goes on behind the head of an office, up to a stop or a verb."""
    honorific_before: re.Pattern[str]
    addresses: frozenset[str]
    break_words: re.Pattern[str]
    signed: re.Pattern[str]


@cache
def lexicon() -> Lexicon:
    data = load("titles")
    # "nguyên Phó Giám đốc", "cựu Tổng thống"; not "chính quyền Tổng thống".
    heads = (
        rf"(?:(?:[Nn]guyên|[Cc]ựu|(?<!hính )[Qq]uyền) +)?(?:{alternation(written(data['heads']))})"
    )
    about = alternation(data["about"])
    verbs = alternation(w for w in data["verbs_after"] if w not in _IN_NAMES_TOO)
    apart = alternation(data["apposed"])
    stop = (
        rf"(?! +(?:{verbs}|về(?! (?:{about})))(?!\w)|(?<![Tt]hư) +ký(?!\w)|(?<!danh) +dự(?!\w)"
        rf"|(?<!iếng) +nói(?!\w)|(?<!iệc) +làm(?!\w)"
        rf"| *[-–] +(?:{apart})(?!\w))"
    )
    inside = rf"(?:[^,.;:()“”\"\n]|(?<=\bTP)\.(?= ?[{UPPER}])|(?<=\b[{UPPER}])\.(?=[{UPPER}]))"
    asides = rf"(?:{alternation(data['asides'])})(?!\w)[^,.;:()\n]{{0,40}}"
    return Lexicon(
        # The look-behind stands after the first letter, so that the search goes by that letter.
        run=regex(
            rf"[{UPPER}]{_NOT_INSIDE}"
            rf"(?:[hirguaey]?\.(?:{_INITIAL})*{_BEHIND_INITIALS}|{_TOKEN_REST})"
            rf"(?: (?:(?:{_INITIAL})+{_BEHIND_INITIALS}|{TOKEN}"
            rf"|{alternation(data['particles'])})(?!\w))*"
        ),
        surnames=frozenset(data["surnames"]),
        not_first=frozenset(data["not_first_names"]),
        not_people=regex(rf"(?:{alternation(data['not_people'])})(?!\w)"),
        places=regex(rf"(?:{alternation([*data['places'], *data['firms']])})(?!\w)"),
        heads=regex(rf"(?<!\w)(?:{heads})(?!\w| quán(?!\w))"),
        title_lead=regex(rf",? *[-–(]? *(?P<aside>{asides}, *|{_AS_SUCH}|kiêm |đồng thời là )?"),
        title_rest=regex(rf"(?:{stop}{inside})*"),
        honorific_before=regex(
            rf"(?<!\w)(?:{alternation([*data['honorifics'], *data['degrees']])})(?::? +|(?<=\.))$"
        ),
        addresses=frozenset(w for w in data["honorifics"] if w[0].isupper() and w.isalpha()),
        break_words=regex(
            rf"(?<!\w)(?<!ông nghệ )(?<!iếng )(?:{alternation(data['break_words'])})(?!\w)"
        ),
        signed=regex(rf"^(?:phó )?(?:{alternation(data['signed'])})", re.IGNORECASE),
    )
