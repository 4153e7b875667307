"""The role of a figure: actual, plan, target, or a comparison and what it is made with."""

import re

from vanban.readers.figures.bases import base_before, base_year, is_base
from vanban.records import Compares, Figure, Role
from vanban.scan import Scan
from vanban.sentences import Sentence
from vanban.values.quantities import Quantity
from vanban.values.times import iso

__all__ = ["find_role", "plain_role"]

_S = r"[ \t\u00a0\u202f]"

_VS_PLAN = re.compile(
    rf"(?:so{_S}+với{_S}+)?(?:với{_S}+)?(?:chỉ{_S}+tiêu|kế{_S}+hoạch|dự{_S}+toán|mục{_S}+tiêu|KH)(?!\w)"
)
_GROWS = re.compile(
    rf"(?<!\w)(?:tăng|giảm|vượt|sụt{_S}giảm|sụt|cao{_S}+hơn|thấp{_S}+hơn|bằng|nhiều{_S}+hơn|ít{_S}+hơn|đạt{_S}+tăng)"
    rf"(?:{_S}+(?:nhẹ|mạnh|trưởng|thêm|tới|đến|lên|khoảng|hơn|gần|trên|vọt|đạt|cao|mức))*{_S}*\(?$",
    re.I,
)
_SHARE = re.compile(
    rf"(?<!\w)(?:chiếm|tỷ{_S}+trọng|tỉ{_S}+trọng|tương{_S}+đương|đóng{_S}+góp)"
    rf"(?:{_S}+(?:khoảng|hơn|gần|tới|đến|trên|với|là|đạt|tỷ{_S}+trọng))*{_S}*$",
    re.I,
)
_TARGET = re.compile(
    rf"(?<!\w)(?:mục{_S}+tiêu|phấn{_S}+đấu|quyết{_S}+tâm|chỉ{_S}+tiêu|tiến{_S}+tới|hướng{_S}+tới|hướng{_S}+đến"
    rf"|đặt{_S}+ra|đưa[^.;]{{3,60}}lên|nâng[^.;]{{3,60}}lên|tạo{_S}+đà|phải{_S}+mở)(?!\w)",
    re.I,
)
_PLAN = re.compile(rf"(?<!\w)(?:dự{_S}+kiến|có{_S}+thể|dự{_S}+báo|sẽ|kỳ{_S}+vọng)(?!\w)", re.I)
_STOCK = re.compile(
    rf"(?<!\w)(?:lũy{_S}+kế|luỹ{_S}+kế|tính{_S}+đến|tính{_S}+tới|đến{_S}+nay|hiện{_S}+có|hiện{_S}+nay|tổng{_S}+số|toàn{_S}+tỉnh{_S}+có"
    rf"|còn{_S}+hiệu{_S}+lực|cộng{_S}+dồn|hiện{_S}+đang|đang{_S}+có|tổng{_S}+cộng)(?!\w)",
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
    m = re.match(rf"[^,.;]{{0,12}}(?:vào|đến|trước){_S}+năm{_S}+(\d{{4}})", following)
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
        if _VS_PLAN.match(near.strip()) or re.search(rf"so{_S}+với{_S}+(?:kế|chỉ|mục|dự)", near):
            if re.search(rf"(?:mục{_S}+tiêu|chỉ{_S}+tiêu){_S}+(?:tăng|giảm)", before):
                return "target", None
            return "comparison", Compares("vs_plan")
        if grows:
            if _TARGET.search(text[left : q.start]) and "so với" not in near:
                return "target", None
            return "comparison", _versus(scan, q, near)
        if re.search(rf"so{_S}+với", near):
            return "comparison", _versus(scan, q, near)
        if _SHARE.search(with_bound) or re.search(rf"^{_S}*(?:tổng|cơ cấu|trong tổng)", near):
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
    elif grows and re.search(rf"so{_S}+với", near):
        return "comparison", _versus(scan, q, near)
    elif _SHARE.search(with_bound) and previous is not None and q.unit in ("USD", "VND"):
        return "comparison", None
    if re.search(rf"cùng{_S}+kỳ[^,;.]{{0,16}}[:là]{{1,2}}{_S}*$", before):
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
        rf"(?:tháng|quý|tuần|kỳ|nửa đầu năm){_S}+trước|trước{_S}+dịch|đại{_S}+dịch|tháng{_S}+liền",
        near,
    ):
        return Compares("vs_period")
    return Compares("yoy", base_year(scan, q.end, q.end + len(near)))
