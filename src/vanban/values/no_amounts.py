"""Small numbers that are no amounts: of a name, a day, a slogan, or of what was named before."""

from vanban.letters import LOWER, UPPER
from vanban.patterns import regex
from vanban.values.quantity import lexicon

__all__ = ["is_no_amount", "is_of_a_name"]

_NAME = regex(rf"(?<=[\w,] )[{UPPER}][\w-]* $")
_NAME_REACH = 24
_FEW = 20
_DIGITS_OF_FEW = 2
_TWO = 2
_DAYS = regex(
    r"(?:, \d{1,2})*(?: và| -|-|,| đến) ?(?:(?:ngày )?\d{1,2}/\d{1,2}(?![\d%])|ngày \d{1,2} tháng)"
)
_NAMED_BEFORE = regex(
    r"(?: [^\W\d]+){1,4}? (?:này|ấy|(?:nêu|nói|kể) trên"
    r"|(?<!trong )(?<!do )(?<!từ )(?<!sau )(?<!nhờ )(?<!theo )đó)(?!\w)(?! \d)"
    r"|(?: [^\W\d]+){1,3} trên(?=[,.;)])"
)
_THE_TWO = regex(
    r" (?:nước|quốc gia|dân tộc|đất nước|Đảng|Nhà nước|Chính phủ|Quốc hội|nhà lãnh đạo|Thủ tướng"
    r"|Bộ trưởng|Chủ tịch|nền kinh tế)(?!\w)"
)
_COUNTED_TWO = regex(
    r"(?:có|thêm|gồm|với|là|đạt|được|chỉ|mới|tại|đến|tới|thăm|ở|từ|sang|[Cc]ả|trong)(?: số)? $"
)
"""Before "2 nước", that they are counted; else the two sides are meant."""
_COUNTED_REACH = 12
_DIGITS_OF_A_HOUSE = 3
_ADDRESS = regex(
    rf" [{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+){{1,3}}, "
    rf"(?:phường|quận|[Pp]\.|[Qq]\.|TP|(?:[{UPPER}][{LOWER}]+(?: [{UPPER}][{LOWER}]+)+))"
)
"""Behind the number of a house: "23 Ngô Quyền, Hoàn Kiếm"."""
_NUMBERED = regex(r"(?:Cục|Quân khu|Quân đoàn|Sư đoàn|Lữ đoàn|Hải đội|Trạm|Tổ công tác) $")
"""Before the number of a body: "Công ty Cục 6 Đường sắt"."""
_SLOGAN_OPENS = regex(r"[“\"‘«][^”\"’»]*$")
_SLOGAN_ENDS = regex(r"[^“”\"‘’«»;:]{1,40}[”\"’»]")
_SLOGAN_REACH = 40


def is_of_a_name(text: str, start: int, a: int, b: int) -> bool:
    """Whether a number `text[a:b]` belongs to the name right before it: "Sư đoàn 308 tham gia".

    Source: `does` of `data/quantities.yml`: what so called bodies and things do.
    Args:
        start: where its sentence begins.
    """
    if lexicon().does.match(text, b) is None:
        return False
    return _NAME.search(text, max(start, a - _NAME_REACH), a) is not None


def is_no_amount(text: str, start: int, a: int, b: int) -> bool:
    """Whether a number `text[a:b]` is no amount, but one of a name or of what is known.

    Of a day ("11 và 12/6"), a slogan ("4 tốt"), the two sides ("giữa 2 nước"), what was named
    before ("2 tỉnh này"), a house or a body.

    Args:
        start: where its sentence begins.
    """
    if _DAYS.match(text, b):
        return True
    if text[a:b] == "0" and text[b + 1 : b + 2].isupper():
        # A dash that was typed amiss: "Việt Nam 0 Lào".
        return True
    if b - a <= _DIGITS_OF_A_HOUSE and (
        _ADDRESS.match(text, b) or _NUMBERED.search(text, max(start, a - _NAME_REACH), a)
    ):
        return True
    if b - a > _DIGITS_OF_FEW or int(text[a:b]) > _FEW:
        return False
    if _NAMED_BEFORE.match(text, b):
        return True
    if int(text[a:b]) == _TWO and _THE_TWO.match(text, b):
        return _COUNTED_TWO.search(text, max(start, a - _COUNTED_REACH), a) is None
    if _lists_them(text, b, int(text[a:b])):
        return True
    opened = _SLOGAN_OPENS.search(text, max(start, a - _SLOGAN_REACH), a)
    return opened is not None and _SLOGAN_ENDS.match(text, b) is not None


_LISTED = regex(
    rf"(?: [{LOWER}]+){{1,3}}((?: [{UPPER}][\w-]*)+"
    rf"(?:(?:, | và )(?:[{UPPER}][\w-]*(?: |(?=[,.;])))+)+)"
)
_BETWEEN = regex(r", | và ")


def _lists_them(text: str, at: int, n: int) -> bool:
    """Whether what is counted is named right behind: "3 cửa khẩu Hữu Nghị, Tân Thanh, Chi Ma"."""
    named = _LISTED.match(text, at)
    return named is not None and len(_BETWEEN.split(named[1].strip())) == n
