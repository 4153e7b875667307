"""The scanner: a real clamd finds EICAR; while it is down, files are refused or held apart."""

import socket
import threading
from pathlib import Path

import pytest
from django.conf import settings as django_settings

import vanban
from diemcau.audit.models import AuditEntry
from diemcau.documents.models import Document
from diemcau.gate.actions import GateRefused, destroy_held
from diemcau.gate.models import FileCheck, HeldFile
from diemcau.gate.passing import Held
from diemcau.gate.scanner import scan
from diemcau.review.intake import release_held, take_in
from tests.diemcau.gate.conftest import EICAR
from tests.diemcau.people import make_person
from tests.diemcau.readings import REPORT
from tests.vanban.files import docx_xml, zip_of

pytestmark = pytest.mark.django_db
REASON = "Đã kiểm tra bằng máy khác"


@pytest.fixture
def secretary(db):
    from diemcau.accounts.models import Role

    return make_person(Role.SECRETARIAT)


def _files():
    return {p for p in Path(django_settings.MEDIA_ROOT).rglob("*") if p.is_file()}


def test_clamd_is_asked_and_its_answer_kept(person, settings, clamd):
    settings.CLAMD = clamd
    taken = take_in(person, data=REPORT.encode(), name="a.txt")
    assert FileCheck.objects.get(document=taken.document).scanner == "clamd: OK"


@pytest.mark.parametrize("inside", [False, True])
def test_clamd_finds_eicar_and_nothing_is_kept(person, settings, clamd, inside):
    settings.CLAMD = clamd
    text = docx_xml("<w:p><w:r><w:t>Báo cáo</w:t></w:r></w:p>")
    parts = {"[Content_Types].xml": "<Types/>", "word/document.xml": text, "word/a.bin": EICAR}
    data = zip_of(parts) if inside else EICAR
    files = _files()
    with pytest.raises(vanban.DocumentError) as refused:
        take_in(person, data=data, name="bao-cao.docx")
    assert refused.value.code == "infected"
    assert "Eicar" in refused.value.vi
    assert not Document.objects.exists()
    assert _files() == files
    row = HeldFile.objects.get()
    assert (row.state, row.path.exists()) == ("infected", False)
    assert AuditEntry.objects.get().action == "gate.infected"


def test_ten_megabytes_pass_through_the_socket(settings, clamd):
    settings.CLAMD = clamd
    assert scan(b"abc " * 2_600_000).verdict == "clean"


def test_a_scanner_that_is_down_refuses_everything(person, settings, closed_port):
    settings.CLAMD = closed_port
    with pytest.raises(vanban.DocumentError) as refused:
        take_in(person, data=REPORT.encode(), name="a.txt")
    assert refused.value.code == "scanner-down"
    assert not Document.objects.exists()
    assert not AuditEntry.objects.exists()


@pytest.mark.parametrize("where", ["unix:/nowhere/clamd.ctl", "nonsense", "tcp:127.0.0.1:x"])
def test_a_wrong_address_is_a_scanner_that_is_down(settings, where):
    settings.CLAMD = where
    assert scan(b"x").verdict == "down"


def test_an_answer_nobody_knows_is_no_clean_file(settings):
    """A small server of ours stands in for a scanner that says something else; it is no clamd."""
    server = socket.create_server(("127.0.0.1", 0))

    def answer():
        connection, _address = server.accept()
        with connection:
            while not connection.recv(65536).endswith(b"\0\0\0\0"):
                pass
            connection.sendall(b"INSTREAM size limit exceeded. ERROR\0")

    thread = threading.Thread(target=answer)
    thread.start()
    settings.CLAMD = f"tcp:127.0.0.1:{server.getsockname()[1]}"
    said = scan(b"x" * 10)
    thread.join()
    server.close()
    assert (said.verdict, said.words) == ("down", "INSTREAM size limit exceeded. ERROR")


@pytest.fixture
def held(person, settings, closed_port):
    settings.CLAMD, settings.SCANNER_DOWN = closed_port, "hold"
    with pytest.raises(Held) as stopped:
        take_in(person, data=REPORT.encode(), name="a.txt")
    return stopped.value.held


def test_a_file_is_held_apart_where_the_installation_says_so(held, person):
    assert not Document.objects.exists()
    assert held.path.read_bytes() == REPORT.encode()
    assert held.path.parent.stat().st_mode & 0o077 == 0
    with pytest.raises(Held):
        take_in(person, data=REPORT.encode(), name="a.txt")
    assert HeldFile.objects.count() == 1


def test_a_marked_file_is_not_even_held(person, settings, closed_port):
    settings.CLAMD, settings.SCANNER_DOWN = closed_port, "hold"
    with pytest.raises(vanban.DocumentError) as refused:
        take_in(person, data=f"MẬT\n{REPORT}".encode(), name="a.txt")
    assert refused.value.code == "secret"
    assert not HeldFile.objects.exists()


def test_who_releases_takes_it_in_for_who_brought_it(
    held, secretary, person, django_capture_on_commit_callbacks
):
    with pytest.raises(GateRefused):
        release_held(secretary, held, reason="")
    with django_capture_on_commit_callbacks(execute=True):
        taken = release_held(secretary, held, reason=REASON)
    assert taken.document.added_by == person
    assert not held.path.exists()
    entry = AuditEntry.objects.get(action="gate.release")
    assert (entry.actor, entry.reason) == (secretary, REASON)
    with pytest.raises(GateRefused):
        release_held(secretary, held, reason=REASON)


def test_what_the_scanner_finds_later_is_not_released(held, secretary, settings, clamd):
    settings.CLAMD = clamd
    held.path.write_bytes(EICAR)
    with pytest.raises(vanban.DocumentError) as refused:
        release_held(secretary, held, reason=REASON)
    assert refused.value.code == "infected"
    held.refresh_from_db()
    assert held.state == "held"


def test_what_is_destroyed_is_gone_and_its_row_stays(
    held, secretary, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        destroy_held(secretary, held, reason=REASON)
    held.refresh_from_db()
    assert (held.state, held.path.exists()) == ("destroyed", False)
    with pytest.raises(GateRefused):
        destroy_held(secretary, held, reason=REASON)
