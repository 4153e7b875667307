"""Which capitalised words are a person's name: Vietnamese, foreign, behind a country."""

from collections.abc import Iterator

from vanban.gazetteer import province_at
from vanban.layers import Layers
from vanban.letters import LOWER, UPPER, is_vietnamese_syllable
from vanban.patterns import regex
from vanban.persons.words import lexicon

__all__ = [
    "BODIES",
    "Span",
    "after_places",
    "is_foreign_name",
    "is_long_name",
    "is_mountain_name",
    "is_name_in_capitals",
    "is_native_name",
    "is_no_name",
    "is_of_a_country",
    "is_plain_name",
    "is_unlisted_name",
    "runs_of",
    "tokens_of",
    "with_initials",
]

Span = tuple[int, int]


_MOUNTAIN_NAME = regex(r"[A-ZĐ][’']")


_APOSTROPHES = frozenset("’'")


def tokens_of(text: str, start: int, end: int) -> list[Span]:
    tokens = []
    for word in text[start:end].split(" "):
        stop = start + len(word)
        if word:
            tokens.append((start, stop))
        start = stop + 1
    return tokens


def runs_of(text: str, start: int, end: int) -> Iterator[Span]:
    """Capitalised words in a row, the only places where a name can stand.

    A full stop inside is that of an initial ("Joseph R. Biden"); before a Vietnamese word it ends
    the row: "Nguyễn Văn A. Ông B", "H.Củ Chi".
    """
    for run in lexicon().run.finditer(text, start, end):
        begin = run.start()
        if "." in run[0]:
            for stop in _STOP.finditer(text, *run.span()):
                if not is_vietnamese_syllable(stop["next"]):
                    continue
                if begin < stop.start():
                    yield begin, stop.start()
                begin = stop.start("next")
        yield begin, run.end()


_STOP = regex(rf"\.(?: |(?=[{UPPER}][{LOWER}]))(?P<next>[{UPPER}][{LOWER}’'-]*+)(?!\.)")


def is_plain_name(text: str, tokens: list[Span]) -> bool:
    """Whether two or three words without marks may be a foreign name: "Hun Sen", "Cho Hyun"."""
    syllables = [text[a:b] for a, b in tokens]
    return (
        2 <= len(syllables) <= 3
        and syllables[0] not in lexicon().not_first
        and all(s.isascii() and s[1:].islower() and s.isalpha() for s in syllables)
        and not lexicon().not_people.match(text, tokens[0][0])
    )


def is_name_in_capitals(text: str, tokens: list[Span]) -> bool:
    """Whether some word of a person's name is in capitals: "Junichi KAWAUE", "NGUYỄN THỊ HOA"."""
    syllables = [text[a:b] for a, b in tokens]
    if not 2 <= len(syllables) <= 4 or not all(s.isalpha() for s in syllables):
        return False
    return any(s.isupper() and len(s) > 2 for s in syllables)


def is_mountain_name(word: str) -> bool:
    """Whether a word is of a name as "H’Yim", "K'Đăm"."""
    return word[1:2] in _APOSTROPHES and _MOUNTAIN_NAME.match(word) is not None


def with_initials(text: str, tokens: list[Span]) -> list[Span]:
    """The tokens, the initials a name ends with in full: "Petrov V" of "Petrov V.T"."""
    begin, end = tokens[-1]
    initials = _INITIALS.match(text, end) if end == begin + 1 and len(tokens) > 1 else None
    return [*tokens[:-1], (begin, initials.end())] if initials is not None else tokens


_INITIALS = regex(rf"(?:\.[{UPPER}](?![\w]))+")


def is_no_name(text: str, tokens: list[Span]) -> bool:
    """Whether two tokens are none, whatever is said of them: Vietnamese, the first no surname."""
    first, second = (text[a:b] for a, b in tokens)
    return (
        first not in lexicon().surnames
        and first[1:2] not in _APOSTROPHES
        and is_vietnamese_syllable(first)
        and is_vietnamese_syllable(second)
    )


