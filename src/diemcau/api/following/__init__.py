"""What became of a task: everything that happened to it, and what people do with it."""

from diemcau.api.following import (
    assignments,
    confirmations,
    deadlines,
    evidence,
    obstacles,
    parts,
    progress,
    states,
)

__all__ = ["ROOMS"]

ROOMS = (states, evidence, deadlines, progress, obstacles, confirmations, assignments, parts)
"""One for each thing that is said of a task, each with its `router`."""
