"""Commitments: what is promised or signed, by whom, with whom, on which occasion."""

from vanban.readers.commitments.reader import read_commitments

__all__ = ["read_commitments"]
