"""Which goods and which market a figure of trade is of, by the words around its number.

The reader gives exports of pangasius to Brazil and of shrimps to Brazil the same measure and the
same subject; only their sentences say that they are two things.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from django.db.models import QuerySet

from diemcau.documents.models import Statement
from diemcau.documents.sentences import Sentence, sentence_of, with_sentences
from diemcau.indicators.goods import GOODS
from vanban.gazetteer import find_partners
from vanban.letters import UPPER, fold
from vanban.patterns import alternation
from vanban.words import Words

__all__ = ["NO_TRADE", "TRADE", "Trade", "trade_of", "trades_of"]

TRADE = frozenset({"exports", "imports", "trade_turnover"})
"""Measures that are of goods and of a market."""
_AT_ONCE = 500
_AMOUNT = re.compile(
    r"\d[\d.,]*\s*(?:(?:nghìn|ngàn|triệu|tỷ|tỉ)\s+)*(?:usd|đô la|euro|eur|đồng|tấn|%|phần trăm)",
    re.IGNORECASE,
)
_TAIL = re.compile(r"[^,;:()\n]*?(?=[,;:()\n]|\s(?:và|còn|trong đó)\s|\s\d|$)")
"""Behind an amount, what is still said of it: "71 triệu USD cá tra sang Brazil, ..."."""
_HEAD = re.compile(r"(?:xuất|nhập) khẩu|kim ngạch|thương mại", re.IGNORECASE)
_PART = re.compile(r"trong (?:đó|số)|\briêng\b|\bnày\b", re.IGNORECASE)
_BODY = re.compile(
    r"(?:Hiệp hội|Tập đoàn|Tổng công ty|Công ty|Bộ|Sở|Cục|Tổng cục|Vụ|Viện|Ủy ban|Liên đoàn)"
    rf"(?:(?:\s+(?:[^\W\d_{UPPER}]+\s+){{0,2}}|\s*[–-]\s*)[{UPPER}]\w*)+"
)
"""Names of bodies, which name goods without speaking of them: "Hiệp hội Cà phê - Ca cao"."""
_BEHIND_VERB = re.compile(r"(?:xuất|nhập) khẩu((?:\s+[^\W\d_]+)+)", re.IGNORECASE)
_GENERAL = (
    "hang hoa cac mat nhom chu luc toan nganh ca nuoc tong kim ngach gia tri tri chinh ngach hai "
    "chieu song phuong"
)
_SAY_NOTHING = frozenset(_GENERAL.split())
_GO_ON = (
    "sang vao toi den di ra tu voi cho giua dat uoc cua tang giam trong nam thang quy hon gan "
    "khoang va la duoc da dang se tai o so ve len xuong nhung con cung bang tinh chiem thu mang "
    "giu duy tiep vuot tren duoi nhieu qua luy theo nua dau cuoi viet nay"
)
_STOP = frozenset(_GO_ON.split())
_TO_MARKET = re.compile(
    r"(?:(?<!\w)(?:sang|vào|tới|đến|đi|ra|với|từ|cho|giữa|thị trường)"
    r"(?:\s+(?:các|những|thị|trường|nước|khối|khu|vực|như|gồm|lớn|chủ|lực|là))*"
    r"|việt(?:\s+nam)?\s*(?:[-–]|và|với))\s*$",
    re.IGNORECASE,
)
_NEXT_MARKET = re.compile(r"\s*(?:,|và|cùng|hoặc|\(|[-–])\s*(?:thị trường\s+|nước\s+)?")
_THIS_MARKET = re.compile(
    r"(?:sang|vào|tới|đến|thị trường|nước|với)\s+(?:thị trường |nước |địa bàn )?(?:này|đây|bạn)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Trade:
    """What a figure of trade is of, as far as its words say.

    Args:
        goods: names of goods as the text writes them; empty if it names none.
        markets: names of those bought from or sold to.
        key: equal for two figures of the same goods and the same market.
        is_subject: the subject read is the market, and so not the one whose trade it is.
    """

    goods: tuple[str, ...] = ()
    markets: tuple[str, ...] = ()
    key: tuple[frozenset[str], frozenset[str]] = (frozenset(), frozenset())
    is_subject: bool = False

    def to_json(self) -> dict[str, Any]:
        """Plain JSON: the names as written, and whether the market is the subject read."""
        return {
            "goods": list(self.goods),
            "markets": list(self.markets),
            "is_subject": self.is_subject,
        }


NO_TRADE = Trade()


def trades_of(statements: Iterable[Statement]) -> dict[int, Trade]:
    """What each figure of trade is of, by the key of its statement; other figures are left out."""
    wanted = {s.pk: s for s in statements if s.values.get("measure") in TRADE}
    keys = list(wanted)
    found: dict[int, Trade] = {}
    for at in range(0, len(keys), _AT_ONCE):
        for row in _around(Statement.objects.filter(pk__in=keys[at : at + _AT_ONCE])):
            found[row.pk] = _read(wanted[row.pk].values, sentence_of(row))
    return found


def _around(statements: QuerySet[Statement]) -> QuerySet[Statement]:
    return with_sentences(statements).only("pk", "start", "end", "quote")


def trade_of(statement: Statement) -> Trade:
    """What one figure is of, by a statement that comes with its sentence (`with_sentences`)."""
    if statement.values.get("measure") not in TRADE:
        return NO_TRADE
    return _read(statement.values, sentence_of(statement))


def _refs(name: str | None) -> frozenset[str]:
    words = Words(name or "")
    return frozenset(m.ref for m in find_partners(words, [(0, len(words.text))]))


def _read(values: dict[str, Any], sentence: Sentence) -> Trade:
    stretches = _stretches(sentence)
    goods: dict[str, str] = _goods(values.get("what") or "")
    rest = _unlisted(values.get("what") or "") if not goods else frozenset()
    markets: dict[str, str] = {}
    is_named = bool(goods or rest)
    for stretch in stretches:
        if not is_named:
            goods = _goods(stretch)
            rest = frozenset() if goods else _unlisted(stretch)
            is_named = bool(goods or rest)
        if not markets:
            markets = _markets(stretch, values.get("subject"))
        if (is_named and markets) or (_HEAD.search(stretch) and not _PART.search(stretch)):
            break
    return Trade(
        tuple(goods.values()),
        tuple(markets.values()),
        (frozenset(goods) or rest, frozenset(markets)),
        bool(_refs(values.get("subject")) & markets.keys()),
    )


def _stretches(sentence: Sentence) -> list[str]:
    """The sentence cut behind each amount; the figure's own stretch first, then those before it."""
    text = _BODY.sub(lambda m: " " * len(m[0]), f"{sentence.before}{sentence.quote}")
    at = len(text)
    text += _BODY.sub(lambda m: " " * len(m[0]), sentence.after)
    cuts = [0]
    for amount in _AMOUNT.finditer(text):
        tail = _TAIL.match(text, amount.end())
        cuts.append(tail.end() if tail else amount.end())
        if cuts[-1] >= at:
            break
    else:
        cuts.append(at)
    found = [text[a:b] for a, b in pairwise(cuts)]
    return found[::-1]


