"""Marks of secrecy: what says, in the place where such marks stand, that a document is not open."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from vanban.anchors import Anchor
from vanban.data import load
from vanban.document import Document
from vanban.letters import UPPER, fold, lower, plain_blanks
from vanban.patterns import alternation, regex

__all__ = [
    *("Level", "Mark"),
    *("find_marks", "marks_in_rows", "marks_in_words", "marks_of_name"),
]

Level = Literal["top_secret", "secret", "confidential", "internal", "unstated"]
"""The three degrees of the law, "internal" for a limit on who may have it, "unstated" where only a
number says that it is secret."""

_HEAD = 40
"""Blocks at the top of a document among which its letterhead stands."""
_LONGEST_MARK = 120
"""Code points of a line or cell that can be a mark; a longer one is running text."""
_DRESS = " .,;:*_=~-–—()[]{}<>«»“”\"'|•"
_CELLS = regex(r" \| |[^\S\n]{2,}|\t")
_SPACED = regex(r"(?<!\S)(?:\S )+\S(?!\S)")


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark of secrecy.

    Args:
        rule: the name of the rule that found it, "secrecy.stamp".
        level: which degree it names.
        anchor: where it stands in the text; None if it stands in the file's name or properties.
        quote: its words.
    """

    rule: str
    level: Level
    anchor: Anchor | None
    quote: str


def find_marks(document: Document) -> list[Mark]:
    """The marks of secrecy of a document, in order of the text, then those of its file name.

    Args:
        document: any document; page furniture is looked at too, for headers carry stamps.

    Source: `data/secrecy.yml`.
    """
    found: dict[tuple[int, int], Mark] = {}
    starts = [block.start for block in document.blocks]
    for index in _worth_a_look(document.text, starts):
        block = document.blocks[index]
        in_head = index < _HEAD or block.kind == "furniture" or block.place == "text box"
        written = document.text[block.start : block.end]
        for rule, level, a, b in _in_line(written, in_head=in_head):
            anchor = document.anchor(block.start + a, block.start + b)
            found[anchor.start, anchor.end] = Mark(rule, level, anchor, anchor.quote)
    marks = sorted(found.values(), key=lambda m: m.anchor.start if m.anchor else 0)
    return marks + marks_of_name(document.name)


def marks_in_rows(rows: Sequence[str], *, first: int = 0) -> list[Mark]:
    """The marks in rows of a table, as `find_marks` finds them in a document of these lines.

    A long table is looked at piece by piece, so that it need not be held whole.

    Args:
        rows: one line each, " | " between cells.
        first: how many rows stand above them.
    """
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row) + 1)
    return [
        Mark(rule, level, None, rows[index][a:b])
        for index in _worth_a_look("\n".join(rows), starts[:-1])
        for rule, level, a, b in _in_line(rows[index], in_head=first + index < _HEAD)
    ]


def marks_in_words(words: Iterable[str]) -> list[Mark]:
    """The marks in what a file says of itself: its title, its keywords, its watermark.

    Args:
        words: short texts, each judged as if it stood alone at the head of the document.
    """
    found: list[Mark] = []
    for text in words:
        line = plain_blanks(unicodedata.normalize("NFC", text))[:_LONGEST_MARK]
        cells = _in_cell(line, in_head=True) if line.strip() else ()
        found += [Mark(rule, level, None, line[a:b]) for rule, level, a, b in cells]
    return found


def marks_of_name(name: str) -> list[Mark]:
    """The marks in a file's name: "Báo cáo (MẬT).docx", "15-BC-BNG-m.pdf".

    Args:
        name: a file name with its ending, or words of a file's properties.
    """
    stem = re.sub(r"\.\w{1,5}$", "", plain_blanks(unicodedata.normalize("NFC", name)))
    words = {form.replace(" ", ""): level for form, level in _level_words().items()}
    if m := _name_mark().search(stem):
        word = next(g for g in m.groups() if g)
        return [Mark("secrecy.name", words[re.sub(r"[ _-]", "", fold(word))], None, word)]
    title = re.sub(r"[\W_]+", " ", stem).lstrip("0123456789 ")
    if titled := _titled(title.upper(), in_head=True):
        return [Mark("secrecy.name", titled[0], None, title[: titled[1]])]
    if m := re.search(rf"(?<!\w)\d{{1,6}}[-_.][{UPPER}][\w-]*[-_(][mM]\)?(?![\w-])", stem):
        return [Mark("secrecy.name", "unstated", None, m[0])]
    if m := re.search(r"luu[ _-]hanh[ _-]noi[ _-]bo", fold(stem)):
        return [Mark("secrecy.name", "internal", None, stem[m.start() : m.end()])]
    return []


