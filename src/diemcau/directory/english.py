"""What the shipped directory calls in English what a text names in Vietnamese."""

from functools import cache, lru_cache

from vanban.data import load
from vanban.directory.resolve import resolve

__all__ = ["english_name"]

_ONE_OR_NAMESAKES = ("unique", "several", "needs_date")
"""Answers of which one English name may hold for every bearer: the Ministry of Finance before and
after it took another in."""


@lru_cache(maxsize=8192)
def english_name(written: str) -> str:
    """The English name of the body, office or partner a name means.

    Args:
        written: the name, as a document or a person wrote it.
    Returns:
        "" where the name means nobody, several at once, or bearers called differently in English.
    """
    found = resolve(written)
    if found.reason not in _ONE_OR_NAMESAKES:
        return ""
    names = {_name_of(one.id) for one in found.candidates}
    return names.pop() if len(names) == 1 else ""


def _name_of(ref: str) -> str:
    title, at, body = ref.partition("@")
    if at:
        office = _named("offices")[title]
        # A title that exists once says by itself of what it is.
        return office["name_en"] if "body" in office else f"{office['name_en']}, {_name_of(body)}"
    for file in ("partners", "bodies/central", "bodies/provinces", "bodies/missions"):
        if row := _named(file).get(ref):
            return row["name_en"]
    kind, _, province = ref.partition(".")
    if row := _named("bodies/departments").get(kind):
        return f"{row['name_en']}, {_name_of(province)}"
    return ""


@cache
def _named(file: str) -> dict[str, dict[str, str]]:
    return {row["id"]: row for row in load(file)}
