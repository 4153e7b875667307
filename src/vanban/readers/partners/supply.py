"""What a text tells of who sells: where we buy, and who sells the same goods as we do."""

import re
from bisect import bisect_right

from vanban.forms import rare
from vanban.gazetteer import PartnerMention
from vanban.patterns import regex
from vanban.readers.partners.marks import NAMES
from vanban.readers.partners.relations import MOST_JUDGED, masked
from vanban.readers.partners.vetoes import is_capital_counted, is_capital_sought
from vanban.scan import Scan
from vanban.sentences import Sentence

__all__ = ["Supply", "is_of_others"]

_SOLD = rare(
    r"[Xx]uất khẩu|[Xx]uất (?:sang|đi|siêu)|(?<!\w)XK|[Kk]hách|[Ll]ao động|[Đđ]ầu tư|FDI"
    r"|thương mại|hai chiều|[Ll]ượng hàng"
)
"""What ends a run of sentences on our imports."""
_BOUGHT = regex(
    r"(?:[Kk]im ngạch|chi)(?: [^\s;.,]+){0,4} (?<!xuất )nhập khẩu(?!\w)"
    r"|(?:[Cc]ả nước|Việt Nam|[Nn]ước ta|doanh nghiệp|(?<!\w)ta)(?: (?:đã|cũng|phải|vẫn|còn|đang))*"
    r" nhập khẩu(?!\w)"
    r"|[Tt]hị trường nhập khẩu (?:chính|lớn|chủ yếu|hàng đầu|quan trọng)[^;.]{0,20}"
    r" của (?:Việt Nam|[Nn]ước ta|ta|cả nước|tỉnh|thành phố)(?!\w)"
    r"|^(?:Lượng |Giá trị )?[Nn]hập khẩu(?: [^\s;.]+){1,12}? (?:đạt|tăng|giảm|về|trị giá)(?!\w)"
)
"""That a sentence counts imports."""
_BY_OTHERS = regex(
    r"từ Việt Nam|hàng Việt|nhập khẩu[^;.]{0,40} của (?:các nước |thị trường )?\x01"
    r"|\x01(?: \w+){0,2} nhập khẩu"
)
"""That the imports are those of others."""
_MORE = (
    r"(?:Tiếp|Kế|Theo) (?:theo|đó|đến|sau)|Sau đó|Xếp|Đứng|Đặc biệt|Trong (?:đó|khi)|Ngay cả|Riêng"
    r"|Còn lại|Các vị trí"
)
_GOES_ON = regex(rf"(?:{_MORE})(?!\w)")
"""With what a sentence begins that goes on with the ranks of the one before."""
_SOLD_BY_OTHERS = rare(
    r"(?<!nhập )xuất khẩu(?: (?!sang|vào|tới|đi|đến|của)[^\s;.,\x01]+){0,6} của (?:nước )?\x01"
    r"|(?<!nhập )(?<!thị trường )[Xx]uất khẩu"
    r"(?: (?!sang|vào|tới|đi|đến|là|gồm|như|với|cho|qua|từ)[^\s;.,\x01]+){1,6} \x01++(?: \w+)?"
    r" (?:sang|vào|tới|đi) \x01"
    r"|(?:^|[;,.:] |(?<!\w)(?:và|khi|mà|là|việc) )\x01+(?: (?:cũng|đã|đang|vẫn|còn|chủ yếu))*"
    r"(?: (?:siết|hạn chế|cấm|kiểm soát|ngừng)[^;.\x01]{0,16})? (?:xuất khẩu|bán)"
    r" (?!(?:sang|cho|vào|tới) (?:Việt Nam|nước ta))"
    r"|(?:người|khách|du khách|lượt khách) \x01++[^;.\x01]{0,40} (?:đến|đi|tới|thăm|sang)"
    r"(?: thăm| du lịch)? \x01"
)
"""That it is another who exports, or where its people travel."""
_OF_OTHERS = ("xuất khẩu", "Xuất khẩu", "iều hối", "khách", " người ")
_SOLD_OR_SENT = regex(r"[Xx]uất khẩu|[Kk]hách|[Ll]ao động")
_OUR_OWN = rare(
    r"Việt Nam|nước ta|(?<!\w)ta(?!\w)|[Cc]ả nước|tỉnh|trong nước|hàng Việt|song phương"
)
_COUNTS_ON = regex(
    rf"(?:{_MORE})(?!\w)|\x01{NAMES}(?: (?:cũng|đã|đang|vẫn|lại))*"
    r" (?:đứng|xếp|giữ|chiếm|đạt|với|nhận)(?!\w)"
)
"""The same of a sentence whose names are marks; it may begin with who comes next."""
_TOPICS = regex(
    r"(?P<ours>[Xx]uất khẩu|(?<!\w)XK|[Xx]uất (?:sang|đi)|[Tt]hị trường|[Kk]hách|du lịch"
    r"|[Ll]ao động|[Tt]iêu thụ|[Bb]ạn hàng|[Đđ]ơn hàng|[Kk]im ngạch|thương mại|giao thương|[Bb]án)"
    r"|[Kk]iều hối|[Dd]ân số|GDP|[Ll]ạm phát|[Ss]ản xuất|[Tt]rữ lượng|[Nn]hập khẩu"
    r"|[Vv]ốn|FDI|[Dd]ự án|[Xx]ếp hạng|[Ss]inh viên|[Đđ]ầu tư"
)
"""What is counted; the first word of a sentence that tells counts."""
_MAY_RIVAL = ("cung cấp", "ạnh tranh", "đối thủ", "nguồn cung", "cung ứng", "giá ", "Giá ")
_RIVALS = regex(
    rf"\x01{NAMES}(?: \w+){{0,2}} là (?:\w+ ){{0,3}}"
    r"(?:(?:nhà|nước|quốc gia|thị trường|nguồn) cung cấp|nguồn cung)"
    r"|(?:[Cc]ạnh tranh|[Đđ]ối thủ)[^;.\x01]{0,70} (?:với|từ|của|như|là|gồm|đến từ)"
    rf"[^;.\x01]{{0,40}}\x01{NAMES}"
    r"|(?:nhà cung cấp|nguồn cung|nguồn cung cấp|nước cung cấp)(?: (?!ứng)[^\s;.,\x01]+){0,5}"
    rf" (?:như|là|gồm|:|từ|bao gồm)[ :]\x01{NAMES}"
    r"|(?<!áp )[Gg]iá(?! trị| trần| thuế)"
    r"(?: (?!sang|vào|tới|đi|đến|tại|ở|cho|với)[^\s;.,\x01]+){1,6} (?:của )?\x01++"
)
"""Names of those who sell what we sell, in a sentence, or whose prices it tells."""
_BOUGHT_BY_OTHERS = regex(
    r"(?:\x01|nước này|thị trường này|quốc gia này)(?: \w+){0,4}? (?:nhập khẩu|nhập|mua)"
    rf"[^;.\x01]{{0,60}} từ (?:(?:các|những|thị trường|nước) )*\x01{NAMES}"
    rf"|(?:nhập khẩu|lượng nhập) của \x01+[^;.\x01]{{0,40}} từ \x01{NAMES}"
)
"""Whom another buys from besides us."""
_MARKET = regex(
    r"(?:(?:sang|vào|đi|tới|tại|ở|với|cho|[Kk]hách|Việt Nam ?[-–])(?: các| nước| thị trường)*"
    rf"|(?:xuất khẩu|XK)[^;.]{{0,60}} (?:sang|vào|đi|tới|đến|ở|tại)[^;.]{{0,40}}){NAMES}$"
)
"""Before a name, that something goes there: a rival elsewhere may be a market too."""


