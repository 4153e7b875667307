"""Told: "Thủ tướng yêu cầu Bộ Công Thương đẩy mạnh ..."."""

from vanban.readers.tasks.told.passive import told_passively
from vanban.readers.tasks.told.reader import told

__all__ = ["told", "told_passively"]
