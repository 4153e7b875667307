"""When a task is due: periods as their last day, and as the period they are."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from vanban import Document, read
from vanban.values.times import last_day


@given(st.integers(2000, 2099), st.integers(1, 12))
def test_a_month_is_due_on_its_last_day_and_a_quarter_on_that_of_its_third_month(year, month):
    day = dt.date.fromisoformat(last_day(f"{year}-{month:02d}"))
    assert (day.year, day.month, (day + dt.timedelta(days=1)).day) == (year, month, 1)
    quarter = (month + 2) // 3
    assert last_day(f"{year}-Q{quarter}") == last_day(f"{year}-{3 * quarter:02d}")
    for told in (f"{year}", f"{year}-H1", f"{year}-H2", day.isoformat()):
        assert last_day(told) == told
    assert last_day(f"{year - 2}/{year}") == str(year)


def test_a_period_told_as_a_day_is_kept_beside_it():
    text = (
        "Bộ trưởng yêu cầu Cục Lãnh sự rà soát thủ tục trong quý II năm 2026;"
        " báo cáo trước ngày 15/8/2026."
    )
    told = [
        (t["deadline"], t["deadline_period"])
        for t in read(Document.from_text(text)).to_dict()["tasks"]
    ]
    assert told == [("2026-06-30", "2026-Q2"), ("2026-08-15", None)]
