"""Persons named in a text, with the offices said right before and behind their names."""

import re
from collections.abc import Callable
from functools import cache
from typing import Literal

from vanban.data import load
from vanban.forms import rare
from vanban.gazetteer import province_at
from vanban.layers import Layers
from vanban.letters import LOWER, UPPER, is_vietnamese_syllable
from vanban.patterns import alternation, regex
from vanban.persons.holders import of_states
from vanban.persons.lists import with_one_office, with_sharers
from vanban.persons.names import (
    Span,
    after_places,
    is_foreign_name,
    is_long_name,
    is_name_in_capitals,
    is_native_name,
    is_no_name,
    is_of_a_country,
    is_plain_name,
    is_unlisted_name,
    runs_of,
    tokens_of,
    with_initials,
)
from vanban.persons.signatures import find_signatures
from vanban.persons.titles import degree, titles_after, titles_before
from vanban.persons.words import PersonMention, by_full_names, lexicon

__all__ = ["PersonMention", "find_people"]


def find_people(layers: Layers) -> list[PersonMention]:
    """Every mention of a person by name that has an office or a form of address beside it.

    Source: `data/titles.yml`.
    Returns:
        Mentions in text order: of the content, of captions, and of the signature.
    """
    text = layers.text
    spans = [
        (s.start, s.end)
        for s in layers.sentences
        if not (s.heading and layers.sentence_text(s).isupper())
    ]
    spans += [(b.start, b.end) for b in layers.document.blocks if b.kind == "caption"]
    found = [
        mention
        for span in spans
        for run in runs_of(text, *span)
        if (mention := _in_run(layers, span, run)) is not None
        and not text.endswith(("cố ", "Cố "), 0, mention.start)
    ]
    found += find_signatures(layers)
    found.sort(key=lambda p: p.start)
    kept = [p for n, p in enumerate(found) if not (n and _is_in_title(p, found[n - 1]))]
    kept = _of_today(text, kept)
    return by_full_names(with_one_office(layers, with_sharers(layers, kept)))


_LONGEST_BODY = 60
"""Code points of the name of the firm or body in a title."""


def _is_in_title(mention: PersonMention, before: PersonMention) -> bool:
    """Whether a name is the firm in the title before: "ông A, Giám đốc Samsung Vina"."""
    if not mention.titles or mention.start - before.end > _LONGEST_BODY:
        return False
    wholes = [f"{title} {mention.name}" for title in mention.titles]
    return any(whole in title for title in before.titles for whole in wholes)


def _of_today(text: str, people: list[PersonMention]) -> list[PersonMention]:
    """The persons without those of an age gone by: "Chủ tịch Hồ Chí Minh và Thủ tướng Nehru"."""
    kept, past = [], -1
    for person in people:
        low = max(0, person.start - 30)
        joined = past >= 0 and _JOINED.fullmatch(text, past, person.start) is not None
        if joined or _WITH_HO_CHI_MINH.search(text, low, person.start) is not None:
            past = person.end
        else:
            kept.append(person)
    return kept


_JOINED = regex(r"(?:,| và| cùng| với|, và)(?: các)? ")
_WITH_HO_CHI_MINH = rare(
    r"(?<![Tt]hành phố )(?<!TP )(?<!TP\.)(?<!TP\. )(?:Hồ Chí Minh|Bác Hồ)"
    r"(?:,| và| với| cùng)(?: các)? $"
)
"""Before who is told beside him; whoever is told behind the city is of today."""


# A name in a run of capitalised words


def _in_run(layers: Layers, span: Span, run: Span) -> PersonMention | None:
    """The person whose name stands in a run of capitalised words, if one does."""
    several = layers.text.find(" ", *run) >= 0
    mention = (_mention if several else _of_one_name)(layers, span, run)
    if mention is None or not _BY_INITIALS.match(mention.name):
        return mention
    # "Tổng Giám đốc J.P. Morgan" is a firm's.
    return mention if mention.honorific or _is_of_a_state(mention) else None


