"""Persons named in a text, with the offices said right before and behind their names."""

import re
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

__all__ = ["PersonMention", "find_interviewee", "find_people"]


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
_INTERVIEW = (
    "phỏng vấn", "cuộc trao đổi", "trả lời báo", "trả lời một số câu hỏi", "đã trả lời",
    "chia sẻ với phóng viên", "trao đổi với phóng viên", "trao đổi với báo", "trả lời phóng viên",
    "thưa đại sứ", "thưa ông", "thưa bà", "thưa bộ trưởng", "thưa thứ trưởng", "thưa tham tán",
    "xin đại sứ", "xin ông", "xin bà",
)  # fmt: skip
_INTERVIEW_TOP = 1500


def find_interviewee(layers: Layers, people: list[PersonMention]) -> str | None:
    """Who answers in an interview: who speaks before a colon, else the first person with an office.

    Args:
        people: the persons the text names, in order.
    """
    top = layers.words.lower[:_INTERVIEW_TOP]
    if not people:
        return None
    if not any(words in top for words in _INTERVIEW):
        return _asked_by_office(layers, people)
    for person in people:
        if layers.text[person.end : person.end + 1] == ":":
            return person.name
    return next((p.name for p in people if p.titles and p.start < _INTERVIEW_TOP), None)


_ASKED = regex(
    r"(?:thưa|xin|theo) (?P<office>đại sứ|bộ trưởng|thứ trưởng|tham tán|cục trưởng|vụ trưởng"
    r"|giám đốc|chủ tịch|tổng lãnh sự|ông|bà)(?!\w)"
)


def _asked_by_office(layers: Layers, people: list[PersonMention]) -> str | None:
    """Who is asked in two questions or more by an office, named on a line of its own at the top."""
    offices = {
        m["office"]
        for s in layers.sentences
        if s.asks(layers.text)
        for m in [_ASKED.search(layers.words.lower, s.start, s.end)]
        if m is not None
    }
    asked = sum(s.asks(layers.text) for s in layers.sentences)
    if not offices or asked < _FEWEST_QUESTIONS:
        return None
    for person in people:
        if person.start > _INTERVIEW_TOP:
            return None
        low = layers.text.rfind("\n", 0, person.start) + 1
        high = layers.text.find("\n", person.end)
        alone = not layers.text[low : person.start].strip() and (
            high >= 0 and len(layers.text[person.end : high].strip()) < _MOST_BEHIND
        )
        held = " ".join(person.titles).lower()
        if alone and any(office in held or office in ("ông", "bà") for office in offices):
            return person.name
    return None


_FEWEST_QUESTIONS = 2
_MOST_BEHIND = 60
"""Code points behind the name on the line of who is interviewed: an office, a photographer."""


# A name in a run of capitalised words


def _in_run(layers: Layers, span: Span, run: Span) -> PersonMention | None:
    """The person whose name stands in a run of capitalised words, if one does."""
    several = layers.text.find(" ", *run) >= 0
    mention = (_mention if several else _of_one_name)(layers, span, run)
    if mention is None or not _BY_INITIALS.match(mention.name):
        return mention
    # "Tổng Giám đốc J.P. Morgan" is a firm's.
    of_a_state = any(of_states().match(title) for title in mention.titles)
    return mention if mention.honorific or of_a_state else None


_BY_INITIALS = regex(rf"[{UPPER}][{LOWER}]?\.")


