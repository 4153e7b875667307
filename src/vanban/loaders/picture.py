"""Pictures of pages (PNG, JPEG, TIFF, BMP), read by text recognition when that is asked for."""

from vanban.document import Document
from vanban.loaders.ocr import (
    UNREADABLE,
    Ocr,
    OcrMissingError,
    certainty_of,
    notes_of,
    open_engine,
    recognise,
    unmark,
)
from vanban.loaders.pdf.lines import join_pages
from vanban.loaders.refusals import refuse
from vanban.pages.provenance import choose_title

__all__ = ["load_picture"]


def load_picture(data: bytes, *, name: str, kind: str, ocr: Ocr) -> Document:
    """Make a document of a picture of one page, or of a TIFF of several.

    Args:
        data: the whole file.
        name: its file name, for messages.
        kind: the picture's format: "PNG", "JPEG", "TIFF", "BMP", "GIF".
        ocr: what it may cost.
    Raises:
        DocumentError: no words were recognised, or recognition cannot run here.
    """
    try:
        program = open_engine()
    except OcrMissingError as e:
        raise refuse(e.code, name=name, what=f"ảnh {kind}", what_en=f"a {kind} picture") from e
    pages = recognise(program, data, name=name, seconds=ocr.seconds)
    if ocr.tell is not None:
        ocr.tell(len(pages), len(pages))
    if not any(page.words for page in pages):
        raise refuse("ocr-nothing", name=name, pages=len(pages))
    if (certainty := certainty_of(pages)) < UNREADABLE:
        raise refuse("ocr-unsure", name=name, certainty=f"{certainty:.0f}")
    pieces = list(join_pages([page.lines for page in pages]))
    recognised = dict(enumerate(pages, start=1))
    document = Document.from_pieces(
        pieces,
        name=name,
        media_type=f"image/{kind.lower()}",
        notes=notes_of(recognised, len(pages)),
        title=choose_title([p.text for p in pieces], ""),
    )
    return unmark(document)
