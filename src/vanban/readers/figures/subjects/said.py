"""The country, a part of it, our missions or the bodies at home, where a sentence says them."""

import re
from functools import cache

from vanban.data import load
from vanban.patterns import Cue, alternation, first_words, regex
from vanban.readers.figures.mention import Mention
from vanban.readers.figures.subjects.claim import Claim
from vanban.readers.figures.subjects.doers import actor
from vanban.readers.figures.subjects.trade import ongoing_partner

__all__ = ["said_in_words", "said_subject"]


@cache
def said_subject() -> Cue:
    """The country, the missions or an embassy, in words."""
    data = load("figures")
    not_the_country = alternation(data["not_the_country"])
    pattern = regex(
        rf"(?<!\w)(?:(?P<country>{alternation(data['country'])}"
        rf"|(?:của +|nước +)?(?<!tại )(?<!vào )(?<!sang )(?<!với )(?<!cho )(?<!ở )[Vv]iệt +Nam"
        rf"(?! +(?:{not_the_country}|[-–])))"
        rf"|(?P<missions>{alternation(data['missions'])})"
        rf"|(?P<embassy>(?<!ty )(?<!đoàn )(?<!hội ){alternation(data['embassy'])})"
        rf"|(?P<ministry>{alternation(data['ministries'])})"
        rf"|(?P<local>(?:(?<=[Cc]ác )|(?<=[Nn]hiều ))(?:{alternation(data['localities'])}))"
        rf"|(?P<region>(?<!tỉnh )(?:{alternation(data['regions'])})))(?!\w)"
    )
    names = ("country", "missions", "embassy", "ministries", "localities", "regions")
    phrases = [phrase for name in names for phrase in data[name]]
    return Cue(pattern, first_words([*phrases, "của", "nước", "Việt Nam"]))


def said_in_words(claim: Claim) -> str | None:
    """Whom a clause says last before its figure, other than by a name of a province or a partner.

    Source: `country`, `regions`, `missions`, `embassy`, `ministries` of `data/figures.yml`.
    """
    m = claim.m
    said = _last_said(m)
    if said is None:
        return None
    if said["region"]:
        return " ".join(said["region"].split())
    if said["country"] and m.q.unit == "rank":
        # "Việt Nam vươn lên thành đối tác lớn thứ 9 của Myanmar"
        return "Việt Nam"
    if said["country"]:
        return ongoing_partner(claim) or "Việt Nam"
    return actor(m, said, claim.measure) if m.q.unit in ("count", "people") else None


def _last_said(m: Mention) -> re.Match[str] | None:
    """The last of them before a figure in its clause that has it, and is not only a place in it."""
    found = m.scan.words.find_all(said_subject(), m.clause_from(m.left), m.q.start)
    return next((said for said in reversed(list(found)) if _can_own(m, said)), None)


def _can_own(m: Mention, said: re.Match[str]) -> bool:
    if said["region"]:
        return True
    if said["country"]:
        return _PLACED_IN.search(m.text, m.sentence.start, said.start()) is None
    low = max(m.sentence.start, said.start() - _BESIDE_REACH)
    return _beside().search(m.text, low, said.start()) is None


_PLACED_IN = regex(r"(?:dẫn đầu|đứng đầu|nhất|hàng đầu|thứ \w+|top \d+)(?: của| trong)? $")
"""Before "cả nước", that somebody has a place in it."""
_BESIDE_REACH = 24


@cache
def _beside() -> re.Pattern[str]:
    return regex(rf"(?<!\w)(?:{alternation(load('figures')['beside'])})(?: +các)? +$")
