"""Nothing about a person and nothing of a text enters the log, whatever happens."""

import io
import json
import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from diemcau.accounts.models import Role, User
from diemcau.operation.logs import FIELDS, JsonLines, PlainLines
from tests.diemcau.people import give_role
from tests.diemcau.readings import REPORT

FORMS = [JsonLines(), PlainLines()]
SECRETS = ["hoanglan", "Hoàng Thị Lan", "lan@example.vn", "mat-khau-rat-dai", "đề án mật danh"]


@pytest.fixture
def log():
    """What every logger writes, in both forms."""
    root, made = logging.getLogger(), []
    for form in FORMS:
        handler = logging.StreamHandler(io.StringIO())
        handler.setFormatter(form)
        handler.setLevel(logging.DEBUG)
        root.addHandler(handler)
        made.append(handler)
    levels = {name: logging.getLogger(name).level for name in ("", "django", "diemcau.request")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.INFO)
    yield lambda: [handler.stream.getvalue() for handler in made]
    for handler in made:
        root.removeHandler(handler)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def person(db):
    one = User.objects.create_user(
        "hoanglan", "lan@example.vn", "mat-khau-rat-dai", first_name="Hoàng Thị Lan"
    )
    give_role(one, Role.COORDINATOR)
    return one


def test_a_day_of_work_leaves_lines_without_a_name_a_word_or_a_title(log, person, monkeypatch):
    client = Client(raise_request_exception=False)
    said = {"username": "hoanglan", "password": "mat-khau-rat-dai"}
    client.post("/dang-nhap", said | {"password": "sai"})
    client.post("/dang-nhap", said)
    client.force_login(person)
    client.get("/")
    client.get("/tim", {"q": "đề án mật danh"})
    client.get("/khong-co/Hoàng Thị Lan/đề án mật danh")
    client.get("/", headers={"host": "hoanglan.example"})
    file = SimpleUploadedFile("đề án mật danh.txt", REPORT.encode())
    client.post("/tai-lieu/tai-len", {"files": file})
    client.post("/tai-khoan/them", {"name": "Hoàng Thị Lan"})

    def fail(*args, **kwargs):
        try:
            raise LookupError("hoanglan lan@example.vn")
        except LookupError as inner:
            raise ValueError("đề án mật danh của Hoàng Thị Lan") from inner

    monkeypatch.setattr("diemcau.web.home.views.render", fail)
    assert client.get("/").status_code == 500
    monkeypatch.setattr("diemcau.review.outcomes.take_in", fail)
    file = SimpleUploadedFile("đề án mật danh.txt", REPORT.encode())
    client.post("/tai-lieu/tai-len", {"files": file})
    for text in log():
        assert text.count("builtins.ValueError") >= 1
        assert "home/views.py" in text
        for secret in SECRETS:
            assert secret.casefold() not in text.casefold()
            assert json.dumps(secret)[1:-1] not in text


def test_each_request_has_one_line_with_its_number_route_and_account(log, person):
    client = Client()
    client.force_login(person)
    answer = client.get("/so-theo-doi/?q=lan")
    lines = [json.loads(line) for line in log()[0].splitlines()]
    (line,) = [line for line in lines if line["logger"] == "diemcau.request"]
    assert line["request_id"] == answer["X-Request-ID"]
    assert (line["route"], line["method"], line["status"]) == ("tasks", "GET", 200)
    assert line["account"] == person.pk
    assert line["ms"] > 0


def record(message, args, *, name="somebody.elses", problem=None):
    info = (type(problem), problem, None) if problem else None
    return logging.LogRecord(name, logging.ERROR, "/x/site-packages/a/b.py", 7, message, args, info)


@given(
    words=st.text(st.characters(categories=["L"]), min_size=6),
    name=st.sampled_from(["django.request", "diemcau.web", "gunicorn.error", "other"]),
)
def test_what_is_put_into_a_message_stays_out_of_it_unless_it_is_a_number(words, name):
    secret = f"«{words}»"
    shapes = [
        ("%s: %s", (secret, 404)),
        ("%r and %s", ([secret], {"a": secret})),
        ("%(who)s", ({"who": secret},)),
        ("broken %d", (secret,)),
        (secret, ()) if name in ("django.request", "other") else ("plain", ()),
        (ValueError(secret), ()),
    ]
    for form in FORMS:
        for message, args in shapes:
            said = form.format(record(message, args, name=name, problem=KeyError(secret)))
            assert secret not in said
            assert json.dumps(secret)[1:-1] not in said
    assert "404" in JsonLines().format(record(*shapes[0], name=name))


def test_only_the_named_fields_are_taken_along():
    one = record("request", (), name="diemcau.request")
    one.title, one.status = "Đề án", 200
    said = json.loads(JsonLines().format(one))
    assert "title" not in said
    assert said["status"] == 200
    assert set(said) - {"at", "level", "logger", "event"} <= set(FIELDS)
