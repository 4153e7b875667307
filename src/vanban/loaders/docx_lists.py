"""The numbers and bullets Word draws before list paragraphs, which its text does not hold."""

import re
from xml.etree import ElementTree

from vanban.patterns import regex

__all__ = ["Lists"]

_ROMAN = {
    "m": 1000, "cm": 900, "d": 500, "cd": 400, "c": 100, "xc": 90, "l": 50, "xl": 40,
    "x": 10, "ix": 9, "v": 5, "iv": 4, "i": 1,
}  # fmt: skip
_PLACEHOLDER = regex(r"%([1-9])")


class Lists:
    """Counts list paragraphs as Word does; `label` must be asked in document order.

    Args:
        numbering: the root of `word/numbering.xml`; None if the document has no lists.
    """

    def __init__(self, numbering: ElementTree.Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._list_of: dict[str, str] = {}
        self._starts: dict[tuple[str, int], int] = {}
        self._counts: dict[str, dict[int, int]] = {}
        for element in [] if numbering is None else numbering:
            tag = _local(element)
            if tag == "abstractNum":
                self._levels[_attribute(element, "abstractNumId")] = _levels(element)
            elif tag == "num":
                self._read_num(element)

    def _read_num(self, element: ElementTree.Element) -> None:
        number = _attribute(element, "numId")
        for child in element:
            if _local(child) == "abstractNumId":
                self._list_of[number] = _attribute(child, "val")
            elif _local(child) == "lvlOverride":
                for override in child:
                    if _local(override) == "startOverride":
                        level = _number(_attribute(child, "ilvl"))
                        self._starts[number, level] = _number(_attribute(override, "val"))

    def label(self, properties: ElementTree.Element | None) -> str:
        """What stands before a paragraph: "1. ", "a) ", "- "; "" if it is in no list.

        Args:
            properties: the paragraph's `pPr`.
        """
        found = None if properties is None else _find(properties, "numPr")
        if found is None:
            return ""
        number = _attribute_of(found, "numId")
        level = min(_number(_attribute_of(found, "ilvl")), 8)
        abstract = self._list_of.get(number, "")
        levels = self._levels.get(abstract, {})
        if level not in levels:
            return ""
        form, pattern, start = levels[level]
        if form == "bullet":
            return "- "
        if form == "none":
            return ""
        # Two lists of one definition count on together unless one says where it starts.
        key = number if (number, level) in self._starts else abstract
        counts = self._counts.setdefault(key, {})
        counts[level] = counts.get(level, self._starts.get((number, level), start) - 1) + 1
        for deeper in [d for d in counts if d > level]:
            del counts[deeper]

        def written(match: re.Match[str]) -> str:
            at = int(match[1]) - 1
            its_form, _, its_start = levels.get(at, ("decimal", "", 1))
            return _write(counts.get(at, its_start), its_form)

        label = _PLACEHOLDER.sub(written, pattern).strip()
        return f"{label} " if label else ""


def _levels(abstract: ElementTree.Element) -> dict[int, tuple[str, str, int]]:
    """Level to (number format, pattern such as "%1.", first number)."""
    levels: dict[int, tuple[str, str, int]] = {}
    for element in abstract:
        if _local(element) == "lvl":
            level = _number(_attribute(element, "ilvl"))
            form = _attribute_of(element, "numFmt") or "decimal"
            start = _attribute_of(element, "start")
            levels[level] = (form, _attribute_of(element, "lvlText"), _number(start or "1"))
    return levels


def _write(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = ""
        for letters, value in _ROMAN.items():
            roman += letters * (number // value)
            number %= value
        return roman.upper() if form == "upperRoman" else roman
    return f"{number:02}" if form == "decimalZero" else str(number)


def _find(element: ElementTree.Element, tag: str) -> ElementTree.Element | None:
    return next((c for c in element if _local(c) == tag), None)


def _attribute_of(element: ElementTree.Element, tag: str) -> str:
    child = _find(element, tag)
    return "" if child is None else _attribute(child, "val")


def _local(element: ElementTree.Element) -> str:
    return element.tag.rpartition("}")[2]


def _attribute(element: ElementTree.Element, name: str) -> str:
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


def _number(text: str) -> int:
    return int(text) if text.isdigit() and len(text) < 6 else 0