def _mention(layers: Layers, span: Span, run: Span) -> PersonMention | None:
    """The person named in a run of several words."""
    start, end = run
    tokens = tokens_of(layers.text, start, end)
    if layers.text[slice(*tokens[0])] in lexicon().addresses:
        if lexicon().not_people.match(layers.text, start):
            # "Bà Rịa Vũng Tàu"
            return None
        # "Ông Kevin Park" at the head of a sentence
        tokens = tokens[1:]
    if len(tokens) > 2 and layers.text[slice(*tokens[0])] in _OPENS:
        # "Theo Jacob Helmer"
        tokens = tokens[1:]
    if len(tokens) == 2 and is_no_name(layers.text, tokens):
        if not is_plain_name(layers.text, tokens) or is_of_a_country(layers, tokens[0][0]):
            return _envoy(layers, span, tokens)
        # "Thủ tướng Hun Sen"
        named = _with_titles(layers, span, tokens, needs="before")
        of_a_state = named is not None and any(of_states().match(t) for t in named.titles)
        return named if of_a_state or (named is not None and named.honorific) else None
    for partner in layers.partners_shown(max(span[0], start - 60), end):
        if partner.start < start < partner.end:
            tokens = [t for t in tokens if t[0] >= partner.end]
        elif start < partner.start and (rest := [t for t in tokens if t[0] > partner.end]):
            # "Thủ hiến bang South Australia Peter Malinauskas", "Bộ Công Thương Séc Novakova"
            alone = len(rest) == 1
            if alone and partner.end + 1 == rest[0][0] and partner.type == "country":
                return _of_one_name(layers, span, rest[0])
            tokens = rest if not alone and is_foreign_name(layers.text, rest) else tokens
    tokens = _up_to_an_office(layers.text, after_places(layers, tokens))
    if len(tokens) > 1:
        tokens = with_initials(layers.text, tokens)
    if len(tokens) < 2:
        # "Tổng thống Nga V.Pu-tin"
        return _of_one_name(layers, span, tokens[0]) if tokens else None
    if (place := lexicon().not_people.match(layers.text, tokens[0][0])) is not None:
        # "tỉnh Giang Tô Ngụy Quốc Cường"
        tokens = [t for t in tokens if t[0] >= place.end()]
        if len(tokens) < 2:
            return None
    tokens = _behind_a_place(layers.text, tokens)
    for i, (begin, _) in enumerate(tokens):
        if lexicon().not_people.match(layers.text, begin):
            return None
        if layers.text.startswith("Đoàn ", begin) and layers.text.endswith(
            ("T.Ư ", "Trung ương ", "Tỉnh "), 0, begin
        ):
            # "Bí thư Trung ương Đoàn Nguyễn Văn A"
            continue
        if is_of_a_country(layers, begin):
            # "Lãnh sự danh dự của CH Bồ Đào Nha"
            continue
        if _is_of_a_province(layers, tokens[i:]):
            # "Tỉnh Đoàn Cao Bằng"
            return None
        if is_native_name(layers.text, tokens[i:]):
            # Of "Hiệp hội Gỗ Nguyễn Văn Hoa" the last three words are the name.
            whole = len(tokens) - i == 2 and i > 0 and is_unlisted_name(layers.text, tokens)
            if whole and (named := _with_titles(layers, span, tokens, needs="before")):
                # "Phó Chủ tịch UBND tỉnh Lữ Hoàng Phong": the surname is in no list.
                return named
            return _with_titles(layers, span, tokens[i:], needs="any")
    if is_of_a_country(layers, tokens[-1][0]):
        return None
    if layers.text.endswith(_FIRMS, 0, start) and is_foreign_name(layers.text, tokens[:1]):
        rest = tokens[1:]
        if len(rest) > 1 and all(is_vietnamese_syllable(layers.text[a:b]) for a, b in rest):
            # "Chủ tịch Tập đoàn Texhong Hồng Thiên Chúc"
            return _with_titles(layers, span, rest, needs="before")
    if is_name_in_capitals(layers.text, tokens):
        if layers.text[slice(*tokens[0])] in lexicon().not_first:
            # "Ủy viên Trung ương Đảng NDCM Lào"
            return None
        # "ông Junichi KAWAUE", "Đại sứ YAMADA Takio"; not "Tổng Giám đốc VIB Bank"
        named = _with_titles(layers, span, tokens, needs="before")
        known = named is not None and (
            named.honorific or any(of_states().match(title) for title in named.titles)
        )
        return named if known else None
    if is_foreign_name(layers.text, tokens):
        if layers.text[slice(*tokens[0])] in _PLACES_OPEN:
            # "Tại Kuala Lumpur, Thủ tướng ..."
            return None
        begins = _begins_a_clause(layers.text, span[0], tokens[0][0])
        named = _with_titles(layers, span, tokens, needs="any" if begins else "before")
        if begins and named is None and _TOLD_AS.match(layers.text, tokens[-1][1]):
            low, high = tokens[0][0], tokens[-1][1]
            return PersonMention(low, high, low, layers.text[low:high], ())
        if named is not None and named.start == named.name_start and not named.honorific:
            # "Theo Jacob Helmer, Thứ trưởng Bộ Ngoại giao Mỹ, ..."
            office = max((len(title.split()) for title in named.titles), default=0)
            return named if office >= _WORDS_OF_AN_OFFICE else None
        return None if named is not None and _is_firm(layers.text, named) else named
    if is_unlisted_name(layers.text, tokens):
        # "Các đồng chí: Lê A, Chủ tịch ...; Quảng Trọng Ninh - Trưởng Ban ...": one of a row.
        row = layers.text.endswith(("; ", ": "), 0, start) and _ROW.search(
            layers.text, max(span[0], start - _LONGEST_ROW), start
        )
        named = _with_titles(layers, span, tokens, needs="any" if row else "before")
        return named if named is None or named.titles or named.honorific else None
    if is_long_name(layers.text, tokens):
        named = _with_titles(layers, span, tokens, needs="before")
        of_a_state = named is not None and any(of_states().match(t) for t in named.titles)
        return named if of_a_state else None
    return None


_LONGEST_ROW = 600
_ROW = regex(r"(?:[Cc]ác|[Hh]ai|[Bb]a)(?: vị)? (?:đồng chí|ông|bà|ngài|đại biểu)(?: \w+){0,4}: ")
"""Before a row of persons, each with an office behind the name."""


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
    return named if any(of_states().match(title) for title in named.titles) else None


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
_WORDS_OF_AN_OFFICE = 3


_OPENS = frozenset(
    ("Theo", "Với", "Cùng", "Gặp", "Tiếp", "Đón", "Mời", "Do", "Còn", "Riêng", "Như")
)
_PLACES_OPEN = frozenset(("Tại", "Ở", "Từ", "Đến", "Tới", "Về", "Sang", "Qua", "Trong", "Sau"))
"""Words that open a sentence before a name and before a place."""


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
        of_a_state = named is not None and any(of_states().match(t) for t in named.titles)
        return named if of_a_state and len(name) > _SHORTEST_NAME else None
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
    if named.honorific or any(of_states().match(title) for title in named.titles):
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
