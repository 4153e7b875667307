"""A day is a day of the place: an instant is kept in UTC, where a night here is the day before."""

import re
from pathlib import Path

import diemcau

_OF_UTC = re.compile(r"_at\.date\(\)|\.at\.date\(\)|_at:%|now\(\)\.date\(\)")


def test_no_instant_is_cut_to_a_day_of_utc():
    root = Path(diemcau.__file__).parent
    found = [
        f"{file.relative_to(root)}: {cut}"
        for file in root.rglob("*.py")
        for cut in _OF_UTC.findall(file.read_text(encoding="utf-8"))
    ]
    assert found == [], "use timezone.localdate(...)"