def _worth_a_look(text: str, starts: Sequence[int]) -> Iterable[int]:
    """Which lines of a text may hold a mark, by the places at which they start.

    Every rule needs one of few words or signs. A text is looked through for those in one go, and
    most have none.
    """
    folded = fold(plain_blanks(text))
    if len(folded) != len(text):
        return range(len(starts))
    return sorted({bisect_right(starts, m.start()) - 1 for m in _needed().finditer(folded)})


def _in_line(written: str, *, in_head: bool) -> Iterator[tuple[str, Level, int, int]]:
    """The marks of one line, as rule, level and offsets in the line, none within another."""
    line = plain_blanks(written)
    found: dict[tuple[int, int], tuple[str, Level, int, int]] = {}
    for start, end in _cells(written):
        for rule, level, a, b in _marks_of_cell(line[start:end], in_head):
            found.setdefault((start + a, start + b), (rule, level, start + a, start + b))
    for rule, level, a, b in _in_text(line):
        if not any(s <= a < e for s, e in found):
            found[a, b] = rule, level, a, b
    yield from found.values()


def _cells(line: str) -> Iterator[tuple[int, int]]:
    """The parts of a line that stand apart: cells of a row, two columns of a letterhead."""
    start = 0
    # Letters set apart by blanks ("M Ậ T") are one word with wider ones between words.
    if len(line) > _LONGEST_MARK or not _SPACED.fullmatch(" ".join(line.split())):
        for gap in _CELLS.finditer(line):
            if gap.start() > start:
                yield start, gap.start()
            start = gap.end()
    if start < len(line):
        yield start, len(line)


@lru_cache(maxsize=4096)
def _marks_of_cell(cell: str, in_head: bool) -> tuple[tuple[str, Level, int, int], ...]:
    """What `_in_cell` finds; the cells of a table repeat."""
    return tuple(_in_cell(cell, in_head=in_head))


def _in_cell(cell: str, *, in_head: bool) -> Iterator[tuple[str, Level, int, int]]:
    """The mark a cell is, or ends with, as rule, level and offsets in the cell."""
    if number := _own_number().match(cell):
        yield "secrecy.own_number", "unstated", number.start("number"), number.end()
    if m := _bracketed().search(cell):
        yield "secrecy.stamp", _level_words()[fold(m["level"])], m.start("level"), m.end("level")
        return
    start = len(cell) - len(cell.lstrip(_DRESS))
    end = len(cell.rstrip(_DRESS))
    if start >= end:
        return
    words = cell[start:end]
    if titled := _titled(words, in_head=in_head):
        yield "secrecy.title", titled[0], start, start + titled[1]
        return
    if len(cell) > _LONGEST_MARK:
        return
    if level := _stamped(words, in_head=in_head):
        yield "secrecy.stamp", level, start, end
    elif m := _beside_letterhead().fullmatch(words):
        group = "before" if m["before"] else "after"
        level = _level_words()[fold(m[group])]
        yield "secrecy.stamp", level, start + m.start(group), start + m.end(group)
    elif m := _stated().fullmatch(words):
        yield "secrecy.stated", _level_words()[fold(m["level"])], start, end
    elif _is_limited(words, in_head=in_head, is_set_off=cell.strip()[0] in "([{*«"):
        yield "secrecy.limited", "internal", start, end
    elif re.fullmatch(rf"(?:{_folded('stamps')})(?:\W.*)?", fold(words)) and (
        words.isupper() or in_head
    ):
        yield "secrecy.stamp", "unstated", start, end


def _stamped(words: str, *, in_head: bool) -> Level | None:
    """The degree that words standing alone name; None if they name none."""
    plain = re.sub(r" +", " ", words)
    if _SPACED.fullmatch(plain):
        joined = plain.replace(" ", "")
        return next((v for k, v in _stamps().items() if k.replace(" ", "") == joined), None)
    m = _stamp().fullmatch(plain)
    if m is not None:
        return _stamps()[m["level"]]
    # "MAT" without marks may be anything but in a letterhead; "Mật" may be honey in a table.
    if in_head and (m := _soft_stamp().fullmatch(plain)):
        return _level_words()[fold(m["level"])]
    return None


