"""Every attack, in the order in which they run: importing a file registers what it holds."""

from bench.attacks import files, ids, requests, sessions, texts
from bench.attacks.tries import ATTACKS, QUICK, Result

__all__ = ["ATTACKS", "QUICK", "Result", "files", "ids", "requests", "sessions", "texts"]
