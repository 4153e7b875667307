"""Health and measurements for machines; a page, not a traceback, while the database is away."""

import re

import pytest
from django.db import InternalError, OperationalError, connection
from django.test import Client, override_settings

from diemcau.web.operation.trouble import is_passing

pytestmark = pytest.mark.django_db


@pytest.fixture
def stranger():
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("path", ["song", "san-sang"])
def test_health_asks_for_no_log_in_and_says_nothing_else(stranger, path):
    answer = stranger.get(f"/suc-khoe/{path}")
    assert answer.status_code == 200
    assert list(answer.json().values()) == [True]
    assert "no-cache" in answer["Cache-Control"]
    assert "sessionid" not in answer.cookies
    assert stranger.post(f"/suc-khoe/{path}").status_code == 405


def test_live_asks_the_database_nothing(stranger, django_assert_num_queries):
    with django_assert_num_queries(0):
        stranger.get("/suc-khoe/song")


@pytest.fixture
def broken(monkeypatch):
    """The database refuses every statement."""

    def break_with(problem):
        def refuse(*args):
            raise problem

        return connection.execute_wrapper(refuse)

    return break_with


def test_not_ready_without_its_database_and_alive_all_the_same(stranger, broken):
    with broken(OperationalError("connection refused to 10.0.0.1")):
        ready = stranger.get("/suc-khoe/san-sang")
        assert ready.status_code == 503
        assert ready.json() == {"ready": False}
        assert stranger.get("/suc-khoe/song").status_code == 200
        said = stranger.get("/suc-khoe/so-do", REMOTE_ADDR="127.0.0.1").content.decode()
    assert "diemcau_database_up 0.0" in said
    assert stranger.get("/suc-khoe/san-sang").status_code == 200


def test_a_page_says_that_the_service_is_away_in_both_languages(stranger, broken):
    with broken(OperationalError("database is locked")):
        answer = stranger.post("/dang-nhap", {"username": "lan", "password": "x"})
    page = answer.content.decode()
    assert answer.status_code == 503
    assert answer["Retry-After"] == "10"
    assert "tạm thời chưa phục vụ được" in page
    assert "was not stored" in page
    assert answer["X-Request-ID"] in page
    assert "locked" not in page
    assert "Traceback" not in page


def test_a_fault_of_the_program_is_not_called_passing(stranger, broken):
    with broken(ValueError("of ours")):
        answer = stranger.post("/dang-nhap", {"username": "lan", "password": "x"})
    assert answer.status_code == 500
    assert "Chương trình gặp lỗi" in answer.content.decode()
    assert answer["X-Request-ID"] in answer.content.decode()


def test_which_failures_pass():
    read_only = InternalError()
    read_only.__cause__ = type("Refused", (Exception,), {"sqlstate": "25006"})()
    assert is_passing(read_only)
    assert is_passing(OSError(28, "No space left on device"))
    assert not is_passing(InternalError())
    assert not is_passing(OSError(2, "No such file"))
    assert not is_passing(None)


def test_the_number_of_a_request_is_taken_over_from_the_proxy_if_it_is_one(stranger):
    given = "0123456789abcdef"
    assert stranger.get("/suc-khoe/song", headers={"X-Request-ID": given})["X-Request-ID"] == given
    for odd in ("", "Lan", "<script>", "a" * 65):
        made = stranger.get("/suc-khoe/song", headers={"X-Request-ID": odd})["X-Request-ID"]
        assert re.fullmatch("[0-9a-f]{32}", made)


@pytest.mark.parametrize(
    ("asked", "status"),
    [
        ({"REMOTE_ADDR": "127.0.0.1"}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "10.1.2.3"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": "10.1.2.3"}, 404),
    ],
)
def test_measurements_are_for_this_machine(stranger, asked, status):
    assert stranger.get("/suc-khoe/so-do", **asked).status_code == status


@override_settings(METRICS_TOKEN="s3cret")
@pytest.mark.parametrize(("said", "status"), [("", 404), ("Bearer x", 404), ("Bearer s3cret", 200)])
def test_or_for_who_has_the_token(stranger, said, status):
    asked = {"REMOTE_ADDR": "10.1.2.3", "HTTP_AUTHORIZATION": said}
    assert stranger.get("/suc-khoe/so-do", **asked).status_code == status


def test_requests_are_counted_by_route_and_not_by_address(stranger):
    def count():
        text = stranger.get("/suc-khoe/so-do", REMOTE_ADDR="127.0.0.1").content.decode()
        found = re.search(
            r'diemcau_requests_total\{method="GET",route="login",status="200"\} (\S+)', text
        )
        return text, float(found[1]) if found else 0.0

    _text, before = count()
    stranger.get("/dang-nhap?next=/nguoi/Nguyen-Thi-Lan")
    stranger.get("/khong-co/Nguyen-Thi-Lan")
    text, after = count()
    assert after == before + 1
    assert 'route="none",status="404"' in text
    assert "Lan" not in text
    for name in ("database_up 1.0", "disk_free_bytes", "statements_waiting 0.0"):
        assert f"diemcau_{name}" in text
