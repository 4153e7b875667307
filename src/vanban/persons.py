"""Persons named in a text, with the offices said right before and behind their names."""

import re
from functools import cache
from typing import Literal

from vanban.data import load
from vanban.gazetteer import province_at
from vanban.layers import Layers
from vanban.letters import LOWER, UPPER, is_vietnamese_syllable
from vanban.patterns import alternation
from vanban.person_words import TOKEN, PersonMention, by_full_names, lexicon
from vanban.signatures import find_signatures

__all__ = ["PersonMention", "find_interviewee", "find_people"]

_LONGEST_TITLE = 16
"""Words; more is a clause that happens to hold an office."""
_TITLE_REACH = 110
"""Code points before a name in which an office can begin."""

Span = tuple[int, int]


@cache
def _with_commas() -> re.Pattern[str]:
    """Names of bodies that hold a comma: "Bộ Thương mại, Công nghiệp và Năng lượng"."""
    known = alternation(load("titles")["bodies_with_commas"])
    word = rf"[{UPPER}][{LOWER}]+"
    return re.compile(
        rf"(?:(?<=Bộ )|(?<=Sở )|(?<=Cục )|(?<=ban )|(?<=Ban ))"
        rf"(?:(?:{known})(?!\w)|{word}(?: [{LOWER}]+){{0,2}}, {word}(?: [{LOWER}]+){{0,2}}"
        rf" và (?!(?:ông|bà)(?!\w)){word})"
    )


_COMMA_INSIDE = "\x01"


def _hide_commas(title: str) -> str:
    """Hide the commas inside names of bodies behind marks of the same length."""
    comma = title.find(",")
    if comma < 0 or not (
        " và " in title[comma:]
        or any(name in title for name in load("titles")["bodies_with_commas"])
    ):
        return title
    return _with_commas().sub(lambda m: m[0].replace(",", _COMMA_INSIDE), title)


def find_people(layers: Layers) -> list[PersonMention]:
    """Every mention of a person by name that has an office or a form of address beside it.

    Source: `data/titles.yml`.
    Returns:
        Mentions in text order: of the content, of captions, and of the signature.
    """
    words, text = lexicon(), layers.text
    spans = [
        (s.start, s.end)
        for s in layers.sentences
        if not (s.heading and layers.sentence_text(s).isupper())
    ]
    spans += [(b.start, b.end) for b in layers.document.blocks if b.kind == "caption"]
    found = [
        mention
        for span in spans
        for m in words.run.finditer(text, *span)
        if (mention := (_mention if " " in m[0] else _of_one_name)(layers, span, m)) is not None
        and not text.endswith(("cố ", "Cố "), 0, mention.start)
    ]
    found += find_signatures(layers)
    found.sort(key=lambda p: p.start)
    kept = [p for n, p in enumerate(found) if not (n and _is_in_title(p, found[n - 1]))]
    return by_full_names(kept)


def _is_in_title(mention: PersonMention, before: PersonMention) -> bool:
    """Whether a name is the firm in the title before: "ông A, Giám đốc Samsung Vina"."""
    if not mention.titles or mention.start - before.end > _LONGEST_BODY:
        return False
    whole = f"{mention.titles[-1]} {mention.name}"
    return any(whole in title for title in before.titles)


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


