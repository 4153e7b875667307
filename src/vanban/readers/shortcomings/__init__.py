"""Shortcomings: clauses that name a weakness, an obstacle or a limitation."""

from vanban.readers.shortcomings.reader import read_shortcomings

__all__ = ["read_shortcomings"]
