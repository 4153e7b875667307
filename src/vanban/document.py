"""A document: its text, never altered but for NFC, and the blocks the text came in."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from vanban.anchors import Anchor
from vanban.blocks import SET_ASIDE, Block, BlockKind, Piece
from vanban.pages.furniture import classify_lines
from vanban.pages.language import set_foreign_apart
from vanban.pages.provenance import find_published, find_title, find_url
from vanban.pages.wrapping import join_wrapped
from vanban.patterns import regex

__all__ = ["Document"]

_TYPE_MARK = regex(r"\*(?=[^\s*])|(?<=[^\s*])\*|(?<=\*)\*|\*(?=\*)")
"""A star of "**bold**" or "*italic*", not the one that begins an item."""

_ESCAPED = regex(r"\\([.)+–-])(?= )")
_HASHES = regex(r"[ \t]*#{1,6}[ \t]+(?=\S)")

_LINE = regex(r"(?<![^\n])[^\S\n]*\S[^\n]*")
"""A line with something on it; tried at line beginnings only, so that blanks cost their length."""


@dataclass(frozen=True)
class Document:
    """Text to read, with its blocks in order.

    Build it with `from_text`, `from_pieces` or a loader; the constructor expects NFC text.

    Args:
        text: the whole text, NFC, line ends "\\n".
        blocks: every visible character in exactly one block, in order; but for the stars of bold
            type and the hashes of a heading (Markdown) at the ends of a block.
        name: what to call it in messages, usually the file's name.
        media_type: what it was read from.
        notes: remarks about how the text was obtained, in Vietnamese.
        title: the title as the file, the page or the first line gives it; "" if none.
        published: ISO date of publication as the page, its time line or its address gives it;
            None if none does. It is not the date of any event in the text.
        url: where the page says it stands; None if it does not.
        recognised: whether some of the text was recognised from pictures of pages.
        unsure: half-open runs of the text that were recognised with low certainty.
    """

    text: str
    blocks: tuple[Block, ...]
    name: str = ""
    media_type: str = "text/plain"
    notes: tuple[str, ...] = field(default=())
    title: str = ""
    published: str | None = None
    url: str | None = None
    recognised: bool = False
    unsure: tuple[tuple[int, int], ...] = ()

    @classmethod
    def from_text(cls, text: str, *, name: str = "", notes: tuple[str, ...] = ()) -> "Document":
        """Make a document of plain text: NFC, "\\n" line ends, one block per non-blank line.

        Lines cut at a width (`wrapping.join_wrapped`) are one block with those they go on in.

        Args:
            text: any text; it is normalised to NFC and its line ends to "\\n".
            name: what to call it in messages.
            notes: remarks about how the text was obtained, kept with the document.
        Returns:
            A document whose furniture lines are marked as such.
        """
        clean = _clean(text)
        spans = join_wrapped(clean, [m.span() for m in _LINE.finditer(clean)])
        if "**" in clean:
            spans = [_bare(clean, a, b) for a, b in spans]
        heads = frozenset[int]()
        if "# " in clean:
            spans, heads = _without_hashes(clean, spans)
        lines = [_plain(clean[a:b]) for a, b in spans]
        kinds = [
            "heading" if kind == "paragraph" and at in heads else _as_row(kind, line)
            for at, (kind, line) in enumerate(zip(classify_lines(lines), lines, strict=True))
        ]
        read_as, remarks = set_foreign_apart(lines, kinds)
        return cls(
            text=clean,
            blocks=tuple(Block(a, b, kind) for (a, b), kind in zip(spans, read_as, strict=True)),
            name=name,
            notes=(*notes, *remarks),
            title=find_title(lines, kinds),
            published=find_published(lines, kinds),
            url=find_url(lines, kinds),
        )

    @classmethod
    def from_pieces(
        cls,
        pieces: Iterable[Piece],
        *,
        name: str = "",
        media_type: str = "text/plain",
        notes: tuple[str, ...] = (),
        title: str = "",
        published: str | None = None,
        url: str | None = None,
    ) -> "Document":
        """Make a document of what a loader found: one line and one block per line of each piece.

        A piece the loader calls a plain paragraph is classified as in `from_text`; what the loader
        knows better (a heading, a row, a caption, furniture) stays.

        Args:
            pieces: in reading order.
            name, media_type, notes, title, published, url: as in `Document`; title, date and
                address are looked for in the text where the file does not give them.
        """
        lines: list[str] = []
        origins: list[Piece] = []
        for piece in pieces:
            for line in _LINE.findall(_clean(piece.text)):
                lines.append(line)
                origins.append(piece)
        kinds = [
            _kind(piece.kind, seen, is_page=media_type == "text/html")
            for piece, seen in zip(origins, classify_lines(lines), strict=True)
        ]
        blocks: list[Block] = []
        start = 0
        read_as, remarks = set_foreign_apart(lines, kinds)
        for line, piece, kind in zip(lines, origins, read_as, strict=True):
            end = start + len(line)
            blocks.append(Block(start, end, kind, piece.page, piece.place))
            start = end + 1
        return cls(
            text="\n".join(lines),
            blocks=tuple(blocks),
            name=name,
            media_type=media_type,
            notes=(*notes, *remarks),
            title=title or find_title(lines, kinds),
            published=published or find_published(lines, kinds),
            url=url or find_url(lines, kinds),
        )

    def anchor(self, start: int, end: int) -> Anchor:
        """Anchor a run of this document's text; the only maker of anchors.

        Raises:
            ValueError: the offsets are not 0 <= start < end <= len(text).
        """
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"no run [{start}, {end}) in a text of {len(self.text)} code points")
        return Anchor(start, end, self.text[start:end])

    @cached_property
    def flow(self) -> str:
        """The text as its paragraphs run: of the same length, so that offsets hold in both.

        A line end inside a block is a blank; so are the stars around bold type, and a stroke
        before a mark ("1\\.") stands behind it, where the text is Markdown.
        """
        text = self.text
        # Put together once: a text made anew for each of its blocks costs the square of its length.
        runs: list[str] = []
        at = 0
        for start, end, *_ in self.blocks:
            if text.find("\n", start, end) >= 0:
                runs += (text[at:start], text[start:end].replace("\n", " "))
                at = end
        text = "".join((*runs, text[at:])) if runs else text
        if "\\" in text:
            text = _ESCAPED.sub(r"\1 ", text)
        return _TYPE_MARK.sub(" ", text) if "*" in text else text

    @cached_property
    def content(self) -> tuple[Block, ...]:
        """The blocks that are read: all but furniture and captions.

        A caption may carry a fact found nowhere else (the date of a meeting under the first
        picture), so its block stays in `blocks` for a reader that wants it.
        """
        return tuple(b for b in self.blocks if b.kind not in SET_ASIDE)


def _without_hashes(
    text: str, spans: list[tuple[int, int]]
) -> tuple[list[tuple[int, int]], frozenset[int]]:
    """The runs without the hashes of a heading, and which of them had any."""
    marks = {at: m.end() for at, span in enumerate(spans) if (m := _HASHES.match(text, *span))}
    return [(marks.get(at, a), b) for at, (a, b) in enumerate(spans)], frozenset(marks)


def _as_row(kind: BlockKind, line: str) -> BlockKind:
    """A line between bars is a row of a table, as pages saved as plain text give it."""
    is_row = line[:1] == "|" and kind in ("paragraph", "heading") and line.rstrip()[-1] == "|"
    return "row" if is_row else kind


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """A run of a text without the stars of bold type at its ends, if more is left of it."""
    bare = text[start:end].strip("* \t")
    if not bare:
        return start, end
    start = text.index(bare, start) if text.startswith("**", start) else start
    return start, text.index(bare, start, end) + len(bare)


def _plain(line: str) -> str:
    """A line or a wrapped paragraph as what it is told by: on one line, without marks of type."""
    if "\n" in line:
        line = line.replace("\n", " ")
    return _TYPE_MARK.sub("", line) if "*" in line else line


def _clean(text: str) -> str:
    clean = text.replace("\r\n", "\n").replace("\r", "\n")
    if unicodedata.is_normalized("NFC", clean):
        return clean
    return unicodedata.normalize("NFC", clean)


def _kind(given: BlockKind, seen: BlockKind, *, is_page: bool) -> BlockKind:
    """What a line is, from what its loader says and what its words and its place say."""
    # A row is content in an office file; on a page it may stand below the end of the article.
    yields = given == "heading" or (given == "row" and is_page)
    return seen if given == "paragraph" or (yields and seen == "furniture") else given
