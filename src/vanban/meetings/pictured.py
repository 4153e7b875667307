"""Meetings that only the words below a picture say: the text beside it is of what was said."""

import re
from functools import cache

from vanban.data import load
from vanban.layers import Layers
from vanban.letters import UPPER
from vanban.meetings.meeting import Meeting, head_of, lead, of_a_document, opening, words_of_names
from vanban.meetings.who_met import who_met
from vanban.patterns import Cue, alternation, cue, regex
from vanban.sentences import Sentence

__all__ = ["find_pictured"]

_LONGEST = 330
_ONE_LINE = 170
"""Code points of what stands below a picture, and of a line of which it is not certain."""
_NEAR = 8
"""Sentences from the top beside which the picture stands."""


def find_pictured(layers: Layers, told: list[Meeting]) -> list[Meeting]:
    """Who met whom as the words below the first such picture say it; none if no picture does.

    "Thủ tướng A tiếp ông B. Ảnh: ...", beside a text that begins "Thủ tướng khẳng định ...". Such a
    picture is of the text's own meeting only if the text begins with somebody whom it shows.

    Args:
        told: the meetings that sentences begin with; of them the picture is not.
    """
    speakers = [_first_words(layers, s) for s in lead(layers)]
    until = [m.start for m in told] + [s.end for s in opening(layers)[_NEAR:]]
    for block in layers.document.blocks:
        if until and block.start > min(until):
            break
        if block.end - block.start > (_LONGEST if block.kind == "caption" else _ONE_LINE):
            continue
        start = block.end - len(layers.text[block.start : block.end].lstrip())
        line = Sentence(start, block.end, -1, -1, heading=True)
        low = head_of(layers.text, line)
        shown = layers.text[low : block.end]
        if _host().match(shown) is None or not any(words and words in shown for words in speakers):
            continue
        times = [t for t in layers.times_between(low, block.end) if not of_a_document(layers, t)]
        if any(t.kind != "date" for t in times) or _SAYS.search(layers.text, low, block.end):
            continue
        met = who_met(layers, line, low)
        if met is None or _of_one_told(layers, low, met, told):
            continue
        return [Meeting(low, block.end, -1, times[0] if times else None, met)]
    return []


@cache
def _host() -> re.Pattern[str]:
    """Who stands at the head of such words: an office, or somebody who is addressed."""
    offices = alternation(load("events")["speakers"])
    return regex(rf"(?:{offices}|Phó|Lãnh đạo|Đoàn|Ông|Bà|Đồng chí)(?!\w)")


_SAYS = regex(
    r"(?<!\w)(?:cho biết|khẳng định|nhấn mạnh|đề nghị|bày tỏ|phát biểu|cho rằng|trả lời)(?!\w)"
)
"""Of whom a line tells what they said, it does not tell whom they met."""


def _first_words(layers: Layers, s: Sentence) -> str:
    """The words, two of them, that a sentence begins with if they name somebody; "" if not."""
    m = _SOMEBODY.match(layers.text, head_of(layers.text, s), s.end)
    return m["who"] if m is not None else ""


_SOMEBODY = regex(rf"(?:[ÔôBb](?:ng|à) |Đồng chí )?(?P<who>[{UPPER}]\w+ \w+)")


def _of_one_told(layers: Layers, low: int, met: int, told: list[Meeting]) -> bool:
    """Whether whom a picture shows is named where talks are told.

    Args:
        low: where the words below the picture begin.
        met: where those end that say who met whom.
    """
    if not told:
        return False
    done = list(layers.words.find_all(_contact(), low, met))
    whom = layers.text[done[-1].end() if done else low : met]
    words = words_of_names(whom)
    return any(word in layers.text[m.start : m.end] for m in told for word in words)


@cache
def _contact() -> Cue:
    data = load("events")
    return cue([*data["met"], *data["talks"]])
