"""What a cue names is not ours to bear: another state's, against a third, ours to do, the law's."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.shortcomings.doubts.told import Told
from vanban.readers.shortcomings.subjects import BEFALLS, done_abroad, of_a_partner
from vanban.readers.shortcomings.topics import HOME

__all__ = ["OF_OTHERS"]


def _a_partner_s(told: Told) -> bool:
    return of_a_partner(told.scan, told.start, told.found)


def _against_others(told: Told) -> bool:
    """Whether a duty or a ban is another's against a third: "Nhật Bản siết xuất sang Hàn Quốc"."""
    scan, end = told.scan, told.end
    if told.rule not in _ACTS or HOME.search(told.lower, told.start, end) is not None:
        return False
    return any(
        p.type in ("country", "bloc") and scan.text.endswith(_AGAINST, told.start, p.start)
        for p in scan.partners_between(told.behind, min(end, told.behind + _OBJECT))
    ) or any(
        p.type in ("country", "bloc") and scan.text.startswith((" bị ", " đang bị "), p.end)
        for p in scan.partners_between(told.start, told.cue)
    )


_ACTS = frozenset({"complaint", "trade_measure", "abroad", "brings"})
_AGAINST = ("sang ", "với ", "từ ", "lên ", "hàng ", "hàng hóa ", "hàng hoá ")
_OBJECT = 110
"""Code points behind a measure in which it is told whom it is against."""


def _by_ours(told: Told) -> bool:
    return told.rule in _ACTS and told.before(_BY_OURS)


_BY_OURS = regex(
    r"(?:(?:bộ công thương|cục phòng vệ thương mại)(?: việt nam)?"
    r"|(?<!từ )(?<!vào )(?<!cho )(?<!với )(?<!của )(?<!sang )việt nam)"
    r"(?: (?:đã|đang|sẽ|vừa|chính thức|tiếp tục|ra|ban hành|quyết định|việc))* $"
)
"""Before a duty or a case, those of ours who lay or open it against others."""


def _punished(told: Told) -> bool:
    return _PUNISHED.search(told.lower, told.start, told.end) is not None


_PUNISHED = rare(
    r"vi phạm (?:đều |sẽ |đã )?bị (?:phạt|xử)|(?<!\w)(?:sẽ|có thể) (?:\w+ )?bị (?:phạt|buộc"
    r"|xử (?:lý|phạt)|truy|khởi tố"
    r"|trục xuất|tước|kỷ luật)(?!\w)"
)
"""What the law has in store for whoever breaks it."""


def _done_by_nobody_abroad(told: Told) -> bool:
    return told.rule == "abroad" and not done_abroad(told.scan, told.start, told.cue)


def _of_rivals(told: Told) -> bool:
    return told.rule in _BEFALLS_WHOM and told.before(_OTHERS)


_BEFALLS_WHOM = BEFALLS | {"nobody"}
_OTHERS = regex(
    r"(?<!\w)(?:đối thủ|(?:các|những|nhiều) (?:quốc gia|nước|nhà xuất khẩu) khác|nước khác)(?!\w)"
    r"(?:(?! (?:doanh nghiệp|việt nam|khiến|kéo theo) )[^;.]){0,140}$"
    r"|(?<!\w)trong số (?:các |những |\d+ )?(?:quốc gia|nước)(?: (?!việt|có|ta)\w+){0,8} $"
    r"|(?:cơ hội|hưởng lợi|lợi thế)[^,;.]{0,60} (?:do|khi|vì|nhờ)(?!\w)[^;.]{0,100}$"
    r"|(?:những|nhiều|các) (?:quốc gia|nước) $"
    r"|là (?:những|các) (?:quốc gia|nước) [^;.]{0,90}$"
    r"|so với (?:doanh nghiệp|hàng|các nhà)(?:(?!do |vì |vẫn |nên )[^;]){0,120}$"
)


OF_OTHERS = (
    _a_partner_s,
    _against_others,
    _by_ours,
    _punished,
    _done_by_nobody_abroad,
    _of_rivals,
)