_WE = regex(
    r"Việt|(?<![\w.])VN(?!\w)|[Nn]ước ta|(?<!\w)ta(?!\w)|[Cc]ả nước|[Tt]rong nước"
    r"|(?<!\w)tỉnh (?!trưởng)"
    r"|Tổng cục|Thương vụ|Bộ Công [Tt]hương|UBND|(?<!\w)(?:Cục|Sở|TP|Hà Nội|Đà Nẵng|Đảng)(?!\w)"
    r"|(?<!\w)(?:Nguyễn|Trần|Lê|Phạm|Phan|Vũ|Võ|Đặng|Bùi|Đỗ|Hồ|Ngô|Dương|Trương|Đinh|Hoàng|Huỳnh)"
    r"(?!\w)"
)
"""Us, our offices and our people."""
_THEIR_OFFICES = (
    *("Tổng thống ", "Thủ tướng ", "Ngoại trưởng ", "Bộ Ngoại giao ", "Chính phủ ", "Hải quan "),
    *("Bộ Thương mại ", "kinh tế ", "Ngoại giao ", "Thương mại "),
)
_LEAST_OF_OTHERS = 500
"""Code points below which a text may leave out who it is about."""


def is_of_others(scan: Scan) -> bool:
    """Whether a text tells of other countries alone: it names their offices, and nobody of ours.

    Args:
        scan: the text.
    """
    text = scan.text
    if len(text) < _LEAST_OF_OTHERS or _WE.search(text) is not None:
        return False
    countries = [p for p in scan.partners if p.type == "country"]
    return len({p.ref for p in countries}) > 1 and any(
        text.endswith(_THEIR_OFFICES, 0, p.start) for p in countries
    )


def _start(sentence: Sentence) -> int:
    return sentence.start


