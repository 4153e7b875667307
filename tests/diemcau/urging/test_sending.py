"""The outbox against a mail server of this machine: up, down, slow, refusing; a worker killed."""

import asyncio
import datetime as dt
import email
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter

import pytest
from aiosmtpd.controller import Controller
from django.db import connection
from django.utils import timezone

from diemcau.urging.models import Kind, Letter, LetterState, Notice, Rule
from diemcau.urging.sending import send_letters, write_letter
from tests.diemcau.urging.conftest import MONDAY
from tests.diemcau.urging.test_urge import round_of

pytestmark = pytest.mark.django_db


class Post:
    """A mail server's memory, and how it behaves."""

    def __init__(self):
        self.taken, self.refused, self.wait = [], set(), 0.0

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refused:
            return "550 no such person here"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(self.wait)
        self.taken.append((envelope.rcpt_tos[0], email.message_from_bytes(envelope.content)))
        return "250 taken"


def _free_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.fixture
def post(settings):
    """A server that is up, and settings that lead to it."""
    kept, port = Post(), _free_port()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_HOST_USER = ""
    kept.controller = Controller(kept, hostname="127.0.0.1", port=port)
    kept.controller.start()
    yield kept
    if kept.controller.loop.is_running():
        kept.controller.stop()


@pytest.fixture
def waiting(house, settings):
    """Two mails of the day, made while no server was there to take them."""
    settings.EMAIL_BACKEND = "tests.diemcau.urging.away.Away"
    house.task("2026-03-01", last_word_at=MONDAY)
    house.task("2026-03-01", ref="bo-thu", last_word_at=MONDAY)
    round_of(house)
    assert {one.state for one in Letter.objects.all()} == {LetterState.WAITING}
    Letter.objects.update(attempts=0, not_before=MONDAY)
    return house


def test_each_letter_goes_out_once(waiting, post):
    assert send_letters() == {LetterState.SENT: 2}
    assert send_letters() == {}
    assert sorted(to for to, _message in post.taken) == [
        "chuyen-vien@example.vn",
        "thu-truong@example.vn",
    ]
    _to, message = post.taken[0]
    assert message["Message-ID"] == Letter.objects.order_by("pk").first().message_id
    assert message["Auto-Submitted"] == "auto-generated"
    text = message.get_payload(decode=True).decode()
    assert "vì quy tắc “Quá hạn”, bước 1, quá hạn 1 ngày" in text
    assert "https://diemcau.example/so-theo-doi/" in text


def test_a_mail_says_to_whom_whose_task_and_what_its_reader_can_do(house, post):
    late, later = house.task("2026-02-10", title="Việc muộn"), house.task("2026-01-10", title="Cũ")
    rule = Rule.objects.get(kind=Kind.LATE)
    letters = {}
    for person in (house.reporter, house.desk):
        letter = Letter.objects.create(
            person=person,
            is_digest=False,
            day=MONDAY.date(),
            message_id=f"<{person}>",
            not_before=MONDAY,
            made_at=MONDAY,
        )
        for task in (late, later):
            Notice.objects.create(
                task=task,
                rule=rule,
                kind=Kind.LATE,
                step=1,
                to="reporter",
                is_escalation=False,
                person=person,
                anchor=task.due_to,
                day=MONDAY.date(),
                days=20,
                made_at=MONDAY,
                letter=letter,
            )
        letters[person] = write_letter(letter).body
    assert letters[house.reporter].startswith("Kính gửi: chuyen-vien\n")
    for text in letters.values():
        assert text.index("1. Cũ") < text.index("2. Việc muộn")
        assert "Cơ quan thực hiện: Vụ Thử nghiệm" in text
    assert "Đề nghị báo cáo kết quả hoặc xin lùi hạn." in letters[house.reporter]
    assert "Đề nghị đôn đốc cơ quan thực hiện." in letters[house.desk]


def test_a_server_that_is_down_costs_one_attempt_and_the_letters_wait(waiting, post):
    post.controller.stop()
    assert send_letters() == {LetterState.WAITING: 1}
    tried = Letter.objects.get(attempts=1)
    assert "ConnectionRefusedError" in tried.last_error
    assert tried.not_before == MONDAY + dt.timedelta(minutes=2)
    assert Letter.objects.filter(state=LetterState.WAITING).count() == 2


def test_a_server_too_slow_is_one_that_is_down(waiting, post, settings):
    settings.EMAIL_TIMEOUT, post.wait = 0.2, 1.5
    assert send_letters() == {LetterState.WAITING: 1}
    assert "tim" in Letter.objects.get(attempts=1).last_error.lower()


def test_an_address_that_is_refused_ends_its_own_letter_only(waiting, post):
    post.refused.add("chuyen-vien@example.vn")
    assert send_letters() == {LetterState.FAILED: 1, LetterState.SENT: 1}
    failed = Letter.objects.get(state=LetterState.FAILED)
    assert failed.last_error == "550 no such person here"


def test_nothing_is_sent_at_night(waiting, post):
    waiting.clock.move_to(MONDAY + dt.timedelta(hours=13))
    assert send_letters() == {}
    assert post.taken == []


def test_a_letter_under_lease_is_left_alone_until_the_lease_is_over(waiting, post):
    one = Letter.objects.order_by("pk").first()
    until = timezone.now() + dt.timedelta(minutes=5)
    Letter.objects.filter(pk=one.pk).update(state=LetterState.SENDING, taken_until=until)
    assert send_letters() == {LetterState.SENT: 1}
    waiting.clock.shift(dt.timedelta(minutes=6))
    assert send_letters() == {LetterState.SENT: 1}
    ids = Counter(message["Message-ID"] for _to, message in post.taken)
    assert set(ids.values()) == {1}


_WORKER = """
import django, json, sys, time_machine, datetime as dt
from django.conf import settings
database, port, at = sys.argv[1:]
said = json.loads(database)
if "postgresql" in said["ENGINE"]:
    settings.DATABASES["default"]["OPTIONS"] = {}
settings.DATABASES["default"] |= said
django.setup()
settings.DEFAULT_FROM_EMAIL = "diem-cau@example.vn"
settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", int(port)
settings.SITE_URL = "https://diemcau.example"
settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
from diemcau.urging.sending import send_letters
with time_machine.travel(dt.datetime.fromisoformat(at), tick=True):
    send_letters()
"""


@pytest.mark.django_db(transaction=True)
def test_killed_in_the_middle_of_a_mail_run_none_is_lost_and_none_doubled(waiting, post, settings):
    post.wait = 3600.0
    held = connection.settings_dict
    database = json.dumps({key: str(held[key]) for key in ("ENGINE", "NAME", "USER", "HOST")})
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    env.pop("DIEMCAU_TEST_DB", None)
    worker = subprocess.Popen(
        [sys.executable, "-c", _WORKER, database, str(settings.EMAIL_PORT), MONDAY.isoformat()],
        env=env,
    )
    began = time.monotonic()
    while not Letter.objects.filter(state=LetterState.SENDING).exists():
        assert worker.poll() is None
        assert time.monotonic() - began < 60
        time.sleep(0.05)
    worker.send_signal(signal.SIGKILL)
    worker.wait()
    post.wait = 0.0
    assert send_letters() == {LetterState.SENT: 1}
    waiting.clock.shift(dt.timedelta(minutes=6))
    assert send_letters() == {LetterState.SENT: 1}
    ids = Counter(message["Message-ID"] for _to, message in post.taken)
    assert ids == Counter(Letter.objects.values_list("message_id", flat=True))