def is_native_name(text: str, tokens: list[Span]) -> bool:
    """Whether a Vietnamese name begins with the first token and ends with the last."""
    first = text[slice(*tokens[0])]
    mountain = first[1:2] in _APOSTROPHES and _MOUNTAIN_NAME.match(first) is not None
    if not (first in lexicon().surnames or mountain) or not 2 <= len(tokens) <= 4:
        return False
    syllables = [text[a:b] for a, b in tokens]
    if any(s.isupper() and len(s) > 1 for s in syllables):
        return False
    return mountain or all(len(s) == 1 or is_vietnamese_syllable(s) for s in syllables[1:])


def is_foreign_name(text: str, tokens: list[Span]) -> bool:
    """Whether the tokens are a name that is no Vietnamese words."""
    syllables = [text[a:b] for a, b in tokens]
    if sum(s[0].isupper() for s in syllables) > _MOST_WORDS:
        return False
    if syllables[0] in BODIES:
        # "Tổng Giám đốc ... của Quỹ Kuwait"
        return False
    if any(
        (s.isupper() and len(s) > 2 and "." not in s) or _RUN_TOGETHER.match(s) for s in syllables
    ):
        return False
    # "Phó Bí thư TT Tỉnh ủy": an abbreviation alone makes no foreign name.
    return any(
        not is_vietnamese_syllable(s) and ("." in s or s[0].islower() or not s.isupper())
        for s in syllables
    )


_MOST_WORDS = 6
"""Words of a foreign name, the small ones ("bin", "de") not counted."""
BODIES = frozenset(
    (
        "Duma", "Đuma", "Đu-ma", "Quỹ", "Viện", "Hãng", "Báo", "Đài", "Hội", "Trường", "Cảng",
        "Sở", "Cục", "Bang", "Vùng", "Hạt", "Quận", "Tỉnh", "Đảng",
    )
)  # fmt: skip
"""First words of places and bodies, which no foreign name begins with."""
_RUN_TOGETHER = regex(rf"[{UPPER}]{{3,}}[{LOWER}]")
"""An abbreviation and a word without a blank between: "ASEANtại"."""


def is_of_a_country(layers: Layers, at: int) -> bool:
    """Whether a word is of a country's name: "Đào" of "Cộng hòa Bồ Đào Nha"."""
    return any(p.start <= at < p.end for p in layers.partners_shown(max(0, at - 30), at + 1))


def is_unlisted_name(text: str, tokens: list[Span]) -> bool:
    """Whether the tokens may be a Vietnamese name whose surname is in no list."""
    syllables = [text[a:b] for a, b in tokens]
    if not 3 <= len(syllables) <= 4 or syllables[0] in lexicon().not_first:
        return False
    return not any(s.isupper() for s in syllables) and all(map(is_vietnamese_syllable, syllables))


def is_long_name(text: str, tokens: list[Span]) -> bool:
    """Whether the tokens may be a foreign name in our letters: "Sẻng Phết Hùng Bun Nhuông"."""
    syllables = [text[a:b] for a, b in tokens]
    if not 5 <= len(syllables) <= 6 or syllables[0] in lexicon().not_first:
        return False
    return not any(s.isupper() for s in syllables) and all(map(is_vietnamese_syllable, syllables))


