"""Figures as claims: value interval, bound, status, period, subject, source; what clashes."""
