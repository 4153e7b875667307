"""Whether an office in a run of words is that of somebody else whom the words name."""

import re
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.letters import is_vietnamese_syllable
from vanban.patterns import alternation, regex
from vanban.persons.names import (
    BODIES,
    Span,
    after_places,
    is_mountain_name,
    is_native_name,
    is_of_a_country,
    is_plain_name,
    is_unlisted_name,
    tokens_of,
)
from vanban.persons.words import lexicon, written

__all__ = [
    "heads_one_unlisted",
    "holds_a_foreign_name",
    "holds_a_name",
    "names_another",
    "names_its_holder",
    "of_states",
]


@cache
def of_states() -> re.Pattern[str]:
    known = written(load("titles")["offices_of_states"])
    small = {office[0].lower() + office[1:] for office in known}
    return regex(rf"(?:{alternation(known | small | {o.lower() for o in small})})(?!\w)")


def names_its_holder(layers: Layers, start: int, end: int, *, listed: bool) -> bool:
    """Whether an office ends with the foreign name of who holds it: "Thủ tướng Hun Manet".

    Args:
        start, end: the office as it was found beside another person's name.
        listed: whether it stands in a row of offices and names, where a firm's name is unlikely.
    """
    text = layers.text
    of_a_state = of_states().match(text, start, end) is not None
    runs = list(lexicon().run.finditer(text, start, end))
    if not runs or not (of_a_state or listed):
        return False
    # "nghị sĩ Lee Soo-hyuk của đảng cầm quyền"
    run = next((r for r in runs if _OF.match(text, r.end(), end)), runs[-1])
    if run.end() != end and run is runs[-1] and not _OF.match(text, run.end(), end):
        return False
    whole = tokens_of(text, *run.span())
    tokens = after_places(layers, whole)
    if not tokens or is_of_a_country(layers, tokens[-1][0]):
        return False
    words = [text[a:b] for a, b in tokens]
    if all(w.isupper() for w in words) or words[0] in BODIES:
        return False
    head = lexicon().heads.match(text, start, end)
    at_once = head is not None and run.start() <= head.end() + 1
    if len(tokens) == 1:
        alone = at_once and not is_vietnamese_syllable(words[0]) and len(whole) == 1
        return alone and _of_one_name().match(text, start, end) is not None
    if all(map(is_vietnamese_syllable, words)):
        behind_a_body = len(tokens) < len(whole)
        return ((of_a_state and at_once) or behind_a_body) and is_plain_name(text, tokens)
    before = text[start : run.start()].split()[-1:]
    of_a_body = bool(before) and before[0] in _NAMES_BODIES and len(tokens) == len(whole)
    if of_a_body and (len(tokens) < _MORE_THAN_A_FIRM or not of_a_state):
        return False
    if of_a_state or len(tokens) < len(whole) or len(tokens) >= _MORE_THAN_A_FIRM:
        return True
    return not at_once and bool(before) and before[0].islower()


_OF = regex(r" (?:của|thuộc) ")
_MORE_THAN_A_FIRM = 3
"""Words; a firm's name seldom has as many."""


@cache
def _of_one_name() -> re.Pattern[str]:
    """Offices whose holder is known by one name: "Thủ tướng Modi"."""
    heads = [*load("titles")["royal"], "Tổng thống", "Thủ tướng", "Phó Thủ tướng", "Ngoại trưởng"]
    return regex(rf"(?:{alternation(heads)})(?!\w)")


def heads_one_unlisted(layers: Layers, start: int, end: int, *, listed: bool = False) -> bool:
    """Whether an office of a state ends with three or four words that name its holder.

    "A, Chủ nhiệm Ủy ban Đối ngoại Nhân đại toàn quốc Lâu Cần Kiệm".

    Args:
        start, end: the office.
        listed: whether it stands in a row of offices and names, where any office may.
    """
    of_a_state = of_states().match(layers.text, start) or _CHAIRS.match(layers.text, start)
    if not (of_a_state or listed):
        return False
    runs = list(lexicon().run.finditer(layers.text, start, end))
    if not runs or runs[-1].end() != end or runs[-1].start() == start:
        return False
    run = runs[-1]
    before = layers.text[start : run.start()].split()[-1]
    tokens = tokens_of(layers.text, *run.span())
    return (
        before.islower()
        and before not in _NAMES_BODIES
        and not layers.partners_shown(*run.span())
        and len(after_places(layers, tokens)) == len(tokens)
        and is_unlisted_name(layers.text, tokens)
    )


