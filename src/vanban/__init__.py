"""vanban: official Vietnamese text in, typed records out, each anchored to its sentence.

`read(document)` turns a `Document` into a `Reading`; `load(path)` makes a `Document` from a file.
The package needs the standard library only; HTML and PDF loaders import theirs when used.
"""

from vanban.anchors import Anchor
from vanban.blocks import Block
from vanban.document import Document
from vanban.errors import DocumentError, VanbanError
from vanban.loaders import load, load_bytes
from vanban.reading import ENGINE_VERSION, Reading, read

__all__ = [
    "ENGINE_VERSION",
    "Anchor",
    "Block",
    "Document",
    "DocumentError",
    "Reading",
    "VanbanError",
    "load",
    "load_bytes",
    "read",
]
