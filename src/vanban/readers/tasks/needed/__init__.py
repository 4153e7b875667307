"""Needed: "các địa phương cần chủ động ..."."""

from vanban.readers.tasks.needed.reader import needed

__all__ = ["needed"]
