"""Commitments: what is promised or signed, by whom, with whom, on which occasion."""

from vanban.readers.commitments.reader import read_commitments
from vanban.readers.commitments.said import promises_itself

__all__ = ["promises_itself", "read_commitments"]
