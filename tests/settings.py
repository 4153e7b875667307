"""Settings of the tests: a throw-away home; SQLite, or PostgreSQL if DIEMCAU_TEST_DB=postgres."""

import os
import tempfile

os.environ["DIEMCAU_HOME"] = tempfile.mkdtemp(prefix="diemcau-test-")
os.environ.pop("DATABASE_URL", None)

from diemcau.settings import *  # noqa: F403
from diemcau.settings import DATABASES, HOME

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
