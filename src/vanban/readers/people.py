"""People who act in a text, with the offices it gives them."""

import re
from dataclasses import dataclass
from functools import cache

from vanban.data import load
from vanban.letters import LOWER, UPPER, fold, is_vietnamese_syllable
from vanban.patterns import alternation
from vanban.records import Person
from vanban.scan import Scan

__all__ = ["PersonMention", "find_people", "read_people"]


@dataclass(frozen=True, slots=True)
class PersonMention:
    """A person named at `text[start:end]`; `name_start` is where the name begins after its titles."""

    start: int
    end: int
    name_start: int
    name: str
    titles: tuple[str, ...]
    honorific: bool = False


_S = r"[ \u00a0]"
_TOKEN = rf"[{UPPER}][{LOWER}{UPPER}’'ʼ&]*(?:-[{LOWER}{UPPER}][{LOWER}{UPPER}’']*)*"


@dataclass(frozen=True)
class _Lexicon:
    run: re.Pattern[str]
    surnames: frozenset[str]
    not_first: frozenset[str]
    not_people: re.Pattern[str]
    head_before: re.Pattern[str]
    heads: re.Pattern[str]
    title_after: re.Pattern[str]
    honorific_before: re.Pattern[str]
    break_words: re.Pattern[str]


@cache
def _lexicon() -> _Lexicon:
    data = load("titles")
    heads = alternation(data["heads"])
    stops = alternation(data["break_words"])
    verbs = alternation(data["verbs_after"])
    return _Lexicon(
        run=re.compile(
            rf"(?<![\w/@.])(?:{_TOKEN})(?:{_S}(?:{_TOKEN}|van|von|der|de|bin|al|la|el)(?![\w]))*"
        ),
        surnames=frozenset(data["surnames"]),
        not_first=frozenset(data["not_first_names"]),
        not_people=re.compile(rf"(?:{alternation(data['not_people'])})(?!\w)"),
        heads=re.compile(rf"(?<!\w)(?:{heads})(?!\w)"),
        head_before=re.compile(rf"(?<!\w)(?:{heads})(?!\w)[\w&\-/’'.{_S[1:-1]}]{{0,90}}$"),
        title_after=re.compile(
            rf",?{_S}*[-–(]?{_S}*(?P<title>(?:{heads})(?!\w)(?:(?!{_S}+(?:{verbs})(?!\w))[^,.;:()\n])*)"
        ),
        honorific_before=re.compile(rf"(?<!\w)(?:{alternation(data['honorifics'])}):?{_S}+$"),
        break_words=re.compile(rf"(?<!\w)(?:{stops})(?!\w)"),
    )


def find_people(scan: Scan) -> list[PersonMention]:
    """Every mention of a person by name that has an office or a form of address beside it."""
    lexicon = _lexicon()
    found = []
    for sentence in scan.sentences:
        if sentence.heading and scan.sentence_text(sentence).isupper():
            continue
        for m in lexicon.run.finditer(scan.text, sentence.start, sentence.end):
            mention = _mention(scan, sentence.start, sentence.end, m.start(), m.end())
            if mention is not None:
                found.append(mention)
    blocks = scan.document.blocks
    for block in blocks:
        if block.kind == "caption":
            for m in lexicon.run.finditer(scan.text, block.start, block.end):
                mention = _mention(scan, block.start, block.end, m.start(), m.end())
                if mention is not None:
                    found.append(mention)
    found += _signatures(scan)
    return sorted(found, key=lambda p: p.start)


_OFFICE_LINE = re.compile(rf"{_S}*(?:(?:TM|KT|TL|TUQ|Q)\.)?{_S}*[{UPPER} \u00a0,.]{{4,60}}$")


def _signatures(scan: Scan) -> list[PersonMention]:
    """The signatory of an official document: a name alone, under an office in capitals."""
    text, blocks = scan.text, scan.document.blocks
    found = []
    for at in range(max(1, len(blocks) - 14), len(blocks)):
        line = text[blocks[at].start : blocks[at].end]
        name = re.search(rf"(?:^|{_S}{{3,}}|\| )((?:{_TOKEN}{_S}){{1,3}}{_TOKEN}){_S}*$", line)
        if name is None or len(name[1].split()) < 2 or name[1].isupper():
            continue
        words = name[1].split()
        if words[0] not in _lexicon().surnames or not all(map(is_vietnamese_syllable, words)):
            continue
        for above in range(at - 1, max(at - 5, -1), -1):
            office = re.search(
                rf"(?:^|{_S}{{3,}}|\| )([{UPPER}][{UPPER} \u00a0]{{5,50}}){_S}*$",
                text[blocks[above].start : blocks[above].end],
            )
            if office is not None:
                start = blocks[at].start + name.start(1)
                title = office[1].strip().capitalize()
                title = re.sub(
                    r"(?i)^(phó )?(chủ tịch|giám đốc|bộ trưởng|thủ tướng|chủ nhiệm)",
                    lambda m: m[0].capitalize(),
                    title,
                )
                found.append(
                    PersonMention(start, start + len(name[1]), start, name[1], (title,), False)
                )
                break
    return found


