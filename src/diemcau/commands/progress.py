"""A bar on the terminal's last line; nothing where the output is a file."""

import shutil
import sys
from time import monotonic

__all__ = ["Bar", "print_line", "show_bar"]

_BAR = 24
_SECONDS = 0.1


def show_bar(done: int, n: int, name: str) -> None:
    """Draw the bar anew."""
    if not sys.stdout.isatty() or not n:
        return
    width = shutil.get_terminal_size().columns
    filled = _BAR * min(done, n) // n
    line = f"[{'█' * filled}{'░' * (_BAR - filled)}] {name}"
    print("\r\033[K" + line[: width - 1], end="", flush=True)


def print_line(line: str) -> None:
    """Print a line where the bar was."""
    clear = "\r\033[K" if sys.stdout.isatty() else ""
    print(clear + line, flush=True)


class Bar:
    """Shows how far a long command is, ten times a second at most."""

    def __init__(self, names: dict[str, str]) -> None:
        """Take what each kind of work is called, by the name the work has for itself."""
        self._names = names
        self._drawn = 0.0

    def __call__(self, what: str, done: int, n: int) -> None:
        """Show that `done` of `n` is done."""
        if done < n and monotonic() - self._drawn < _SECONDS:
            return
        self._drawn = monotonic()
        if "bytes" in what:
            mb = 1024 * 1024
            shown = f"{done // mb}/{n // mb} MB"
        else:
            shown = f"{done}/{n}"
        show_bar(done, n, f"{self._names[what]} {shown}")
