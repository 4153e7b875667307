"""Urging: which reports are expected when, who is reminded of what, and the letters that say so."""
