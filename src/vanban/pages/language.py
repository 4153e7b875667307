"""Which lines of a text are not Vietnamese, so that nothing is read in them by mistake.

Vietnamese is told by its marks; where marks are left out ("Bo Ngoai giao de nghi"), by syllables,
of which nearly every word of it is one and hardly half the words of English or French.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from vanban.blocks import BlockKind
from vanban.letters import is_vietnamese_syllable
from vanban.patterns import regex

__all__ = ["set_foreign_apart"]

_MARKED = regex(
    r"[ạảãăằắẳẵặầấẩẫậđẹẻẽềếểễệỉĩịọỏồốổỗộơờớởỡợụủũưừứửữựỳỷỹỵ"
    r"ẠẢÃĂẰẮẲẴẶẦẤẨẪẬĐẸẺẼỀẾỂỄỆỈĨỊỌỎỒỐỔỖỘƠỜỚỞỠỢỤỦŨƯỪỨỬỮỰỲỶỸỴ]"
)
"""Letters that no language of Western Europe has; nearly every other word of Vietnamese has one."""
_BLANKS_TO_A_MARK = 8
"""Blanks of a line for one such letter; a line with more is looked at word by word."""
_WORD = regex(r"(?<![\w@./-])[a-zà-öø-ÿ]\w+(?![\w@]|[./]\w)")
"""A word in small letters, no part of an address: names are alike in all languages."""
_OTHER_SCRIPT = regex(
    "[\u0370-\u06ff\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
)
"""Greek, Cyrillic, Hebrew, Arabic, Thai, Lao, Khmer, Japanese, Chinese, Korean."""
_LETTERS_OF_A_WORD = 2
_TELLS = 6
"""Words of a line that tell its language by themselves."""
_WHOLE = 4
"""Words of a whole text that do."""
_MOST_ODD = 0.38
"""Share of words that are no syllables in Vietnamese without marks, foreign names among them."""
_MOSTLY = 0.9
"""Share of the words of a text in another language, by which what is left is in it too."""
_ENGLISH = frozenset(("the", "of", "and", "to", "for", "by", "in", "on", "with", "is", "shall"))
_FEWEST_ENGLISH = 0.1


class _Line(NamedTuple):
    """The words in small letters of a line, how many are no syllables, how many are English.

    `foreign` is None where they are too few to tell.
    """

    words: int
    odd: int
    english: int
    foreign: bool | None


def set_foreign_apart(
    lines: Sequence[str], kinds: list[BlockKind]
) -> tuple[list[BlockKind], tuple[str, ...]]:
    """The kinds of lines with those in another language set aside, and the note that says so.

    Args:
        lines, kinds: the document's lines and what each is so far.
    Returns:
        The same kinds and no note for a text in Vietnamese.
    """
    bare = [_look_at(line) for line in lines if _MARKED.search(line) is None]
    if not any(one.odd > _MOST_ODD * one.words for one in bare):
        return kinds, ()
    seen = [_look_at(line) if _has_few_marks(line) else _ours(line) for line in lines]
    ours = sum(one.words for one in seen if one.foreign is False)
    others = [one for one in seen if one.foreign is not False]
    words = sum(one.words for one in others)
    odd = sum(one.odd for one in others)
    if words >= _WHOLE and words >= _MOSTLY * (words + ours) and odd > _MOST_ODD * words:
        note = f"Văn bản {_language(others)}, chưa đọc được: không đề xuất mục nào."
        return ["furniture"] * len(lines), (note,)
    apart = set(_apart(seen))
    if not apart:
        return kinds, ()
    language = _language([one for one in seen if one.foreign])
    note = f"Có {len(apart)} đoạn {language}, không đọc; chỉ đọc phần tiếng Việt."
    return ["furniture" if at in apart else kind for at, kind in enumerate(kinds)], (note,)


def _has_few_marks(line: str) -> bool:
    return len(_MARKED.findall(line)) * _BLANKS_TO_A_MARK <= line.count(" ")


def _ours(line: str) -> _Line:
    return _Line(line.count(" ") + 1, 0, 0, foreign=False)


def _look_at(line: str) -> _Line:
    """What a line with few marks or none is written in."""
    found = _WORD.findall(line)
    strange = 0 if line.isascii() else len(_OTHER_SCRIPT.findall(line)) // _LETTERS_OF_A_WORD
    odd = sum(not is_vietnamese_syllable(word) for word in found) + strange
    words = len(found) + strange
    foreign = odd > _MOST_ODD * words if words >= _TELLS else None
    return _Line(words, odd, len([word for word in found if word in _ENGLISH]), foreign)


def _apart(seen: Sequence[_Line]) -> Iterator[int]:
    """The lines in another language, and the short ones between two of them."""
    short: list[int] = []
    before = False
    for at, one in enumerate(seen):
        if one.foreign is None:
            short.append(at)
            continue
        if one.foreign:
            yield at
            if before:
                yield from short
        short, before = [], one.foreign


def _language(lines: Sequence[_Line]) -> str:
    """What they are written in: English, or a language that is not told."""
    english, words = sum(one.english for one in lines), sum(one.words for one in lines)
    return "tiếng Anh" if english >= _FEWEST_ENGLISH * words else "không phải tiếng Việt"
