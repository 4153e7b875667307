"""Words and counts the way official documents write them."""

from diemcau.reports.official import Span as Words

__all__ = ["UNKNOWN", "say_count"]

UNKNOWN = Words("chưa rõ", italic=True)


def say_count(n: int) -> str:
    """A count the way documents write it: 9.831."""
    return f"{n:,}".replace(",", ".")
