"""Compare names as people write them: case, blanks, dashes and tone-mark place set aside.

"Bộ KH&ĐT", "Bộ KH-ĐT" and "bộ KHĐT" have one key; so have "Hòa Bình" and "Hoà Bình". The bare key
also sets marks aside, for text typed without them.
"""

import re
import unicodedata

from vanban.patterns import regex

__all__ = ["bare", "key", "marks_agree", "sort_key"]

_TONES = dict(zip("\u0300\u0301\u0303\u0309\u0323", "\ue000\ue001\ue002\ue003\ue004", strict=True))
"""Grave, acute, tilde, hook, dot below: each as one private letter, so a key is plain text."""

_MISPLACED = regex("([ou])([\ue000-\ue004])([aey])")
_TONE = regex("[\ue000-\ue004]")
_RANGES = (range(0x21, 0x250), range(0x1E00, 0x1F00), range(0x2000, 0x2070), (0x20AC, 0xFEFF))


def _written(point: int) -> str | None:
    """How one letter stands in a key; None if it is left out."""
    letter = chr(point)
    if letter == "+":  # OPEC+ is not OPEC
        return letter
    if not letter.isalnum():
        return None
    letter = {"ð": "đ", "Ð": "đ"}.get(letter, letter.casefold())
    parts = unicodedata.normalize("NFD", letter)
    kept = unicodedata.normalize("NFC", "".join(c for c in parts if c not in _TONES))
    return kept + "".join(_TONES[c] for c in parts if c in _TONES)


def _plain(point: int) -> str | None:
    letter = chr(point)
    if letter == "đ":
        return "d"
    parts = unicodedata.normalize("NFD", letter)
    return "".join(c for c in parts if not unicodedata.combining(c))


_TO_KEY = {point: _written(point) for points in _RANGES for point in points}
_TO_BARE: dict[int, str | None] = {
    **{point: _plain(point) for points in _RANGES for point in points if point > 0x7F},
    **{ord(tone): None for tone in _TONES.values()},
}
_ORDER = {c: str(i) for i, c in enumerate("0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz", 10)} | {
    " ": "01"
}
_TONE_ORDER = {"\ue000": "1", "\ue003": "2", "\ue002": "3", "\ue001": "4", "\ue004": "5"}


def key(name: str) -> str:
    """The name as it is compared: letters, digits and "+", marks kept, tones after their vowels.

    Args:
        name: any text; need not be in normal form.
    Returns:
        "" if nothing of the name is a letter or a digit.
    """
    text = unicodedata.normalize("NFC", name).casefold()
    text = " ".join(text.split()).replace(" và ", " ").replace(" va ", " ")
    text = text.translate(_TO_KEY)
    if _TONE.search(text):
        text = _MISPLACED.sub(r"\1\3\2", text)
    return text.replace(" ", "")


def bare(key_: str) -> str:
    """The key without its marks: "hànội" and "hanoi" both give "hanoi"."""
    return key_.translate(_TO_BARE)


def marks_agree(typed: str, meant: str) -> bool:
    """Whether a key typed with some marks left out can stand for another key.

    Every mark that was typed must be there; a letter typed plain may carry marks or not. So "Đak
    Lak" can stand for "Đắk Lắk", and "Hạ Nam" cannot stand for "Hà Nam".
    """
    typed_letters, meant_letters = _letters(typed), _letters(meant)
    if len(typed_letters) != len(meant_letters):
        return False
    return all(
        (t[0] == m[0] or (t[0] == bare(t[0]) and t[0] == bare(m[0]))) and t[1] in ("", m[1])
        for t, m in zip(typed_letters, meant_letters, strict=True)
    )


def sort_key(name: str) -> str:
    """Digits that sort as the Vietnamese alphabet: a ă â b … d đ …, then the tones.

    Word by word, so "Hà Tĩnh" stands before "Hải Dương". Only digits, so that every database and
    collation gives the same order.
    """
    text = " ".join(unicodedata.normalize("NFC", name).casefold().split()).translate(_TO_KEY)
    letters = "".join(_ORDER.get(c, f"99{ord(c):06d}") for c in _TONE.sub("", text))
    tones = "".join(_TONE_ORDER.get(c, "0" if c == " " else "") for c in text)
    return f"{letters}00{tones}"


def _letters(text: str) -> list[tuple[str, str]]:
    """Each letter with the tone that follows it, if any."""
    return [(m[1], m[2]) for m in re.finditer("([^\ue000-\ue004])([\ue000-\ue004]?)", text)]