_ASKED = re.compile(
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

_MOUNTAIN_NAME = re.compile(r"[A-ZĐ][’']")
_APOSTROPHES = frozenset("’'")


def _mention(layers: Layers, span: Span, run: re.Match[str]) -> PersonMention | None:
    """The person whose name stands in a run of capitalised words, if one does."""
    start, end = run.span()
    tokens = _tokens(layers.text, start, end)
    if layers.text[slice(*tokens[0])] in lexicon().addresses:
        if lexicon().not_people.match(layers.text, start):
            # "Bà Rịa Vũng Tàu"
            return None
        # "Ông Kevin Park" at the head of a sentence
        tokens = tokens[1:]
    if len(tokens) == 2 and _is_no_name(layers.text, tokens):
        return None
    for partner in layers.partners_shown(max(span[0], start - 60), end):
        if partner.start < start < partner.end:
            tokens = [t for t in tokens if t[0] >= partner.end]
        elif start < partner.start and len(rest := [t for t in tokens if t[0] > partner.end]) > 1:
            # "Thủ hiến bang South Australia Peter Malinauskas"
            tokens = rest if _is_foreign_name(layers.text, rest) else tokens
    tokens = _after_places(layers, tokens)
    if len(tokens) < 2:
        return None
    for i, (begin, _) in enumerate(tokens):
        if lexicon().not_people.match(layers.text, begin):
            return None
        if _is_native_name(layers.text, tokens[i:]):
            whole = _is_unlisted_name(layers.text, tokens) if i else False
            if whole and (named := _with_titles(layers, span, tokens, needs="before")):
                # "Phó Chủ tịch UBND tỉnh Lữ Hoàng Phong": the surname is in no list.
                return named
            return _with_titles(layers, span, tokens[i:], needs="any")
    if _is_foreign_name(layers.text, tokens):
        named = _with_titles(layers, span, tokens, needs="before")
        return None if named is not None and _is_firm(layers.text, named) else named
    if _is_unlisted_name(layers.text, tokens):
        return _with_titles(layers, span, tokens, needs="before")
    return None


def _of_one_name(layers: Layers, span: Span, run: re.Match[str]) -> PersonMention | None:
    """One of a royal house, named by one name behind the title: "Hoàng hậu Masako"."""
    start, end = run.span()
    head = _royal().search(layers.text, max(span[0], start - 60), start)
    if head is None or is_vietnamese_syllable(run[0]):
        return None
    if layers.partners_shown(start, end):
        return None
    return PersonMention(head.start(), end, start, run[0], (head[0].strip(),))


@cache
def _royal() -> re.Pattern[str]:
    """A royal title, the country perhaps behind it: "Quốc vương Bỉ ", "Nhật hoàng "."""
    place = rf"(?: (?:nước )?[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{0,2}})?"
    return re.compile(rf"(?<!\w)(?:{alternation(load('titles')['royal'])}){place} $")


_FIRM = re.compile(rf" (?:tại|ở) (?:Việt Nam|khu vực|châu|thị trường|[{UPPER}]\w+ [{UPPER}])")
"""Behind capitalised foreign words: they are a firm's, "Giám đốc World Bank tại Việt Nam"."""


def _is_firm(text: str, named: PersonMention) -> bool:
    """Whether foreign words behind an office are the firm or the organisation it is of."""
    if named.honorific or any(_of_states().match(title) for title in named.titles):
        return False
    return _FIRM.match(text, named.end) is not None


def _tokens(text: str, start: int, end: int) -> list[Span]:
    tokens = []
    for word in text[start:end].split(" "):
        stop = start + len(word)
        if word:
            tokens.append((start, stop))
        start = stop + 1
    return tokens


def _with_titles(
    layers: Layers, span: Span, tokens: list[Span], *, needs: Literal["any", "before"]
) -> PersonMention | None:
    """The person whose name the tokens are; None if too little beside it says that it is one.

    Args:
        span: the sentence or caption.
        needs: whether an office or an address must stand "before" the name, or on "any" side.
    """
    begin, end = tokens[0][0], tokens[-1][1]
    before, start, honorific = _titles_before(layers, span[0], begin)
    if needs == "before" and not (before or honorific):
        return None
    titles = before + _titles_after(layers, end, span[1])
    if honorific and not titles and (degree := _degree(layers.text, start, begin)):
        titles = (degree,)
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
        and _is_native_name(text, tokens)
    )


def _degree(text: str, start: int, end: int) -> str:
    """The degree that stands before a name without an office; "" if what stands there is none."""
    said = text[start:end].strip(" :")
    return said.rstrip(".") if said in load("titles")["degrees"] else ""


def _is_no_name(text: str, tokens: list[Span]) -> bool:
    """Whether two tokens are none, whatever is said of them: Vietnamese, the first no surname."""
    first, second = (text[a:b] for a, b in tokens)
    return (
        first not in lexicon().surnames
        and first[1:2] not in _APOSTROPHES
        and is_vietnamese_syllable(first)
        and is_vietnamese_syllable(second)
    )


