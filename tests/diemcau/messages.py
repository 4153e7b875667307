"""Every message of the source, taken out of Python and templates."""

import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.extract import extract
from django.utils.translation.template import templatize

import diemcau

__all__ = ["PACKAGE", "messages"]

PACKAGE = Path(diemcau.__file__).parent
_KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}


def messages() -> Iterator[tuple[str, str | tuple[str, ...], str | None]]:
    """Every message with the file it stands in: (path, msgid or its plurals, context)."""
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix == ".py":
            source = path.read_text()
        elif path.suffix == ".html":
            # A line that begins with blanks would be an indentation to Python's tokenizer.
            lines = templatize(path.read_text()).splitlines()
            source = "\n".join(line.strip() for line in lines)
        else:
            continue
        for _, message, _, context in extract(
            "python", io.BytesIO(source.encode()), keywords=_KEYWORDS
        ):
            yield str(path.relative_to(PACKAGE)), message, context
