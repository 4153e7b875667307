"""The pages of documents: who sees them, what stands there, how many questions they ask."""

from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

import vanban
from diemcau.audit.models import AuditEntry
from diemcau.documents.models import Document, Statement
from diemcau.documents.reconcile import record_reading
from diemcau.documents.store import add_text_version
from tests.diemcau.readings import REPORT, read_by_hand, store_report

LIST, UPLOAD = reverse("documents"), reverse("upload")


def page(client, address, **more):
    response = client.get(address, **more)
    assert response.status_code == 200
    return response.content.decode()


def file(name, data):
    return SimpleUploadedFile(name, data)


def other_report(title="Một báo cáo khác", **more):
    text = f"{title}\n{REPORT}"
    return store_report(text, reading=read_by_hand(text), **more)


@pytest.mark.parametrize("name", ["documents", "upload", "review"])
def test_a_stranger_is_asked_to_sign_in(stranger, name):
    response = stranger.get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("login"))


def test_a_stranger_gets_neither_text_nor_file(stranger, report):
    for name in ("document", "document_file", "review_document"):
        assert stranger.get(reverse(name, args=[report.pk])).status_code == 302
    for name in ("statement", "review_card"):
        assert stranger.get(reverse(name, args=[report.statements.first().pk])).status_code == 302


def test_an_empty_list_teaches_and_offers_the_first_step_to_those_who_may(reporter, reader):
    assert f'href="{UPLOAD}"' in page(reporter, LIST)
    assert f'href="{UPLOAD}"' not in page(reader, LIST)


def test_the_list_shows_every_document_with_its_counts(reader, report):
    other_report(name="khac.txt")
    text = page(reader, LIST)
    assert report.title in text
    assert "khac.txt" in text
    assert text.count("0 of 9") == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=bao+cao+khac", {"khac"}),
        ("q=NGOẠI+GIAO+tong+ket", {"bao-cao"}),
        ("q=không+có", set()),
        ("show=to_review", {"khac", "bao-cao"}),
        ("show=reviewed", set()),
        ("show=copies", {"khac"}),
        ("show=nonsense&sort=nonsense&page=99", {"khac", "bao-cao"}),
    ],
)
def test_the_list_is_narrowed_by_its_address(reader, report, query, found):
    other_report(name="khac.txt")
    response = reader.get(f"{LIST}?{query}")
    assert {Path(one.name).stem for one, *_more in response.context["rows"]} == found


@pytest.mark.parametrize(
    ("sort", "order"),
    [
        ("added", ["b.txt", "a.txt"]),
        ("title", ["a.txt", "b.txt"]),
        ("event", ["a.txt", "b.txt"]),
        ("left", ["a.txt", "b.txt"]),
    ],
)
def test_the_list_is_sorted_by_its_address(reader, sort, order):
    other_report("Ấn Độ", name="a.txt")
    text = "Áo\n" + REPORT.replace("18/12/2024", "18/12/2023")
    second = store_report(
        text, name="b.txt", reading=read_by_hand(text, events={"date": "2023-12-18"})
    )
    Statement.objects.filter(document=second, kind="people").update(state="accepted")
    response = reader.get(f"{LIST}?sort={sort}")
    assert [one.name for one, *_more in response.context["rows"]] == order


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_as_many_questions_for_one_as_for_three(reader, django_assert_num_queries, n):
    for i in range(n):
        other_report(f"Báo cáo {i}")
    reader.get(LIST)
    # Where some are near copies, which originals may be seen is one question more.
    with django_assert_num_queries(8 + (n > 1)):
        reader.get(LIST)


@pytest.mark.parametrize("n", [1, 3])
def test_a_document_asks_as_many_questions_for_one_as_for_three(
    reader, django_assert_num_queries, n
):
    keys = ["people", "partners", "shortcomings"]
    without = {"events", "agreements", "growth", "mechanism", "quarterly", "instruments"}
    report = store_report(reading=read_by_hand(without=without | set(keys[n:])))
    address = reverse("document", args=[report.pk])
    reader.get(address)
    with django_assert_num_queries(11):
        reader.get(address)


def test_a_document_shows_its_text_once_and_marks_every_statement(reader, report):
    text = page(reader, reverse("document", args=[report.pk]))
    for statement in report.statements.all():
        assert text.count(f'id="s{statement.pk}"') == 1
        assert text.count(f'id="c{statement.pk}"') == 1
    assert "Hội nghị nhắc lại" in text


def test_a_statement_opens_its_document_at_its_sentence(reader, report, statement_with):
    statement = statement_with("cơ chế")
    response = reader.get(reverse("statement", args=[statement.pk]))
    assert response["Location"] == f"/tai-lieu/{report.pk}/?s={statement.pk}#s{statement.pk}"
    text = page(reader, response["Location"])
    assert f'class="tag k-tasks is-proposed here" id="s{statement.pk}"' in text


