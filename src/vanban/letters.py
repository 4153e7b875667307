"""Letters and syllables of Vietnamese: character classes, folding, what is a native syllable.

A class such as [A-ZÀ-Ỹ] also matches lower case, because the Vietnamese blocks of Unicode
alternate cases; so the letters are enumerated here, once.
"""

import re
import unicodedata
from functools import cache, lru_cache

__all__ = [
    "LOWER",
    "UPPER",
    "fold",
    "is_vietnamese_syllable",
    "lower",
    "modern_tones",
    "plain_blanks",
    "tone_variants",
    "with_any_marks",
]

_VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
_CONSONANTS = "bcdđfghjklmnpqrstvwxz"

LOWER = _VOWELS + _CONSONANTS + "éèêëïîñçäöüåøœßşčšž"
UPPER = LOWER.upper().replace("SS", "") + "Ð"
_BLANKS = "\t\u00a0\u2002\u2003\u2007\u2008\u2009\u200a\u202f\u3000"


def plain_blanks(text: str) -> str:
    """The text with every blank inside a line as a plain one, and "Ð" as "Đ"; same length.

    Args:
        text: any text of n code points.
    Returns:
        Text of n code points, so that offsets hold in both.
    """
    for blank in _BLANKS:
        if blank in text:
            text = text.replace(blank, " ")
    # Some newsrooms type the Icelandic capital, which looks the same.
    return text.replace("Ð", "Đ") if "Ð" in text else text


def lower(text: str) -> str:
    """The text in lower case and of the same length, so that offsets hold in both.

    Args:
        text: any text of n code points; a letter whose lower case is longer ("İ") stays as it is.
    """
    plain = text.lower()
    if len(plain) == len(text):
        return plain
    return "".join(c if len(c.lower()) != 1 else c.lower() for c in text)


def fold(text: str) -> str:
    """Lower case without marks, đ as d: the form in which spellings are compared.

    Args:
        text: any text, n code points in NFC.
    Returns:
        Text of the same length where the input is NFC Vietnamese; "Thoả thuận", "thỏa thuận"
        and "THOA THUAN" give the same.
    """
    if text.isascii():
        return text.lower()
    folded = text.translate(_FOLDED)
    if folded.isascii():
        return folded
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    bare = _MARKS.sub("", bare)
    if not bare.isascii():
        bare = "".join(c for c in bare if not unicodedata.combining(c))
    return bare.lower()


_MARKS = re.compile("[\u0300-\u0331]+")
"""The combining marks of Vietnamese, and their neighbours in the block."""


def with_any_marks(folded: str) -> str:
    """A pattern for what folds to a text, to be matched in either case.

    Args:
        folded: as `fold` gives it.
    Returns:
        What Python's `re`, SQLite and PostgreSQL read alike, for columns that have no folded one.
    """
    variants = _variants()
    return "".join(
        f"[{letter}{variants[letter]}][\u0300-\u0331]*" if letter in variants else re.escape(letter)
        for letter in folded
    )


@cache
def _variants() -> dict[str, str]:
    found: dict[str, str] = {}
    for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)):
        base = fold(chr(code))
        if len(base) == 1 and base.isascii() and base.isalpha():
            found[base] = found.get(base, "") + chr(code)
    return found


_FOLDED = {
    point: unicodedata.normalize("NFD", {"đ": "d", "Đ": "D"}.get(chr(point), chr(point)))[0].lower()
    for point in (*range(0x80), *map(ord, LOWER + UPPER))
}
"""What a letter of Vietnamese is folded to; text with any other is folded the long way."""


_SYLLABLE = re.compile(
    r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnprstvx])?"
    r"[aeiouy]{1,3}"
    r"(?:ch|ng|nh|[cmnpt])?"
)


@lru_cache(maxsize=8192)
def is_vietnamese_syllable(word: str) -> bool:
    """Whether one word could be a Vietnamese syllable ("Chính" could, "Trump" and "Jae" not)."""
    return bool(_SYLLABLE.fullmatch(fold(word)))


_TONES = {
    "òa": "oà", "óa": "oá", "ỏa": "oả", "õa": "oã", "ọa": "oạ",
    "òe": "oè", "óe": "oé", "ỏe": "oẻ", "õe": "oẽ", "ọe": "oẹ",
    "ùy": "uỳ", "úy": "uý", "ủy": "uỷ", "ũy": "uỹ", "ụy": "uỵ",
}  # fmt: skip
_TONES |= {modern.capitalize(): older.capitalize() for modern, older in _TONES.items()}
_OLDER = re.compile(r"[oO][àáảãạèéẻẽẹ]|(?<![qQ])[uU][ỳýỷỹỵ]")
_OPEN = re.compile(r"(?:[òóỏõọÒÓỎÕỌ][ae]|(?<![qQ])[ùúủũụÙÚỦŨỤ]y)(?![a-zà-ỹ])")
_EITHER = re.compile("[oOòóỏõọÒÓỎÕỌ][aeàáảãạèéẻẽẹ]|[uUùúủũụÙÚỦŨỤ][yỳýỷỹỵ]")
"""Where a tone mark may stand in either place, and some more."""
_MODERN = {v: k for k, v in _TONES.items()}


def modern_tones(name: str) -> str:
    """The name with its tone marks in the modern place ("hoá" as "hóa")."""
    return _OLDER.sub(_modern, name) if _OLDER.search(name) else name


def _modern(m: re.Match[str]) -> str:
    # In "hoàn" the mark stands on the "a" either way.
    follows = m.string[m.end() : m.end() + 1]
    return m[0] if follows.isalpha() else _MODERN[m[0]]


def tone_variants(name: str) -> tuple[str, ...]:
    """The name, and the name with its tone marks in the other place ("Hòa", "Hoà"), if another."""
    if _EITHER.search(name) is None:
        return (name,)
    modern = modern_tones(name)
    older = _OPEN.sub(lambda m: _TONES[m[0]], modern)
    return tuple(dict.fromkeys((name, modern, older)))
