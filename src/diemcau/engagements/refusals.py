"""Why something cannot be done with an event, as a sentence for whoever asked."""

__all__ = ["Refused"]


class Refused(ValueError):
    """What was asked cannot be done; the words say what was found and what was expected."""
