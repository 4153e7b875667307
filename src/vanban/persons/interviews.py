"""Who answers in an interview."""

from vanban.layers import Layers
from vanban.patterns import regex
from vanban.persons.words import PersonMention

__all__ = ["find_interviewee"]

_INTERVIEW = (
    "phỏng vấn", "cuộc trao đổi", "trả lời báo", "trả lời một số câu hỏi", "đã trả lời",
    "chia sẻ với phóng viên", "trao đổi với phóng viên", "trao đổi với báo", "trả lời phóng viên",
    "thưa đại sứ", "thưa ông", "thưa bà", "thưa bộ trưởng", "thưa thứ trưởng", "thưa tham tán",
    "xin đại sứ", "xin ông", "xin bà",
)  # fmt: skip
_INTERVIEW_TOP = 1500


def find_interviewee(layers: Layers, people: list[PersonMention]) -> str | None:
    """Who answers in an interview: who speaks before a colon, else the first person with an office.

    Args:
        people: the persons the text names, in order.
    """
    top = layers.words.lower[:_INTERVIEW_TOP]
    if not people:
        return None
    if not any(words in top for words in _INTERVIEW):
        return _asked_by_office(layers, people)
    for person in people:
        if layers.text[person.end : person.end + 1] == ":":
            return person.name
    return next((p.name for p in people if p.titles and p.start < _INTERVIEW_TOP), None)


_ASKED = regex(
    r"(?:thưa|xin|theo) (?P<office>đại sứ|bộ trưởng|thứ trưởng|tham tán|cục trưởng|vụ trưởng"
    r"|giám đốc|chủ tịch|tổng lãnh sự|ông|bà)(?!\w)"
)


def _asked_by_office(layers: Layers, people: list[PersonMention]) -> str | None:
    """Who is asked in two questions or more by an office, named on a line of its own at the top."""
    offices = {
        m["office"]
        for s in layers.sentences
        if s.asks(layers.text)
        for m in [_ASKED.search(layers.words.lower, s.start, s.end)]
        if m is not None
    }
    asked = sum(s.asks(layers.text) for s in layers.sentences)
    if not offices or asked < _FEWEST_QUESTIONS:
        return None
    for person in people:
        if person.start > _INTERVIEW_TOP:
            return None
        low = layers.text.rfind("\n", 0, person.start) + 1
        high = layers.text.find("\n", person.end)
        alone = not layers.text[low : person.start].strip() and (
            high >= 0 and len(layers.text[person.end : high].strip()) < _MOST_BEHIND
        )
        held = " ".join(person.titles).lower()
        if alone and any(office in held or office in ("ông", "bà") for office in offices):
            return person.name
    return None


_FEWEST_QUESTIONS = 2
_MOST_BEHIND = 60
"""Code points behind the name on the line of who is interviewed: an office, a photographer."""
