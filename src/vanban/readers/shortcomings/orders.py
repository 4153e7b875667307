"""What reads as an order and is none: what firms are driven to, what another state stops."""

from vanban.forms import rare
from vanban.patterns import regex
from vanban.readers.shortcomings.cues import any_of
from vanban.records import Task
from vanban.scan import Scan

__all__ = ["is_forced", "stopped_abroad"]


def is_forced(scan: Scan, task: Task) -> bool:
    """Whether what reads as an order is what somebody was driven to: "khiến nhà máy phải dừng".

    Args:
        scan: the document.
        task: what was read as one.
    """
    start = task.anchor.start
    if stopped_abroad(scan, start):
        return True
    if scan.text.endswith("hỉ ", 0, start) and scan.text.startswith("cần ", start):
        # "Chỉ cần lệch kích cỡ là bị trả về"
        return True
    if _PLEA.search(scan.text, max(0, start - 60), start) is not None:
        return True
    must = scan.text.find("phải ", start, task.anchor.end)
    if must < 0 or must > start + 60:
        return False
    if _DRIVES.search(scan.text, max(0, must - 80), must) is not None:
        return True
    if _MANY.search(scan.text, max(0, must - 80), must) is not None:
        return True
    return scan.words.match(any_of("forced"), must, task.anchor.end) is not None


def stopped_abroad(scan: Scan, start: int) -> bool:
    """Whether another state asks or decides that something stop: "Hàn Quốc đề nghị tạm dừng".

    Args:
        scan: the document.
        start: where the words of stopping would begin.
    """
    return _STOPS.match(scan.text, start) is not None and scan.follows_a_state(
        _ASKS, max(0, start - 60), start
    )


_STOPS = regex(
    r"(?:tạm dừng|tạm ngừng|dừng|ngừng|cấm|hạn chế|đình chỉ|siết|tăng thuế|áp thuế)(?!\w)"
)
_ASKS = regex(
    r" (?:\([^()]{1,20}\) )?(?:(?:đã|đang|sẽ|vừa|cũng|tiếp tục) )*"
    r"(?:đề nghị|yêu cầu|quyết định|thông báo|tuyên bố|dự kiến) "
)
_PLEA = rare(r"(?<!\w)(?:đơn|hồ sơ)(?: (?!đề|yêu)\(?\w+\)?){0,9} (?:yêu cầu|đề nghị) $")
"""Before what firms ask of their own state: "nhận đơn yêu cầu điều tra"."""
_MANY = regex(r"(?<!\w)(?:[Nn]hiều|[Kk]hông ít|[Hh]ầu hết|[Đđ]a số|[Pp]hần lớn)(?!\w)[^,;.]{0,60}$")
"""Of whom a text tells that they must, not whom it tells."""
_DRIVES = regex(r"(?<!\w)(?:khiến|làm cho|buộc|dẫn đến|dẫn tới)(?!\w)[^,;.]{0,70}$")