def test_a_statement_of_an_older_text_opens_that_text(reader, report, statement_with):
    statement = statement_with("cơ chế")
    Statement.objects.filter(pk=statement.pk).update(state="accepted")
    newer = read_by_hand("Lời đầu trang\n" + REPORT)
    record_reading(add_text_version(report, newer.document), newer, seconds=0)
    response = reader.get(reverse("statement", args=[statement.pk]))
    assert "v=1&" in response["Location"]
    assert f'id="s{statement.pk}"' in page(reader, response["Location"])
    newest = page(reader, reverse("document", args=[report.pk]))
    assert f'id="s{statement.pk}"' not in newest
    assert reverse("statement", args=[statement.pk]) in newest


def test_a_superseded_statement_still_opens(reader, report, statement_with):
    statement = statement_with("Brazil")
    Statement.objects.filter(pk=statement.pk).update(state="superseded")
    address = reverse("statement", args=[statement.pk])
    assert f'id="s{statement.pk}"' in page(reader, address, follow=True)


def test_the_text_of_a_document_is_never_markup(reader):
    text = "<script>alert(1)</script> & <b>đậm</b>\n" + REPORT
    report = store_report(text, name='"><img src=x>.txt', reading=read_by_hand(text))
    shown = page(reader, reverse("document", args=[report.pk]))
    assert "<script>alert" not in shown
    assert "<b>đậm" not in shown
    assert "<img src=x" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;đậm" in shown


def test_the_file_comes_back_as_a_download_as_it_was(reader, report):
    response = reader.get(reverse("document_file", args=[report.pk]))
    assert b"".join(response.streaming_content) == REPORT.encode()
    assert response["Content-Disposition"] == 'attachment; filename="bao-cao.txt"'
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]


def test_near_copies_name_each_other(reader, report):
    copy = store_report(REPORT + "\n", name="ban-sao.txt", reading=read_by_hand(REPORT + "\n"))
    assert "(100%)" in page(reader, reverse("document", args=[copy.pk]))
    assert "ban-sao.txt" in page(reader, reverse("document", args=[report.pk]))


def test_several_files_each_get_their_sentence(reporter):
    known = store_report(name="cu.txt")
    response = reporter.post(
        UPLOAD,
        {
            "files": [
                file("moi.txt", "Một văn bản mới về hợp tác.".encode()),
                file("cu-doi-ten.txt", REPORT.encode()),
                file("hong.txt", b"\x00\x01\x02\xff\xfe binary" * 50),
                file("rong.txt", b""),
            ]
        },
    )
    text = response.content.decode()
    assert response.status_code == 200
    assert text.count("<li") >= 4
    assert "Read: " in text
    assert f"“{known.name}”" in text
    assert "“hong.txt”" in text
    assert "“rong.txt”" in text
    assert Document.objects.count() == 2
    assert AuditEntry.objects.count() == 1
    assert AuditEntry.objects.get().origin == "web"


def test_a_refusal_is_said_in_the_language_of_the_page(reporter):
    with pytest.raises(vanban.DocumentError) as refused:
        vanban.load_bytes(b"%PDF-1.4 cut", name="a.pdf")
    for language, sentence in (("vi", refused.value.vi), ("en", refused.value.en)):
        reporter.cookies[settings.LANGUAGE_COOKIE_NAME] = language
        response = reporter.post(UPLOAD, {"files": file("a.pdf", b"%PDF-1.4 cut")})
        assert sentence in response.content.decode()


def test_sending_no_file_says_so(reporter):
    response = reporter.post(UPLOAD, {})
    assert 'role="alert"' in response.content.decode()


def test_who_only_reads_can_neither_add_nor_read_again(reader, report):
    assert reader.get(UPLOAD).status_code == 403
    assert reader.post(UPLOAD, {"files": file("a.txt", b"abc")}).status_code == 403
    assert reader.post(reverse("document_reread", args=[report.pk])).status_code == 403
    assert Document.objects.count() == 1


def test_reading_again_says_what_changed(coordinator, report, statement_with):
    Statement.objects.filter(pk=statement_with("cơ chế").pk).update(state="accepted")
    response = coordinator.post(reverse("document_reread", args=[report.pk]), follow=True)
    assert "Read again: " in response.content.decode()
    assert statement_with("cơ chế").state == "accepted"


def test_a_document_that_is_not_there_is_not_found(reader):
    for address in (
        reverse("document", args=[999]),
        reverse("statement", args=[999]),
        reverse("document_file", args=[999]),
    ):
        assert reader.get(address).status_code == 404


def test_who_is_refused_is_told_why_in_a_sentence(reader):
    answer = reader.get(UPLOAD).content.decode()
    assert "Your role (Reader) does not allow this; nothing was changed." in answer


def test_an_address_that_is_not_there_says_where_to_begin(reader):
    answer = reader.get("/khong-co").content.decode()
    assert "There is nothing at this address." in answer
    assert f'href="{LIST}"' in answer


def test_too_many_files_at_once_are_refused_in_a_sentence(reporter):
    files = [file(f"{i}.txt", b"abc") for i in range(101)]
    response = reporter.post(UPLOAD, {"files": files})
    assert response.status_code == 400
    assert "100" in response.content.decode()
    assert not Document.objects.exists()
