"""What a page says about itself: its title, its day of publication, its address."""

import re
from collections.abc import Sequence

from vanban.blocks import BlockKind
from vanban.patterns import regex

__all__ = ["choose_title", "find_published", "find_title", "find_url", "read_date"]

_ISO = regex(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?"
_ONLY_A_DATE = regex(
    rf"(?:Thứ \w+,? |Chủ nhật,? )?(?:Ngày )?(?:{_TIME}[ ,|–-]+)?"
    rf"(?:\d{{4}}-\d\d-\d\d|\d\d? ?/ ?\d\d? ?/ ?\d{{4}})(?:[ ,|T–-]+{_TIME})?",
    re.I,
)
_DAY_FIRST = regex(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
_PLACE_AND_DATE = regex(
    r"[^\W\d_][\w .]{2,30}, ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})\s*", re.I
)
_STAMPED = regex(r"\s*date\s(\d{4})-(\d\d)-(\d\d)(?!\d)")
"""How a page's text begins that its publisher's stamp was put before."""
_URL = regex(r"https?://[^\s<>\"')\]]{4,500}")
# baochinhphu.vn and its sisters end an address with 102 + yymmdd + time; others have folders.
_DATE_IN_URL = (
    regex(r"-10[0-9](?P<y>\d\d)(?P<m>\d\d)(?P<d>\d\d)\d{9}\.html?$"),
    regex(r"/(?P<y>20\d\d)/(?P<m>\d\d)/(?P<d>\d\d)/"),
)
_SOURCE = regex(r"(?:nguồn|link|bài gốc|theo)\b", re.I)
_PAPER_KINDS = frozenset({
    "Báo cáo", "Biên bản", "Chỉ thị", "Chương trình", "Công điện", "Đề án", "Hướng dẫn",
    "Kế hoạch", "Kết luận", "Nghị định", "Nghị quyết", "Phương án", "Quy chế", "Quyết định",
    "Thông báo", "Thông cáo", "Thông tư", "Tờ trình",
})  # fmt: skip
_JUNK_TITLE = regex(
    r"cộng h(?:òa|oà) xã hội|độc lập\s*-|^microsoft|\.(?:docx?|rtf|odt|pdf)$|^untitled"
    r"|^\(anonymous\)$|^(?:số|kính gửi)\b"
    r"|^(?:ủy ban|uỷ ban|bộ|sở|tỉnh|document\d*)$",
    re.I,
)
_LINE_ENDS = regex(r"[.:;,?!…]\s*$")
_RULE = regex(r"[-_–—*=.]{3,}")
_MOST_LINE_WORDS = 25
_TOP = 15
_MOST_TITLE_WORDS = 60
_MOST_TIME_WORDS = 20


def read_date(text: str) -> str | None:
    """The first full date of a short text such as "14:38, 21/12/2023", as an ISO date.

    Returns:
        "2023-12-21"; None if there is no date with day, month and year.
    """
    if found := _ISO.search(text):
        return _iso(found[1], found[2], found[3])
    if found := _DAY_FIRST.search(text):
        return _iso(found[3], found[2], found[1])
    return None


def choose_title(lines: Sequence[str], given: str) -> str:
    """The title of an office file: what the paper says before what its properties say.

    Args:
        lines: the text of the file.
        given: the title in the file's properties, often that of the file it was copied from.
    Returns:
        "" if neither says anything of use.
    """
    junk = not given or _JUNK_TITLE.search(given)
    return _paper_title(lines) or ("" if junk else " ".join(given.split()))


def _paper_title(lines: Sequence[str]) -> str:
    """The title of an official paper: its kind in capitals and the lines under it.

    Returns:
        "Thông báo Kết luận của ... tại Hội nghị ..."; "" if no line of the top is a kind of paper.
    """
    for index, line in enumerate(lines[:_TOP]):
        kind = line.strip()
        if kind.isupper() and kind.capitalize() in _PAPER_KINDS:
            subject = []
            for below in lines[index + 1 : index + 5]:
                goes_on = len(below.split()) <= _MOST_LINE_WORDS and not _LINE_ENDS.search(below)
                if not goes_on or "|" in below or _RULE.fullmatch(below.strip()):
                    break
                subject.append(below.strip())
            return " ".join([kind.capitalize(), *subject]) if subject else ""
    return ""


def find_title(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str:
    """The title of an official paper, else the heading above the first paragraph; "" if neither."""
    if title := _paper_title(lines):
        return title
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "heading" and len(line.split()) <= _MOST_TITLE_WORDS:
            return " ".join(line.split())
        if kind in ("paragraph", "row"):
            return ""
    return ""


def find_published(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str | None:
    """The day a page was published: its time line, its letterhead, or the address it names.

    Args:
        lines, kinds: the document's lines and what each is.
    Returns:
        ISO date; None if the text does not say. Never the date of an event inside a paragraph.
    """
    if lines and (stamp := _STAMPED.match(lines[0])):
        return _iso(stamp[1], stamp[2], stamp[3])
    body_at = next((i for i, k in enumerate(kinds) if k == "paragraph"), len(kinds))
    for index, (line, kind) in enumerate(zip(lines, kinds, strict=True)):
        for cell in line.split("|") if index < _TOP else ():
            if found := _PLACE_AND_DATE.fullmatch(cell.strip()):
                return _iso(found[3], found[2], found[1])
        if index < _TOP and index <= body_at and _ONLY_A_DATE.fullmatch(line.strip()):
            return read_date(line.replace(" / ", "/"))
        near_top = kind == "furniture" and index < body_at + 3
        short = len(line) < 200 and len(line.split()) <= _MOST_TIME_WORDS
        if near_top and short and "://" not in line and (date := read_date(line)):
            return date
    url = find_url(lines, kinds)
    for pattern in _DATE_IN_URL if url else ():
        if url and (found := pattern.search(url)):
            year = found["y"] if len(found["y"]) == 4 else f"20{found['y']}"
            return _iso(year, found["m"], found["d"])
    return None


def find_url(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str | None:
    """The address in a source line such as "Nguồn: https://..."; None if there is no such line."""
    for line, kind in zip(lines, kinds, strict=True):
        if kind == "furniture" and "://" in line and _SOURCE.match(line):
            found = _URL.search(line)
            return found[0].rstrip(".,;") if found else None
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    y, m, d = int(year), int(month), int(day)
    if 1945 <= y <= 2100 and 1 <= m <= 12 and 1 <= d <= 31:
        return f"{y:04}-{m:02}-{d:02}"
    return None
