"""`diemcau check`: each finding a sentence with what to do, in both languages."""

from diemcau.operation.checks import Level, check

__all__ = ["run_check"]

_MARKS = {Level.GOOD: "✓", Level.WARNING: "!", Level.ERROR: "✕"}


def run_check() -> int:
    """Print what was found; returns 1 if something stands in the way, 0 otherwise."""
    found = check()
    for one in found:
        print(f"{_MARKS[one.level]} {one.vi}\n  {one.en}")
    n_errors = sum(one.level is Level.ERROR for one in found)
    n_warnings = sum(one.level is Level.WARNING for one in found)
    print(
        f"\n{n_errors} lỗi, {n_warnings} cảnh báo, {len(found) - n_errors - n_warnings} mục tốt"
        f" / {n_errors} errors, {n_warnings} warnings"
    )
    return 1 if n_errors else 0