def _titled(words: str, *, in_head: bool) -> tuple[Level, int] | None:
    """The degree that a kind of document bears in its title ("CÔNG ĐIỆN MẬT"), and where the title
    has said it; None if the words are no such title."""
    plain = re.sub(r" +", " ", words)
    if _SPACED.fullmatch(plain):
        level = _spaced_titles().get(plain.replace(" ", ""))
        return (level, len(words)) if level else None
    m = _title().match(words)
    if m is None:
        return None
    behind = words[m.end() :]
    is_whole = len(behind) <= _LONGEST_MARK and _copies_and_haste().fullmatch(behind) is not None
    is_capital = m["kind"].isupper()
    # Capitals are a title wherever they stand alone; what goes on ("về tình hình"), or has no
    # capitals, is one at the head only: below it a rule may begin "Văn bản mật gửi bằng …".
    if not (is_capital or is_whole) or not (in_head or (is_whole and m[0].isupper())):
        return None
    # Without marks "mat" is also "mặt" and "mất": then all of the line has to say it.
    if "ậ" not in lower(m["level"]) and not (is_whole and m[0].isascii()):
        return None
    return _level_words()[fold(m["level"])], m.end()


def _is_limited(words: str, *, in_head: bool, is_set_off: bool) -> bool:
    """Whether a limit on who may have the document is all that the words say."""
    plain = lower(words)
    left = _limited().sub(" ", plain)
    if left == plain:
        return False
    n_limits = len(_limited().findall(plain))
    rest = re.sub(rf"(?<!\w)(?:{alternation(load('secrecy')['companions'])})(?!\w)", " ", left)
    if re.search(r"\w", rest):
        return False
    is_weak = n_limits == 1 and _limited().findall(plain)[0] in load("secrecy")["weak"]
    # A weak phrase alone is a mark only where marks stand: set off, in capitals or with "tài liệu".
    return not is_weak or is_set_off or words.isupper() or (in_head and left.strip() != "")


def _in_text(line: str) -> Iterator[tuple[str, Level, int, int]]:
    """The marks that running text can hold: numbers of secret documents, what it says of itself."""
    for m in _cited_number().finditer(line):
        yield "secrecy.cited_number", "unstated", m.start("number"), m.end("number")
    plain = lower(line)
    for m in _secret_kind().finditer(plain):
        yield "secrecy.cited_number", _level_words()[fold(m["level"])], m.start(), m.end()
    for m in _declares().finditer(plain):
        after = plain[m.end() : m.end() + 40]
        named = re.match(r"\W*(?:nhà nước\W+)?(?:độ )?\W*(tuyệt mật|tối mật|mật)(?!\w)", after)
        if named is None and m["says"].endswith("độ"):
            continue
        is_internal = "lưu hành" in m["says"] or "phổ biến" in m["says"]
        level: Level = "internal" if is_internal else "unstated"
        level = _level_words()[fold(named[1])] if named else level
        yield "secrecy.declared", level, m.start(), m.end() + (named.end() if named else 0)


@cache
def _needed() -> re.Pattern[str]:
    """What no mark is without, in folded text: the last word of each degree, also spaced out, the
    phrases of the other rules, and the end of a secret number."""
    data = load("secrecy")
    words = {form.split()[-1] for form in _level_words()}
    spaced = "|".join("[^\\S\n]+".join(word) for word in sorted(words))
    says = [says for row in data["declares"] for says in row["says"]]
    phrases = {fold(phrase) for phrase in (*data["limited"], *data["stamps"], *says)} | words
    return re.compile(rf"{alternation(phrases)}|{spaced}|[-/(] ?t?m")


@cache
def _level_words() -> dict[str, Level]:
    """The degrees by their folded words."""
    words: dict[str, Level] = {}
    for row in load("secrecy")["levels"]:
        for form in ("words", "stamp", "bare", "english"):
            words[fold(row[form])] = row["level"]
    return words


@cache
def _stamps() -> dict[str, Level]:
    """The degrees by the words of their stamps, in capitals."""
    rows = load("secrecy")["levels"]
    return {row[form]: row["level"] for row in rows for form in ("stamp", "english")}


@cache
def _stamp() -> re.Pattern[str]:
    beside = alternation(load("secrecy")["beside"])
    return re.compile(
        rf"(?:(?:{beside})[\W_]*)?(?P<level>{alternation(_stamps())})"
        rf"(?:[\W_]*(?:{beside})|\W*\(?(?i:đến (?:hết )?ngày|bản số|số bản)\b.*)?"
    )


@cache
def _soft_stamp() -> re.Pattern[str]:
    """A stamp as people type it: no capitals, or no marks."""
    rows = load("secrecy")["levels"]
    forms = {f for r in rows for f in (r["words"].capitalize(), r["words"].title(), r["bare"])}
    return re.compile(rf"(?P<level>{alternation(forms)})")


