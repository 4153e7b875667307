"""Days and periods in words, as every page prints them."""

from diemcau.indicators.days import say_day, say_period, say_span

__all__ = ["say_day", "say_period", "say_span"]
