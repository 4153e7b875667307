"""How much one document may be, so that no file takes the machine down.

Sizes are bytes. The aim is a process that stays under 500 MB whatever it is given.
"""

__all__ = [
    "ATTRIBUTE_LIMIT",
    "DEPTH_LIMIT",
    "ENTRY_LIMIT",
    "FILE_LIMIT",
    "HTML_LIMIT",
    "LINE_LIMIT",
    "NESTING_LIMIT",
    "PAGE_LIMIT",
    "PART_LIMIT",
    "RATIO_LIMIT",
    "STREAM_LIMIT",
    "TAG_LIMIT",
    "TEXT_LIMIT",
    "UNPACKED_LIMIT",
]

MB = 1024 * 1024

FILE_LIMIT = 15 * MB
"""A whole file: the longest government reports with pictures stay under 10 MB."""

TEXT_LIMIT = 10 * MB
"""Text once it is out of its file: about 5,000 pages, far beyond any report."""

LINE_LIMIT = 200_000
"""Lines, each a block of its own: a text of 5,000 pages has about 150,000."""

HTML_LIMIT = 5 * MB
"""A page without the pictures written into it: its tree takes up to sixty times its size."""

NESTING_LIMIT = 2_000
"""Elements inside elements: real pages stay under 100, and the cost grows as the square."""

ATTRIBUTE_LIMIT = 2_000
"""Words inside one tag: the parser compares each attribute with all before it."""

PART_LIMIT = 40 * MB
"""One part of a DOCX once unpacked: a report of 1,000 pages has about 10 MB of XML."""

RATIO_LIMIT = 200
"""Unpacked size over packed size of a DOCX part: real ones stay under 50, bombs reach 1,000."""

PAGE_LIMIT = 3_000
"""Pages of one PDF: each costs some milliseconds, and no report has so many."""

TAG_LIMIT = 1_500_000
"""Tags of one DOCX part: a report of 1,000 pages has about 400,000; each takes 200 bytes open."""

STREAM_LIMIT = 12 * MB
"""One drawing of a PDF once unpacked: a page of text has 0.1 MB; each MB takes up to 30 MB open."""

ENTRY_LIMIT = 5_000
"""Parts of one ZIP, those of files within it included: a report with 500 pictures has about 600."""

UNPACKED_LIMIT = 200 * MB
"""All parts of one ZIP once unpacked, those of files within it included."""

DEPTH_LIMIT = 3
"""Files within files: a document, a slide in it, that slide's chart; deeper is an attack."""
