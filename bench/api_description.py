"""The API asked many made-up things about every operation: no fault, no undocumented status.

    .venv/bin/python bench/api_description.py [EXAMPLES]

Prints one line an operation: how often each status was answered. The test of the same name asks a
few; this asks EXAMPLES (100) each, on a throw-away database with a small ledger.
"""

import os
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"

import django

django.setup()

from django.db import transaction  # noqa: E402
from django.test.utils import setup_databases, setup_test_environment  # noqa: E402
from tests.diemcau.api.conftest import program_of  # noqa: E402
from tests.diemcau.api.described import ask_everything, operations  # noqa: E402
from tests.diemcau.everything import make_everything  # noqa: E402
from tests.diemcau.people import make_person  # noqa: E402

from diemcau.accounts.models import Role  # noqa: E402


def main() -> int:
    """Ask; returns 1 if an operation broke its description."""
    n = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    setup_test_environment()
    setup_databases(verbosity=0, interactive=False)
    made = make_everything()
    program, _token = program_of(make_person(Role.ADMINISTRATOR, sees_closed=True, name="x"))
    headers = {"Authorization": program.defaults["HTTP_AUTHORIZATION"]}
    print(f"{n} examples an operation; document {made.document.pk} and what belongs to it")
    began, broken, total = time.perf_counter(), 0, 0
    for operation in operations():
        name = f"{operation.method.upper()} {operation.path}"
        with transaction.atomic():
            try:
                statuses = ask_everything(operation, headers=headers, n=n, on=20261122)
            except Exception as fault:  # whatever it is, the next operation is asked too
                broken += 1
                print(f"✕ {name}: {str(fault)[:400]}")
            else:
                total += sum(statuses.values())
                told = ", ".join(f"{s}: {count}" for s, count in sorted(statuses.items()))
                print(f"  {name}: {told}")
            transaction.set_rollback(True)
    seconds = time.perf_counter() - began
    print(f"{total} answers in {seconds:.0f} s, {broken} operations broke their description")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
