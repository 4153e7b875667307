"""What is to be sent in: "Kết quả gửi về Bộ Tài chính trước ngày 30/6"."""

from vanban.patterns import regex
from vanban.readers.tasks.clauses import Clause
from vanban.readers.tasks.context import Found
from vanban.readers.tasks.deadlines import clause_deadline

__all__ = ["sent"]

_SENT = regex(
    r"(?:Kết quả|Báo cáo|Văn bản|Ý kiến|Danh sách|Hồ sơ|Phiếu|Đề xuất)"
    r"(?: (?!đã |đang |được gửi từ )[^,;.:]{1,80}?)?"
    r" (?:xin |đề nghị )?(?:được )?gửi (?:về|tới|đến|cho|Bộ|Sở|UBND)(?!\w)"
)


def sent(clause: Clause) -> list[Found] | None:
    """The task of a clause that says what goes to whom by when, where orders were given before."""
    scan, state = clause.scan, clause.state
    if not clause.is_led or _SENT.match(scan.text, clause.front, clause.end) is None:
        return None
    if clause_deadline(scan, clause.front, clause.end) is None:
        return None
    state.cued = True
    return [clause.task(clause.front, clause.end, "task.sent", 0.75)]
