"""The meeting a text speaks of as known and nowhere says to have been held: "Tại hội nghị, ..."."""

import re

from vanban.layers import Layers
from vanban.letters import LOWER
from vanban.meetings import Meeting, is_background, opening
from vanban.patterns import regex
from vanban.sentences import Sentence

__all__ = ["find_known_meeting"]

_KIND = (
    r"(?:(?:[Cc]uộc|[Bb]uổi|[Pp]hiên) (?:họp báo|họp mặt|họp|gặp mặt|gặp gỡ|gặp|tiếp xúc|tiếp"
    r"|làm việc|hội đàm|hội kiến|điện đàm|trao đổi|đối thoại|tọa đàm|toạ đàm|giao lưu|lễ|thảo luận"
    r"|đàm phán)|[Hh]ội nghị|[Hh]ội thảo|[Tt]ọa đàm|[Tt]oạ đàm|[Dd]iễn đàn|[Đđ]ại hội|[Kk]ỳ họp"
    r"|[Kk]h(?:óa|oá) họp|[Hh]ọp báo|[Ll]ễ (?:ký kết|kỷ niệm|khai mạc|công bố|trao giải))"
)
_SPEAKS = (
    r"(?:Phát biểu|Kết luận|Khai mạc|Bế mạc|Chia sẻ|Trao đổi|Thông tin|Báo cáo|Trình bày|Cho biết"
    r"|Tham luận|Chỉ đạo|Đánh giá|Giải đáp|Trả lời)"
)
_KNOWN = regex(
    rf"(?:(?:{_SPEAKS}(?: [{LOWER}]+){{0,7}} )?[Tt](?:ại|rong) (?P<at>{_KIND}),"
    rf"|{_SPEAKS}(?: [{LOWER}]+){{0,3}}? (?P<of>{_KIND}),"
    rf"|(?:Tham dự|Dự|Cùng dự|Cùng tham dự|Đồng chủ trì|Chủ trì) (?P<among>{_KIND})"
    rf" (?:còn )?(?:có|gồm)(?!\w)"
    rf"|(?P<it>{_KIND}) (?:diễn ra|có sự tham dự|được kết nối|được tổ chức)(?!\w))"
)
"""How a sentence begins that speaks of a meeting without saying which: it is the text's own."""
_NOT_IT = regex(r"(?<!\w)(?:trước thềm|bên lề|nhân dịp|sau|trước|các|những|nhiều) $", re.IGNORECASE)


def find_known_meeting(layers: Layers) -> list[Meeting]:
    """The meeting that a text speaks of near its top as of one that is known; none if it does not.

    It is told where the text first names one of its kind, be it a headline.
    """
    for s in opening(layers):
        known = _KNOWN.match(layers.text, s.start, s.end)
        if known is not None:
            kind = known["at"] or known["of"] or known["among"] or known["it"]
            told = _named_first(layers, kind.lower(), s)
            if is_background(layers, told):
                break
            return [Meeting(told.start, told.end, told.index, None)]
    return []


def _named_first(layers: Layers, kind: str, known: Sentence) -> Sentence:
    """The sentence that first names a meeting of a kind, not as the background of another matter.

    Args:
        kind: "cuộc họp", "hội nghị"; "buổi gặp mặt" is named by "họp mặt" too.
        known: the sentence that speaks of it as known.
    """
    alike: tuple[str, ...] = next((words for words in _ALIKE if kind.endswith(words)), (kind,))
    if (of_talks := _TALKS.match(kind)) is not None:
        alike = (kind, *(f"{said} {of_talks[1]}" for said in ("cuộc", "buổi", "phiên")))
    for s in layers.sentences[: known.index]:
        for name in alike:
            at = layers.words.lower.find(name, s.start, s.end)
            if at >= 0 and _NOT_IT.search(layers.text, s.start, at) is None:
                return s
    return known


_TALKS = regex(r"(?:cuộc|buổi|phiên) (tiếp|làm việc|hội đàm|hội kiến|điện đàm|gặp)$")
_ALIKE = (("gặp mặt", "họp mặt"), ("họp mặt", "gặp mặt"))