_BY_INITIALS = regex(rf"[{UPPER}][{LOWER}]?\.")


def _mention(layers: Layers, span: Span, run: Span) -> PersonMention | None:
    """The person named in a run of several words."""
    text = layers.text
    tokens = tokens_of(text, *run)
    if text[slice(*tokens[0])] in lexicon().addresses:
        if lexicon().not_people.match(text, run[0]):
            # "Bà Rịa Vũng Tàu"
            return None
        # "Ông Kevin Park" at the head of a sentence
        tokens = tokens[1:]
    if len(tokens) > 2 and text[slice(*tokens[0])] in _OPENS:
        # "Theo Jacob Helmer"
        tokens = tokens[1:]
    if len(tokens) == 2 and is_no_name(text, tokens):
        return _without_surname(layers, span, tokens)
    tokens = after_places(layers, _behind_partners(layers, span, run, tokens))
    tokens = _up_to_an_office(text, tokens)
    if len(tokens) < 2:
        # "Tổng thống Nga V.Pu-tin"
        return _of_one_name(layers, span, tokens[0]) if tokens else None
    tokens = with_initials(text, tokens)
    if (place := lexicon().not_people.match(text, tokens[0][0])) is not None:
        # "tỉnh Giang Tô Ngụy Quốc Cường"
        tokens = [t for t in tokens if t[0] >= place.end()]
        if len(tokens) < 2:
            return None
    tokens = _behind_a_place(text, tokens)
    at = _native_from(layers, tokens)
    if at is not None and at < len(tokens):
        return _native(layers, span, tokens, at)
    if at is None or is_of_a_country(layers, tokens[-1][0]):
        return None
    if (behind := _behind_a_firm(text, run[0], tokens)) is not None:
        return _with_titles(layers, span, behind, needs="before")
    for is_such, named in _FORMS:
        if is_such(text, tokens):
            return named(layers, span, tokens)
    return None


_OPENS = frozenset(
    ("Theo", "Với", "Cùng", "Gặp", "Tiếp", "Đón", "Mời", "Do", "Còn", "Riêng", "Như")
)
"""Words that open a sentence before a name."""


def _is_of_a_state(named: PersonMention | None) -> bool:
    """Whether somebody holds an office of a state."""
    return named is not None and any(of_states().match(title) for title in named.titles)


# Which of the words are a name


def _behind_partners(layers: Layers, span: Span, run: Span, tokens: list[Span]) -> list[Span]:
    """The tokens behind the name of a country or bloc that the run begins with or holds."""
    start, end = run
    for partner in layers.partners_shown(max(span[0], start - 60), end):
        if partner.start < start < partner.end:
            tokens = [t for t in tokens if t[0] >= partner.end]
        elif start < partner.start and (rest := [t for t in tokens if t[0] > partner.end]):
            # "Thủ hiến bang South Australia Peter Malinauskas", "Bộ Công Thương Séc Novakova"
            if len(rest) > 1:
                tokens = rest if is_foreign_name(layers.text, rest) else tokens
            elif partner.end + 1 == rest[0][0] and partner.type == "country":
                return rest
    return tokens


def _native_from(layers: Layers, tokens: list[Span]) -> int | None:
    """Which token a Vietnamese name begins with, len(tokens) if none; None in what is no person."""
    text = layers.text
    for i, (begin, _) in enumerate(tokens):
        if lexicon().not_people.match(text, begin):
            return None
        if text.startswith("Đoàn ", begin) and text.endswith(_OF_THE_YOUTH, 0, begin):
            # "Bí thư Trung ương Đoàn Nguyễn Văn A"
            continue
        if is_of_a_country(layers, begin):
            # "Lãnh sự danh dự của CH Bồ Đào Nha"
            continue
        if _is_of_a_province(layers, tokens[i:]):
            # "Tỉnh Đoàn Cao Bằng"
            return None
        if is_native_name(text, tokens[i:]):
            return i
    return len(tokens)


