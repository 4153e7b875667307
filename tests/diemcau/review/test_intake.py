"""A file comes in: stored and read once, refused in one sentence, read again without harm."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction

import vanban
from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.documents.models import Document, Statement
from diemcau.review import intake
from diemcau.review.actions import accept_statement
from diemcau.review.intake import reread, take_in
from tests.diemcau.people import make_person
from tests.diemcau.readings import REPORT

pytestmark = pytest.mark.django_db


@pytest.fixture
def person():
    return make_person(Role.REPORTER)


def test_a_file_is_stored_and_read_in_one_entry(person):
    taken = take_in(person, data=REPORT.encode(), name="bao-cao.txt")
    assert taken.is_new
    assert taken.document.added_by == person
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.target_id) == ("documents.take_in", str(taken.document.pk))
    assert entry.detail["counts"] == taken.reconciled.reading.counts
    assert sum(entry.detail["counts"].values()) == taken.document.statements.count()


def test_the_same_bytes_again_are_the_same_document(person):
    first = take_in(person, data=REPORT.encode(), name="bao-cao.txt")
    again = take_in(person, data=REPORT.encode(), name="another name.txt")
    assert (again.document, again.is_new) == (first.document, False)
    assert Document.objects.count() == 1
    assert AuditEntry.objects.count() == 1


def test_the_same_text_in_other_bytes_is_a_near_copy(person):
    first = take_in(person, data=REPORT.encode(), name="a.txt").document
    copy = take_in(person, data=REPORT.encode("utf-8-sig"), name="b.txt").document
    assert (copy.near_copy_of, copy.likeness) == (first, 1.0)
    assert copy.statements.count() == first.statements.count()


@pytest.mark.parametrize("data", [b"", b"   \n", b"\x00\x01\x02\xff\xfe binary" * 50])
def test_what_cannot_be_read_leaves_nothing(person, data):
    with pytest.raises(vanban.DocumentError) as refused:
        take_in(person, data=data, name="bao-cao.txt")
    assert refused.value.vi
    assert refused.value.en
    assert not Document.objects.exists()
    assert not AuditEntry.objects.exists()


def test_a_failure_at_the_last_step_leaves_neither_row_nor_file(person, monkeypatch):
    def fail(document):
        raise RuntimeError("the last step failed")

    monkeypatch.setattr(intake, "propose_comparisons", fail)
    files = set(Path(settings.MEDIA_ROOT).rglob("*.txt"))
    with pytest.raises(RuntimeError, match="last step"), transaction.atomic():
        take_in(person, data=b"A file of its own.", name="a.txt")
    assert set(Path(settings.MEDIA_ROOT).rglob("*.txt")) == files
    assert not Document.objects.exists()
    assert not AuditEntry.objects.exists()


def test_who_only_reads_brings_nothing_in():
    with pytest.raises(PermissionDenied):
        take_in(make_person(Role.READER), data=REPORT.encode(), name="a.txt")
    assert not Document.objects.exists()


def test_reading_again_keeps_everything_and_leaves_one_entry():
    person = make_person()
    document = take_in(person, data=REPORT.encode(), name="a.txt").document
    first = document.statements.order_by("pk").first()
    if first is not None:
        accept_statement(person, first.pk)
    before = list(Statement.objects.order_by("pk").values_list("pk", "state"))
    again = reread(person, document)
    assert (again.n_added, again.n_superseded) == (0, 0)
    assert list(Statement.objects.order_by("pk").values_list("pk", "state")) == before
    assert document.texts.count() == 1
    assert AuditEntry.objects.filter(action="documents.reread").count() == 1


def test_reading_again_needs_the_right_to_confirm(person):
    document = take_in(person, data=REPORT.encode(), name="a.txt").document
    with pytest.raises(PermissionDenied):
        reread(person, document)


def test_a_file_that_is_gone_is_read_from_its_stored_text():
    document = take_in(None, data=REPORT.encode(), name="a.txt").document
    document.file.storage.delete(document.file.name)
    assert reread(None, document).reading.text_version == document.texts.get()


def test_what_a_killed_intake_left_is_gone_after_the_next(person, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "MEDIA_ROOT", tmp_path)
    # The process dies after the file is in place and before its row is there for others.
    script = f"""
import os, django
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.MEDIA_ROOT = {str(tmp_path)!r}
call_command("migrate", verbosity=0)
from diemcau.review import intake
intake.propose_echoes = lambda document: os._exit(9)
intake.take_in(None, data={REPORT.encode()!r}, name="a.txt")
"""
    home = {**os.environ, "DJANGO_SETTINGS_MODULE": "diemcau.settings"}
    home["DIEMCAU_HOME"] = str(tmp_path / "home")
    killed = subprocess.run([sys.executable, "-c", script], env=home, check=False, timeout=100)
    assert killed.returncode == 9
    assert len([p for p in tmp_path.glob("documents/*/*") if p.is_file()]) == 1
    kept = take_in(person, data=b"M\xe1\xbb\x99t c\xc3\xa2u kh\xc3\xa1c.", name="b.txt").document
    files = [p for p in tmp_path.glob("*/**/*") if p.is_file() and "home" not in p.parts]
    assert files == [tmp_path / kept.file.name]
