"""Figures: every quantitative claim, with bound, measure, subject, period and role."""

from vanban.readers.figures.reader import read_figures
from vanban.readers.figures.roles.aims import aim_at

__all__ = ["aim_at", "read_figures"]