def _mention(scan: Scan, low: int, high: int, start: int, end: int) -> PersonMention | None:
    """The person whose name stands in the run of capitalised words `[start, end)`, if one does."""
    lexicon = _lexicon()
    text = scan.text
    tokens = [(m.start(), m.end()) for m in re.finditer(r"[^ \u00a0]+", text[start:end])]
    tokens = [(start + a, start + b) for a, b in tokens]
    for partner in scan.partners_between(max(low, start - 60), end):
        if partner.start < start < partner.end:
            tokens = [t for t in tokens if t[0] >= partner.end]
    tokens = _after_places(scan, tokens)
    if len(tokens) < 2:
        return None
    for i, (a, _) in enumerate(tokens):
        if lexicon.not_people.match(text, a):
            return None
        name = _native_name(text, tokens[i:])
        if name is not None:
            titles, begin, honorific = _titles_before(scan, low, a)
            b = name
            after = _titles_after(scan, b, high)
            if titles or after or honorific:
                return PersonMention(
                    begin, b, a, text[a:b].replace("\u00a0", " "), (*titles, *after), honorific
                )
            return None
    return _foreign(scan, low, high, tokens) or _unlisted(scan, low, high, tokens)


def _unlisted(
    scan: Scan, low: int, high: int, tokens: list[tuple[int, int]]
) -> PersonMention | None:
    """A Vietnamese name whose surname is in no list: three or four syllables behind an office."""
    text = scan.text
    words = [text[a:b] for a, b in tokens]
    if not 3 <= len(words) <= 4 or words[0] in _lexicon().not_first:
        return None
    if any(w.isupper() for w in words) or not all(is_vietnamese_syllable(w) for w in words):
        return None
    begin, end = tokens[0][0], tokens[-1][1]
    titles, start, honorific = _titles_before(scan, low, begin)
    if not titles:
        return None
    after = _titles_after(scan, end, high)
    name = text[begin:end].replace("\u00a0", " ")
    return PersonMention(start, end, begin, name, (*titles, *after), honorific)


