"""Which days and periods a stored text names."""

import vanban
from diemcau.documents.models import TextVersion
from vanban.layers import Layers
from vanban.values.times import iso

__all__ = ["periods_said"]


def periods_said(version: TextVersion) -> set[str]:
    """The days and periods of a text in the engine's notation, wherever they stand in it."""
    published = version.document.published_on
    text = vanban.Document(
        text=version.text,
        blocks=tuple(vanban.Block(*block) for block in version.blocks),
        published=published.isoformat() if published else None,
    )
    return {period for one in Layers(text).times if (period := iso(one))}