_OF_THE_YOUTH = ("T.Ư ", "Trung ương ", "Tỉnh ")


def _behind_a_firm(text: str, start: int, tokens: list[Span]) -> list[Span] | None:
    """The name behind the foreign one of a firm: "Chủ tịch Tập đoàn Texhong Hồng Thiên Chúc".

    Args:
        start: where the run of the tokens begins.
    """
    if not (text.endswith(_FIRMS, 0, start) and is_foreign_name(text, tokens[:1])):
        return None
    rest = tokens[1:]
    native = len(rest) > 1 and all(is_vietnamese_syllable(text[a:b]) for a, b in rest)
    return rest if native else None


# Names by their form


def _without_surname(layers: Layers, span: Span, tokens: list[Span]) -> PersonMention | None:
    """Who has a name of two words of which the first is no surname of ours."""
    if not is_plain_name(layers.text, tokens) or is_of_a_country(layers, tokens[0][0]):
        return _envoy(layers, span, tokens)
    # "Thủ tướng Hun Sen"
    named = _with_titles(layers, span, tokens, needs="before")
    return named if named is not None and (named.honorific or _is_of_a_state(named)) else None


def _native(layers: Layers, span: Span, tokens: list[Span], at: int) -> PersonMention | None:
    """Who has the Vietnamese name that begins with a token, or perhaps with the one before it."""
    # Of "Hiệp hội Gỗ Nguyễn Văn Hoa" the last three words are the name.
    if len(tokens) - at == 2 and at > 0 and is_unlisted_name(layers.text, tokens):
        named = _with_titles(layers, span, tokens, needs="before")
        if named is not None:
            # "Phó Chủ tịch UBND tỉnh Lữ Hoàng Phong": the surname is in no list.
            return named
    return _with_titles(layers, span, tokens[at:], needs="any")


def _in_capitals(layers: Layers, span: Span, tokens: list[Span]) -> PersonMention | None:
    """ "Ông Junichi KAWAUE", "Đại sứ YAMADA Takio"; not "Tổng Giám đốc VIB Bank"."""
    if layers.text[slice(*tokens[0])] in lexicon().not_first:
        # "Ủy viên Trung ương Đảng NDCM Lào"
        return None
    named = _with_titles(layers, span, tokens, needs="before")
    return named if named is not None and (named.honorific or _is_of_a_state(named)) else None


def _foreign(layers: Layers, span: Span, tokens: list[Span]) -> PersonMention | None:
    """Who has a name that is no Vietnamese words: "Theo Jacob Helmer, Thứ trưởng ..."."""
    text, low, high = layers.text, tokens[0][0], tokens[-1][1]
    if text[slice(*tokens[0])] in _PLACES_OPEN:
        # "Tại Kuala Lumpur, Thủ tướng ..."
        return None
    begins = _begins_a_clause(text, span[0], low)
    named = _with_titles(layers, span, tokens, needs="any" if begins else "before")
    if named is None:
        told_as = begins and _TOLD_AS.match(text, high) is not None
        return PersonMention(low, high, low, text[low:high], ()) if told_as else None
    if named.start == named.name_start and not named.honorific:
        office = max((len(title.split()) for title in named.titles), default=0)
        return named if office >= _WORDS_OF_AN_OFFICE else None
    return None if _is_firm(text, named) else named


_PLACES_OPEN = frozenset(("Tại", "Ở", "Từ", "Đến", "Tới", "Về", "Sang", "Qua", "Trong", "Sau"))
"""Words that open a sentence before a place."""
_WORDS_OF_AN_OFFICE = 3


def _unlisted(layers: Layers, span: Span, tokens: list[Span]) -> PersonMention | None:
    """Who has a Vietnamese name whose surname is in no list."""
    start = tokens[0][0]
    row = layers.text.endswith(("; ", ": "), 0, start) and _ROW.search(
        layers.text, max(span[0], start - _LONGEST_ROW), start
    )
    named = _with_titles(layers, span, tokens, needs="any" if row else "before")
    return named if named is None or named.titles or named.honorific else None