def _is_native_name(text: str, tokens: list[Span]) -> bool:
    """Whether a Vietnamese name begins with the first token and ends with the last."""
    first = text[slice(*tokens[0])]
    mountain = first[1:2] in _APOSTROPHES and _MOUNTAIN_NAME.match(first) is not None
    if not (first in lexicon().surnames or mountain) or not 2 <= len(tokens) <= 4:
        return False
    syllables = [text[a:b] for a, b in tokens]
    if any(s.isupper() and len(s) > 1 for s in syllables):
        return False
    return mountain or all(map(is_vietnamese_syllable, syllables[1:]))


def _is_foreign_name(text: str, tokens: list[Span]) -> bool:
    """Whether the tokens are a name that is no Vietnamese words."""
    if len(tokens) > 5:
        return False
    syllables = [text[a:b] for a, b in tokens]
    if any(s.isupper() and len(s) > 2 for s in syllables):
        return False
    return not all(map(is_vietnamese_syllable, syllables))


def _is_unlisted_name(text: str, tokens: list[Span]) -> bool:
    """Whether the tokens may be a Vietnamese name whose surname is in no list."""
    syllables = [text[a:b] for a, b in tokens]
    if not 3 <= len(syllables) <= 4 or syllables[0] in lexicon().not_first:
        return False
    return not any(s.isupper() for s in syllables) and all(map(is_vietnamese_syllable, syllables))


def _after_places(layers: Layers, tokens: list[Span]) -> list[Span]:
    """The tokens left when countries and provinces at the front of the run are taken off."""
    while tokens:
        at, end = tokens[0][0], tokens[-1][1]
        if layers.text.startswith("Việt Nam ", at):
            # "Đại sứ Phần Lan tại Việt Nam Keijo Norvanto"
            tokens = tokens[2:]
            continue
        if layers.text.startswith("VN ", at):
            tokens = tokens[1:]
            continue
        cuts = [p.end for p in layers.partners_shown(at, at + 1)]
        if (place := province_at(layers.words, at, end)) is not None:
            cuts.append(place)
        if not cuts:
            return tokens
        tokens = [t for t in tokens if t[0] >= max(cuts)]
    return tokens


# Offices

_IN_BRACKETS = re.compile(r"\([^()]{0,30}\)")
_CLOSES = re.compile(r"[,.;:()\n“”]")
_LINKED = re.compile(r"\s+(?:kiêm|đồng thời là|và)$")
_GOES_ON = re.compile(r"(?:,|kiêm|-|–)\s*$")
_BETWEEN_TITLES = re.compile(r"\s*,\s*|\s+(?:kiêm|đồng thời là)\s+")
_DASH = re.compile(r" [-–] ")
_ELECTED = re.compile(
    r" (?:vừa |mới |đã )?được (?:bầu|bổ nhiệm|phê chuẩn)(?: giữ chức(?: vụ)?| làm| là)? "
)
_BEHIND_A_NAME = re.compile(r",|\s*[-–(]")


def _titles_before(layers: Layers, low: int, at: int) -> tuple[tuple[str, ...], int, bool]:
    """The offices that lead up to a name, where they begin, and whether an address does.

    Args:
        low: where the sentence begins.
        at: where the name begins.
    """
    words, text = lexicon(), layers.text
    honorific = words.honorific_before.search(text, max(low, at - 24), at)
    begin = honorific.start() if honorific else at
    titles: list[str] = []
    if honorific and _ANOTHER.search(text, max(low, begin - 4), begin):
        # "ông A, Thứ trưởng Bộ X và ông B": the office is A's.
        return (), begin, True
    if honorific and (theirs := _OFFICE_THEN_ADDRESS.search(text, low, begin)) is not None:
        office = theirs["office"]
        begins, ends = theirs.span("office")
        if _of_states().match(office) and any(
            p.end == ends for p in layers.partners_shown(begins, ends)
        ):
            # "Tổng thống Iceland, ngài A"
            return (office,), begins, True
    if (shared := _shared_office(layers, low, begin)) is not None:
        return (shared,), begin, honorific is not None
    while (head := _office_before(layers, low, begin, listed=bool(titles))) is not None:
        head = _behind_another_office(text, head, begin)
        title = _LINKED.sub("", text[head:begin].strip(" ,-–"))
        if not title or len(title.split()) > _LONGEST_TITLE:
            break
        if titles and title in ("Phu nhân", "phu nhân"):
            # "... và Phu nhân, Quốc vương X"
            break
        if titles and (_holds_a_name(layers, head, begin) or _heads_another(layers, head, begin)):
            # "Bộ trưởng A, Thứ trưởng B": the first office is A's.
            break
        titles[:0] = _split_titles(title)
        begin = head
        if not _GOES_ON.search(text, max(low, begin - 8), begin):
            break
    return tuple(titles), begin, honorific is not None


