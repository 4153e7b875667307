"""Make what the pages need and the repository does not carry: fonts and compiled translations."""

from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

__all__ = [
    "FONT_STYLES",
    "build_assets",
    "build_fonts",
    "build_missing_assets",
    "build_translations",
    "merged_catalogue",
]

PACKAGE = Path(__file__).resolve().parents[1]
LOCALE = PACKAGE / "locale"
FONTS = PACKAGE / "web" / "static" / "web" / "fonts"

FONT_STYLES = ("Regular", "Italic", "SemiBold")
"""The cuts of Be Vietnam Pro (SIL Open Font License) that the stylesheet names."""
_LETTERS = (
    (0x20, 0x7E),  # ASCII
    (0xA0, 0xFF),  # Latin-1
    (0x100, 0x17F),  # Latin Extended-A
    (0x1A0, 0x1B0),  # ơ, ư
    (0x300, 0x323),  # marks that stand alone
    (0x1E00, 0x1EFF),  # Vietnamese
    (0x2010, 0x2027),  # dashes, quotes, bullet, ellipsis
    (0x202F, 0x203A),
    (0x20AB, 0x20AC),  # đồng, euro
    (0x2190, 0x2193),  # arrows
    (0x2212, 0x2265),  # minus, ≈, ≠, ≤, ≥
)
"""Code points kept in the fonts, first and last."""


def build_assets() -> int:
    """Build the fonts and compile the translations; returns the exit status."""
    build_fonts()
    build_translations()
    return 0


def build_missing_assets() -> None:
    """Build what the pages need where set-up has not; to be called before Django is loaded.

    Loaded without translations it would speak English until it is started again.
    """
    # The user of a service may not write where the program is: what is there is left as it is.
    if not any(LOCALE.glob("*/LC_MESSAGES/django.mo")):
        build_assets()


def build_fonts(target: Path = FONTS) -> list[Path]:
    """Write the fonts as WOFF2, cut down to the letters Vietnamese and English need.

    Without them the pages fall back to a font of the system.
    Args:
        target: folder to write to.
    Returns:
        The files written, by style; a file that is there already is left as it is.
    """
    # Font tools are heavy and needed by this command alone.
    import fontpkg_be_vietnam_pro
    from fontTools import subset

    target.mkdir(parents=True, exist_ok=True)
    source = Path(fontpkg_be_vietnam_pro.__file__).parent / "files"
    written = []
    for style in FONT_STYLES:
        made = target / f"BeVietnamPro-{style}.woff2"
        if not made.exists():
            options = subset.Options(flavor="woff2", layout_features=["*"], desubroutinize=True)
            font = subset.load_font(str(source / f"BeVietnamPro-{style}.ttf"), options)
            cut = subset.Subsetter(options)
            cut.populate(unicodes=[p for first, last in _LETTERS for p in range(first, last + 1)])
            cut.subset(font)
            unfinished = made.with_suffix(".part")
            subset.save_font(font, str(unfinished), options)
            unfinished.replace(made)
        written.append(made)
    return written


def build_translations(locale: Path = LOCALE) -> list[Path]:
    """Merge the parts of every language and compile them for Django.

    Args:
        locale: folder with `parts/<name>.<language>.po`.
    Returns:
        The compiled files, one per language.
    """
    written = []
    languages = sorted({path.suffixes[-2][1:] for path in locale.glob("parts/*.*.po")})
    for language in languages:
        made = locale / language / "LC_MESSAGES" / "django.mo"
        made.parent.mkdir(parents=True, exist_ok=True)
        with made.open("wb") as file:
            write_mo(file, merged_catalogue(language, locale))
        written.append(made)
    return written


def merged_catalogue(language: str, locale: Path = LOCALE) -> Catalog:
    """All messages of one language, gathered from its parts; the first part to say one holds."""
    merged = Catalog(locale=language)
    for path in sorted(locale.glob(f"parts/*.{language}.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=language)
        for message in part:
            # Two parts may have one message; a test sees to it that they say the same.
            if message.id and merged.get(message.id, message.context) is None:
                merged.add(message.id, message.string, flags=message.flags, context=message.context)
    return merged
