"""A clause without a cue of its own, under an order given before: a verb, or a body and a verb."""

from vanban.readers.tasks.bare.reader import bare

__all__ = ["bare"]
