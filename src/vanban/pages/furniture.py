"""Which lines of a page are its furniture: banners, captions, forms, counters, teasers.

Words and patterns are in `data/furniture.yml`. The rule above all rules: an article line is never
set aside; a caption that is missed costs less than a paragraph that is lost.
"""

import re
from collections.abc import Sequence
from functools import cache
from typing import Any, Literal

from vanban.blocks import BlockKind
from vanban.data import load
from vanban.pages.shape import find_credited, find_end, find_headings, find_repeated
from vanban.patterns import regex

__all__ = ["classify_lines"]

Sign = Literal["", "furniture", "caption", "end", "box", "credit", "alt", "recipients"]
"""What one line says about itself: "end", "box" and "credit" also say something about the rest."""

_LONGEST_JUDGED = 400
"""Code points; no rule is about longer lines, which keeps the cost of an article's text at nil."""

_TOP = 15
_SLUG = regex(r"[a-z0-9]+(?: [a-z0-9]+){5,}")
_SEPARATORS = " /|›»>•·-–—,;:*()[].+©"
_OWN_NUMBER = regex(r"\s*S[ốỐ]\s*:\s*\d{1,5}(?:/\d{4})?[-/][A-ZĐ]")
_OFFICIAL = regex(r"cộng h(?:òa|oà) xã hội chủ nghĩa việt nam|đảng cộng sản việt nam")


def classify_lines(lines: list[str]) -> list[BlockKind]:
    """Say for each non-blank line of a text what it is; "paragraph" when nothing speaks against.

    Args:
        lines: the non-blank lines of one document, in order.
    Returns:
        One kind per line: "furniture" (banners, menus, forms, teasers, by-lines, time lines),
        "caption", "heading" or "paragraph".
    """
    signs = [_sign(line) for line in lines]
    official = "recipients" in signs or any(
        len(x) < 80 and (_OFFICIAL.fullmatch(_fold(x)) or _OWN_NUMBER.match(x))
        for line in lines[:_TOP]
        for x in (line.strip("| ").split(" | ") if "|" in line else (line,))
    )
    if not all(map(str.isascii, lines)):
        signs = ["alt" if not s and _is_slug(x) else s for s, x in zip(signs, lines, strict=True)]
    kinds: list[BlockKind] = [
        "caption" if s == "caption" else "furniture" if s else "paragraph" for s in signs
    ]
    if official:
        _set_aside_recipients(lines, signs, kinds)
    else:
        _set_aside_boxes(lines, signs, kinds)
        for index in find_repeated(lines, kinds):
            kinds[index] = "caption"
        _captions_under_pictures(lines, signs, kinds)
        for index in find_credited(lines, kinds):
            kinds[index : index + 2] = ["caption", "furniture"]
        end = find_end(lines, kinds, signs)
        kinds[end:] = ["furniture"] * (len(lines) - end)
    for index in find_headings(lines, kinds, titled=not official):
        kinds[index] = "heading"
    return kinds


def _sign(line: str) -> Sign:
    """What a line is by its own words."""
    if len(line) > _LONGEST_JUDGED:
        return ""
    folded = _fold(line)
    rules = _rules()
    words = folded.count(" ") + 1
    bare, pictures = folded, 0
    if any(phrase in folded for phrase in rules["alt_phrases"]):
        bare, pictures = rules["alt_texts"].subn(" ", folded)
    if not bare.strip(_SEPARATORS):
        return "alt" if pictures else "furniture"
    if len(folded) == 1 and folded.isalpha():
        # A share button's letter or an initial that was set large and lost its word.
        return "furniture"
    bare = bare.strip(_SEPARATORS + "0123456789")
    if words <= 12 and bare in rules["ends"]:
        return "end"
    if words <= 12 and bare in rules["boxes"]:
        return "box"
    if words <= 25 and _is_menu(bare, rules):
        return "furniture"
    if _is_page_line(folded, words, rules):
        return "furniture"
    if rules["recipients"].fullmatch(folded):
        return "recipients"
    if words <= rules["credits_words"] and rules["credits"].fullmatch(folded):
        return "credit"
    if words <= rules["teasers_words"] and rules["teasers"].fullmatch(folded):
        return "furniture"
    return "caption" if _is_caption(folded, words, rules) else ""


def _is_page_line(folded: str, words: int, rules: dict[str, Any]) -> bool:
    """A time line, a counter, an imprint ...; or several of them with bars between."""
    # Hardly a line is any of them, and one pattern for all says so in one go.
    found = rules["any_line"].fullmatch(folded)
    if found is not None:
        lines = rules["lines"]
        if words <= lines[found.lastgroup][0] or any(
            words <= most and _compiled(source).fullmatch(folded) for most, source in lines.values()
        ):
            return True
    if "|" not in folded:
        return False
    parts = [part.strip() for part in folded.split("|") if part.strip()]
    return len(parts) > 1 and all(
        part in rules["labels"] or rules["any_line"].fullmatch(part) for part in parts
    )


