"""`diemcau run`: reads a folder, keeps the first log-in, serves, stops cleanly, runs again."""

import os
import re
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from django.conf import settings

from diemcau.accounts.models import Role, User
from diemcau.accounts.rules import roles_of
from diemcau.commands.first_login import first_login, first_login_note
from diemcau.commands.run import read_folder, read_outdated, run
from diemcau.documents.models import Document, Reading
from tests.diemcau.readings import REPORT

WAIT_SECONDS = 90


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "docs"
    (folder / "con").mkdir(parents=True)
    (folder / "a.txt").write_text(REPORT)
    (folder / "con" / "b.txt").write_text(REPORT + "\n")
    (folder / "hong.pdf").write_bytes(b"%PDF-1.4 cut")
    (folder / "rong.txt").write_bytes(b"")
    (folder / "README.md").write_text("not a document")
    (folder / ".an.txt").write_text("hidden")
    return folder


@pytest.mark.django_db
def test_a_folder_is_read_file_by_file_and_a_bad_one_stops_nothing(folder, capsys):
    read_folder(folder)
    first = capsys.readouterr().out
    assert re.search(r"1/4  a\.txt: .*\(\d+,\d\d giây\)", first)
    assert "con/b.txt" in first
    assert "“a.txt”" in first  # its near copy
    assert "«hong.pdf»" in first
    assert "«rong.txt»" in first
    assert "2 tệp mới, 0 tệp đã có, 2 tệp không đọc được" in first
    assert Document.objects.count() == 2
    read_folder(folder)
    assert "a.txt: đã có" in (again := capsys.readouterr().out)
    assert "0 tệp mới, 2 tệp đã có" in again
    assert Reading.objects.count() == 2


@pytest.mark.django_db
def test_a_newer_reader_reads_what_is_there_again(folder, capsys):
    read_folder(folder)
    capsys.readouterr()
    read_outdated()
    assert capsys.readouterr().out == ""
    Reading.objects.update(engine_version="older")
    read_outdated()
    assert re.search(r"1/2  a\.txt: \d+ mục như cũ, 0 mới, 0 không còn", capsys.readouterr().out)
    read_outdated()
    assert capsys.readouterr().out == ""


def test_a_folder_that_is_not_there_is_said(tmp_path, capsys):
    read_folder(tmp_path / "none")
    assert "Không có thư mục" in capsys.readouterr().out


@pytest.mark.django_db
def test_the_first_login_is_kept_until_its_password_changes():
    name, password = first_login()
    person = User.objects.get()
    assert (person.username, roles_of(person)) == (name, {Role.ADMINISTRATOR})
    assert person.check_password(password)
    assert stat.S_IMODE(first_login_note().stat().st_mode) == 0o600
    assert first_login() == (name, password)
    person.set_password("mot-mat-khau-moi-2025")
    person.save()
    assert first_login() is None
    assert not first_login_note().exists()
    assert User.objects.count() == 1


def test_a_port_in_use_is_said_before_anything_is_done(capsys):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        assert run(docs="none", host="127.0.0.1", port=port) == 1
    assert f"PORT={port + 1}" in capsys.readouterr().out


def start(home, folder, port, source=settings.PACKAGE.parent):
    return subprocess.Popen(
        [sys.executable, "-m", "diemcau", "run", "--docs", str(folder), "--port", str(port)],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(source),
            "PYTHONUNBUFFERED": "1",
            "DIEMCAU_HOME": str(home),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def until_open(port):
    end = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/dang-nhap", timeout=5) as page:
                return page.read().decode()
        except OSError:
            assert time.monotonic() < end
            time.sleep(0.2)


def test_the_first_run_of_a_fresh_clone_speaks_vietnamese(tmp_path):
    package = settings.PACKAGE
    leave = shutil.ignore_patterns("*.mo", "__pycache__")
    shutil.copytree(package, tmp_path / "diemcau", ignore=leave)
    (tmp_path / "vanban").symlink_to(package.parent / "vanban")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = start(tmp_path / "home", tmp_path / "none", port, source=tmp_path)
    page = until_open(port)
    os.killpg(server.pid, signal.SIGINT)
    server.communicate(timeout=WAIT_SECONDS)
    assert re.search(r"<title>\s*Đăng nhập", page)


def test_two_runs_from_nothing_serve_stop_at_ctrl_c_and_lose_nothing(folder, tmp_path):
    home = tmp_path / "home"
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    logins = []
    for expected in ("2 tệp mới", "2 tệp đã có"):
        server = start(home, folder, port)
        assert "password" in until_open(port)
        # Ctrl-C reaches every process of the group, as in a terminal.
        os.killpg(server.pid, signal.SIGINT)
        out, _ = server.communicate(timeout=WAIT_SECONDS)
        assert server.returncode == 0, out
        assert expected in out
        assert "Traceback" not in out
        assert out.count("Đã dừng máy chủ") == 1
        assert f"http://127.0.0.1:{port}/" in out
        logins.append(re.search(r"Mật khẩu / Password: (\S+)", out)[1])
    assert logins[0] == logins[1]
    assert Path(home, "first-login.txt").read_text().split()[1] == logins[0]
