"""What somebody without a say over others proposed at a meeting: no conclusion of it.

The verb tells it where nobody gives an order by it ("kiến nghị"); where the verb is also a
leader's ("đề nghị"), who says it does.
"""

import re

from diemcau.documents.models import Statement
from diemcau.documents.sentences import sentence_of
from vanban.letters import fold

__all__ = ["is_proposal"]

_ASKED = "task.ask"
"""The engine's rule for what is asked for, not ordered."""
_PROPOSES = ("kiến nghị", "kính đề nghị", "đề xuất", "khuyến nghị", "gợi ý")
_ORDERS = ("yêu cầu", "giao", "chỉ đạo", "phân công", "đề nghị", "nhấn mạnh", "lưu ý", "chỉ rõ")
_WITHOUT_SAY = (
    *("Đại sứ", "Đại biện", "Tổng Lãnh sự", "Tham tán", "Trưởng Cơ quan đại diện"),
    *("Hiệp hội", "doanh nghiệp", "Tập đoàn", "Công ty", "chuyên gia"),
)


def _any_of(words: tuple[str, ...]) -> str:
    return "|".join(sorted((re.escape(fold(one)) for one in words), key=len, reverse=True))


_VERB = re.compile(rf"(?<!\w)(?:(?P<proposes>{_any_of(_PROPOSES)})|(?:{_any_of(_ORDERS)}))(?!\w)")
_SPEAKER = re.compile(rf"(?<!\w)(?:{_any_of(_WITHOUT_SAY)})(?!\w)")


def is_proposal(statement: Statement) -> bool:
    """Whether the sentence of a task proposes it, or asks for it in the voice of one who may not
    order it.

    Args:
        statement: one of `with_sentences`.
    """
    if statement.rule != _ASKED:
        return False
    before = fold(sentence_of(statement).before)
    verbs = list(_VERB.finditer(before))
    if not verbs:
        return False
    if verbs[-1]["proposes"]:
        return True
    # Who is asked stands after the verb: only the words before it tell who speaks.
    return before[verbs[-1].start() :].startswith(fold("đề nghị")) and bool(
        _SPEAKER.search(before, 0, verbs[-1].start())
    )