def _after_places(scan: Scan, tokens: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The tokens left when countries and provinces at the front of the run are taken off."""
    while tokens:
        at, end = tokens[0][0], tokens[-1][1]
        cuts = [p.end for p in scan.partners_between(at, at + 1)]
        if (place := _place_pattern().match(scan.text, at, end)) is not None:
            cuts.append(place.end())
        if not cuts:
            return tokens
        if max(cuts) >= end:
            return []
        tokens = [t for t in tokens if t[0] >= max(cuts)]
    return tokens


@cache
def _place_names() -> str:
    return alternation(load("places")["provinces"])


@cache
def _place_pattern() -> re.Pattern[str]:
    return re.compile(rf"(?:{_place_names()})(?!\w)")


def _native_name(text: str, tokens: list[tuple[int, int]]) -> int | None:
    """Where a Vietnamese name that begins with the first token ends; None if none does."""
    lexicon = _lexicon()
    first = text[slice(*tokens[0])]
    mountain = re.match(r"[A-ZĐ][’']", first)
    if first not in lexicon.surnames and not mountain:
        return None
    if not 2 <= len(tokens) <= 4:
        return None
    words = [text[a:b] for a, b in tokens]
    if any(w.isupper() and len(w) > 1 for w in words):
        return None
    if not mountain and not all(is_vietnamese_syllable(w) for w in words[1:]):
        return None
    return tokens[-1][1]


def _titles_before(scan: Scan, low: int, at: int) -> tuple[tuple[str, ...], int, bool]:
    """The offices that lead up to a name, where they begin, and whether an address does."""
    lexicon = _lexicon()
    text = scan.text
    honorific = lexicon.honorific_before.search(text, max(low, at - 24), at)
    cursor = honorific.start() if honorific else at
    titles: list[str] = []
    begin = cursor
    while True:
        window = max(low, begin - 110)
        best = None
        for m in lexicon.heads.finditer(text, window, begin):
            gap = re.sub(r"\([^()]{0,30}\)", "", text[m.end() : begin])
            if re.search(r"[,.;:()\n“”]", gap.rstrip(", \u00a0") if titles else gap.rstrip()):
                continue
            if lexicon.break_words.search(gap):
                continue
            if best is None or m.start() < best.start():
                best = m
        if best is None:
            break
        title = text[best.start() : begin].strip(" \u00a0,-–")
        title = re.sub(r"[\s\u00a0]+(?:kiêm|đồng thời là|và)$", "", title)
        if not title or len(title.split()) > 16:
            break
        titles[:0] = _split_titles(title)
        begin = best.start()
        if not re.search(r"(?:,|kiêm|-|–)[\s\u00a0]*$", text[max(low, begin - 8) : begin]):
            break
    return (
        tuple(titles),
        (begin if titles else (honorific.start() if honorific else at)),
        bool(honorific),
    )


def _split_titles(title: str) -> list[str]:
    parts = re.split(r"[\s\u00a0]*,[\s\u00a0]*|[\s\u00a0]+(?:kiêm|đồng thời là)[\s\u00a0]+", title)
    return [re.sub(r"[\s\u00a0]+", " ", p).strip() for p in parts if p.strip()]


def _titles_after(scan: Scan, end: int, high: int) -> tuple[str, ...]:
    text = scan.text
    lexicon = _lexicon()
    titles: list[str] = []
    at = end
    while text[at : at + 1] in (",", " ", "(", "-", "–", "\u00a0") and at < high:
        m = lexicon.title_after.match(text, at, high)
        if m is None or not re.match(r",|[\s\u00a0]*[-–(]", text[at : at + 3]):
            break
        title = m["title"].strip()
        if len(title.split()) > 16 or lexicon.run.search(title) is None:
            break
        following = text[m.end() : m.end() + 1]
        if _holds_a_name(scan, m.start("title"), m.end("title")):
            break
        titles += _split_titles(title)
        at = m.end()
        if following == ")":
            break
    return tuple(titles)


def _holds_a_name(scan: Scan, start: int, end: int) -> bool:
    """Whether the words after a name are the next person's office and name."""
    text = scan.text
    for m in _lexicon().run.finditer(text, start, end):
        tokens = [t.span() for t in re.compile(r"[^ \u00a0]+").finditer(text, *m.span())]
        tokens = _after_places(scan, tokens)
        for i in range(len(tokens) - 1):
            if _native_name(text, tokens[i:]) is not None and not _lexicon().not_people.match(
                text, tokens[i][0]
            ):
                return True
    return False


def _foreign(
    scan: Scan, low: int, high: int, tokens: list[tuple[int, int]]
) -> PersonMention | None:
    """A foreign person: an office right before, and a name that is no Vietnamese words."""
    text = scan.text
    begin, end = tokens[0][0], tokens[-1][1]
    words = [text[a:b] for a, b in tokens]
    if len(words) > 5 or sum(not is_vietnamese_syllable(w) for w in words) == 0:
        return None
    if any(w.isupper() and len(w) > 2 for w in words):
        return None
    titles, start, honorific = _titles_before(scan, low, begin)
    after = _titles_after(scan, end, high)
    if not titles and not honorific:
        return None
    return PersonMention(
        start, end, begin, text[begin:end].replace("\u00a0", " "), (*titles, *after), honorific
    )


def read_people(scan: Scan) -> list[Person]:
    """The persons acting in a text, once each, with every office it gives them.

    Titles split at commas and "kiêm"; an office said twice keeps its fuller form.
    """
    order: dict[str, list[PersonMention]] = {}
    for mention in scan.people:
        order.setdefault(fold(mention.name), []).append(mention)
    records = []
    for mentions in order.values():
        titles = _fullest([t for m in mentions for t in m.titles])
        first = next((m for m in mentions if m.titles), mentions[0])
        records.append(
            Person(
                anchor=scan.document.anchor(first.start, first.end),
                rule="person.title" if first.titles else "person.address",
                confidence=0.93 if titles else 0.7,
                name=first.name,
                titles=titles,
            )
        )
    return sorted(records, key=lambda r: r.anchor)


def _fullest(titles: list[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for title in titles:
        if any(fold(k).startswith(fold(title)) for k in kept):
            continue
        longer = [i for i, k in enumerate(kept) if fold(title).startswith(fold(k))]
        if longer:
            kept[longer[0]] = title
        else:
            kept.append(title)
    return tuple(kept)