_LONGEST_ROW = 600
_ROW = regex(r"(?:[Cc]ác|[Hh]ai|[Bb]a)(?: vị)? (?:đồng chí|ông|bà|ngài|đại biểu)(?: \w+){0,4}: ")
"""Before a row of persons with an office behind the name: "...; Quảng Trọng Ninh - Trưởng Ban"."""


def _long(layers: Layers, span: Span, tokens: list[Span]) -> PersonMention | None:
    """Who has a foreign name of many words in our letters, by an office of a state."""
    named = _with_titles(layers, span, tokens, needs="before")
    return named if _is_of_a_state(named) else None


_Form = tuple[
    Callable[[str, list[Span]], bool],
    Callable[[Layers, Span, list[Span]], PersonMention | None],
]
_FORMS: tuple[_Form, ...] = (
    (is_name_in_capitals, _in_capitals),
    (is_foreign_name, _foreign),
    (is_unlisted_name, _unlisted),
    (is_long_name, _long),
)
"""Forms of names, the first that fits; and who has a name of that form."""


def _envoy(layers: Layers, span: Span, tokens: list[Span]) -> PersonMention | None:
    """Who has a name of two words like any and an office of a state behind: "ông Hùng Ba, Đại sứ".

    Only a form of address before it and the office tell that it is a name.
    """
    if lexicon().honorific_before.search(layers.text, span[0], tokens[0][0]) is None:
        return None
    if lexicon().not_people.match(layers.text, tokens[0][0]):
        return None
    named = _with_titles(layers, span, tokens, needs="before")
    if named is None or not named.honorific:
        return None
    return named if _is_of_a_state(named) else None


def _behind_a_place(text: str, tokens: list[Span]) -> list[Span]:
    """The tokens behind a name that is no person's here: "TP Hồ Chí Minh Nguyễn Văn A"."""
    for begin, _ in tokens[1:-2]:
        place = lexicon().not_people.match(text, begin)
        if place is not None:
            rest = [t for t in tokens if t[0] >= place.end()]
            return rest if len(rest) > 1 else tokens
    return tokens


def _begins_a_clause(text: str, low: int, at: int) -> bool:
    """Whether nothing but a word such as "theo" leads up to a name in its clause."""
    before = text[low:at]
    return not before.strip(' “"-–•+') or before.endswith(_LEADS_TO_A_NAME)


_TOLD_AS = regex(
    r", (?:một|vốn là|là) (?:thương nhân|người|chuyên gia|nhà|nông dân|doanh nhân|du khách|chủ)"
    r"(?!\w)"
)
"""Behind a foreign name, what its holder is who holds no office: "..., một thương nhân"."""
_LEADS_TO_A_NAME = ("; ", ": ", "heo ", " với ", " gặp ", " tiếp ", " mời ", " gồm ")


def _is_of_a_province(layers: Layers, tokens: list[Span]) -> bool:
    """Whether a "Đoàn" stands before the name of a province, and nothing behind it."""
    if len(tokens) < 3 or layers.text[slice(*tokens[0])] != "Đoàn":
        return False
    end = tokens[-1][1]
    return province_at(layers.words, tokens[1][0], end) == end


_FIRMS = ("Tập đoàn ", "Công ty ", "Ngân hàng ", "Hãng ", "Quỹ ")


def _up_to_an_office(text: str, tokens: list[Span]) -> list[Span]:
    """The tokens, cut at a hyphen that an office follows: "Trần Thị Hoài-Giám đốc Sở ..."."""
    if not tokens:
        return tokens
    begin, end = tokens[-1]
    # The last one: "Ahn Seong-ho-Tham tán".
    hyphen = text.rfind("-", begin, end)
    if hyphen > begin and lexicon().heads.match(text, hyphen + 1) is not None:
        return [*tokens[:-1], (begin, hyphen)]
    return tokens