def _behind_another_office(text: str, head: int, end: int) -> int:
    """Where the office of the person named begins: "Chủ tịch nước và Tổng thống X" are two."""
    office = lexicon().heads.match(text, head, end)
    if office is None or not text.startswith(" và ", office.end()):
        return head
    second = office.end() + len(" và ")
    return second if _of_states().match(text, second, end) else head


_OFFICE_THEN_ADDRESS = re.compile(rf"(?P<office>(?<!\w)[{UPPER}][^,.;:()\n]{{4,70}}), $")
_THEN_ADDRESS = re.compile(rf", (?:ngài|Ngài|ông|bà) [{UPPER}]")
_ANOTHER = re.compile(r" và $")


@cache
def _one_office() -> re.Pattern[str]:
    heads = alternation(load("titles")["heads"])
    return re.compile(
        rf"(?:[Cc]ác|[Hh]ai|[Bb]a)(?: đồng chí)? (?P<office>(?:{heads})(?!\w)[^:,.;()\n]{{0,60}}):"
        rf" (?:{TOKEN}(?: {TOKEN}){{1,4}}(?:, | và ))*$"
    )


def _shared_office(layers: Layers, low: int, begin: int) -> str | None:
    """The office of several persons in a list: "Các Phó Thủ tướng: A, B"."""
    if layers.text.find(":", low, begin) < 0:
        return None
    m = _one_office().search(layers.text, max(low, begin - _SHARED_REACH), begin)
    return " ".join(m["office"].split()) if m is not None else None


_SHARED_REACH = 220
"""Code points of a list of persons in which the office of all of them stands."""


def _office_before(layers: Layers, low: int, end: int, *, listed: bool) -> int | None:
    """Where the longest office begins that leads up to `end` without a stop or a verb between.

    Another person's name between ends it too: "Bộ trưởng A B C và Thống đốc D E F".
    """
    words, text = lexicon(), layers.text
    for m in words.heads.finditer(text, max(low, end - _TITLE_REACH), end):
        if text.endswith("Phủ ", low, m.start()):
            # "tại Phủ Chủ tịch"
            continue
        gap = _IN_BRACKETS.sub("", _hide_commas(text[m.end() : end]))
        gap = gap.rstrip(", " if listed else None)
        if _CLOSES.search(gap) or words.break_words.search(gap):
            continue
        if not _holds_a_name(layers, m.end(), end) and not _names_another(layers, m.end(), end):
            return m.start()
    return None


def _titles_after(layers: Layers, end: int, high: int) -> tuple[str, ...]:
    """The offices said behind a name that ends at `end`, in the sentence that ends at `high`."""
    words, text = lexicon(), layers.text
    titles: list[str] = []
    at = end
    if (elected := _ELECTED.match(text, end, high)) is not None:
        m = words.title_after.match(text, elected.end() - 1, high)
        return tuple(_split_titles(m["title"].strip())) if m is not None else ()
    while at < high and text[at] in ", (-–":
        m = words.title_after.match(text, at, high)
        if m is None or not _BEHIND_A_NAME.match(text, at):
            break
        close = _end_of_title(text, *m.span("title"), high)
        title = text[m.start("title") : close].strip()
        if len(title.split()) > _LONGEST_TITLE:
            break
        if words.run.search(title) is None and not title.startswith(_HEADS_OF_FIRMS):
            break
        if _holds_a_name(layers, m.start("title"), close) or _heads_another(
            layers, m.start("title"), close
        ):
            break
        if _is_of_the_next(layers, m.start("title"), close):
            break
        titles += _split_titles(title)
        at = close
        if text[at : at + 1] == ")":
            break
    return tuple(titles)


