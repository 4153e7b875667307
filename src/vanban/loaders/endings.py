"""What a file's name promises, beside what is in the file: read by the content, and said."""

from pathlib import PurePath

from vanban.loaders.sniff import Found

__all__ = ["misnamed"]

_KINDS = {
    "pdf": "PDF",
    "docx": "DOCX",
    "xlsx": "XLSX",
    "html": "trang web (HTML)",
    "mail": "thư điện tử (EML)",
    "text": "văn bản thuần",
}
_PROMISED = {
    **{"pdf": "pdf", "docx": "docx", "xlsx": "xlsx", "eml": "mail"},
    **{"html": "html", "htm": "html", "xhtml": "html"},
    **dict.fromkeys(("png", "jpg", "jpeg", "gif", "tif", "tiff", "bmp"), "image"),
    **{ending: ending for ending in ("doc", "rtf", "odt", "xls", "ods")},
}
"""By ending: a format of `sniff`, or the ending of a file another program opens. An ending that
promises nothing, as that of plain text, is not held against the content."""


def misnamed(found: Found, name: str) -> tuple[str, ...]:
    """The note on a file whose name says another format than its content is; none if they agree.

    Args:
        found: what the content is.
        name: the file's name.
    """
    ending = PurePath(name).suffix.removeprefix(".").lower()
    promised = _PROMISED.get(ending)
    if promised is None or promised in (found.format, found.ending):
        return ()
    what = _KINDS.get(found.format) or found.vi
    return (f"Tên tệp có đuôi .{ending} nhưng nội dung là {what}; đã đọc theo nội dung.",)