_CHAIRS = regex(r"(?:Phó )?(?:Chủ nhiệm|Chủ tịch) (?:Ủy|Uỷ|Hội đồng|Quốc hội)")
_NAMES_BODIES = frozenset(
    ("đoàn", "ty", "hàng", "hãng", "hiệu", "xã", "tỉnh", "phố", "huyện", "quận", "trường", "viện")
)


def names_another(layers: Layers, head: Span, end: int) -> bool:
    """Whether a foreign name and another office stand between an office and a name.

    "Bộ trưởng Ngoại giao Elina Valtonen và Tổng thống ...": the first office is hers.

    Args:
        head: the first words of the office.
        end: where the name begins.
    """
    begin, start = head
    heads = [m.start() for m in lexicon().heads.finditer(layers.text, start, end)]
    if not heads:
        return False
    if holds_a_foreign_name(layers, start, heads[-1]):
        return True
    before = heads[-1] - len(" và ")
    return layers.text.endswith(" và ", start, heads[-1]) and (
        _ends_with_a_foreign_name(layers, start, before)
        or names_its_holder(layers, begin, before, listed=True)
    )


def _ends_with_a_foreign_name(layers: Layers, start: int, end: int) -> bool:
    """Whether the last capitalised words are no Vietnamese ones, no country and no short name.

    "Cố vấn Nhà nước Aung San Suu Kyi", "Phó Thủ tướng Chernyshenko".
    """
    for run in lexicon().run.finditer(layers.text, start, end):
        if run.end() != end or layers.partners_shown(run.start(), end):
            continue
        words = run[0].split(" ")
        return any(not is_vietnamese_syllable(w) and not w.isupper() for w in words) or any(
            f"{address} {run[0]}" in layers.text for address in ("ông", "bà", "ngài", "Ông", "Bà")
        )
    return False


def holds_a_foreign_name(layers: Layers, start: int, end: int) -> bool:
    """Whether a run of capitalised words, places taken off, is a name that is not Vietnamese."""
    for run in lexicon().run.finditer(layers.text, start, end):
        tokens = after_places(layers, tokens_of(layers.text, *run.span()))
        for partner in layers.partners_shown(*run.span()):
            tokens = [t for t in tokens if t[0] > partner.end] or tokens
        tokens = [t for t in tokens if not layers.text[slice(*t)].isupper()]
        native = sum(is_vietnamese_syllable(layers.text[slice(*t)]) for t in tokens)
        behind_a_place = bool(tokens) and tokens[0][0] > run.start()
        if len(tokens) > 1 and native < (len(tokens) if behind_a_place else 1):
            # "Tổng thống Hàn Quốc Lee Jae Myung": behind a country some of it may be both.
            return True
    return False


_OF_A_FIRM = regex(
    r"(?:Công ty|công ty|Cty|Hợp tác xã|HTX|Tổ hợp tác|Doanh nghiệp|doanh nghiệp|DN|Tập đoàn"
    r"|Xí nghiệp|Cơ sở|cơ sở|Nhà máy|nhà máy|Hãng|hãng|Chuỗi|chuỗi|Thương hiệu|thương hiệu"
    r"|TNHH|MTV|cổ phần|Cổ phần)(?: [^\W\d_][\w&.-]*){0,9} $"
)
"""In an office, before the name of a firm, what it does perhaps between."""
_MOST_OF_A_FIRM = 2
"""Words of a firm's name that is like a person's: "Công ty TNHH Hoàng Dũng"."""


def holds_a_name(layers: Layers, start: int, end: int, *, firms: bool = True) -> bool:
    """Whether the words after a name are the next person's office and name.

    Args:
        start, end: the words.
        firms: whether two words behind "Công ty" are the firm's name, and nobody's.
    """
    for run in lexicon().run.finditer(layers.text, start, end):
        tokens = after_places(layers, tokens_of(layers.text, *run.span()))
        if (
            firms
            and 0 < len(tokens) <= _MOST_OF_A_FIRM
            and _OF_A_FIRM.search(layers.text, start, tokens[0][0])
        ):
            continue
        if len(tokens) > 2 and any(is_mountain_name(layers.text[slice(*t)]) for t in tokens):
            return True
        for i in range(len(tokens) - 1):
            begin = tokens[i][0]
            if (
                is_native_name(layers.text, tokens[i:])
                and not lexicon().not_people.match(layers.text, begin)
                and not is_of_a_country(layers, begin)
            ):
                return True
    return False
