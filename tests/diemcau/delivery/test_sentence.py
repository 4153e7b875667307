"""Where a task stands in one sentence, and why, in both languages."""

import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from diemcau.delivery.models import Nature, Side, Task
from diemcau.delivery.sentence import Known, say_standing, say_why
from diemcau.delivery.states import Status, standing

SAID = dt.date(2024, 12, 20)
DUE = dt.date(2025, 6, 30)


def made(status=Status.IN_PROGRESS, *, due=DUE, on, delivered=None, **values):
    row = Task(
        status=status,
        deadline=due.isoformat() if due else "",
        due_from=due,
        due_to=due,
        due_rule="calendar" if due else "",
        **values,
    )
    row.standing = standing(status, due, delivered, on=on)
    return row


CASES = [
    (
        {},
        Known(SAID, 2, sides=[Side.PARTNER]),
        dt.date(2025, 8, 14),
        "Giao ngày 20/12/2024, nhắc lại 2 lần, chưa có kết quả; quá hạn 45 ngày; vướng phía đối"
        " tác.",
        "Given on 20 Dec 2024, repeated 2 times, no result yet; 45 days overdue; held up on the"
        " partner's side.",
    ),
    (
        {"status": Status.NEW, "due": None},
        Known(),
        dt.date(2025, 8, 14),
        "Chưa rõ ngày giao, chưa có kết quả; chưa có thời hạn.",
        "The day it was given is not known, no result yet; no deadline was set.",
    ),
    (
        {"status": Status.DONE, "delivered": dt.date(2025, 7, 3)},
        Known(SAID, delivered_on=dt.date(2025, 7, 3), n_slips=1, sides=[Side.OURS]),
        dt.date(2025, 8, 14),
        "Giao ngày 20/12/2024, hoàn thành ngày 3/7/2025; chậm 3 ngày; đã lùi hạn 1 lần.",
        "Given on 20 Dec 2024, delivered on 3 Jul 2025; 3 days late; its deadline was moved 1"
        " time.",
    ),
    (
        {"status": Status.AWAITING},
        Known(SAID, delivered_on=dt.date(2025, 6, 29)),
        dt.date(2025, 7, 10),
        "Giao ngày 20/12/2024, báo cáo hoàn thành ngày 29/6/2025, chờ xác nhận; báo cáo trong hạn,"
        " thời hạn đã qua 10 ngày.",
        "Given on 20 Dec 2024, reported done on 29 Jun 2025, awaiting confirmation; reported within"
        " its deadline, which passed 10 days ago.",
    ),
    (
        {"nature": Nature.COMMITMENT},
        Known(SAID, n_evidence=2, sides=[Side.OURS, Side.PARTNER]),
        DUE,
        "Cam kết ngày 20/12/2024, đã có 2 minh chứng, chưa báo cáo hoàn thành; hôm nay là ngày cuối"
        " của thời hạn; vướng cả hai phía.",
        "Promised on 20 Dec 2024, 2 pieces of evidence, not reported done yet; today is the last"
        " day; held up on both sides.",
    ),
    (
        {"status": Status.SUSPENDED},
        Known(SAID),
        dt.date(2025, 8, 14),
        "Giao ngày 20/12/2024, đang tạm hoãn.",
        "Given on 20 Dec 2024, suspended.",
    ),
]


@pytest.mark.parametrize(("values", "known", "on", "vi", "en"), CASES)
def test_the_sentence_says_what_the_rows_say(values, known, on, vi, en):
    row = made(on=on, **values)
    with translation.override("vi"):
        assert say_standing(row, known, on=on) == vi
    with translation.override("en"):
        assert say_standing(row, known, on=on) == en


def test_the_rule_of_a_period_is_printed_with_its_last_day():
    row = made(
        Status.DONE,
        due=dt.date(2025, 12, 14),
        on=dt.date(2026, 1, 5),
        delivered=dt.date(2025, 12, 20),
    )
    row.deadline, row.due_rule, row.due_from = "2025-H2", "administrative", dt.date(2025, 6, 15)
    known = Known(SAID, delivered_on=dt.date(2025, 12, 20))
    with translation.override("vi"):
        assert say_why(row, known, on=dt.date(2026, 1, 5)) == [
            "Thời hạn “6 tháng cuối năm 2025” là từ 15/6/2025 – 14/12/2025, tính theo kỳ báo cáo"
            " hành chính theo Nghị định 09/2019: nửa năm kết thúc ngày 14/6 và 14/12.",
            "Giao nộp ngày 20/12/2025, sau ngày cuối 14/12/2025: chậm hạn.",
        ]


days = st.dates(dt.date(2024, 1, 1), dt.date(2027, 12, 31))


@given(
    status=st.sampled_from(Status),
    due=st.none() | days,
    delivered=st.none() | days,
    on=days,
    said=st.none() | days,
    again=st.integers(0, 5),
    sides=st.sets(st.sampled_from(Side)),
)
def test_what_is_late_while_the_partner_is_in_the_way_is_never_called_late_alone(
    status, due, delivered, on, said, again, sides
):
    row = made(status, due=due, on=on, delivered=delivered)
    known = Known(said, again, sides=sides, delivered_on=delivered)
    with translation.override("en"):
        sentence, why = say_standing(row, known, on=on), say_why(row, known, on=on)
    assert sentence.endswith(".")
    assert sentence[0].isupper()
    assert why
    if "overdue" in sentence and sides & {Side.PARTNER, Side.BOTH}:
        assert "partner's side" in sentence or "both sides" in sentence
    assert ("overdue" in sentence) <= (due is not None and on > due)
