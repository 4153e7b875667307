"""How fast names are resolved: loading in a fresh process, then names per second of one core.

Both count processor time, so that other work on the machine does not enter them.

PYTHONPATH=src python bench/resolve.py
"""

import random
import subprocess
import sys
import time
from datetime import date

LOAD = """
import time
import vanban  # its readers, which a reader of documents has loaded anyway
started = time.process_time()
from vanban.directory.resolve import resolve
assert resolve("Nghệ An").id == "tinh-nghe-an"
assert resolve("UBND tỉnh Nghệ An").id == "ubnd.tinh-nghe-an"
print((time.process_time() - started) * 1000)
"""
ROUNDS = 20
ON = date(2024, 12, 20)


def main() -> None:
    """Print the load time (best of five) and the rate for each sort of name."""
    loads = [
        float(subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True).stdout)
        for _ in range(5)
    ]
    print(f"loading the directory: {min(loads):.0f} ms best of 5, {max(loads):.0f} ms worst")
    from vanban.data import load
    from vanban.directory.resolve import resolve

    full = [a for r in load("partners") for a in r["aliases"]["strong"] + r["aliases"]["weak"]]
    full += [r["name"] for r in load("bodies/central")]
    provinces = [r["name"] for r in load("bodies/provinces") if "from" not in r["valid"]]
    made = [
        f"{part} {province}"
        for province in provinces
        for part in ("UBND tỉnh", "Sở Ngoại vụ", "Sở KH&ĐT", "Chủ tịch UBND tỉnh")
    ]
    unknown = [f"{a} {b}" for a, b in zip(full[::3], full[1::3], strict=False)]
    mixed = full * 2 + made + unknown
    random.Random(4).shuffle(mixed)
    own = ["UBND tỉnh", "Sở KHĐT", "Sở", "tỉnh", "Giám đốc Sở", "Bộ Tài chính"] * 40
    for title, names, within in (
        ("full names", full, None),
        ("made of parts", made, None),
        ("unknown", unknown, None),
        ("words of a body's own document", own, "so-ngoai-vu.tinh-nghe-an"),
        ("all mixed", mixed, None),
    ):
        best = 0.0
        for _ in range(ROUNDS):
            started = time.process_time()
            for name in names:
                resolve(name, on=ON, within=within)
            best = max(best, len(names) / (time.process_time() - started))
        print(f"{title}: {len(names)} names, {best:,.0f} names/s (best of {ROUNDS})")


if __name__ == "__main__":
    main()
