"""Make what the pages need and the repository does not carry: compiled translations."""

from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

__all__ = ["build_assets"]

LOCALE = Path(__file__).resolve().parents[1] / "locale"


def build_assets() -> int:
    """Compile every catalogue under `locale/`; returns the exit status."""
    for source in sorted(LOCALE.glob("*/LC_MESSAGES/django.po")):
        with source.open("rb") as text, source.with_suffix(".mo").open("wb") as compiled:
            write_mo(compiled, read_po(text))
    return 0
