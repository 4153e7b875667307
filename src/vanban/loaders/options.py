"""What a person may ask of a loader; light, because every start of the command imports it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

__all__ = ["Ocr"]


@dataclass(frozen=True, slots=True)
class Ocr:
    """What is to be recognised, and how much it may cost.

    Args:
        pages: "bare" for pages without a text layer, "all" for every page.
        most_pages: a document with more pages to recognise is refused.
        seconds: how long one page may take.
        tell: called after each page with the pages done and the pages to do.
    """

    pages: Literal["bare", "all"] = "bare"
    most_pages: int = 1_000
    seconds: float = 120
    tell: Callable[[int, int], None] | None = None
