"""One throw-away home for every run: database, files and secret key."""

import os
import tempfile

os.environ["DIEMCAU_HOME"] = tempfile.mkdtemp(prefix="diemcau-test-")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "diemcau.settings")
