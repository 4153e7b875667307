"""What a page says about itself: its title, its day of publication, its address."""

import re
from collections.abc import Sequence

from vanban.blocks import BlockKind
from vanban.patterns import regex

__all__ = [
    "PLACE_AND_DAY",
    "choose_title",
    "find_published",
    "find_title",
    "find_url",
    "read_date",
]

_ISO = regex(r"(?<!\d)(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)")
_TIME = r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?"
_ONLY_A_DATE = regex(
    rf"(?:Thứ \w+,? |Chủ nhật,? )?(?:Ngày )?(?:{_TIME}[ ,|–-]+)?"
    rf"(?:\d{{4}}-\d\d-\d\d|\d\d? ?/ ?\d\d? ?/ ?\d{{4}})(?:[ ,|T–-]+{_TIME})?",
    re.I,
)
_DAY_FIRST = regex(r"(?<!\d)(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
PLACE_AND_DAY = r"[^\W\d_][\w .’'-]{2,30}, ngày "
"""How the line of place and day of a letterhead begins: "Xan-ti-a-gô, ngày 14 tháng 7"."""
_PLACE_AND_DATE = regex(
    rf"\(?{PLACE_AND_DAY}(\d{{1,2}}) tháng (\d{{1,2}}) năm (\d{{4}})\)?\s*", re.IGNORECASE
)
_DONE_AT = regex(
    r"(?:Làm|Ký) tại [^;:]{2,60}?,? (?:vào )?ngày"
    r" (\d{1,2})(?:/| tháng )(\d{1,2})(?:/| năm )(\d{4}),? (?:được )?(?:lập )?thành \w+"
)
"""The line below a joint statement or a treaty that says where and when it was done."""
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
    "Thông báo", "Thông cáo", "Thông cáo chung", "Thông tư", "Tờ trình", "Tuyên bố chung",
})  # fmt: skip
_JUNK_TITLE = regex(
    r"cộng h(?:òa|oà) xã hội|độc lập\s*-|^microsoft|\.(?:docx?|rtf|odt|pdf)$|^untitled"
    r"|^\(anonymous\)$|^(?:số|kính gửi)\b"
    r"|^(?:ủy ban|uỷ ban|bộ|sở|tỉnh|document\d*)$",
    re.I,
)
_LINE_ENDS = regex(r"[.:;,?!…]\s*$")
_RULE = regex(r"[-_–—*=.]{3,}")
_OWN_NUMBER = regex(r"(?m)(?:^|\|) *S[ốỐ] *: *\d{0,5}[\w./-]*[-/][A-ZĐ]{2}")
_ABOUT = regex(r"\s*(?:V/v|V/V|v/v|Về việc|VỀ VIỆC)[:.]? +")
_OF_THE_HEAD = regex(
    r"(?!.*\|)\s*(?:[-_–—*=.\s]+$|S[ốỐ] *:|(?:CỘNG HÒA|CỘNG HOÀ) XÃ HỘI|(?i:độc lập *[-–])"
    r"|[Kk]ính gửi|(?i:nơi nhận)|(?:TUYỆT |TỐI )?MẬT$|(?:HỎA|HOẢ) TỐC|(?:THƯỢNG )?KHẨN$"
    rf"|{PLACE_AND_DAY} *(?:\d|[.…_])"
    r"|(?:ỦY BAN|UỶ BAN|UBND|BỘ|SỞ|VĂN PHÒNG|ĐẠI SỨ QUÁN|TỔNG LÃNH SỰ|THƯƠNG VỤ|PHÁI ĐOÀN|CỤC"
    r"|TỔNG CỤC|VỤ|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|HỘI ĐỒNG NHÂN DÂN|HĐND|THỦ TƯỚNG CHÍNH PHỦ|CHÍNH PHỦ"
    r"|QUỐC HỘI|ĐẢNG CỘNG SẢN|TRUNG TÂM|CHI CỤC|BAN (?:QUẢN LÝ|CHỈ ĐẠO|BÍ THƯ|CHẤP HÀNH))"
    r"(?! (?:VÀ|TRẢ|CHO) )[^a-zđ,;:.]{0,80}$)"
)
"""A line of a letterhead: who writes, the motto, the number, place and day; never a title."""
_BEGINS_ANEW = regex(
    r"[Kk]ính gửi|Căn cứ|(?:[IVX]{1,5}|\d{1,2}|[A-ZĐ])[.)/] |Phần |Điều |Chương |Ngày \d|Trong \d"
    r"|S[ốỐ] *:|Nơi nhận"
)
"""A line below a title that is no more of it."""
_TOP = 15
"""Lines at the top of a page in which it says what it is."""
_NAMED_BELOW = 4
"""Lines below its number in which what a paper is called stands."""
_FEWEST_TITLE_WORDS = 4
"""Words of a title in capitals."""
_MOST_LINE_WORDS = 25
"""Words of a line in which a title goes on."""
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
        "Thông báo Kết luận của ... tại Hội nghị ...", of a letter "Về việc ..."; "" if no line of
        the top is a kind of paper, and no number of one stands above what could be its title.
    """
    for index, line in enumerate(lines[:_TOP]):
        kind = line.strip()
        if kind.isupper() and kind.capitalize() in _PAPER_KINDS:
            subject = _subject(lines[index + 1 : index + 5])
            return f"{kind.capitalize()} {subject}" if subject else ""
    top = "\n".join(lines[:_TOP])
    if (number := _OWN_NUMBER.search(top)) is None:
        return ""
    return _matter(lines[:_TOP]) or _named_below(lines[top.count("\n", 0, number.start()) + 1 :])


def _subject(lines: Sequence[str]) -> str:
    """What stands under the kind of a paper: one line, and shorter ones in which it goes on."""
    subject: list[str] = []
    for line in lines:
        words = line.strip()
        most = _MOST_LINE_WORDS if subject else _MOST_TITLE_WORDS
        ends = _LINE_ENDS.search(words) or "|" in words or _RULE.fullmatch(words)
        if ends or len(words.split()) > most or (subject and _BEGINS_ANEW.match(words)):
            break
        if _PLACE_AND_DATE.fullmatch(words):
            break
        subject.append(words)
    return " ".join(subject) if subject and not _OF_THE_HEAD.match(subject[0]) else ""


def _matter(lines: Sequence[str]) -> str:
    """What a letter is about: "V/v báo cáo kết quả" is "Về việc báo cáo kết quả"."""
    for index, line in enumerate(lines):
        for cell in line.split("|"):
            if (about := _ABOUT.match(cell)) is None:
                continue
            said = " ".join(cell[about.end() :].split())
            below = lines[index + 1].strip() if index + 1 < len(lines) and "|" not in line else ""
            if below[:1].islower() and len(below.split()) <= _MOST_LINE_WORDS:
                said = f"{said} {below}"
            return f"Về việc {said}" if said else ""
    return ""


def _named_below(lines: Sequence[str]) -> str:
    """The title in the lines below a paper's number: in capitals, or begun by its kind."""
    for index, line in enumerate(map(str.strip, lines[:_NAMED_BELOW])):
        if _OF_THE_HEAD.match(line) or "|" in line or _PLACE_AND_DATE.fullmatch(line):
            continue
        of_a_kind = line.startswith(tuple(_PAPER_KINDS))
        in_capitals = line.isupper() and line.count(" ") + 1 >= _FEWEST_TITLE_WORDS
        if not (of_a_kind or in_capitals) or _LINE_ENDS.search(line):
            return ""
        title = line
        for below in lines[index + 1 : index + 3]:
            if not (in_capitals and below.isupper()) or _OF_THE_HEAD.match(below):
                break
            title = f"{title} {below.strip()}"
        return title if len(title.split()) <= _MOST_TITLE_WORDS else ""
    return ""


def find_title(lines: Sequence[str], kinds: Sequence[BlockKind]) -> str:
    """The title of an official paper, else the heading above the first paragraph; "" if neither."""
    if title := _paper_title(lines):
        return title
    numbered = _OWN_NUMBER.search("\n".join(lines[:_TOP])) is not None
    for line, kind in zip(lines, kinds, strict=True):
        if numbered and kind == "heading" and _OF_THE_HEAD.match(line):
            continue
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
    for line in lines:
        if done := _DONE_AT.match(line):
            return _iso(done[3], done[2], done[1])
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
