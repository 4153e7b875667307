"""The parts of an Office file (a ZIP of XML), unpacked one at a time and within limits."""

import zipfile
import zlib
from contextlib import suppress
from xml.etree import ElementTree
from xml.parsers import expat

from vanban.loaders.limits import PART_LIMIT, RATIO_LIMIT, TAG_LIMIT
from vanban.loaders.refusals import refuse

__all__ = ["BROKEN", "Parts", "attribute_of", "child_of", "local_name", "value_of"]

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    ElementTree.ParseError,
    expat.ExpatError,
    EOFError,
    OSError,
    ValueError,
    RecursionError,
)
"""What the libraries raise over a file that is damaged."""


class Parts:
    """The parts of the package, unpacked one at a time and never beyond the limits."""

    def __init__(self, archive: zipfile.ZipFile, name: str) -> None:
        self.archive = archive
        self.name = name
        self.names = set(archive.namelist())

    def xml(self, part: str) -> ElementTree.Element | None:
        """The root of one part; None if the package has no such part."""
        if part not in self.names:
            return None
        info = self.archive.getinfo(part)
        bomb = info.file_size > PART_LIMIT or (
            info.file_size > 1024**2 and info.file_size > RATIO_LIMIT * info.compress_size
        )
        if bomb:
            raise refuse("bomb", name=self.name)
        content = self.archive.read(part)
        if content.count(b"<") > TAG_LIMIT:
            raise refuse("bomb", name=self.name)
        self._refuse_entities(content)
        return ElementTree.fromstring(content)

    def _refuse_entities(self, content: bytes) -> None:
        """DOCX has no document type declaration, so one is an attack or a broken export."""
        parser = expat.ParserCreate()

        def refuse_it(*_: object) -> None:
            raise refuse("entities", name=self.name)

        def stop(*_: object) -> None:
            raise _RootReachedError

        parser.StartDoctypeDeclHandler = refuse_it
        parser.StartElementHandler = stop
        with suppress(_RootReachedError):
            parser.Parse(content, True)


class _RootReachedError(Exception):
    """The prologue of a part is over, and nothing was declared in it."""


def local_name(element: ElementTree.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def child_of(element: ElementTree.Element, tag: str) -> ElementTree.Element | None:
    """The first child of a name; None if there is none."""
    return next((c for c in element if local_name(c) == tag), None)


def attribute_of(element: ElementTree.Element, name: str) -> str | None:
    """An attribute by its name without namespace; None if it is not there."""
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), None)


def value_of(element: ElementTree.Element | None, tag: str) -> str:
    """The `val` of a child such as `<w:pStyle w:val="Heading1"/>`; "" if it is not there."""
    child = None if element is None else child_of(element, tag)
    return "" if child is None else attribute_of(child, "val") or ""