def _of_one_name(layers: Layers, span: Span, run: Span) -> PersonMention | None:
    """One named by one name behind an office: "Hoàng hậu Masako", "Tổng thống Putin"."""
    start, end = run
    name = layers.text[start:end]
    if "." in name:
        # "Bộ trưởng Ngoại giao X.La-vrốp"
        return _with_titles(layers, span, [run], needs="before")
    if is_vietnamese_syllable(name) or len(name) < _SHORTEST_NAME:
        return None
    if "-" not in name and _OURS.search(name):
        # "Thủ tướng Chínhphủ"
        return None
    if not all(part[1:].islower() for part in name.split("-")):
        return None
    if layers.partners_shown(start, end):
        return None
    head = _royal().search(layers.text, max(span[0], start - 60), start)
    if head is None:
        # "Bộ trưởng Ngoại giao Nga Lavrov"
        if not any(p.end == start - 1 for p in layers.partners_shown(max(0, start - 40), start)):
            return None
        named = _with_titles(layers, span, [run], needs="before")
        return named if _is_of_a_state(named) and len(name) > _SHORTEST_NAME else None
    return PersonMention(head.start(), end, start, name, (head[0].strip(),))


_OURS = regex(r"[ăđơưằắẳẵặầấẩẫậềếểễệồốổỗộờớởỡợừứửữựảẻỉỏủỷạẹịọụỵ]")
"""Letters no other language has."""
_HEADS_OF_STATE = ("Thủ tướng", "Phó Thủ tướng", "Phó thủ tướng", "Ngoại trưởng")
_SHORTEST_NAME = 4
"""Letters of a foreign name that stands alone behind an office."""


@cache
def _royal() -> re.Pattern[str]:
    """An office of a state, the country perhaps behind it: "Quốc vương Bỉ ", "Tổng thống "."""
    place = rf"(?: (?:nước )?[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{0,2}})?"
    heads = [*load("titles")["royal"], "Tổng thống", "Phó Tổng thống", *_HEADS_OF_STATE]
    return regex(rf"(?<!\w)(?:{alternation(heads)}){place} $")


_FIRM = regex(
    rf", (?:ông|bà|anh|chị) [{UPPER}]"
    rf"| (?:tại|ở) (?:Việt Nam|khu vực|châu|thị trường|[{UPPER}]\w+ [{UPPER}])"
)
"""Behind capitalised foreign words: they are a firm's, "Giám đốc World Bank tại Việt Nam"."""


def _is_firm(text: str, named: PersonMention) -> bool:
    """Whether foreign words behind an office are the firm or the organisation it is of."""
    if named.honorific or _is_of_a_state(named):
        return False
    return _FIRM.match(text, named.end) is not None


def _with_titles(
    layers: Layers, span: Span, tokens: list[Span], *, needs: Literal["any", "before"]
) -> PersonMention | None:
    """The person whose name the tokens are; None if too little beside it says that it is one.

    Args:
        span: the sentence or caption.
        needs: whether an office or an address must stand "before" the name, or on "any" side.
    """
    begin, end = tokens[0][0], tokens[-1][1]
    before, start, honorific = titles_before(layers, span[0], begin)
    if needs == "before" and not (before or honorific):
        return None
    listed = bool(before) and not honorific
    titles = before + titles_after(layers, end, span[1], listed=listed)
    if honorific and not titles and (held := degree(layers.text, start, begin)):
        titles = (held,)
    if not (titles or honorific or _is_quoted(layers.text, tokens)):
        return None
    return PersonMention(start, end, begin, layers.text[begin:end], titles, honorific)


def _is_quoted(text: str, tokens: list[Span]) -> bool:
    """Whether a whole Vietnamese name alone says who is quoted: "Theo Nguyễn Thị A, ..."."""
    begin, end = tokens[0][0], tokens[-1][1]
    return (
        len(tokens) >= 3
        and text[max(0, begin - 5) : begin] in ("theo ", "Theo ")
        and text.startswith(",", end)
        and is_native_name(text, tokens)
    )
