"""The folder of real reports and labels that stands beside the repository on some machines."""

import os
from pathlib import Path

import pytest

__all__ = ["SHARED", "needs_shared"]

SHARED = Path(os.environ.get("DIEMCAU_SHARED", Path(__file__).parents[2] / "shared"))
needs_shared = pytest.mark.skipif(
    not (SHARED / "seeds").is_dir(), reason=f"no real reports at {SHARED} (set DIEMCAU_SHARED)"
)
