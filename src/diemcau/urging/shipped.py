"""The rules, duties, hours and holidays every installation begins with; coordinators change them.

Holidays: Bộ luật Lao động 2019, Điều 112; the days at Tết and the days exchanged are those of the
yearly notices for 2025 and 2026. Later years are entered when their notice comes.
"""

import datetime as dt

from django.utils import timezone

from diemcau.accounts.models import User
from diemcau.audit.actions import action, record_action
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import Nature
from diemcau.urging.models import Audience, Duty, Holiday, Hours, Kind, Rule, Step
from diemcau.urging.reporting import Rhythm
from diemcau.urging.rules import can_keep_rules

__all__ = ["ensure_rules"]

_REPORTER, _APPROVER, _PARENT, _DESK = (
    Audience.REPORTER,
    Audience.APPROVER,
    Audience.PARENT,
    Audience.DESK,
)
_UP = [(1, _REPORTER), (3, _REPORTER), (7, _APPROVER), (14, _PARENT), (21, _DESK)]
_RULES = [
    ("before", Kind.BEFORE, "Sắp đến hạn", "Near the deadline", 0,
     [(7, _REPORTER), (3, _REPORTER), (1, _REPORTER)]),
    ("late", Kind.LATE, "Quá hạn", "Late", 30, _UP),
    ("silent", Kind.SILENT, "Không có thông tin", "No word", 30,
     [(30, _REPORTER), (45, _APPROVER), (60, _DESK)]),
    ("report", Kind.REPORT, "Chưa gửi báo cáo kỳ", "Report not come", 0,
     [(1, _REPORTER), (3, _APPROVER), (7, _DESK)]),
    ("asked", Kind.ASKED, "Chưa gửi báo cáo được yêu cầu", "Report asked for not come", 7,
     [(1, _REPORTER), (3, _APPROVER), (7, _DESK)]),
    ("answer", Kind.ANSWER, "Chưa trả lời việc được giao", "Assignment not answered", 0,
     [(3, _REPORTER), (7, _APPROVER), (14, _DESK)]),
    ("slip", Kind.SLIP, "Chưa quyết định xin lùi hạn", "New deadline not decided", 0,
     [(3, _APPROVER), (7, _PARENT), (14, _DESK)]),
    ("result", Kind.RESULT, "Chưa đánh giá kết quả", "Result not judged", 0,
     [(5, _APPROVER), (10, _PARENT), (20, _DESK)]),
]  # fmt: skip
_DUTIES = [
    ("month", "Báo cáo tháng", "Monthly report", Rhythm.MONTH, "", False),
    ("quarter-commitments", "Báo cáo quý về cam kết, thỏa thuận quốc tế",
     "Quarterly report on commitments", Rhythm.QUARTER, Nature.COMMITMENT, True),
    ("half", "Báo cáo 6 tháng", "Half-yearly report", Rhythm.HALF, "", False),
    ("nine", "Báo cáo 9 tháng", "Report of nine months", Rhythm.NINE, "", False),
    ("year", "Báo cáo năm", "Yearly report", Rhythm.YEAR, "", False),
    ("week", "Cập nhật hằng tuần", "Weekly update", Rhythm.WEEK, "", False),
]  # fmt: skip
"""The quarterly one follows the meetings that review high-level commitments since April 2024; the
others wait until a coordinator turns them on."""
_OFF = {
    "Tết Dương lịch": ["2025-01-01", "2026-01-01", "2027-01-01"],
    "Tết Nguyên đán": [
        *("2025-01-27", "2025-01-28", "2025-01-29", "2025-01-30", "2025-01-31"),
        *("2026-02-16", "2026-02-17", "2026-02-18", "2026-02-19", "2026-02-20"),
    ],
    "Giỗ Tổ Hùng Vương": ["2025-04-07", "2026-04-27"],
    "Ngày Chiến thắng": ["2025-04-30", "2026-04-30", "2027-04-30"],
    "Ngày Quốc tế lao động": ["2025-05-01", "2026-05-01"],
    "Quốc khánh": ["2025-09-01", "2025-09-02", "2026-09-01", "2026-09-02", "2027-09-02"],
}


def ensure_rules() -> bool:
    """Write the shipped rows this installation has not had yet; whether there were any."""
    known = set(Rule.objects.values_list("key", flat=True))
    if known.issuperset(key for key, *_rest in _RULES):
        return False
    load_rules(None)
    return True


@action("urging.load", may=can_keep_rules)
def load_rules(actor: User | None) -> None:
    """Write the shipped rows; those there are stay as people left them."""
    hours, _new = Hours.objects.get_or_create(
        pk=1, defaults={"opens": dt.time(8), "closes": dt.time(17)}
    )
    n = 0
    for key, kind, name, name_en, again, steps in _RULES:
        rule, is_new = Rule.objects.get_or_create(
            key=key, defaults={"kind": kind, "name": name, "name_en": name_en, "again": again}
        )
        if is_new:
            n += 1
            Step.objects.bulk_create(
                Step(rule=rule, number=at, days=days, to=to)
                for at, (days, to) in enumerate(steps, start=1)
            )
    for key, name, name_en, rhythm, nature, is_on in _DUTIES:
        Duty.objects.get_or_create(
            key=key,
            defaults={
                "name": name,
                "name_en": name_en,
                "rhythm": rhythm,
                "nature": nature,
                "basis": DueRule.ADMINISTRATIVE,
                "n_days": 2,
                "starts_on": timezone.localdate(),
                "is_on": is_on,
            },
        )
    for name, days in _OFF.items():
        for day in days:
            Holiday.objects.get_or_create(day=dt.date.fromisoformat(day), defaults={"name": name})
    record_action(hours, detail={"rules": n})
