"""What stopped a command of operation, in Vietnamese and in English, each with what to do."""

__all__ = ["Refusal"]


class Refusal(Exception):
    """A command cannot do what was asked; nothing was left half done."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(f"{vi}\n{en}")
        self.vi = vi
        self.en = en
