"""The review page: what it shows, what its forms do with and without scripts, who may use them."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

import vanban
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import Echo
from diemcau.documents.models import Statement, StatementState
from diemcau.review.actions import accept_statement, reject_statement
from diemcau.review.corrections import shown_value
from diemcau.review.fields import FIELDS
from tests.diemcau.people import make_person
from tests.diemcau.readings import REPORT, read_by_hand, store_report
from vanban.records import Shortcoming

HTMX = {"HX-Request": "true"}


def page(client, address, **more):
    response = client.get(address, **more)
    assert response.status_code == 200
    return response.content.decode()


def review_of(report):
    return reverse("review_document", args=[report.pk])


def card_of(statement):
    return reverse("review_card", args=[statement.pk])


def decide(client, statement, verb, *, seen=0, headers=None, **more):
    data = {"verb": verb, "seen": seen} | more
    return client.post(card_of(statement), data, headers=headers or {})


def form_of(statement, **changes):
    """What the browser sends when the correction form is filled in."""
    values = {
        f.name.replace(".", "-"): shown_value(f, statement.values) for f in FIELDS[statement.kind]
    }
    return values | changes


def test_review_goes_to_the_first_document_that_waits(coordinator, report):
    assert coordinator.get(reverse("review"))["Location"] == review_of(report)


def test_review_says_when_there_is_nothing_to_do(coordinator, report):
    Statement.objects.update(state=StatementState.ACCEPTED)
    assert reverse("documents") in page(coordinator, reverse("review"))


def test_review_teaches_when_there_is_no_document(coordinator):
    assert reverse("upload") in page(coordinator, reverse("review"))


def test_the_page_shows_every_statement_with_its_values_and_buttons(coordinator, report):
    text = page(coordinator, review_of(report))
    assert text.count('value="accept"') == 9
    assert text.count('value="reject"') == 9
    assert "over 120" in text
    assert "30 Jun 2025" in text
    assert "0 of 9" in text


def test_who_may_not_confirm_sees_statements_without_buttons(reporter, report):
    text = page(reporter, review_of(report))
    assert 'value="accept"' not in text
    assert text.count('<li class="card') == 9


@pytest.mark.parametrize("verb", ["accept", "reject", "undo", "merge", "correct"])
def test_who_may_not_confirm_decides_nothing(reader, reporter, statement_with, verb):
    for client in (reader, reporter):
        assert decide(client, statement_with("cơ chế"), verb).status_code == 403
    assert not AuditEntry.objects.exists()


def test_who_may_not_confirm_accepts_no_batch(reporter, report):
    address = reverse("review_batch", args=[report.pk])
    assert reporter.post(address, {"minimum": "0", "kinds": ["tasks"]}).status_code == 403


def test_without_scripts_a_decision_leads_to_the_next_statement(
    coordinator, report, statement_with
):
    statement = statement_with("cơ chế")
    following = statement_with("hằng quý")
    response = decide(coordinator, statement, "accept")
    assert response["Location"] == f"{review_of(report)}?s={following.pk}#c{following.pk}"
    statement.refresh_from_db()
    assert statement.state == StatementState.ACCEPTED
    assert AuditEntry.objects.get().origin == "web"


def test_with_htmx_a_decision_answers_with_the_card_and_the_count(coordinator, statement_with):
    statement = statement_with("cơ chế")
    text = decide(coordinator, statement, "accept", headers=HTMX).content.decode()
    assert text.count('<li class="card') == 1
    assert f'id="c{statement.pk}"' in text
    assert 'data-state="accepted"' in text
    assert "1 of 9" in text
    assert "<html" not in text
    assert f'name="seen" value="{statement.version + 1}"' in text


def test_the_correction_form_comes_filled_in_and_keeps_what_was_typed(coordinator, statement_with):
    statement = statement_with("120")
    form = coordinator.get(f"{card_of(statement)}?mode=edit", headers=HTMX).content.decode()
    assert 'name="value" value="120"' in form
    assert '<option value="gt" selected>' in form
    for headers in (HTMX, {}):
        answer = decide(
            coordinator, statement, "correct", headers=headers, **form_of(statement, value="nhiều")
        )
        text = answer.content.decode()
        assert 'value="nhiều" aria-invalid="true"' in text
        assert "expected a number such as 1,234.5" in text
    statement.refresh_from_db()
    assert statement.state == StatementState.PROPOSED


def test_a_correction_shows_what_was_read_beside_it(coordinator, report, statement_with):
    statement = statement_with("120")
    decide(coordinator, statement, "correct", **form_of(statement, value="125"))
    text = page(coordinator, review_of(report))
    assert "over 125" in text
    assert "<del>over 120</del>" in text


def test_what_follows_the_words_of_a_task_in_its_sentence_stands_beside_them(
    coordinator, report, statement_with
):
    statement = statement_with("cơ chế")
    assert 'class="quiet rest"' not in page(coordinator, card_of(statement), headers=HTMX)
    half = len(statement.quote) // 2
    text = statement.quote
    Statement.objects.filter(pk=statement.pk).update(quote=text[:half], end=statement.start + half)
    for address in (review_of(report), card_of(statement)):
        shown = page(coordinator, address, headers=HTMX)
        assert f'<span class="quiet rest">{text[half:].strip()}' in shown


def test_a_missed_task_is_typed_from_the_review_and_from_the_register(coordinator, reader, report):
    form = f"{reverse('add_task')}?tai-lieu={report.pk}"
    assert f'href="{form}"' in page(coordinator, review_of(report))
    assert f'href="{reverse("add_task")}"' in page(coordinator, reverse("tasks"))
    assert str(report) in page(coordinator, form)
    for address in (review_of(report), reverse("tasks")):
        assert reverse("add_task") not in page(reader, address)


def test_without_scripts_the_forms_open_in_the_page(coordinator, report, statement_with):
    statement = statement_with("cơ chế")
    assert 'value="correct"' in page(coordinator, f"{review_of(report)}?edit={statement.pk}")
    assert 'value="merge"' in page(coordinator, f"{review_of(report)}?merge={statement.pk}")


def test_a_merge_points_to_the_statement_that_stays(coordinator, statement_with):
    statement, other = statement_with("cơ chế"), statement_with("hằng quý")
    decide(coordinator, statement, "merge", into=other.pk)
    statement.refresh_from_db()
    assert (statement.state, statement.merged_into) == (StatementState.MERGED, other)


def test_the_second_reviewer_is_told_on_the_card(coordinator, statement_with):
    statement = statement_with("cơ chế")
    accept_statement(make_person(name="Minh"), statement.pk)
    text = decide(coordinator, statement, "reject", headers=HTMX).content.decode()
    assert 'role="alert"' in text
    assert "Minh decided on this statement" in text
    assert 'data-state="accepted"' in text
    shown = decide(coordinator, statement, "reject")
    assert "Minh decided" in page(coordinator, shown["Location"])


def test_what_a_second_reviewer_typed_stays_beside_the_message(coordinator, statement_with):
    statement = statement_with("120")
    accept_statement(make_person(name="Minh"), statement.pk)
    for headers in (HTMX, {}):
        answer = decide(
            coordinator, statement, "correct", headers=headers, **form_of(statement, value="125")
        )
        text = answer.content.decode()
        assert "Minh decided on this statement" in text
        assert 'name="value" value="125"' in text
        assert "over 120" in text  # what holds now
        assert 'name="seen" value="1"' in text
    decide(coordinator, statement, "correct", seen=1, **form_of(statement, value="125"))
    statement.refresh_from_db()
    assert statement.corrected["value"] == 125


@pytest.mark.parametrize("verb", ["accept", "correct"])
def test_a_part_is_told_that_the_session_is_over(stranger, report, statement_with, verb):
    here = {"HX-Current-URL": f"http://testserver{review_of(report)}?kind=tasks"}
    answer = decide(stranger, statement_with("cơ chế"), verb, headers=HTMX | here)
    text = answer.content.decode()
    assert answer.status_code == 401
    assert "Phiên đã hết, <a " in text
    assert f"?next={quote(review_of(report) + '?kind=tasks', safe='')}" in text
    assert "<html" not in text
    assert "<form" not in text


def test_a_part_never_leads_out_of_the_installation(stranger, statement_with):
    for there in ("https://evil.example//evil.example/", "javascript:alert(1)", ""):
        answer = decide(
            stranger, statement_with("cơ chế"), "accept", headers=HTMX | {"HX-Current-URL": there}
        )
        assert "evil" not in answer.content.decode()
        assert '?next=%2F"' in answer.content.decode()


def test_a_part_without_its_token_is_told_so(coordinator, report, statement_with):
    client = Client(enforce_csrf_checks=True)
    headers = HTMX | {"HX-Current-URL": f"http://testserver{review_of(report)}"}
    assert decide(client, statement_with("cơ chế"), "accept", headers=headers).status_code == 401
    client.force_login(coordinator.person)
    answer = decide(client, statement_with("cơ chế"), "accept", headers=headers)
    assert answer.status_code == 403
    assert f'href="{review_of(report)}"' in answer.content.decode()
    page_of_its_own = decide(client, statement_with("cơ chế"), "accept")
    assert page_of_its_own.status_code == 403
    assert "<html" in page_of_its_own.content.decode()


def test_undo_puts_a_statement_back(coordinator, statement_with):
    statement = statement_with("cơ chế")
    decide(coordinator, statement, "reject")
    decide(coordinator, statement, "undo", seen=1)
    statement.refresh_from_db()
    assert statement.state == StatementState.PROPOSED


def test_an_unknown_verb_does_nothing(coordinator, statement_with):
    assert decide(coordinator, statement_with("cơ chế"), "explode").status_code == 302
    assert not AuditEntry.objects.exists()


def test_the_batch_form_counts_before_it_accepts(coordinator, report):
    count = reverse("review_batch_count", args=[report.pk])
    asked = {"minimum": "0.8", "kinds": ["tasks", "figures"]}
    assert "(3)" in page(coordinator, count, query_params=asked)
    assert "disabled" in page(coordinator, count, query_params={"minimum": "0.8"})
    coordinator.post(reverse("review_batch", args=[report.pk]), asked)
    text = page(coordinator, review_of(report))
    assert "Accepted 3 statements" in text
    assert "3 of 9" in text


def test_the_batch_form_takes_no_nonsense(coordinator, report):
    address = reverse("review_batch", args=[report.pk])
    coordinator.post(address, {"minimum": "all", "kinds": ["everything"]})
    assert not Statement.objects.filter(state=StatementState.ACCEPTED).exists()


def test_the_last_batch_is_undone_from_the_page(coordinator, report, statement_with):
    coordinator.post(
        reverse("review_batch", args=[report.pk]), {"minimum": "0", "kinds": ["tasks"]}
    )
    reject_statement(coordinator.person, statement_with("cơ chế").pk)
    address = re.search(
        r'action="(/ra-soat/loat/\d+/hoan-tac)"', page(coordinator, review_of(report))
    )
    text = coordinator.post(address[1], follow=True).content.decode()
    assert "Put 1 statement back. 1 was decided on again since" in text
    assert "already" in coordinator.post(address[1], follow=True).content.decode()


def test_what_a_batch_did_is_undone_from_its_message(coordinator, report):
    accepted = coordinator.post(
        reverse("review_batch", args=[report.pk]),
        {"minimum": "0", "kinds": ["tasks"]},
        follow=True,
    ).content.decode()
    message = accepted[accepted.index('<div class="note') : accepted.index("</div>\n    \n<div")]
    address = re.search(r'action="(/ra-soat/loat/\d+/hoan-tac)"', message)
    text = coordinator.post(address[1], follow=True).content.decode()
    assert "Put 2 statements back" in text
    assert "/hoan-tac" not in text


def test_the_rail_marks_the_review_on_its_pages(coordinator, report, statement_with):
    statement = statement_with("120")
    wrong = decide(coordinator, statement, "correct", **form_of(statement, value="nhiều"))
    for text in (page(coordinator, review_of(report)), wrong.content.decode()):
        rail = text[text.index('<nav class="rail"') : text.index("</nav>")]
        marked = re.findall(r'<a href="([^"]+)" aria-current', rail)
        assert marked == [reverse("review")]


def test_a_kind_narrows_the_cards_but_not_the_marks(coordinator, report):
    text = page(coordinator, f"{review_of(report)}?kind=tasks")
    assert text.count('<li class="card') == 2
    assert text.count('class="tag ') == 9


def test_a_task_said_before_says_where(coordinator, report, statement_with):
    text = "Hội nghị khác\n" + REPORT
    other = store_report(text, reading=read_by_hand(text, events={"date": "2023-06-30"}))
    earlier = other.statements.get(quote__contains="cơ chế")
    Echo.objects.create(
        earlier=earlier, later=statement_with("cơ chế"), score=0.9, shared="cơ chế", n_shared=2
    )
    shown = page(coordinator, review_of(report))
    assert "30 Jun 2023" in shown
    assert reverse("statement", args=[earlier.pk]) in shown


def test_the_next_document_is_one_key_away(coordinator, report):
    text = "Hội nghị khác\n" + REPORT
    other = store_report(text, reading=read_by_hand(text))
    assert f'data-next="{review_of(other)}"' in page(coordinator, review_of(report))


@pytest.mark.parametrize("n", [1, 3])
def test_the_page_asks_as_many_questions_for_one_statement_as_for_three(
    coordinator, django_assert_num_queries, n
):
    keys = ["mechanism", "quarterly", "partners"]
    without = {"events", "agreements", "growth", "people", "instruments", "shortcomings"}
    report = store_report(reading=read_by_hand(without=without | set(keys[n:])))
    coordinator.get(review_of(report))
    with django_assert_num_queries(12):
        coordinator.get(review_of(report))


def test_many_statements_are_shown_in_pages_and_found_by_their_address(coordinator):
    text = "\n".join(f"Việc thứ {i} còn chậm." for i in range(400))
    document = vanban.Document.from_text(text)
    records = [
        Shortcoming(anchor=document.anchor(m.start(), m.end()), rule="test")
        for m in re.finditer(r"Việc thứ \d+ còn chậm", text)
    ]
    report = store_report(text, reading=vanban.Reading(document, tuple(records)))
    first = page(coordinator, review_of(report))
    assert first.count('<li class="card') == 150
    last = report.statements.last()
    assert f'id="c{last.pk}"' in page(coordinator, f"{review_of(report)}?s={last.pk}")


def test_the_least_sure_statements_come_first_when_asked(coordinator, report):
    accepted = Statement.objects.order_by("confidence").first()
    accept_statement(None, accepted.pk)

    def shown(address):
        numbers = re.findall(r'id="c(\d+)"', page(coordinator, address))
        return [Statement.objects.get(pk=n) for n in numbers]

    in_text = shown(review_of(report))
    assert [s.start for s in in_text] == sorted(s.start for s in in_text)
    unsure = shown(f"{review_of(report)}?order=unsure")
    assert unsure[-1] == accepted
    waiting = [s.confidence for s in unsure[:-1]]
    assert waiting == sorted(waiting)
    assert len(unsure) == len(in_text)
    assert "?kind=tasks&amp;order=unsure" in page(coordinator, f"{review_of(report)}?order=unsure")


def test_a_deadline_that_is_no_day_is_shown_as_it_is_written(coordinator):
    order = "Thứ trưởng yêu cầu Vụ A hoàn thành hồ sơ trước ngày 31/11/2026."
    report = store_report(order, reading=vanban.read(vanban.Document.from_text(order)))
    text = page(coordinator, review_of(report))
    assert "“31/11/2026” was not read as a day" in text
    assert "2026-11-31" not in text
