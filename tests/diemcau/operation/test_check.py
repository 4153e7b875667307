"""`diemcau check`: each finding a sentence with what to do; the status says whether to go on."""

import datetime as dt
import stat

import pytest
from django.core.management import call_command
from django.db import OperationalError, connection
from django.test import override_settings
from django.utils import timezone

from diemcau.audit import append_only
from diemcau.audit.chain import append
from diemcau.commands.check import run_check
from diemcau.operation.checks import Level, check

pytestmark = pytest.mark.django_db


def said(level):
    return "\n".join(one.en for one in check() if one.level is level)


@pytest.fixture(autouse=True)
def home(tmp_path, settings):
    settings.HOME, settings.MEDIA_ROOT = tmp_path, tmp_path / "files"
    tmp_path.chmod(0o700)
    return tmp_path


def test_every_finding_is_a_sentence_in_both_languages_and_what_is_wrong_says_what_to_do():
    append_only.install(connection)
    found = check()
    append_only.remove(connection)
    assert len(found) > 9
    for one in found:
        assert one.vi.endswith(".")
        assert one.en.endswith(".")
        if one.level is not Level.GOOD:
            assert ": " in one.vi
            assert ": " in one.en


def test_the_status_is_that_of_the_worst(capsys):
    append_only.install(connection)
    # The tests' own PostgreSQL goes without fsync, and is told so.
    errors = [one.en for one in check() if one.level is Level.ERROR]
    assert [one for one in errors if "fsync=off" not in one] == []
    assert run_check() == len(errors)
    assert f"{len(errors)} errors" in capsys.readouterr().out
    append_only.remove(connection)
    assert run_check() == 1
    out = capsys.readouterr().out
    assert "✕" in out
    assert "triggers that keep the log are missing: run `diemcau prepare`" in out


def test_a_database_that_is_away_is_said_and_the_rest_is_looked_at():
    def refuse(*args):
        raise OperationalError("connection refused")

    with connection.execute_wrapper(refuse):
        found = check()
    assert found[0].level is Level.ERROR
    assert "does not answer" in found[0].en
    assert any("disk" in one.en for one in found)


@pytest.mark.django_db(transaction=True)
def test_migrations_that_wait_are_named():
    call_command("migrate", "review", "zero", verbosity=0)
    try:
        assert "1 migrations are pending (review.0001_initial)" in said(Level.WARNING)
    finally:
        call_command("migrate", "review", verbosity=0)


def test_what_others_can_read_is_an_error(home):
    secret = home / "secret-key"
    secret.write_text("x")
    secret.chmod(0o644)
    assert "can read" not in said(Level.ERROR)
    home.chmod(0o755)
    assert "Others on this machine can read secret-key" in said(Level.ERROR)
    secret.chmod(stat.S_IRUSR)
    assert "can read" not in said(Level.ERROR)


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"DEBUG": True}, "DIEMCAU_DEBUG=1 shows data"),
        ({"SECRET_KEY": "short"}, "fewer than 32 characters"),
        ({"PRODUCTION": True, "ALLOWED_HOSTS": ["127.0.0.1"]}, "names no host"),
        ({"PRODUCTION": True, "ALLOWED_HOSTS": ["*"]}, "holds *"),
    ],
)
def test_settings_unfit_for_production_are_errors(changed, words):
    with override_settings(**changed):
        assert words in said(Level.ERROR)


def test_a_clock_that_went_back_is_an_error():
    later = timezone.now() + dt.timedelta(days=1)
    append(
        [
            {
                **dict.fromkeys(("actor_id", "on_behalf_of_id")),
                **dict.fromkeys(("reason", "address"), ""),
                **{"at": later, "action": "test.later", "origin": "cli", "detail": {}},
                **{"target_type": "x", "target_id": "1"},
            }
        ]
    )
    assert "The clock went back" in said(Level.ERROR)


def test_the_age_of_the_last_backup_is_said(home):
    note = home / "last-backup.json"
    assert "There is no backup yet" in said(Level.WARNING)
    note.write_text('{"at": "2020-01-01T00:00:00+00:00"}')
    assert "The last backup is of 01/01/2020" in said(Level.WARNING)
    note.write_text(f'{{"at": "{dt.datetime.now(dt.UTC).isoformat()}"}}')
    assert "Last backup" in said(Level.GOOD)
