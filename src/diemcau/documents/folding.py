"""Folding: how Vietnamese text is compared when case and marks do not matter."""

import unicodedata

__all__ = ["fold"]


class _Folds(dict[int, str]):
    """Each code point's folded form, worked out when first met."""

    def __missing__(self, point: int) -> str:
        plain = unicodedata.normalize("NFD", chr(point).lower())
        kept = "".join(c for c in plain if unicodedata.category(c) != "Mn")
        self[point] = folded = kept.replace("đ", "d")
        return folded


_folds = _Folds()


def fold(text: str) -> str:
    """Lower case, marks off, "đ" as "d"; both places of a tone mark fold alike.

    Args:
        text: any text; for NFC Vietnamese the result has as many code points, so that offsets
            into one hold in the other.
    """
    return text.translate(_folds)