class Supply:
    """Where a text tells of buying and of rivals.

    Args:
        scan: the text.
    """

    def __init__(self, scan: Scan) -> None:
        self._scan = scan
        self._topics: list[bool] = []
        self._no_markets: list[Sentence] | None = None
        self._rivals: set[str] = set()

    @property
    def rivals(self) -> set[str]:
        """The ids of those who sell the same goods as we do somewhere."""
        self._told_of_no_market()
        return self._rivals

    def _told_of_no_market(self) -> list[Sentence]:
        """The sentences that make nobody a market, in order; read when first asked for."""
        if self._no_markets is None:
            found: list[Sentence] = []
            self._read(self._scan, found)
            self._no_markets = sorted(found, key=_start)
        return self._no_markets

    def _read(self, scan: Scan, found: list[Sentence]) -> None:
        text = scan.text
        self._read_capital(scan, found)
        imports = "hập khẩu" in text
        if any(word in text for word in _OF_OTHERS):
            self._read_others(scan, found)
        if not imports and not any(word in text for word in _MAY_RIVAL):
            return
        buying = others_buy = False
        for sentence in scan.sentences:
            words = text[sentence.start : sentence.end]
            named = scan.partners_between(sentence.start, sentence.end)[:MOST_JUDGED]
            if imports and (buying or "hập khẩu" in words):
                if _SOLD.search(words) is not None:
                    buying = False
                elif "hập khẩu" in words and _BOUGHT.search(words) is not None:
                    marked = masked(text, sentence, named) if named else words
                    buying = _BY_OTHERS.search(marked) is None
                if buying:
                    found.append(sentence)
            if not named:
                continue
            if others_buy and _GOES_ON.match(words) and "Việt Nam" not in words:
                self._rivals |= {p.ref for p in named}
            else:
                others_buy = (
                    any(word in words for word in _MAY_RIVAL)
                    and self._note_rivals(_RIVALS, scan, sentence, named)
                ) or (
                    " từ " in words
                    and ("hập" in words or "mua " in words)
                    and self._note_rivals(_BOUGHT_BY_OTHERS, scan, sentence, named)
                )

    def _note_rivals(
        self, told: re.Pattern[str], scan: Scan, sentence: Sentence, named: list[PartnerMention]
    ) -> bool:
        """Take whose names a pattern ends with for rivals; the first may be the buyer's."""
        found = False
        for m in told.finditer(masked(scan.text, sentence, named)):
            begin = sentence.start + (
                m.start() if told is _RIVALS else m[0].rfind(" từ ") + m.start()
            )
            end = sentence.start + m.end()
            found = True
            self._rivals |= {p.ref for p in named if begin <= p.start and p.end <= end}
        return found

    def _read_others(self, scan: Scan, found: list[Sentence]) -> None:
        """Mark the sentences on what others export and where they travel, and on remittances."""
        of_others = False
        for sentence in scan.sentences:
            named = scan.partners_between(sentence.start, sentence.end)[:MOST_JUDGED]
            if not named and not of_others:
                continue
            words = scan.text[sentence.start : sentence.end]
            remitted = "iều hối" in words and _SOLD_OR_SENT.search(words) is None
            if not remitted and _OUR_OWN.search(words) is not None:
                of_others = False
                continue
            if not named:
                continue
            marked = masked(scan.text, sentence, named)
            of_others = (
                remitted
                or (of_others and _COUNTS_ON.match(marked) is not None)
                or _SOLD_BY_OTHERS.search(marked) is not None
            )
            if of_others:
                found.append(sentence)

    def _read_capital(self, scan: Scan, found: list[Sentence]) -> None:
        """Mark the sentences that go on with the ranks of those who have invested."""
        if "đầu tư" not in scan.text and "FDI" not in scan.text:
            return
        counted = False
        for sentence in scan.sentences:
            words = scan.text[sentence.start : sentence.end]
            goes_on = counted and _GOES_ON.match(words) is not None
            counted = is_capital_counted(words) or (goes_on and not is_capital_sought(words))
            if goes_on and counted:
                found.append(sentence)

    def is_no_market(self, at: int) -> bool:
        """Whether the sentence at `at` is on what we buy, who has invested, or what others sell."""
        told = self._told_of_no_market()
        last = bisect_right(told, at, key=_start) - 1
        return last >= 0 and at < told[last].end

    def is_of_markets(self, sentence: Sentence) -> bool:
        """Whether what a sentence counts is sold, or are visitors or workers."""
        if not self._topics:
            # A text may begin in the middle of what it counts.
            first = _TOPICS.search(self._scan.text)
            topic = first is not None and first["ours"] is not None
            for each in self._scan.sentences:
                told = _TOPICS.search(self._scan.text, each.start, each.end)
                if told is not None:
                    topic = told["ours"] is not None
                self._topics.append(topic)
        return self._topics[sentence.index]

    def sells(self, ref: str, before: str) -> bool:
        """Whether a partner only sells as we do; words before its name may make it a market."""
        return ref in self.rivals and _MARKET.search(before) is None
