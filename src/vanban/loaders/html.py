"""HTML: the main text of a page, its data tables as rows, its title, date and address.

The main text is found by Resiliparse; what it leaves of menus, forms and teasers the furniture
rules set aside afterwards, as in plain text.
"""

import html as entities
import re
from collections.abc import Iterator

from resiliparse.extract.html2text import extract_plain_text
from resiliparse.parse.html import ElementNode, HTMLTree

from vanban.blocks import BlockKind, Piece
from vanban.document import Document
from vanban.loaders.cells import DITTO, join_cell, join_row
from vanban.loaders.encodings import decode
from vanban.loaders.legacy import note_of, repair
from vanban.loaders.limits import ATTRIBUTE_LIMIT, HTML_LIMIT, NESTING_LIMIT
from vanban.loaders.refusals import refuse
from vanban.pages.provenance import read_date
from vanban.patterns import regex

__all__ = ["load_html"]

MEDIA_TYPE = "text/html"

_CHARSET = re.compile(rb"<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.I)
_INLINE_DATA = regex(r"data:[\w/+.-]{0,100};base64,[\w+/=\s%]{100,}", re.I)
_TAG = regex(r"<(/?)([a-zA-Z][\w:-]*)([^<>]*)>")
# Elements without content, and those HTML closes by itself: open ones do not mean a deeper tree.
_FLAT = frozenset([
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track",
    "wbr", "p", "li", "td", "th", "tr", "dt", "dd", "option", "thead", "tbody", "tfoot", "colgroup",
])  # fmt: skip

_SKIP = [
    "form label", "button", "select", "noscript", "[hidden]", "[aria-hidden=true]",
    "[class*=lien-quan]", "[class*=lienquan]", "[class*=tin-khac]", "[class*=tinkhac]",
    "[class*=binh-luan]", "[class*=binhluan]", "[class*=xem-them]", "[class*=related]",
    "[class*=breadcrumb]", "[class*=share]", "[class*=social]", "[class*=most-read]",
    "[id*=lienquan]", "[id*=tinkhac]", "[id*=binhluan]", "[id*=comment]",
]  # fmt: skip
_CAPTIONS = "figcaption, [class*=caption], [class*=Caption], [class*=chu-thich], [class*=chuthich]"

# Marks set into the tree before the main text is taken, to know rows and captions again after.
_ROW, _CAPTION = "\ue000", "\ue001"
_MARKS = regex(f"[{_ROW}{_CAPTION}]")
_ROW_LINE = regex(rf"{_ROW}(\d+),(\d+){_ROW}")
_LONG_CELL = 1_500
_WIDEST = 100
_SHORT = 20
_SHORT_ARTICLE = 150
_MOST_TITLE_WORDS = 60

_PUBLISHED = (
    ("meta[property='article:published_time']", "content"),
    ("meta[itemprop=datePublished]", "content"),
    ("[itemprop=datePublished]", "content"),
    ("meta[name=pubdate]", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("meta[name=date]", "content"),
    ("time[datetime]", "datetime"),
)
_JSON_DATE = regex(r'"datePublished"\s*:\s*"([^"]{8,40})"')


def load_html(data: bytes, *, name: str) -> Document:
    """Make a document of an HTML page.

    Raises:
        DocumentError: the page holds no words, or is made to overload its reader.
    """
    declared = _CHARSET.search(data[:4096])
    markup, notes = decode(
        data, name=name, declared=declared[1].decode("ascii") if declared else None
    )
    markup = _MARKS.sub("", _INLINE_DATA.sub("", markup)).replace("\0", "")
    if len(markup.encode("utf-8", "replace")) > HTML_LIMIT:
        raise refuse("too-much-text", name=name, limit=HTML_LIMIT // 1024**2)
    _refuse_overload(markup, name)
    tree = HTMLTree.parse(markup)
    title = _title(tree)
    published = _published(tree, markup)
    url = _first(tree, (("link[rel=canonical]", "href"), ("meta[property='og:url']", "content")))
    _mark_rows(tree)
    _mark_captions(tree)
    text = _main_text(tree)
    text, encoding = repair(text)
    if encoding:
        notes += (note_of(encoding),)
    pieces = list(_pieces(text, title))
    if not any(p.kind != "heading" for p in pieces):
        raise refuse("blank", name=name)
    return Document.from_pieces(
        pieces,
        name=name,
        media_type=MEDIA_TYPE,
        notes=notes,
        title=title,
        published=published,
        url=url if url.startswith(("http://", "https://")) else None,
    )


def _refuse_overload(markup: str, name: str) -> None:
    """Refuse trees that cost the parser the square of their size."""
    depth = 0
    for tag in _TAG.finditer(markup):
        closing, element, rest = tag.groups()
        if len(rest) > ATTRIBUTE_LIMIT and len(rest.split()) > ATTRIBUTE_LIMIT:
            raise refuse("too-deep", name=name)
        element = element.lower()
        if element in _FLAT or rest.endswith("/"):
            continue
        depth = max(0, depth - 1) if closing else depth + 1
        if depth > NESTING_LIMIT:
            raise refuse("too-deep", name=name)


def _main_text(tree: HTMLTree) -> str:
    """The main text, with more of the page where too little of it would be left."""

    def extract(main: bool, skip: list[str] | None) -> str:
        return extract_plain_text(
            tree,
            main_content=main,
            skip_elements=skip,
            alt_texts=False,
            list_bullets=False,
            form_fields=False,
        )

    # Class names only hint: a site may call the article itself "content-share".
    strict, main, whole = extract(True, _SKIP), extract(True, None), extract(False, None)
    if len(main) * 4 < len(whole) and len(main.split()) < _SHORT_ARTICLE:
        return whole
    return strict if len(strict) * 10 > len(main) * 6 else main


def _mark_rows(tree: HTMLTree) -> None:
    """Write each row of a data table as one marked paragraph; tables that lay out stay alone."""
    number = 0
    for table in _all(tree, "table"):
        if table.query_selector("table, h1, h2, form, article") is not None:
            continue
        rows = [
            [c for c in row.child_nodes if isinstance(c, ElementNode) and c.tag in ("td", "th")]
            for row in table.query_selector_all("tr")
            if isinstance(row, ElementNode)
        ]
        texts = _grid(
            [[(cell, join_cell(cell.inner_text.split("\n"))) for cell in r] for r in rows]
        )
        columns = max(map(len, texts), default=0)
        if columns < 2 or len(rows) < 2 or any(len(t) > _LONG_CELL for row in texts for t in row):
            continue
        number += 1
        for index, (cells, row_texts) in enumerate(zip(rows, texts, strict=True), start=1):
            if cells and any(text not in ("", DITTO) for text in row_texts):
                line = join_row(row_texts)
                cells[0].inner_text = f"{_ROW}{number},{index}{_ROW}{line}"
                for cell in cells[1:]:
                    cell.decompose()


def _grid(rows: list[list[tuple[ElementNode, str]]]) -> list[list[str]]:
    """The texts of the cells, each in its column: a wide one takes several, a tall one goes on."""
    tall: dict[int, int] = {}
    grid: list[list[str]] = []
    for row in rows:
        texts: list[str] = []
        for cell, text in row:
            while tall.get(len(texts), 0):
                texts.append(DITTO)
            wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
            if high > 1:
                # One more than the rows below: this row is counted down with them.
                tall.update(dict.fromkeys(range(len(texts), len(texts) + wide), high))
            texts += [text] + [""] * (wide - 1)
        while tall.get(len(texts), 0):
            texts.append(DITTO)
        tall = {column: left - 1 for column, left in tall.items() if left > 1}
        grid.append(texts)
    return grid


def _span(cell: ElementNode, attribute: str) -> int:
    value = str(cell.getattr(attribute) or "")
    return max(1, min(int(value), _WIDEST)) if value.isascii() and value.isdigit() else 1


def _mark_captions(tree: HTMLTree) -> None:
    for node in _all(tree, _CAPTIONS):
        text = _inline(node)
        if not text or len(text.split()) > _MOST_TITLE_WORDS or _ROW in text:
            continue
        figure = node.parent if node.tag == "figcaption" else None
        paragraph = tree.create_element("p")
        if figure is None or figure.parent is None or not isinstance(paragraph, ElementNode):
            node.inner_text = _CAPTION + text
            continue
        # The main text leaves whole figures out; their captions may carry a fact.
        paragraph.inner_text = _CAPTION + text
        figure.parent.insert_before(paragraph, figure)
        node.decompose()


def _all(tree: HTMLTree, selector: str) -> list[ElementNode]:
    """All elements a selector finds, taken out first because the tree is about to change."""
    found = tree.body.query_selector_all(selector) if tree.body else []
    return [node for node in found if isinstance(node, ElementNode)]


def _inline(node: ElementNode) -> str:
    return " ".join(node.inner_text.split())


def _pieces(text: str, title: str) -> Iterator[Piece]:
    lines = [line.strip() for line in text.split("\n")]
    title_at = next((i for i, line in enumerate(lines) if title and _same(line, title)), None)
    if title and title_at is None:
        yield Piece(title, "heading")
    for index, line in enumerate(lines):
        kind: BlockKind = "paragraph"
        place = ""
        if marked := _ROW_LINE.search(line):
            kind, place = "row", f"table {marked[1]}, row {marked[2]}"
            line = line[: marked.start()] + line[marked.end() :]
        elif _CAPTION in line:
            kind = "caption"
        elif title and _same(line, title):
            kind = "heading"
        elif title_at is not None and index < title_at and len(line.split()) < _SHORT:
            # Menus and dates above the title; a lead that long would be an article's.
            kind = "furniture"
        line = _MARKS.sub("", line)
        if line:
            yield Piece(line, kind, None, place)


def _same(line: str, title: str) -> bool:
    return line.casefold().split() == title.casefold().split()


def _title(tree: HTMLTree) -> str:
    for node in _all(tree, "h1"):
        text = _inline(node)
        if 3 <= len(text.split()) <= _MOST_TITLE_WORDS:
            return text
    found = _first(tree, (("meta[property='og:title']", "content"),)) or str(tree.title or "")
    # Sites write their own name after the title.
    return " ".join(re.split(r"\s+[|»–-]\s+(?=[^|»–-]{1,40}$)", found)[0].split())


def _published(tree: HTMLTree, markup: str) -> str | None:
    given = _first(tree, _PUBLISHED)
    if not given and (found := _JSON_DATE.search(markup)):
        given = found[1]
    return read_date(given)


def _first(tree: HTMLTree, wanted: tuple[tuple[str, str], ...]) -> str:
    """The first attribute that is there and not empty."""
    for selector, attribute in wanted:
        node = tree.document.query_selector(selector) if tree.document else None
        if node is not None and (value := str(node.getattr(attribute) or "").strip()):
            return entities.unescape(value)
    return ""