def _is_of_the_next(layers: Layers, start: int, end: int) -> bool:
    """Whether an office behind a name is that of whom a form of address names then."""
    return (
        _THEN_ADDRESS.match(layers.text, end) is not None
        and _of_states().match(layers.text, start, end) is not None
        and any(p.end == end for p in layers.partners_shown(start, end))
    )


_HEADS_OF_FIRMS = ("giám đốc", "tổng giám đốc", "phó giám đốc", "phó tổng giám đốc", "chủ tịch")


def _end_of_title(text: str, start: int, end: int, high: int) -> int:
    """Where a title ends that stops at a comma at `end`: behind it, if a body's name holds it."""
    if not text.startswith(", ", end):
        return end
    for body in _with_commas().finditer(text, start, min(high, end + _LONGEST_BODY)):
        if body.start() < end < body.end():
            rest = lexicon().title_rest.match(text, body.end(), high)
            return rest.end() if rest is not None else body.end()
    return end


_LONGEST_BODY = 60
"""Code points of a body's name behind its first comma."""


def _split_titles(title: str) -> list[str]:
    if "(" in title:
        title = _IN_BRACKETS.sub("", title)
    several = "," in title or "kiêm" in title or "đồng thời" in title or _DASH.search(title)
    parts = _BETWEEN_TITLES.split(_hide_commas(title)) if several else [title]
    if _DASH.search(title):
        parts = [piece for part in parts for piece in _at_dashes(part)]
    return [
        " ".join(p.split()).replace(_COMMA_INSIDE, ",")
        for p in parts
        # "kiêm nhiệm Bhutan": where else the same office is held
        if p.strip() and not p.startswith("nhiệm ")
    ]


def _at_dashes(titles: str) -> list[str]:
    """Titles between dashes: "Ủy viên Trung ương Đảng - Bí thư Tỉnh ủy"; not "Bộ A - B"."""
    found: list[str] = []
    for part in _DASH.split(titles):
        if found and lexicon().heads.match(part) is None:
            found[-1] += f" - {part}"
        else:
            found.append(part)
    return found


def _names_another(layers: Layers, start: int, end: int) -> bool:
    """Whether a foreign name and another office stand between an office and a name.

    "Bộ trưởng Ngoại giao Elina Valtonen và Tổng thống ...": the first office is hers.
    """
    heads = [m.start() for m in lexicon().heads.finditer(layers.text, start, end)]
    return bool(heads) and _holds_a_foreign_name(layers, start, heads[-1])


@cache
def _of_states() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternation(load('titles')['offices_of_states'])})(?!\w)")


def _heads_another(layers: Layers, start: int, end: int) -> bool:
    """Whether an office behind a name is that of the next person: "A, Thủ hiến bang X B"."""
    if not _of_states().match(layers.text, start, end):
        return False
    return _holds_a_foreign_name(layers, start, end)


def _holds_a_foreign_name(layers: Layers, start: int, end: int) -> bool:
    """Whether a run of capitalised words, places taken off, is a name that is not Vietnamese."""
    for run in lexicon().run.finditer(layers.text, start, end):
        tokens = _after_places(layers, _tokens(layers.text, *run.span()))
        for partner in layers.partners_shown(*run.span()):
            tokens = [t for t in tokens if t[0] > partner.end] or tokens
        tokens = [t for t in tokens if not layers.text[slice(*t)].isupper()]
        native = sum(is_vietnamese_syllable(layers.text[slice(*t)]) for t in tokens)
        behind_a_place = bool(tokens) and tokens[0][0] > run.start()
        if len(tokens) > 1 and native < (len(tokens) if behind_a_place else 1):
            # "Tổng thống Hàn Quốc Lee Jae Myung": behind a country some of it may be both.
            return True
    return False


def _holds_a_name(layers: Layers, start: int, end: int) -> bool:
    """Whether the words after a name are the next person's office and name."""
    for run in lexicon().run.finditer(layers.text, start, end):
        tokens = _after_places(layers, _tokens(layers.text, *run.span()))
        for i in range(len(tokens) - 1):
            if _is_native_name(layers.text, tokens[i:]) and not lexicon().not_people.match(
                layers.text, tokens[i][0]
            ):
                return True
    return False
