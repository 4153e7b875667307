"""What can go wrong while a document is opened; reading itself never raises on odd text."""

__all__ = ["DocumentError", "VanbanError"]


class VanbanError(Exception):
    """Base of every error this package raises on purpose."""


class DocumentError(VanbanError):
    """A file cannot be turned into text.

    Args:
        vi: one sentence in Vietnamese: what was found, and what to do.
        en: the same sentence in English.
        code: a short stable name of the cause ("empty", "encrypted", "scanned", ...).
    """

    def __init__(self, *, vi: str, en: str, code: str) -> None:
        super().__init__(vi)
        self.vi = vi
        self.en = en
        self.code = code
