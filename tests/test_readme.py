"""What the READMEs say was measured is what a benchmark kept."""

import re
from pathlib import Path

import pytest
from bench.readme import BEGIN, END, kept, table

ROOT = Path(__file__).parents[1]
DAY = re.compile(r"\d{4}-\d\d-\d\d")


@pytest.mark.parametrize("name", ["README.md", "README.vi.md"])
def test_the_table_is_what_was_kept(name: str) -> None:
    text = (ROOT / name).read_text("utf-8")
    said = text[text.index(BEGIN) + len(BEGIN) : text.index(END)].strip()
    day = DAY.search(said)
    assert day is not None, "the table does not say when it was measured"
    result = ROOT / "bench" / "results" / f"{day[0]}.md"
    assert said == table(kept(result), day[0], name)
