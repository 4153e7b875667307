"""Vietnamese text in the 8-bit encodings of before Unicode: recognised, converted, never guessed.

TCVN 5712:1993 (TCVN3, "ABC" fonts), VISCII (RFC 1456), VNI for Windows and windows-1258. The proof
that a conversion is right is that its words are Vietnamese syllables.
"""

import re
import unicodedata
from collections.abc import Callable

from vanban.patterns import regex

__all__ = ["LEGACY_SHARE", "SOFT_HYPHEN", "TCVN3_LETTERS", "from_legacy_bytes", "note_of", "repair"]

LEGACY_SHARE = 0.9
"""Share of the accented words that must be Vietnamese syllables for a conversion to be believed."""

_FEWEST_WORDS = 3
_JUDGED = 20_000

# 0xA0-0xFF of TCVN 5712-1; below 0xA0 the "ABC" fonts keep the punctuation of windows-1252.
TCVN3_LETTERS = (
    "\u00a0ĂÂÊÔƠƯĐăâêôơưđẰ\u0300\u0309\u0303\u0301\u0323àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịò"
    "ỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ"
)
# 0x80-0xFF of VISCII.
_VISCII = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàá"
    "âãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)
_VISCII_LOW = {0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ"}

_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_VNI_AFTER = {
    **{("aeouyôö", mark): tone for mark, tone in _TONES.items()},
    ("aeo", "â"): "\u0302",
    **{("aeo", m): "\u0302" + t for m, t in zip("áàåãä", _TONES.values(), strict=True)},
    ("a", "ê"): "\u0306",
    **{("a", m): "\u0306" + t for m, t in zip("éèúüë", _TONES.values(), strict=True)},
}
_VNI_ALONE = {"ô": "ơ", "ö": "ư", "ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ"}
_VNI_PAIRS = {
    base + mark: unicodedata.normalize("NFC", _VNI_ALONE.get(base, base) + tone)
    for (bases, mark), tone in _VNI_AFTER.items()
    for base in bases
}
_VNI = {**_VNI_PAIRS, **_VNI_ALONE}
_VNI_PATTERN = regex("|".join(sorted(map(re.escape, _VNI), key=len, reverse=True)), re.I)

_ONSET = "ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnpqrstvx]"
_NUCLEUS = (
    "iêu|yêu|oai|oay|oao|oeo|uây|uôi|uya|uyê|uyu|ươi|ươu|ai|ao|au|ay|âu|ây|eo|êu|ia|iê|iu|oa|oă|oe|"
    "oi|ôi|ơi|oo|ua|uâ|uê|ui|uô|uơ|uy|ưa|ưi|ươ|ưu|yê|[aăâeêioôơuưy]"
)
_SYLLABLE = regex(f"(?:{_ONSET})?(?:{_NUCLEUS})(?:ng|nh|ch|[cmnpt])?")
_TONE_MARKS = regex("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = regex(r"\w*[^\W\d_\x00-\x7f]\w*|[^\s\x00-\x7f]+")
_SUSPECT = regex("[\u0080-\u009f¡-¿ÄÅÆÇËÏÐÑÖØÜÞßäåæçëïðñöøüþÿ÷×]")
_MODERN = regex("[\u1ea0-\u1ef9đĐơƠưƯăĂ]")
_TWICE = regex("(?:á[»º]|Ä[\u0091‘ƒ]|Æ[°¡]|Ã[\u0080-¿])")


SOFT_HYPHEN = "\u00ad"
"""A hyphen no page shows but at the end of a line; in TCVN3 fonts it is the letter "ư", so it stays
until the text is converted."""


def note_of(encoding: str) -> str:
    """The note that a text was converted from an 8-bit encoding of a name."""
    return f"Chuyển từ bảng mã cũ {encoding} sang Unicode."


def from_legacy_bytes(data: bytes) -> tuple[str, str] | None:
    """Convert the bytes of an 8-bit text to Unicode.

    Returns:
        The text in NFC and the name of its encoding; None if no encoding gives Vietnamese.
    """
    return _best(_as_windows_1252(data))


def repair(text: str) -> tuple[str, str | None]:
    """Convert the lines of a text that still hold 8-bit codes, as old fonts leave in DOCX and PDF.

    Args:
        text: Unicode text; healthy text comes back as it is.
    Returns:
        The text, and the name of what was converted; None if nothing was.
    """
    if not _SUSPECT.search(text):
        return text, None
    lines = text.split("\n")
    odd = [
        i
        for i, line in enumerate(lines)
        if len(_SUSPECT.findall(line)) > len(_MODERN.findall(line)) or _TWICE.search(line)
    ]
    if not odd:
        return text, None
    found = _best("\n".join(lines[i] for i in odd))
    if found is None:
        return text, None
    for i, converted in zip(odd, found[0].split("\n"), strict=True):
        lines[i] = _HYPHEN.sub(_letter_or_hyphen, converted) if "TCVN3" in found[1] else converted
    return "\n".join(lines), found[1]


_HYPHEN = regex(r"(?<![\w-])([^\W\d_]{0,4})-([^\W\d_]{0,6})(?![\w-])")


def _letter_or_hyphen(match: re.Match[str]) -> str:
    """A hyphen, or the letter "ư" that many programs show as one: "tr-ởng", "đầu t- n-ớc ngoài".

    It is the letter where what stands before it is no syllable and becomes one by it.
    """
    before, after = match.groups()
    if (before and is_syllable(before)) or not before + after:
        return match[0]
    if is_syllable(f"{before}ư{after}"):
        return f"{before}ư{after}"
    # Two words that the end of a line stood between.
    two = before and is_syllable(f"{before}ư") and is_syllable(after)
    return f"{before}ư {after}" if two else match[0]


def _best(raw: str) -> tuple[str, str] | None:
    """The conversion that gives Vietnamese, if there is exactly one clear winner."""
    results: list[tuple[float, int, str, Callable[[str], str | None]]] = []
    for name, convert in _CONVERSIONS:
        sample = convert(raw[:_JUDGED])
        if sample is None:
            continue
        share, words = _vietnamese_share(sample)
        if words >= _FEWEST_WORDS:
            results.append((share, words, name, convert))
    if not results:
        return None
    share, _, name, convert = max(results, key=lambda r: (r[0], r[1]))
    whole = convert(raw)
    if share < LEGACY_SHARE or whole is None:
        return None
    return unicodedata.normalize("NFC", whole), name


def _vietnamese_share(text: str) -> tuple[float, int]:
    """Share of the words with letters beyond ASCII that are Vietnamese syllables, and their number.

    Example: "Thủ tướng Chính phủ" has four of four.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text))
    good = sum(is_syllable(w) for w in words)
    return (good / len(words) if words else 0.0), len(words)


def is_syllable(word: str) -> bool:
    """Whether a word has the shape of one Vietnamese syllable: onset, rhyme, at most one tone."""
    bare, tones = _TONE_MARKS.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and _SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)) is not None


def _as_windows_1252(data: bytes) -> str:
    """Bytes as the characters old Windows showed; the five it left undefined stay as they are."""
    return data.decode("latin-1").translate(_WINDOWS_1252)


def _to_bytes(raw: str) -> bytes | None:
    try:
        return raw.translate(_FROM_WINDOWS_1252).encode("latin-1")
    except UnicodeEncodeError:
        return None


def _tcvn3(raw: str) -> str:
    return raw.translate(_TCVN3_TABLE)


def _viscii(raw: str) -> str:
    return raw.translate(_VISCII_TABLE)


def _vni(raw: str) -> str:
    return _VNI_PATTERN.sub(_vni_letter, raw)


def _vni_letter(match: re.Match[str]) -> str:
    letter = _VNI[match[0].lower()]
    return letter.upper() if match[0][0].isupper() else letter


def _windows_1258(raw: str) -> str | None:
    data = _to_bytes(raw)
    return None if data is None else data.decode("cp1258", errors="replace")


def _utf8_twice(raw: str) -> str | None:
    data = _to_bytes(raw)
    try:
        return None if data is None else data.decode("utf-8")
    except UnicodeDecodeError:
        return None


_WINDOWS_1252 = {
    b: bytes([b]).decode("cp1252")
    for b in range(0x80, 0xA0)
    if b not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
_FROM_WINDOWS_1252 = {ord(c): chr(b) for b, c in _WINDOWS_1252.items()}
_TCVN3_TABLE = {0xA0 + i: c for i, c in enumerate(TCVN3_LETTERS)}
_VISCII_TABLE: dict[int, str] = {
    **_VISCII_LOW,
    **{0x80 + i: c for i, c in enumerate(_VISCII)},
    **{ord(c): _VISCII[b - 0x80] for b, c in _WINDOWS_1252.items()},
}
_CONVERSIONS: tuple[tuple[str, Callable[[str], str | None]], ...] = (
    ("UTF-8 ghi hai lần", _utf8_twice),
    ("TCVN3 (ABC)", _tcvn3),
    ("VNI", _vni),
    ("windows-1258", _windows_1258),
    ("VISCII", _viscii),
)
