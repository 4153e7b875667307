"""The table of the READMEs, out of what the benchmarks printed.

    PYTHONPATH=src python bench/readme.py bench/results/DATE.md    writes it from results kept

`bench/run.py --save` writes it too. A number that was not measured this time is told as a dash.
"""

import re
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]
BEGIN, END = "<!-- written by make bench -->", "<!-- end of what make bench wrote -->"
MISSING = "–"
ACCURACY = "How well labelled documents are read"
DATES = "Dates and periods beside other readers"
READING = "Reading documents"
MANY = "Many documents"

WORDS = {
    "README.md": {
        "measured": "{day}, one sitting",
        "document": "a document of {bytes} bytes, ms of CPU",
        "by sentence": "{ms} by sentence ({times} times), {whole} whole ({times_whole} times)",
        "dates": "{times} dates and periods of {texts} texts, F1",
        "dates cpu": "the same, ms of CPU a text",
        "in Java": "in Java",
        "first": "import, word lists and first document: s of CPU, peak MB",
        "two": "two processes beside one, documents per second",
        "F1": "macro-F1, attributes right, of texts held out (ours)",
        "F1 others": "the same, of texts held out by other hands",
        "sure": "figures held out read as sure, right in value, unit, bound and period",
    },
    "README.vi.md": {
        "measured": "{day}, trong một lần đo",
        "document": "một văn bản {bytes} byte, ms CPU",
        "by sentence": "{ms} từng câu (gấp {times}), {whole} cả văn bản (gấp {times_whole})",
        "dates": "{times} ngày và kỳ trong {texts} văn bản, F1",
        "dates cpu": "như trên, ms CPU mỗi văn bản",
        "in Java": "bằng Java",
        "first": "nạp chương trình, danh mục và đọc văn bản đầu: giây CPU, MB cao nhất",
        "two": "hai tiến trình so với một, số văn bản mỗi giây",
        "F1": "macro-F1, thuộc tính đúng, văn bản để riêng (của nhóm)",
        "F1 others": "như trên, văn bản để riêng của người khác",
        "sure": "số liệu để riêng đọc với mức chắc chắn cao, đúng giá trị, đơn vị, cận và kỳ",
    },
}


def write_tables(reports: Mapping[str, str], day: str) -> None:
    """Put the table between its marks in both READMEs.

    Args:
        reports: What each benchmark printed, by its title.
        day: The day of the measurement, ISO 8601.

    Raises:
        ValueError: a README has lost its marks.
    """
    for name in WORDS:
        path = ROOT / name
        text = path.read_text("utf-8")
        if text.count(BEGIN) != 1 or text.count(END) != 1:
            raise ValueError(f"{name}: {BEGIN!r} and {END!r} are expected once each")
        before, _, rest = text.partition(BEGIN)
        after = rest.partition(END)[2]
        path.write_text(f"{before}{BEGIN}\n{table(reports, day, name)}\n{END}{after}", "utf-8")


def table(reports: Mapping[str, str], day: str, readme: str) -> str:
    """The table of one README, in its language."""
    words = WORDS[readme]
    reading, dates = reports.get(READING, ""), reports.get(DATES, "")
    ratios = re.findall(r"^underthesea .* = (\d+) by the medians", reading, re.M)
    peer = {
        "ms": _cell(reading, "underthesea ner, sentence by sentence", 1),
        "whole": _cell(reading, "underthesea ner, whole document", 1),
        "times": ratios[0] if ratios else MISSING,
        "times_whole": ratios[1] if len(ratios) > 1 else MISSING,
    }
    readers = ("vanban, no day given", "dateparser (vi), day given", "HeidelTime (vi), day given")
    f1 = [_cell(dates, reader, 4) for reader in readers]
    cpu = [_cell(dates, reader, 5).replace("in Java", words["in Java"]) for reader in readers]
    size = {"bytes": _number(r"mean ([\d,]+) bytes", reading)}
    asked = {
        "times": _number(r"^(\d+) times in", dates),
        "texts": _number(r"times in (\d+) texts", dates),
    }
    first = _number(r"first document: ([\d.]+) s CPU", reading)
    memory = _number(r"peak memory of such a process: (\d+) MB", reading)
    rows = [
        [words["measured"].format(day=day), "Điểm Cầu", "underthesea", "dateparser", "HeidelTime"],
        ["---", *["---:"] * 4],
        [
            words["document"].format(**size),
            _cell(reading, "vanban.read", 1),
            words["by sentence"].format(**peer),
        ],
        [words["dates"].format(**asked), f1[0], "", *f1[1:]],
        [words["dates cpu"], cpu[0], "", *cpu[1:]],
        [words["first"], f"{first}; {memory}"],
        [words["two"], _number(r"two processes are ([\d.]+) times", reports.get(MANY, ""))],
        [words["F1"], _held(reports, "held out")],
        [words["F1 others"], _held(reports, "held out, by another hand")],
        [words["sure"], _sure(reports)],
    ]
    lines = [" | ".join(row + [""] * (5 - len(row))) for row in rows]
    text = "\n".join(f"| {line} |".replace("  ", " ") for line in lines)
    return _with_commas(text) if readme == "README.vi.md" else text


def _with_commas(text: str) -> str:
    """Numbers as Vietnamese writes them: "1,761.5" is "1.761,5"."""
    return re.sub(r"(?<=\d)[.,](?=\d)", lambda mark: "," if mark[0] == "." else ".", text)


def _number(pattern: str, report: str) -> str:
    found = re.search(pattern, report, re.M)
    return found[1] if found else MISSING


def _cell(report: str, row: str, column: int) -> str:
    """A cell of the table row that begins with these words."""
    for line in report.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if line.startswith("|") and cells[0] == row and len(cells) > column:
            return cells[column]
    return MISSING


def _set(reports: Mapping[str, str], name: str) -> str:
    """What was printed of one set of labelled texts."""
    parts = re.split(r"^### ", reports.get(ACCURACY, ""), flags=re.M)
    return next((part for part in parts if part.startswith(f"{name}: ")), "")


def _held(reports: Mapping[str, str], name: str) -> str:
    report = _set(reports, name)
    return f"{_cell(report, 'macro F1', 4)}; {_cell(report, 'attributes', 4)}"


def _sure(reports: Mapping[str, str]) -> str:
    of = right = 0
    for name in ("held out", "held out, by another hand"):
        found = re.search(r"or more: (\d+); .* right: (\d+)", _set(reports, name))
        if found:
            of, right = of + int(found[1]), right + int(found[2])
    return f"{right} / {of}" if of else MISSING


def kept(path: Path) -> dict[str, str]:
    """What the benchmarks printed, by title, out of a page that `run.py --save` kept."""
    parts = re.split(r"^## ", path.read_text("utf-8"), flags=re.M)[1:]
    return {title: body for title, _, body in (part.partition("\n") for part in parts)}


if __name__ == "__main__":
    results = Path(sys.argv[1])
    write_tables(kept(results), results.stem)
