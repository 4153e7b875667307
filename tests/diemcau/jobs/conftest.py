"""Installations of their own, for workers that are killed."""

from tests.diemcau.operation.conftest import make_installation

__all__ = ["make_installation"]