@cache
def _named_goods() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(GOODS)})(?!\w)", re.IGNORECASE)


def _goods(words: str) -> dict[str, str]:
    """The goods a stretch of text names: as compared, and as written."""
    found: dict[str, str] = {}
    for m in _named_goods().finditer(words):
        written = " ".join(m[0].split()).lower()
        found.setdefault(fold(written), written)
    return found


def _unlisted(words: str) -> frozenset[str]:
    """Words right behind "xuất khẩu" that name what we have no list of; compared as they stand."""
    for m in _BEHIND_VERB.finditer(words):
        told: list[str] = []
        for written in m[1].split():
            word = fold(written)
            # A name is whose exports they are, not of what.
            if word in _STOP or written[0].isupper():
                break
            if word not in _SAY_NOTHING:
                told.append(word)
        if told:
            return frozenset([" ".join(told[:4])])
    return frozenset()


def _markets(stretch: str, subject: str | None) -> dict[str, str]:
    """The partners a stretch says goods go to or come from: by id, as written."""
    words = Words(stretch)
    found: dict[str, str] = {}
    end = -1
    for m in find_partners(words, [(0, len(stretch))]):
        is_next = end >= 0 and _NEXT_MARKET.fullmatch(stretch, end, m.start) is not None
        if is_next or _TO_MARKET.search(stretch, max(0, m.start - 60), m.start):
            found.setdefault(m.ref, stretch[m.start : m.end])
            end = m.end
    if not found and subject and _THIS_MARKET.search(stretch):
        found = dict.fromkeys(_refs(subject), subject)
    return found
