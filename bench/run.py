"""Every benchmark, one after another; `make bench`."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Run each script in a process of its own; returns 1 if one of them fails."""
    failed = 0
    for script in sorted(p for p in HERE.glob("*.py") if p.name != "run.py"):
        print(f"\n== {script.name}\n", flush=True)
        failed |= subprocess.run([sys.executable, str(script)]).returncode
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
