"""Plain text cut into lines at a width: which lines are one paragraph."""

import re
from itertools import pairwise

from vanban.letters import LOWER, UPPER

__all__ = ["join_wrapped"]

_WIDEST = 110
"""Code points; a longer line is a paragraph, and a text full of such is not cut at a width."""
_NARROWEST = 40
_FEWEST = 6
"""Lines that go on in the next, from which on a text is taken to be cut at a width."""
_LEAST_SHARE = 0.25
_FULL = 0.55
"""Share of the width that a line fills which goes on in the next."""
_GOES_ON = re.compile(rf"[^.;:!?…|]\n[^\S\n]*[{LOWER}]")
_STARTS = re.compile(
    rf"\W*(?:[-–—•*+►▪|#>]|\(?(?:\d{{1,2}}(?:\.\d{{1,2}})*|[a-zđA-ZĐ]|[IVX]{{1,5}})[.)/]\s"
    r"|(?:Điều|Chương|Mục|Phần|Nơi nhận|Căn cứ|Kính gửi|TM\.|KT\.)(?!\w)"
    rf"|[{UPPER}]{{2,}}[^{LOWER}]*$)"
)
"""A line that begins so begins a paragraph."""


def join_wrapped(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The lines of a text, those of one paragraph joined where the text is cut at a width.

    Args:
        text: with "\\n" line ends.
        spans: its lines that are not blank, as half-open runs, in order.
    Returns:
        Half-open runs of the text; `spans` itself where it is not cut at a width.
    """
    if len(spans) < 2 * _FEWEST or len(text) > len(spans) * _WIDEST:
        return spans
    widths = sorted(end - start for start, end in spans)
    width = widths[len(widths) * 9 // 10]
    cut = len(_GOES_ON.findall(text))
    if not _NARROWEST <= width <= _WIDEST or cut < _FEWEST or cut < _LEAST_SHARE * len(spans):
        return spans
    joined = [spans[0]]
    for (begin, end), (start, stop) in pairwise(spans):
        line = text[begin:end].rstrip()
        if (
            start - end == 1
            and len(line) >= _FULL * width
            and (line[-1] not in ".;:!?…|" or (line[-1] == ";" and text[start].islower()))
            and not line.isupper()
            and _STARTS.match(text, start, stop) is None
        ):
            joined[-1] = (joined[-1][0], stop)
        else:
            joined.append((start, stop))
    return joined
