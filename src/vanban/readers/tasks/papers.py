"""Orders of a paper the press tells of: "Công điện nêu rõ, Bộ A ...", and whose paper it is."""

import re
from functools import cache

from vanban.patterns import regex
from vanban.readers.tasks.grammar import grammar
from vanban.readers.tasks.people import find_issuer, split_assignees
from vanban.scan import Scan

__all__ = ["paper_says"]

_KINDS = (
    r"(?:Chỉ thị|Công điện|Công văn|Văn bản|Thông báo kết luận|Thông báo|Quyết định|Kế hoạch"
    r"|Nghị quyết|Chương trình hành động|Hướng dẫn)"
)
_SAYS = regex(
    rf"(?:[^\W\d_]+(?: [^\W\d_]+){{0,3}}, )?(?P<paper>{_KINDS})"
    r"(?: số [\w/.-]+)?(?: ngày [\d/.-]+| ngày \d+ tháng \d+ năm \d+)?"
    r"(?: này| trên| nêu trên)?(?: của (?P<of>[^,;:.]{2,60}?))?"
    r"(?: (?:cũng|còn|đã))* (?P<says>nêu rõ(?! mục)|nêu(?! rõ)|ghi rõ|chỉ rõ|yêu cầu|giao|đề nghị"
    r"|chỉ đạo)(?:,|:)?(?: rằng)? "
)
_ORDERS = ("Chỉ thị", "Công điện", "Công văn", "Văn bản", "Thông báo")
"""Papers that order whatever they say; others also tell of aims and results."""


class Papers:
    """Who gives the papers that a text tells of, looked for when a paper is said to order.

    Args:
        scan: the text.
    """

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._givers: dict[str, str | None] = {}

    def giver(self, paper: str) -> str | None:
        """The body whose paper it is: "Công điện của Thủ tướng", "UBND tỉnh ban hành Kế hoạch".

        Args:
            paper: the kind of paper, as the text has it.
        Returns:
            The body as written; None if the text does not say.
        """
        if paper not in self._givers:
            self._givers[paper] = self._find(paper)
        return self._givers[paper]

    def _find(self, paper: str) -> str | None:
        text = self._scan.text
        for pattern in (_of(paper), _issued(paper)):
            for m in pattern.finditer(text):
                who = find_issuer(self._scan, m.start("who"), m.end("who"))
                names = split_assignees(m["who"]) or _OFFICE.findall(m["who"])
                if who is not None or names:
                    return who or names[0]
        return None


@cache
def _of(paper: str) -> re.Pattern[str]:
    return regex(
        rf"{paper}(?:(?: số)? [^\s,;:.]+)?(?: ngày [\d/.-]+| ngày \d+ tháng \d+ năm \d+)?"
        r" của (?P<who>[^,;:.()]{2,60}?)(?= về|[,;:.()]| yêu cầu| nêu| giao)"
    )


@cache
def _issued(paper: str) -> re.Pattern[str]:
    return regex(
        r"(?:(?<=\n)|(?<=\. )|(?<=, )|^)(?P<who>[^,;:.\n]{2,60}?)(?: (?:vừa|đã|mới|cũng|có))*"
        rf" (?:ký ban hành|ban hành|ký|có|gửi|phát đi|phê duyệt)(?: một)? {paper}(?!\w)"
    )


_OFFICE = regex(r"(?:Thủ tướng(?: Chính phủ)?|Phó Thủ tướng|Chính phủ|Ban Bí thư|Bộ Chính trị)")


def paper_says(scan: Scan, start: int, end: int) -> tuple[str | None, int | None] | None:
    """Whose orders a sentence tells that begins with a paper, and where what it says begins.

    Args:
        start, end: half-open run of the sentence.
    Returns:
        The body (None if the text does not say) and where the order begins behind "nêu rõ,"
        (None if the words of the order stand in the sentence itself); None if no paper speaks.
    """
    head = scan.text[start : min(end, start + 60)]
    if not any(kind in head for kind in _FIRST):
        return None
    m = _SAYS.match(scan.text, start, end)
    if m is None:
        return None
    who = find_issuer(scan, m.start("of"), m.end("of")) if m["of"] else None
    who = who or scan.once(Papers).giver(m["paper"])
    opens = m["says"].startswith(("nêu", "ghi", "chỉ rõ")) and m["paper"].startswith(_ORDERS)
    told = grammar().assignee.pattern.match(scan.text, m.end()) is not None
    return who, m.end() if opens and told else None


_FIRST = ("Chỉ thị", "Công", "Văn bản", "Thông báo", "Quyết", "Kế hoạch", "Nghị", "Chương", "Hướng")
