"""Settings of the tests: a throw-away home; SQLite, or PostgreSQL if DIEMCAU_TEST_DB=postgres."""

import atexit
import os
import shutil
import tempfile

os.environ["DIEMCAU_HOME"] = tempfile.mkdtemp(prefix="diemcau-test-")
atexit.register(shutil.rmtree, os.environ["DIEMCAU_HOME"], ignore_errors=True)
os.environ.pop("DATABASE_URL", None)
# The browser tests' Playwright runs a loop in the tests' thread, which Django would take for
# asynchronous code of ours.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"

from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: E402

from diemcau.settings import *  # noqa: E402, F403
from diemcau.settings import DATABASES, HOME  # noqa: E402

# Tests write rows without an action, which moves no head of the log.
KEEPS_ANSWERS = False
# The production's hasher at the least work it takes: nobody steals this table.
Argon2PasswordHasher.time_cost = Argon2PasswordHasher.parallelism = 1
Argon2PasswordHasher.memory_cost = 8

if os.environ.get("DIEMCAU_TEST_DB") == "postgres":
    from tests.postgres import start_cluster

    DATABASES["default"] = {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": "postgres",
        "USER": "postgres",
        "HOST": str(start_cluster()),
    }
else:
    # A file, not memory: threads then meet the locks they meet in production.
    DATABASES["default"]["TEST"] = {"NAME": HOME / "test.sqlite3"}
    # Locks as in production, but nothing waits for the disk.
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL;PRAGMA synchronous=OFF;"
    )