def _is_slug(line: str) -> bool:
    """A picture's alternative text made of an address: lower case, no marks, no punctuation."""
    return line.isascii() and line.islower() and _SLUG.fullmatch(line.strip()) is not None


def _is_menu(bare: str, rules: dict[str, Any]) -> bool:
    """A whole line of labels, or three and more entries of a menu."""
    if bare in rules["labels"]:
        return True
    if not bare.startswith(rules["menu_starts"]):
        return False
    rest, entries = rules["menu"].subn(" ", bare)
    if rest.strip(_SEPARATORS):
        rest, entries = rules["label_words"].subn(" ", bare)
        return entries >= 2 and not rest.strip(_SEPARATORS)
    # "Kinh tế, xã hội" is an article's; bars and arrows are a menu's.
    return entries >= 3 or (entries == 2 and bool(re.search("[/|›»>]|multimedia|trang chủ", bare)))


def _is_caption(folded: str, words: int, rules: dict[str, Any]) -> bool:
    if words <= rules["credit_words"] and any(w in folded for w in rules["credit_signs"]):
        credit = rules["credit"].search(folded) or rules["agency"].search(folded)
        # Two full sentences before the credit are a paragraph that swallowed its caption.
        if credit and len(re.findall(r"[.!?]\s", folded[: credit.start()])) < 2:
            return True
    return words <= rules["scene_words"] and rules["scene"].fullmatch(folded) is not None


def _set_aside_boxes(lines: list[str], signs: list[Sign], kinds: list[BlockKind]) -> None:
    """Headlines right under "Tin liên quan" in an article; the first full sentence ends them."""
    for index, sign in enumerate(signs):
        if sign != "box":
            continue
        for below in range(index + 1, min(index + 7, len(lines))):
            if signs[below] or _is_sentence(lines[below]) or len(lines[below].split()) > 30:
                break
            kinds[below] = "furniture"


def _captions_under_pictures(lines: list[str], signs: list[Sign], kinds: list[BlockKind]) -> None:
    """The short line right under a picture's alternative text is its caption.

    Not before the first paragraph: what stands under a banner there is the title.
    """
    first = next((i for i, line in enumerate(lines) if _is_sentence(line)), len(lines))
    for index in range(first + 1, len(lines)):
        under = signs[index - 1] == "alt" and kinds[index] == "paragraph"
        if under and len(lines[index].split()) <= 30 and not _is_sentence(lines[index]):
            kinds[index] = "caption"


def _set_aside_recipients(lines: list[str], signs: list[Sign], kinds: list[BlockKind]) -> None:
    """The list under "Nơi nhận:": lines that begin with a dash."""
    for index, sign in enumerate(signs):
        if sign != "recipients":
            continue
        for below in range(index + 1, len(lines)):
            if not lines[below].lstrip().startswith(("-", "–", "+")):
                break
            kinds[below] = "furniture"


def _is_sentence(line: str) -> bool:
    return (
        line.rstrip().endswith((".", "!", "?", "…", ";", ":", ".”", '."')) and line.count(" ") > 5
    )


def _fold(line: str) -> str:
    return " ".join(line.lower().split())


_compiled = cache(re.compile)


@cache
def _rules() -> dict[str, Any]:
    """The patterns of `data/furniture.yml`, compiled once."""
    data = load("furniture")
    credit, scene = data["captions"]["credit"], data["captions"]["scene"]
    lines = {f"line{n}": (r["most_words"], r["pattern"]) for n, r in enumerate(data["lines"])}
    agencies = credit["agency_pattern"].replace("{agencies}", _any_of(credit["agencies"]))
    return {
        "alt_phrases": tuple(data["alt_texts"]["phrases"]),
        "menu_starts": tuple({*data["menu"]["phrases"], *data["labels"]["phrases"]}),
        "alt_texts": regex(_whole_words(data["alt_texts"]["phrases"])),
        "labels": frozenset(data["labels"]["phrases"]),
        "label_words": regex(_whole_words(data["labels"]["phrases"])),
        "menu": regex(_whole_words(data["menu"]["phrases"])),
        "ends": frozenset(data["ends"]["phrases"]),
        "boxes": frozenset(data["boxes"]["phrases"]),
        "lines": lines,
        "any_line": regex("|".join(f"(?P<{n}>{line})" for n, (_, line) in lines.items())),
        "recipients": regex(data["recipients"]["pattern"]),
        "credits": regex(data["credits"]["pattern"]),
        "credits_words": data["credits"]["most_words"],
        "teasers": regex(data["teasers"]["pattern"]),
        "teasers_words": data["teasers"]["most_words"],
        "credit": regex(credit["pattern"]),
        "credit_signs": tuple(credit["signs"]),
        "credit_words": credit["most_words"],
        "agency": regex(agencies),
        "scene": regex(scene["pattern"]),
        "scene_words": scene["most_words"],
    }


def _any_of(phrases: Sequence[str]) -> str:
    return "|".join(re.escape(p) for p in sorted(phrases, key=len, reverse=True))


def _whole_words(phrases: Sequence[str]) -> str:
    return rf"(?<!\w)(?:{_any_of(phrases)})(?!\w)"
