"""A backup holds everything, comes back compared, and is refused where it would do harm."""

import ast
import gzip
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest
from django.db import connection

from tests.installation import Installation

ROOT = Path(__file__).resolve().parents[3]
COUNTS = """
import django; django.setup()
from django.apps import apps
print({m._meta.db_table: m.objects.count() for m in apps.get_models()})
"""
EVERYTHING = """
import sys; sys.path.insert(0, sys.argv[1])
import django; django.setup()
from tests.diemcau.everything import make_everything
make_everything()
"""
ON_SQLITE = pytest.mark.skipif(
    "connection.vendor != 'sqlite'", reason="what it asks does not depend on the database"
)


def files_of(one):
    root = one.home / "files" / "documents"
    return {p.relative_to(root): p.read_bytes() for p in root.rglob("*") if p.is_file()}


def test_everything_comes_back_and_the_same_backup_is_made_of_it(
    filled, backup, new_installation, tmp_path
):
    empty = new_installation()
    done = empty.run("restore", str(backup), "--verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "✓ every table, every file and the log are as they were backed up" in done.stdout
    assert re.search(r"Recovery time: \d+\.\d s", done.stdout)
    assert files_of(empty) == files_of(filled)
    assert len(files_of(empty)) == 2
    assert empty.do(COUNTS) == filled.do(COUNTS)
    # What the rows mean is the same too: the digests of a second backup agree, but for sessions.
    again = tmp_path / "again.tar"
    assert empty.run("backup", str(again)).returncode == 0
    assert end_of(again)["tables"] == end_of(backup)["tables"]
    assert end_of(again)["audit"] == end_of(backup)["audit"]
    # A new row gets a number that was never given.
    assert empty.do(
        "import django; django.setup();"
        "from diemcau.accounts.models import User; print(User.objects.create(username='x').pk)"
    ).strip() == str(filled_accounts(filled) + 1)


def test_what_people_did_with_it_comes_back_too(new_installation, tmp_path):
    used, empty, path = new_installation(), new_installation(), tmp_path / "b.tar"
    assert used.run("prepare").returncode == 0
    used.do(EVERYTHING, str(ROOT))
    assert used.run("backup", str(path)).returncode == 0
    done = empty.run("restore", str(path), "--verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert empty.do(COUNTS) == used.do(COUNTS)
    assert ast.literal_eval(used.do(COUNTS))["delivery_assignment"] > 1


def filled_accounts(one):
    return int(
        one.do(
            "import django; django.setup();"
            "from diemcau.accounts.models import User; print(User.objects.count())"
        )
    )


def end_of(path):
    with tarfile.open(path) as tar:
        return json.load(tar.extractfile("end.json"))


def test_a_backup_of_one_database_comes_back_in_the_other(backup, tmp_path):
    if connection.vendor != "postgresql":
        pytest.skip("needs both databases: DIEMCAU_TEST_DB=postgres")
    other = Installation(tmp_path / "sqlite")
    done = other.run("restore", str(backup), "--verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "every table, every file and the log" in done.stdout


def test_it_goes_into_an_empty_place_only_and_leaves_a_full_one_alone(filled, backup):
    before = filled.do(COUNTS)
    done = filled.run("restore", str(backup), "--verify")
    assert done.returncode == 1
    assert "is not empty" in done.stdout
    assert "không trống" in done.stdout
    assert filled.do(COUNTS) == before
    assert len(files_of(filled)) == 2


@ON_SQLITE
def test_a_backup_is_not_written_over_a_file_and_is_for_its_owner_only(filled, backup):
    assert backup.stat().st_mode & 0o077 == 0
    before = backup.read_bytes()
    done = filled.run("backup", str(backup))
    assert done.returncode == 1
    assert "not overwritten" in done.stdout
    assert backup.read_bytes() == before
    said, name = backup.with_name("b.tar.sha256").read_text().split()
    assert name == "b.tar"
    check = subprocess.run(["sha256sum", "-c", "b.tar.sha256"], cwd=backup.parent, check=False)
    assert (check.returncode, len(said)) == (0, 64)


@ON_SQLITE
def test_a_folder_keeps_the_newest(filled, tmp_path):
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in ("20200101", "20210101"):
        (folder / f"diemcau-{day}T000000Z.tar").touch()
    assert filled.run("backup", str(folder), "--keep", "2").returncode == 0
    names = sorted(p.name for p in folder.glob("*.tar"))
    assert len(names) == 2
    assert names[0] == "diemcau-20210101T000000Z.tar"


@ON_SQLITE
def test_no_session_is_in_a_backup(filled, tmp_path):
    (cookie,) = filled.sign_in(1)
    path = tmp_path / "s.tar"
    assert filled.run("backup", str(path)).returncode == 0
    with tarfile.open(path) as tar:
        assert not [m.name for m in tar if "session" in m.name]
        for member in tar:
            assert cookie[1].encode() not in tar.extractfile(member).read()


def cut(data):
    return data[: len(data) // 2]


def flipped(data):
    """One bit of a stored file is another."""
    at = data.index("chủ trì hội nghị".encode())
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def nothing(data):
    return b"not a tar at all" * 100


@ON_SQLITE
@pytest.mark.parametrize(
    ("harm", "said"),
    [(cut, "cut short|damaged"), (flipped, "damaged at documents/"), (nothing, "is no backup")],
)
def test_a_damaged_backup_is_refused_and_nothing_stays(
    backup, new_installation, tmp_path, harm, said
):
    bad = tmp_path / "bad.tar"
    bad.write_bytes(harm(backup.read_bytes()))
    empty = new_installation()
    done = empty.run("restore", str(bad))
    assert done.returncode == 1
    assert re.search(said, done.stdout), done.stdout
    assert "Traceback" not in done.stderr
    assert not list((empty.home / "files").rglob("*.txt"))
    # The same place takes a good one.
    assert empty.run("restore", str(backup), "--verify").returncode == 0


@ON_SQLITE
def test_a_path_that_leaves_the_store_is_refused(backup, new_installation, tmp_path):
    bad = tmp_path / "bad.tar"
    with tarfile.open(backup) as good, tarfile.open(bad, "w") as tar:
        for member in good:
            data = good.extractfile(member)
            if member.name.startswith("files/"):
                member.name = "files/../../evil.txt"
            tar.addfile(member, data)
    empty = new_installation()
    done = empty.run("restore", str(bad))
    assert done.returncode == 1
    assert "damaged" in done.stdout
    assert not list(tmp_path.rglob("evil.txt"))


@ON_SQLITE
def test_a_backup_of_a_later_program_is_refused_by_name(backup, new_installation, tmp_path):
    later = tmp_path / "later.tar"
    with tarfile.open(backup) as good, tarfile.open(later, "w") as tar:
        for member in good:
            data = good.extractfile(member).read()
            if member.name == "begin.json":
                begin = json.loads(data)
                begin["migrations"].append(["documents", "0099_from_later"])
                data = json.dumps(begin).encode()
                member.size = len(data)
            tar.addfile(member, io.BytesIO(data))
    done = new_installation().run("restore", str(later))
    assert done.returncode == 1
    assert "documents.0099_from_later" in done.stdout


def test_an_interrupted_restore_is_known_and_cleared_by_the_next(backup, new_installation):
    """The process is killed while it fills the tables."""
    one = new_installation()
    code = (
        "import os, sys, django; django.setup();"
        "from pathlib import Path; from diemcau.operation.restore import restore\n"
        "def progress(what, done, n):\n"
        "    if what == 'bytes': os.kill(os.getpid(), 9)\n"
        "restore(Path(sys.argv[1]), verify=False, progress=progress)"
    )
    killed = subprocess.run(
        [sys.executable, "-c", code, str(backup)], env=one.env, capture_output=True, check=False
    )
    assert killed.returncode == -9
    check = one.run("check")
    assert check.returncode == 1
    assert "A restore was interrupted" in check.stdout
    done = one.run("restore", str(backup), "--verify")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "A restore was interrupted" not in one.run("check").stdout


@ON_SQLITE
def test_a_file_that_is_missing_or_rotten_is_said_and_the_rest_is_kept(filled, tmp_path):
    first, second = sorted((filled.home / "files" / "documents").rglob("*.txt"))
    first.unlink()
    second.write_bytes(b"rotten")
    done = filled.run("backup", str(tmp_path / "b.tar"))
    assert done.returncode == 1
    assert f"missing: documents/{first.parent.name}/{first.name}" in done.stdout
    assert f"its name says: documents/{second.parent.name}/{second.name}" in done.stdout
    assert (tmp_path / "b.tar").exists()
    check = filled.run("check")
    assert check.returncode == 1
    assert "1 files are missing and 1 have another size" in check.stdout


@ON_SQLITE
def test_a_row_or_an_entry_changed_after_the_restore_is_found(backup, new_installation):
    """What `--verify` compares is the database, not what was just read."""
    one = new_installation()
    code = (
        "import sys, django; django.setup();"
        "from pathlib import Path; from diemcau.operation import restore as r\n"
        "from diemcau.documents.models import Document\n"
        "verify = r._verify\n"
        "def meddle(*args):\n"
        "    Document.objects.update(title='khác')\n"
        "    verify(*args)\n"
        "r._verify = meddle\n"
        "done = r.restore(Path(sys.argv[1]), verify=True, progress=lambda *a: None)\n"
        "print([d.en for d in done.differences])"
    )
    assert "table documents_document: its content differs" in one.do(code, str(backup))


@ON_SQLITE
def test_writers_are_not_stopped_by_a_backup(filled, tmp_path):
    """The snapshot is taken while another connection writes and commits."""
    database = sqlite3.connect(filled.home / "diemcau.sqlite3", timeout=0.1)
    database.execute("BEGIN IMMEDIATE")
    database.execute("UPDATE accounts_user SET first_name = 'not committed'")
    path = tmp_path / "b.tar"
    assert filled.run("backup", str(path)).returncode == 0
    database.rollback()
    with tarfile.open(path) as tar:
        for member in tar:
            if "accounts_user/" in member.name:
                rows = gzip.decompress(tar.extractfile(member).read())
                assert b"not committed" not in rows


@ON_SQLITE
def test_a_full_disk_leaves_no_half_backup(filled, tmp_path):
    if os.geteuid() != 0:
        pytest.skip("mounts a small disk, which root may")
    small = tmp_path / "small"
    small.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", str(small)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("this machine mounts no tmpfs")
    try:
        done = filled.run("backup", str(small / "b.tar"))
        assert done.returncode == 1
        assert "The disk is full" in done.stdout
        assert list(small.iterdir()) == []
    finally:
        subprocess.run(["umount", str(small)], check=True)
    shutil.rmtree(small, ignore_errors=True)
