"""Names and words of documents on a screen whose reader reads another language."""

import re

from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from diemcau.directory.english import english_name

__all__ = ["say_called", "say_given", "say_name", "say_quoting"]

_MARKED_LETTER = re.compile(r"[^\W\d_a-zA-Z]")
"""A letter that English lacks."""
_QUOTED = re.compile(r"“[^“”]*”")


def say_name(written: str) -> str:
    """A name as the reader's language has it, if the directory knows whose it is.

    Args:
        written: the name, as a document or a person wrote it in Vietnamese.
    """
    return (english_name(written) or written) if _is_foreign() else written


def say_called(written: str) -> SafeString:
    """As `say_name`; a name that stays Vietnamese is marked as such."""
    name = say_name(written)
    return conditional_escape(name) if name != written else say_given(written)


def say_given(words: object) -> SafeString:
    """Words of the data; on a screen in another language those in Vietnamese are marked as such."""
    text = conditional_escape(words)
    if _is_foreign() and _MARKED_LETTER.search(text):
        return format_html('<span lang="vi">{}</span>', text)
    return text


def say_quoting(sentence: str) -> SafeString:
    """A sentence of ours, with what it quotes marked as `say_given` does."""
    found = list(_QUOTED.finditer(sentence))
    starts = [0, *(m.end() for m in found)]
    ends = [*(m.start() for m in found), len(sentence)]
    quotes = [*(say_given(m[0]) for m in found), ""]
    return format_html_join(
        "",
        "{}{}",
        zip((sentence[a:b] for a, b in zip(starts, ends, strict=True)), quotes, strict=True),
    )


def _is_foreign() -> bool:
    return get_language() == "en"
