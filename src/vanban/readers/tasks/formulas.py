"""What papers say by form: closing formulas, and decisions that tell nobody to do anything."""

import re
from functools import cache

from vanban.data import load
from vanban.letters import UPPER
from vanban.patterns import alternation, both_cases, regex
from vanban.readers.tasks.context import Context
from vanban.readers.tasks.fronts import skip_number, verb_after
from vanban.scan import Scan

__all__ = ["is_no_order"]

_LONGEST_CLOSING = 230


def is_no_order(scan: Scan, start: int, end: int, context: Context) -> bool:
    """Whether a clause closes a paper or decides something: "Nghiêm túc thực hiện./.".

    Source: `data/tasks.yml`, lists `closing` and `decisions`.
    """
    number = skip_number(scan.text, start, end)
    if number is not None:
        start = number.end()
    if _CONTACT.match(scan.text, start, end) or _TALKED.match(scan.text, start, end):
        return True
    return _closes(scan, start, end) or _decides(scan.text, start, end, context)


@cache
def _closing() -> re.Pattern[str]:
    data = {name: alternation(words) for name, words in load("tasks")["closing"].items()}
    verbs = alternation(both_cases(load("tasks")["closing"]["verbs"]))
    last = alternation(both_cases(load("tasks")["closing"]["last"]))
    return regex(
        rf"(?:(?:{data['tells']}) +)?"
        rf"(?:(?P<who>(?:{data['who']}) +[^;.:]{{2,120}}?),? +)?"
        rf"(?:(?:{verbs})(?:, +| +và +| +))*(?:{last})"
        rf"(?: +(?:{data['how']}))*"
        rf"(?: +(?:theo +)?(?:{data['papers']})(?: +[\w/-]+){{0,3}}? +(?:{data['which']}))?[\s./]*"
    )


_CONTACT = regex(
    r"(?:Mọi |Các )?(?:[Tt]hông tin|[Cc]hi tiết|thắc mắc)(?: chi tiết| thêm)?[^;.:]{0,30}"
    r" (?:xin |vui lòng |đề nghị )?liên hệ(?!\w)"
    r"|\W*(?:Kính m|Trân trọng m|Xin m|M)ời (?:quý |Quý )?(?:vị|độc giả|bạn đọc|khán giả|thính giả"
    r"|khách|các bạn)(?!\w)"
)
"""Where a notice says whom to ask, or a paper bids its readers read on."""


_TALKED = regex(
    r"(?:đồng thời |cùng |cũng |đã )*trao đổi (?:ý kiến |quan điểm |thông tin )?về"
    r" (?:một số |các |những |nhiều )?(?:vấn đề|tình hình)[^;:.]* quan tâm(?!\w)"
)
"""What talks end with, among what both agree on: "...; trao đổi về các vấn đề cùng quan tâm"."""


def _closes(scan: Scan, start: int, end: int) -> bool:
    if end - start > _LONGEST_CLOSING:
        return False
    m = _closing().fullmatch(scan.text, start, end)
    # "các bộ xây dựng kế hoạch triển khai" says what is to be done.
    return m is not None and (m["who"] is None or verb_after(scan, *m.span("who")) is None)


@cache
def _decided() -> re.Pattern[str]:
    words = alternation(both_cases(load("tasks")["decisions"]))
    return regex(
        rf"(?:(?P<who>[^,;.:]{{2,60}}?)? *(?:đồng ý|Đồng ý|chấp thuận|Chấp thuận|cho phép|Cho phép|"
        rf"thống nhất|Thống nhất|nhất trí|Nhất trí)(?: +(?:cho|để|với|việc|cho phép))?"
        rf"(?: +[{UPPER}][^,;.:]{{2,60}}?)? +)?(?:được +)?(?:{words})(?!\w)"
    )


_TOPIC = regex(r"(?:Về|Đối với) [^:;.]{2,60}: +")
_AGREES = regex(r"(?:Đồng ý|Chấp thuận)(?! +giao)(?!\w)")
_TELLS = regex(r"(?<!\w)(?:giao|yêu cầu|đề nghị|kiến nghị|đề xuất|[Hh]ai (?:bên|nước)) ")


def _decides(text: str, start: int, end: int, context: Context) -> bool:
    """Whether who speaks decides it: "Đồng ý lùi thời hạn ..."; what is asked for is a request."""
    if context.section == "kiến nghị":
        return False
    if (topic := _TOPIC.match(text, start, end)) is not None:
        start = topic.end()
    m = _decided().match(text, start, end) or _AGREES.match(text, start, end)
    return m is not None and _TELLS.search(text, start, m.end()) is None
