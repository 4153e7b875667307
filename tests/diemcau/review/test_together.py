"""Several people at once, in threads with a connection each, on the database as it is."""

import threading

import pytest
from django.db import connection

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import Task
from diemcau.documents.models import Document, Statement, StatementState
from diemcau.review.actions import accept_batch, accept_statement, merge_statements
from diemcau.review.intake import reread, take_in
from diemcau.review.models import Decision
from diemcau.review.refusals import DecisionRefused, StatementMoved
from tests.diemcau.people import make_person
from tests.diemcau.readings import REPORT, store_report

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(*acts):
    """Run every act in a thread of its own, begun together; what each returned or raised."""
    gate = threading.Barrier(len(acts))
    results = [None] * len(acts)

    def run(i, act):
        try:
            gate.wait()
            results[i] = act()
        except Exception as problem:
            results[i] = problem
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(i, act)) for i, act in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return results


def test_of_five_who_accept_one_statement_one_does_and_four_are_told():
    statement = store_report().statements.get(quote__contains="cơ chế")
    people = [make_person(name=f"người {i}") for i in range(5)]
    results = at_once(
        *(lambda p=p: accept_statement(p, statement.pk, seen=statement.version) for p in people)
    )
    assert sum(isinstance(r, StatementMoved) for r in results) == 4
    assert Decision.objects.count() == 1
    assert Task.objects.count() == 1


def test_five_who_bring_the_same_file_get_the_same_document():
    people = [make_person(Role.REPORTER, name=f"người {i}") for i in range(5)]
    results = at_once(*(lambda p=p: take_in(p, data=REPORT.encode(), name="a.txt") for p in people))
    assert [r.is_new for r in results].count(True) == 1
    assert len({r.document.pk for r in results}) == Document.objects.count() == 1
    assert AuditEntry.objects.filter(action="documents.take_in").count() == 1


def test_a_reading_again_and_decisions_do_not_pass_each_other():
    person = make_person()
    document = take_in(person, data=REPORT.encode(), name="a.txt").document
    n = document.statements.count()
    results = at_once(
        lambda: reread(person, document),
        lambda: accept_batch(person, document=document, kinds=[], minimum=0.0),
        lambda: reread(person, document),
    )
    assert [r for r in results if isinstance(r, Exception)] == []
    assert document.statements.filter(state=StatementState.ACCEPTED).count() == n
    assert document.statements.count() == n


def test_two_that_merge_into_each_other_do_not_both():
    report = store_report()
    person = make_person()
    one, two = report.statements.filter(kind="tasks")
    results = at_once(
        lambda: merge_statements(person, one.pk, into=two.pk),
        lambda: merge_statements(person, two.pk, into=one.pk),
    )
    assert sum(isinstance(r, DecisionRefused) for r in results) == 1
    assert Statement.objects.filter(state=StatementState.MERGED).count() == 1
