"""A reading takes as long as its text is long, whatever the text repeats."""

import time
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vanban import Document, read
from vanban.readers.tasks.holders import Holders

SYLLABLES = ("Bo", "De", "Fa", "Gi", "Ko", "Lu", "Ma", "Ne", "Po", "Ro", "Sa", "Ti", "Vo", "Za")
NAMES = [f"{a}{b}rz {c}{d}k" for a, b, c, d in product(SYLLABLES, repeat=4)]


def numbered(form):
    return lambda n: form.format(n=n, usd=f"{n // 1000},{n % 1000:03d}", name=NAMES[n % len(NAMES)])


REPEATED = {
    "percentages": ("", numbered("5% ")),
    "growth in a paragraph of a province": ("Nghệ An tăng 5%. các bộ cần", numbered("12 dự án. ")),
    "amounts that differ": ("", numbered("{usd} triệu USD, ")),
    "captions": ("", numbered("5.000 lượt khách Hàn Quốc\n")),
    "one market": ("", numbered("Đại sứ quán Việt Nam tại Nhật Bản và 5 tỷ USD\n")),
    "leaders": ("", numbered("Thủ tướng {name} thăm Lào. Thủ tướng đề nghị Lào hỗ trợ. ")),
    "names": ("", numbered("Ngoại trưởng {name} phát biểu. ")),
    "offices of one": ("", numbered("Giám đốc Công ty {name} Nguyễn Văn An phát biểu. ")),
    "weaknesses": ("", numbered("Việc phối hợp của các ngành ở khu vực thứ {n} còn rất hạn chế. ")),
}
SMALL, TIMES = 6_000, 8


def seconds(text):
    document = Document.from_text(text)
    began = time.process_time()
    read(document)
    return time.process_time() - began


@pytest.mark.parametrize("name", REPEATED)
def test_eight_times_the_text_takes_no_more_than_twenty_times_as_long(name):
    head, form = REPEATED[name]
    units = "".join(form(n) for n in range(1, SMALL * TIMES // 4))
    small, large = head + units[:SMALL], head + units[: SMALL * TIMES]
    least = min(seconds(small) for _ in range(3))
    assert seconds(large) < 2.5 * TIMES * max(least, 0.005)


class _Scan:
    def __init__(self, titles_of):
        self.titles_of = titles_of
        self.people = self.partners = ()
        self.text = ""


words = st.lists(
    st.sampled_from(["An", "Lan", "Bộ", "trưởng", "Phó", "Ngoại"]), min_size=1, max_size=3
)
phrases = words.map(" ".join)


@given(st.dictionaries(phrases, st.frozensets(phrases, max_size=2)), phrases, phrases)
def test_who_holds_an_office_is_whom_a_walk_through_all_finds(titles_of, office, called):
    holders = Holders(_Scan(titles_of))
    low = office.lower()
    assert holders.of_office(office) == {
        name
        for name, titles in titles_of.items()
        if any(
            t == low or t.startswith(f"{low} ") or low.startswith(f"{t} ")
            for t in map(str.lower, titles)
        )
    }
    assert holders.called(office, called) == next(
        (
            name
            for name in titles_of
            if (name.endswith(called) and (called != name or " " in called) and len(called) > 2)
            or (" " in name and office.endswith(f" {name}"))
        ),
        None,
    )
