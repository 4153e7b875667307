"""Figures: every quantitative claim, with bound, measure, subject, period and role."""

from vanban.readers.figures.aims import aim_at
from vanban.readers.figures.reader import read_figures

__all__ = ["aim_at", "read_figures"]
