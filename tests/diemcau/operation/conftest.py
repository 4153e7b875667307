"""Installations of their own, on the database the tests run on."""

import itertools
import shutil
import urllib.parse

import pytest
from django.conf import settings
from django.db import connection

from tests.diemcau.readings import REPORT
from tests.installation import Installation

_count = itertools.count(1)
_TAKE_IN = """
import sys, django; django.setup()
from pathlib import Path
from diemcau.review.intake import take_in
for name in sys.argv[1:]:
    take_in(None, data=Path(name).read_bytes(), name=Path(name).name)
"""


@pytest.fixture(scope="session")
def make_installation(tmp_path_factory, django_db_setup, django_db_blocker):
    """Make an empty installation, or one that is like another.

    On PostgreSQL each has a database of its own.
    """
    made = []

    def make(like=None, **more):
        n = next(_count)
        home = tmp_path_factory.mktemp("installations") / f"home{n}"
        if like is not None:
            shutil.copytree(like.home, home)
        if connection.vendor != "postgresql":
            return Installation(home, **more)
        name = f"installation_{n}"
        template = f" TEMPLATE {like.name}" if like else ""
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}{template}")
        made.append(name)
        host = urllib.parse.quote(settings.DATABASES["default"]["HOST"], safe="")
        one = Installation(home, url=f"postgres://postgres@/{name}?host={host}", **more)
        one.name = name
        return one

    yield make
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for name in made:
            cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def filled_once(make_installation, tmp_path_factory):
    one, folder = make_installation(), tmp_path_factory.mktemp("reports")
    done = one.run("prepare")
    assert done.returncode == 0, done.stdout + done.stderr
    for name, text in (("a.txt", REPORT), ("b.txt", REPORT.replace("2025", "2024"))):
        (folder / name).write_text(text, "utf-8")
    one.do(_TAKE_IN, str(folder / "a.txt"), str(folder / "b.txt"))
    return one


@pytest.fixture(scope="session")
def backup_once(filled_once, tmp_path_factory):
    path = tmp_path_factory.mktemp("backup") / "b.tar"
    done = filled_once.run("backup", str(path))
    assert done.returncode == 0, done.stdout + done.stderr
    return path


@pytest.fixture
def new_installation(make_installation):
    """Make an empty installation."""
    return make_installation


@pytest.fixture
def filled(make_installation, filled_once):
    """An installation with two documents, their statements and the log of it."""
    return make_installation(like=filled_once)


@pytest.fixture
def backup(backup_once, tmp_path):
    """A backup of such an installation."""
    for end in ("", ".sha256"):
        shutil.copy(f"{backup_once}{end}", tmp_path)
    return tmp_path / backup_once.name
