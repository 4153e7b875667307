"""The role of a figure: actual, plan, target, or a comparison and what it is made with."""

import re

from vanban.readers.figures.bases import base_before, base_year, is_base
from vanban.records import Compares, Figure, Role
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity
from vanban.values.times import iso

__all__ = ["find_role", "plain_role"]


_VS_PLAN = re.compile(
    r"(?:so +với +)?(?:với +)?(?:chỉ +tiêu|kế +hoạch|dự +toán|mục +tiêu|KH)(?!\w)"
)
_GROWS = re.compile(
    r"(?<!\w)(?:tăng|giảm|vượt|sụt giảm|sụt|cao +hơn|thấp +hơn|bằng|nhiều +hơn|ít +hơn|đạt +tăng)"
    r"(?: +(?:nhẹ|mạnh|trưởng|thêm|tới|đến|lên|khoảng|hơn|gần|trên|vọt|đạt|cao|mức))* *\(?$",
    re.I,
)
_SHARE = re.compile(
    r"(?<!\w)(?:chiếm|tỷ +trọng|tỉ +trọng|tương +đương|đóng +góp)"
    r"(?: +(?:khoảng|hơn|gần|tới|đến|trên|với|là|đạt|tỷ +trọng))* *$",
    re.I,
)
_TARGET = re.compile(
    r"(?<!\w)(?:mục +tiêu|phấn +đấu|quyết +tâm|chỉ +tiêu|tiến +tới|hướng +tới|hướng +đến"
    r"|đặt +ra|đưa[^.;]{3,60}lên|nâng[^.;]{3,60}lên|tạo +đà|phải +mở)(?!\w)",
    re.I,
)
_PLAN = re.compile(r"(?<!\w)(?:dự +kiến|có +thể|dự +báo|sẽ|kỳ +vọng)(?!\w)", re.I)
_STOCK = re.compile(
    r"(?<!\w)(?:lũy +kế|luỹ +kế|tính +đến|tính +tới|đến +nay|hiện +có|hiện +nay|tổng +số|toàn +tỉnh +có"
    r"|còn +hiệu +lực|cộng +dồn|hiện +đang|đang +có|tổng +cộng)(?!\w)",
    re.I,
)


def plain_role(scan: Scan, sentence: Sentence, q: Quantity) -> Role:
    """Actual, plan or target, by the words of the sentence up to the number."""
    lead = scan.text[sentence.start : q.number_start]
    clause = re.split(r"[;]", lead)[-1]
    if _TARGET.search(clause) and not re.search(r"đạt mục tiêu|vượt mục tiêu", clause[-30:]):
        return "target"
    if q.bound_rule == "at_least" and re.search(
        r"(?:tối thiểu|ít nhất)", scan.text[q.start - 1 : q.number_start]
    ):
        return "target"
    if _PLAN.search(clause):
        return "plan"
    following = scan.text[q.end : q.end + 24]
    m = re.match(r"[^,.;]{0,12}(?:vào|đến|trước) +năm +(\d{4})", following)
    if m is not None and (year := scan.year) is not None and int(m[1]) > year:
        return "target"
    if (
        (scan.year is not None)
        and (p := _leading_year(scan, sentence, q)) is not None
        and p > scan.year
    ):
        return "target"
    return "actual"


def _leading_year(scan: Scan, sentence: Sentence, q: Quantity) -> int | None:
    times = [t for t in scan.times_between(sentence.start, q.start) if t.kind in ("year", "half")]
    times = [t for t in times if not is_base(scan, t)]
    return times[-1].year if times else None


def find_role(
    scan: Scan, sentence: Sentence, q: Quantity, left: int, stop: int, previous: Figure | None
) -> tuple[Role, Compares | None]:
    text = scan.text
    before = text[max(sentence.start, q.start - 40) : q.start]
    with_bound = text[max(sentence.start, q.start - 40) : q.number_start]
    after = text[q.end : min(stop, sentence.end)]
    near = re.split(r"[,;()]", after)[0]
    if q.unit == "rank":
        return "comparison", Compares("rank_of")
    if q.unit == "ratio":
        return "comparison", Compares("times", base_year(scan, q.end, min(stop, sentence.end)))
    grows = (
        _GROWS.search(before)
        or _GROWS.search(with_bound)
        or re.search(r"(?i)vượt", text[q.start : q.number_start])
    )
    if q.unit == "percent":
        if _VS_PLAN.match(near.strip()) or re.search(r"so +với +(?:kế|chỉ|mục|dự)", near):
            if re.search(r"(?:mục +tiêu|chỉ +tiêu) +(?:tăng|giảm)", before):
                return "target", None
            return "comparison", Compares("vs_plan")
        if grows:
            if _TARGET.search(text[left : q.start]) and "so với" not in near:
                return "target", None
            return "comparison", _versus(scan, q, near)
        if re.search(r"so +với", near):
            return "comparison", _versus(scan, q, near)
        if _SHARE.search(with_bound) or re.search(r"^ *(?:tổng|cơ cấu|trong tổng)", near):
            if plain_role(scan, sentence, q) == "target":
                return "target", None
            return "comparison", None
        if (
            previous is not None
            and previous.role == "comparison"
            and previous.compares is None
            and previous.unit == "percent"
            and re.search(r"[(]$", before.rstrip() + "")
        ):
            return "comparison", None
    elif grows and re.search(r"so +với", near):
        return "comparison", _versus(scan, q, near)
    elif _SHARE.search(with_bound) and previous is not None and q.unit in ("USD", "VND"):
        return "comparison", None
    if re.search(r"cùng +kỳ[^,;.]{0,16}[:là]{1,2} *$", before):
        return "comparison", Compares("yoy", base_before(scan, sentence, q))
    opening = text.rfind("(", sentence.start, q.start)
    if opening > left and ")" not in text[opening : q.start] and previous is not None:
        inside = [t for t in scan.times_between(opening, q.start)]
        if inside and previous.unit == q.unit:
            return "comparison", Compares("vs_period", iso(inside[0]))
    role = plain_role(scan, sentence, q)
    if role == "actual" and _is_stock(text, sentence, q, stop):
        return "actual", Compares("cumulative")
    return role, None


def _is_stock(text: str, sentence: Sentence, q: Quantity, stop: int) -> bool:
    lead = text[sentence.start : q.start]
    clause = re.split(r"[;]", lead)[-1]
    following = re.split(r"[;]", text[q.end : min(stop, sentence.end)])[0]
    return bool(_STOCK.search(clause)) or "còn hiệu lực" in following


def _versus(scan: Scan, q: Quantity, near: str) -> Compares:
    if re.search(
        r"(?:tháng|quý|tuần|kỳ|nửa đầu năm) +trước|trước +dịch|đại +dịch|tháng +liền",
        near,
    ):
        return Compares("vs_period")
    return Compares("yoy", base_year(scan, q.end, q.end + len(near)))
