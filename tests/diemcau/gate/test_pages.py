"""The pages of the gate: who sees them, what a decision does, how large a request may be."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.documents.models import Document
from diemcau.gate.actions import record_paper
from diemcau.gate.models import HeldFile, PaperRecord, Stop
from tests.diemcau.people import signed_in
from tests.diemcau.readings import REPORT
from vanban.loaders.limits import FILE_LIMIT

SECRET = f"TỐI MẬT\n{REPORT}".encode()
REASON = "Dấu trên bản mẫu tập huấn"
UPLOAD = reverse("upload")


def file(data=SECRET, name="b.txt"):
    return SimpleUploadedFile(name, data)


def send(client, *files, **more):
    return client.post(UPLOAD, {"files": files}, **more)


def decide(client, stop, **typed):
    return client.post(reverse("decide_stop", args=[stop.pk]), typed)


def test_a_stopped_file_is_said_with_its_decision_and_the_others_go_in(coordinator):
    page = send(coordinator, file(), file(REPORT.encode(), "a.txt")).content.decode()
    assert "TỐI MẬT" in page
    assert reverse("decide_stop", args=[Stop.objects.get().pk]) in page
    assert Document.objects.count() == 1


def test_the_decision_takes_the_file_in_where_it_comes_with_it(coordinator):
    send(coordinator, file())
    stop = Stop.objects.get()
    wrong = decide(coordinator, stop, decision="open", reason=REASON, file=file(b"Khac"))
    assert wrong.status_code == 422
    assert Stop.objects.get().decision == "waiting"
    taken = decide(coordinator, stop, decision="open", reason=REASON, file=file())
    assert taken.status_code == 302
    assert Document.objects.get().name == "b.txt"


def test_a_decision_without_the_file_lets_it_in_the_next_time(coordinator):
    send(coordinator, file())
    decide(coordinator, Stop.objects.get(), decision="open", reason=REASON)
    assert not Document.objects.exists()
    send(coordinator, file())
    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"decision": "open", "reason": "x"},
        {"decision": "paper", "issuer": "Bộ Ngoại giao"},
        {"decision": "paper", "issuer": "A", "kept_at": "B", "issued_on": "31/2/2025"},
        {"decision": "paper", "issuer": "A" * 300, "kept_at": "B"},
    ],
)
def test_a_decision_that_lacks_something_is_answered_and_changes_nothing(coordinator, typed):
    send(coordinator, file())
    stop = Stop.objects.get()
    answer = decide(coordinator, stop, **typed)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.content.decode()
    assert Stop.objects.get().decision == "waiting"
    assert not PaperRecord.objects.exists()


def test_a_paper_stands_in_the_list_of_documents(coordinator):
    send(coordinator, file())
    typed = {"number": "15/BC-BNG-m", "issued_on": "5/3/2025", "issuer": "Bộ Ngoại giao"}
    decide(coordinator, Stop.objects.get(), decision="paper", kept_at="Tủ 3", **typed)
    page = coordinator.get(reverse("documents"), {"q": "bo ngoai giao"}).content.decode()
    assert "15/BC-BNG-m" in page
    assert "Tủ 3" in page
    assert "15/BC-BNG-m" not in coordinator.get(reverse("documents"), {"q": "x"}).content.decode()


def test_a_paper_is_recorded_without_a_file(reporter):
    answer = reporter.post(reverse("papers"), {"issuer": "Bộ Công Thương"})
    assert answer.status_code == 422
    reporter.post(reverse("papers"), {"issuer": "Bộ Công Thương", "kept_at": "Phòng 204"})
    assert PaperRecord.objects.get().kept_at == "Phòng 204"
    assert AuditEntry.objects.get(action="gate.record_paper").actor == reporter.person


def test_who_may_not_decide_is_not_asked_to(reporter):
    page = send(reporter, file()).content.decode()
    assert 'value="open"' not in page
    assert decide(reporter, Stop.objects.get(), decision="open", reason=REASON).status_code == 403


def test_the_page_says_when_nobody_else_could_decide_and_asks_a_second_person_else(secretariat):
    send(secretariat, file())
    stop = Stop.objects.get()
    address = reverse("stop", args=[stop.pk])
    page = secretariat.get(address).content.decode()
    assert "you decide alone" in page
    assert 'value="open"' in page
    other = signed_in(Role.ADMINISTRATOR, "en")
    page = secretariat.get(address).content.decode()
    assert "A second person says that it is not secret" in page
    assert 'value="open"' not in page
    assert decide(secretariat, stop, decision="open", reason=REASON).status_code == 403
    page = other.get(address).content.decode()
    assert 'value="open"' in page
    assert "alone" not in page
    assert decide(other, stop, decision="open", reason=REASON).status_code == 302


@pytest.mark.parametrize("name", ["stops", "held", "papers"])
def test_a_stranger_is_asked_to_sign_in(db, name):
    assert Client().get(reverse(name)).status_code == 302


def test_each_page_is_for_its_people(reporter, secretariat):
    assert reporter.get(reverse("stops")).status_code == 200
    assert reporter.get(reverse("held")).status_code == 403
    assert secretariat.get(reverse("held")).status_code == 200


@pytest.mark.parametrize("n", [1, 3])
def test_the_lists_ask_as_much_for_three_as_for_one(
    secretariat, n, django_assert_num_queries, settings, closed_port
):
    send(secretariat, *(file(SECRET + b"." * i) for i in range(n)))
    for i in range(n):
        record_paper(None, number=str(i), issued_on=None, issuer="A", kept_at="B")
    settings.CLAMD, settings.SCANNER_DOWN = closed_port, "hold"
    send(secretariat, *(file(REPORT.encode() + b"." * i) for i in range(n)))
    for name, most in {"stops": 5, "held": 5, "papers": 5}.items():
        secretariat.get(reverse(name))
        with django_assert_num_queries(most):
            page = secretariat.get(reverse(name)).content.decode()
        assert page.count("data-row") == n, name


def test_a_held_file_is_released_on_its_page(secretariat, settings, closed_port):
    settings.CLAMD, settings.SCANNER_DOWN = closed_port, "hold"
    page = send(secretariat, file(REPORT.encode(), "a.txt")).content.decode()
    assert "held apart" in page
    held = HeldFile.objects.get()
    address = reverse("decide_held", args=[held.pk])
    secretariat.post(address, {"decision": "release", "reason": "x"})
    assert not Document.objects.exists()
    secretariat.post(address, {"decision": "release", "reason": REASON})
    assert Document.objects.get().name == "a.txt"


def test_what_the_file_tells_is_said_to_who_brings_it(coordinator):
    import docx

    made = docx.Document()
    made.core_properties.author = "Nguyễn Thị Bình"
    made.add_paragraph(REPORT)
    out = io.BytesIO()
    made.save(out)
    page = send(coordinator, file(out.getvalue(), "a.docx")).content.decode()
    assert "The file names its author: Nguyễn Thị Bình." in page
    document = reverse("document", args=[Document.objects.get().pk])
    assert "Nguyễn Thị Bình" in coordinator.get(document).content.decode()


def test_a_file_over_the_limit_is_refused_and_the_others_go_in(coordinator):
    page = send(
        coordinator, file(b"a" * (FILE_LIMIT + 1), "to.txt"), file(REPORT.encode(), "a.txt")
    )
    assert "the limit is 15 MB" in page.content.decode()
    assert Document.objects.count() == 1


@pytest.mark.parametrize(("name", "size"), [("upload", 301), ("papers", 6)])
def test_a_request_that_says_it_is_too_large_is_not_read(coordinator, name, size):
    class Unread(io.BytesIO):
        def read(self, *_):
            raise AssertionError("read")

    answer = coordinator.generic(
        "POST",
        reverse(name),
        content_type="multipart/form-data; boundary=x",
        **{"wsgi.input": Unread(), "CONTENT_LENGTH": str((size + 100) * 1024 * 1024)},
    )
    assert answer.status_code == 413
    assert "Nothing was stored" in answer.content.decode()


def test_who_has_not_signed_in_may_send_little(db):
    answer = Client().post(reverse("login"), {"username": "a" * 70_000})
    assert answer.status_code == 413


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("a.hta", "a.hta.txt"),
        ("../../etc/passwd", "passwd.txt"),
        ("a\u202etxt.exe", "atxt.exe.txt"),
        ("a.txt", "a.txt"),
        ("x" * 300 + ".js", None),
        ("..", None),
    ],
)
def test_a_download_has_an_ending_that_fits_its_content(coordinator, name, kept):
    from diemcau.review.intake import take_in

    document = take_in(None, data=REPORT.encode(), name=name).document
    assert document.name == kept or (kept is None and document.name.endswith(".txt"))
    answer = coordinator.get(reverse("document_file", args=[document.pk]))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Type"] == "application/octet-stream"
    assert "sandbox" in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == REPORT.encode()