@cache
def _title() -> re.Pattern[str]:
    """A kind of document with its degree: "CÔNG ĐIỆN MẬT", "HỎA TỐC - Báo cáo tối mật"."""
    data = load("secrecy")
    beside = alternation([*data["beside"], *map(str.lower, data["beside"])])
    kinds = alternation([*data["secret_kinds"], *(fold(kind) for kind in data["secret_kinds"])])
    others = alternation(data["other_words"])
    return re.compile(
        rf"(?:(?:{beside})[\W_]+)?(?i:(?:bản )?(?P<kind>{kinds}))[\W_]+(?:(?:{beside})[\W_]+)?"
        rf"(?i:(?P<level>{_any_level()}))(?!\w)(?!(?i:[\W_]+(?:{others})(?!\w)))"
    )


@cache
def _copies_and_haste() -> re.Pattern[str]:
    """What may stand behind a title and is none of it: "KHẨN", "(Bản số: 03)"."""
    beside = alternation(load("secrecy")["beside"])
    return re.compile(
        rf"(?:[\W_]*(?i:{beside})(?!\w))*\W*(?:(?i:đến (?:hết )?ngày|bản số|số bản)\b.*)?"
    )


@cache
def _spaced_titles() -> dict[str, Level]:
    """The titles of secret documents without their blanks, as letters set apart spell them."""
    kinds = [kind.replace(" ", "").upper() for kind in load("secrecy")["secret_kinds"]]
    return {k + v.replace(" ", ""): level for k in kinds for v, level in _stamps().items()}


@cache
def _any_level() -> str:
    rows = load("secrecy")["levels"]
    return alternation(form for row in rows for form in (row["words"], row["bare"].lower()))


@cache
def _bracketed() -> re.Pattern[str]:
    """A degree in brackets at the end of a line: "BÁO CÁO tình hình thị trường (Mật)"."""
    return re.compile(rf"[(\[] *(?:(?i:độ|đóng dấu):? *)?(?P<level>(?i:{_any_level()})) *[)\]]\W*$")


@cache
def _beside_letterhead() -> re.Pattern[str]:
    heads = alternation(load("secrecy")["letterhead"])
    level = alternation(_stamps())
    return re.compile(rf"(?P<before>{level}) +(?:{heads})|(?:{heads}) +(?P<after>{level})")


@cache
def _stated() -> re.Pattern[str]:
    lead = alternation(load("secrecy")["stated"])
    english = "|".join(row["english"] for row in load("secrecy")["levels"])
    return re.compile(
        rf"(?i:(?:{lead}) *[:\-–] *[“\"']?(?P<level>{_any_level()}|{english})[”\"']?)"
    )


@cache
def _limited() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{alternation(load('secrecy')['limited'])})(?!\w)")


@cache
def _folded(name: str) -> str:
    return "|".join(re.escape(fold(words)) for words in load("secrecy")[name])


_SYMBOLS = rf"\d{{1,6}}(?:/(?:19|20)\d\d)?[-/][{UPPER}][\w&]*(?:[-/.][\w&]+)*?"
_SECRET_END = r"(?:[-/] ?[mM]|/ ?TM| ?\( ?[mM](?:ật|ẬT)? ?\))(?![\w&/-])"


@cache
def _own_number() -> re.Pattern[str]:
    """The document's own number, in the line that begins with "Số:"."""
    return re.compile(rf" *(?i:số|no\.?) *[:.]? *(?P<number>(?:{_SYMBOLS}|\d{{1,6}}){_SECRET_END})")


@cache
def _cited_number() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w/.-])(?P<number>{_SYMBOLS}{_SECRET_END})")


@cache
def _secret_kind() -> re.Pattern[str]:
    kinds = alternation(load("secrecy")["secret_kinds"])
    return re.compile(rf"(?<!\w)(?:{kinds}) (?P<level>tuyệt mật|tối mật|mật) (?:số *:? *)?\d")


@cache
def _declares() -> re.Pattern[str]:
    ways = [
        rf"(?:{alternation(row['subject'])}) +(?:đã |được xác định )?"
        for row in load("secrecy")["declares"]
    ]
    says = alternation(w for row in load("secrecy")["declares"] for w in row["says"])
    return re.compile(rf"(?<!\w)(?:{'|'.join(ways)})(?P<says>{says})(?!\w)")


@cache
def _name_mark() -> re.Pattern[str]:
    rows = load("secrecy")["levels"]
    strong = "|".join(
        re.escape(form).replace(r"\ ", "[ _-]?")
        for row in rows[:2]
        for form in (row["words"], row["bare"].lower())
    )
    plain = "mật|mat"
    return re.compile(
        rf"(?<![^\W_])(?i:({strong}))(?![^\W_])"
        rf"|[(\[] *(?i:({plain})) *[)\]]"
        rf"|(?:^| [-–] |_)(MẬT|MAT)(?=$| [-–] |_)"
    )
