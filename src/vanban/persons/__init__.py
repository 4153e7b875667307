"""Persons named in a text, and the offices they are named with."""