def after_places(layers: Layers, tokens: list[Span]) -> list[Span]:
    """The tokens left when countries and provinces at the front of the run are taken off."""
    while tokens:
        at, end = tokens[0][0], tokens[-1][1]
        if layers.text.startswith("Việt Nam ", at):
            # "Đại sứ Phần Lan tại Việt Nam Keijo Norvanto"
            tokens = tokens[2:]
            if len(tokens) > 2 and layers.text[slice(*tokens[0])] in _SHORT_COUNTRIES:
                # "Phân ban hợp tác Việt Nam Lào Nguyễn Văn A"
                tokens = tokens[1:]
            continue
        if layers.text.startswith("VN ", at):
            tokens = tokens[1:]
            continue
        if (both := _TWO_COUNTRIES.match(layers.text, at)) is not None:
            # "Ủy ban hợp tác Việt Nam-Trung Quốc phía ..."
            tokens = [t for t in tokens if t[0] >= both.end()]
            continue
        if (
            len(tokens) > 2
            and layers.text[slice(*tokens[0])] in _SHORT_COUNTRIES
            and layers.text.endswith(("- ", "– "), 0, at)
        ):
            # "Nhóm nghị sĩ hữu nghị Việt Nam - Lào Nguyễn Văn A"
            tokens = tokens[1:]
            continue
        cuts = [p.end for p in layers.partners_shown(max(0, at - 30), at + 1) if p.end > at]
        if (place := province_at(layers.words, at, end)) is not None:
            cuts.append(place)
        known = lexicon().places.match(layers.text, at)
        if known is not None and known.end() == end and layers.text.endswith(_WAYS, 0, at):
            # "tuyến cao tốc Phnom Penh - Bavet"
            return []
        if (
            known is not None
            and sum(t[0] >= known.end() for t in tokens) > 1
            and lexicon().honorific_before.search(layers.text, max(0, at - 12), at) is None
        ):
            # "Bí thư Khu ủy Quảng Tây Trần Cương", "Chủ tịch Samsung Lee Jae Yong"
            cuts.append(known.end())
        if layers.text.endswith(_HEADS_OF_PLACES, 0, at):
            # "Huyện trưởng huyện Mã Quan"
            cuts.append(tokens[:_SYLLABLES_OF_A_PLACE][-1][1])
        if len(tokens) > 2 and _is_a_place_or_body(layers.text, tokens):
            cuts.append(tokens[0][1])
        if not cuts:
            return tokens
        cut = max(cuts)
        if layers.text.startswith(("-Việt Nam ", "–Việt Nam "), cut):
            # "Ủy ban hợp tác Lào-Việt Nam Phet Phomphiphak"
            cut += len("-Việt Nam ")
        tokens = [t for t in tokens if t[0] >= cut]
    return tokens


_HEADS_OF_PLACES = (
    "Tỉnh trưởng tỉnh ", "Huyện trưởng huyện ", "Quận trưởng quận ", "Châu trưởng châu ",
    "Thị trưởng thành phố ",
)  # fmt: skip
"""Right before a place, whatever it is called."""
_SYLLABLES_OF_A_PLACE = 2
_WAYS = ("cao tốc ", "đường sắt ", "đường bay ", "đường bộ ", "tuyến ", "chặng ", "hành lang ")
"""Right before a place that one of these begins at."""


def _is_a_place_or_body(text: str, tokens: list[Span]) -> bool:
    """Whether a name begins behind its first word: "bang Nevada Gavin Miller", "JICA Tanaka A"."""
    at, end = tokens[0]
    word = text[at:end]
    if word.isupper():
        return len(word) > 1 and word.isalpha() and not text[slice(*tokens[1])].isupper()
    return not is_vietnamese_syllable(word) and text.endswith(_BEFORE_A_PLACE, 0, at)


_BEFORE_A_PLACE = (
    " bang ", " tỉnh ", " Tỉnh ", "Tỉnh ủy ", "Tỉnh uỷ ", "Thành ủy ", " thành phố ", " Thành phố ",
    " vùng ", " hạt ", " thủ đô ", "TP ",
)  # fmt: skip
_TWO_COUNTRIES = regex(
    rf"Việt Nam[-–][{UPPER}]\w+(?: (?:Quốc|Lan|Độ|Bản|Kỳ|Đào Nha|Ban Nha|Phi|Sĩ|Sỹ)(?!\w))?"
)
_SHORT_COUNTRIES = ("Lào", "Pháp", "Nga", "Đức", "Séc", "Cuba", "Ấn", "Nhật", "Hàn", "Trung")
