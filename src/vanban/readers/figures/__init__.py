"""Figures: every quantitative claim, with bound, measure, subject, period and role."""

from vanban.readers.figures.reader import read_figures

__all__ = ["read_figures"]
