"""What the program is made of: a bill of materials, its licences, and known weaknesses.

python .ci/supply_chain.py [--bill FILE]

The bill (CycloneDX 1.6, JSON) lists every package of the environment. A licence that would bind the
program stops the check. Weaknesses are asked of PyPI's advisories; where that service cannot be
reached, one line says so and nothing fails.
"""

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

BIN = Path(sys.executable).parent
LOCK = Path(__file__).resolve().parents[1] / "requirements.lock"
_BINDS = re.compile(r"\bA?GPL|GNU (Affero )?General Public", re.IGNORECASE)
_SECONDS = 300
_BILL = Path(sys.prefix) / "bill-of-materials.json"
"""Made anew when the lock file has changed."""
_ASKED = Path(sys.prefix) / ".advisories.json"
"""What was answered last; asked again on another day or for another lock file."""
_NOBODY = "advisories could not be reached, weaknesses were not looked for"


def main(arguments: list[str]) -> int:
    """Make the bill, look at licences, ask for weaknesses; returns 1 if something was found."""
    path = Path(arguments[1]) if arguments[:1] == ["--bill"] else _BILL
    if path != _BILL or not path.exists() or path.stat().st_mtime < LOCK.stat().st_mtime:
        path.parent.mkdir(parents=True, exist_ok=True)
        _make_bill(path)
    n, bound = _licences(path)
    for one in bound:
        print(f"licence that binds the program: {one}")
    weak = _weaknesses()
    print(
        f"bill of materials: {n} packages, {len(bound)} with a licence that binds; {weak or 'ok'}"
    )
    return 1 if bound or (weak and weak[0].isdigit()) else 0


def _make_bill(path: Path) -> None:
    made = subprocess.run(
        [BIN / "cyclonedx-py", "environment", "--output-reproducible", "-o", path, sys.executable],
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise SystemExit(f"the bill of materials could not be made: {made.stderr[-500:]}")


def _licences(path: Path) -> tuple[int, list[str]]:
    """How many packages there are, and those whose licence would bind the program."""
    components = json.loads(path.read_text("utf-8"))["components"]
    bound = []
    for one in components:
        said = [
            choice
            for licence in one.get("licenses", [])
            for choice in (licence.get("expression") or str(licence.get("license", {}))).split(
                " OR "
            )
        ]
        # Of several licences one may be chosen; only where all of them bind does the package.
        if said and all(_BINDS.search(s) for s in said):
            bound.append(f"{one['name']} {one['version']}: {'; '.join(said)}")
    return len(components), bound


def _weaknesses() -> str:
    """What the advisories say: "" for nothing, else a count with names, or that nobody answered."""
    lock = LOCK.read_text("utf-8")
    key = f"{datetime.now(UTC):%Y-%m-%d} {hashlib.sha256(lock.encode()).hexdigest()}"
    if _ASKED.exists() and (last := json.loads(_ASKED.read_text("utf-8")))["key"] == key:
        return last["said"]
    # One package tells whether anybody answers, before all of them are asked about.
    first = next(line for line in lock.splitlines() if line.startswith("django=="))
    said = _ask(first) and _ask(lock)
    if said is None:
        return _NOBODY
    weak = [f"{one['name']} {one['version']} ({v['id']})" for one in said for v in one["vulns"]]
    answer = f"{len(weak)} known weaknesses: {', '.join(weak)}" if weak else ""
    _ASKED.write_text(json.dumps({"key": key, "said": answer}), "utf-8")
    return answer


def _ask(requirements: str) -> list[dict] | None:
    """What is known of each package; None if nobody answered."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as file:
        file.write(requirements)
        file.flush()
        try:
            asked = subprocess.run(
                [
                    *(BIN / "pip-audit", "-r", file.name, "--no-deps", "--disable-pip"),
                    *("--timeout", "5"),
                    *("--format", "json", "--progress-spinner", "off"),
                ],
                capture_output=True,
                text=True,
                check=False,
                timeout=_SECONDS,
            )
            found = json.loads(asked.stdout)["dependencies"]
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            return None
    return [one for one in found if "skip_reason" not in one] or None


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
