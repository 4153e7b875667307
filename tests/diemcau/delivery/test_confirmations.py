"""Who benefits answers by a one-time link: once, in its time, and the answer is evidence."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import (
    add_evidence,
    answer_confirmation,
    ask_confirmation,
    end_confirmation,
    move_task,
)
from diemcau.delivery.links import LinkState, look_at_request
from diemcau.delivery.models import Confirmation, Evidence, EvidenceKind, Received, Without
from diemcau.delivery.refusals import Refused
from diemcau.delivery.states import Move

pytestmark = pytest.mark.django_db


def ask(by, task, **more):
    return ask_confirmation(by, task=task.pk, asked_of="Hiệp hội Thủy sản", **more)


def test_the_secret_is_nowhere_kept(task, people):
    made, secret = ask(people["writes"], task, email="hoi@example.vn")
    assert secret not in str(Confirmation.objects.values().get())
    assert secret not in str(list(AuditEntry.objects.values()))
    assert (made.expires_at - made.asked_at) == dt.timedelta(days=7)
    assert made.body.ref == "bo-lam"


@pytest.mark.parametrize("verdict", [Received.YES, Received.PARTLY])
def test_delivered_is_evidence_at_once_with_one_entry_of_nobody(task, people, verdict):
    _made, secret = ask(people["judges"], task)
    before = AuditEntry.objects.count()
    made = answer_confirmation(
        None, secret=secret, verdict=verdict, without=Without.LATER, words="đã nhận đủ"
    )
    assert (made.evidence.kind, made.evidence.added_by) == (EvidenceKind.CONFIRMATION, None)
    assert made.evidence.what == "Hiệp hội Thủy sản: đã nhận đủ"
    entry = AuditEntry.objects.order_by("-pk").first()
    assert AuditEntry.objects.count() == before + 1
    assert (entry.action, entry.actor) == ("delivery.answer_confirmation", None)
    move_task(people["writes"], task=task.pk, move=Move.SUBMIT)


def test_not_delivered_is_kept_and_is_no_evidence(task, people):
    _made, secret = ask(people["writes"], task)
    answer_confirmation(None, secret=secret, verdict=Received.NO, words="chưa thấy")
    assert not Evidence.objects.exists()
    assert Confirmation.objects.get().words == "chưa thấy"
    with pytest.raises(Refused):
        move_task(people["writes"], task=task.pk, move=Move.SUBMIT)


def test_a_link_is_good_once_for_seven_days_and_until_a_new_one(task, people):
    first, one = ask(people["writes"], task)
    _second, two = ask(people["writes"], task, instead_of=first.pk)
    assert look_at_request(one)[0] == LinkState.ENDED
    assert look_at_request("khong-co")[0] == LinkState.UNKNOWN
    with time_machine.travel(timezone.now() + dt.timedelta(days=7), tick=False):
        assert look_at_request(two)[0] == LinkState.EXPIRED
        with pytest.raises(Refused):
            answer_confirmation(None, secret=two, verdict=Received.YES)
    answer_confirmation(None, secret=two, verdict=Received.YES)
    for secret in (one, two, "khong-co"):
        with pytest.raises(Refused):
            answer_confirmation(None, secret=secret, verdict=Received.YES)
    assert Evidence.objects.count() == 1
    with pytest.raises(Refused):
        ask(people["writes"], task, instead_of=first.pk)


def test_a_link_that_went_wrong_is_ended(task, people):
    made, secret = ask(people["writes"], task)
    with pytest.raises(PermissionDenied):
        end_confirmation(people["outside"], confirmation=made.pk)
    end_confirmation(people["writes"], confirmation=made.pk)
    with pytest.raises(Refused):
        answer_confirmation(None, secret=secret, verdict=Received.YES)


def test_nobody_signed_in_answers_in_another_s_place(task, people):
    _made, secret = ask(people["writes"], task)
    for person in people.values():
        with pytest.raises(PermissionDenied):
            answer_confirmation(person, secret=secret, verdict=Received.YES)


def test_the_title_of_a_closed_document_s_task_goes_to_nobody_outside(task, people):
    _made, secret = ask(people["judges"], task)
    task.document.is_closed = True
    task.document.save()
    people["judges"].grants.update(sees_closed=True)
    people["judges"].__dict__.pop("_standing", None)
    with pytest.raises(Refused):
        ask(people["judges"], task)
    assert look_at_request(secret) == (LinkState.ENDED, None)


@pytest.mark.parametrize("wrong", [{"asked_of": " "}, {"email": "khong phai thu"}])
def test_who_is_asked_is_named(task, people, wrong):
    with pytest.raises(Refused):
        ask_confirmation(people["writes"], **{"task": task.pk, "asked_of": "Hội A", **wrong})
    with pytest.raises(PermissionDenied):
        ask(people["outside"], task)
    assert not Confirmation.objects.exists()


def test_an_address_longer_than_is_kept_is_refused_in_a_sentence(task, people):
    email = f"{'a' * 60}@{'.'.join(['b' * 60] * 4)}.vn"
    with pytest.raises(Refused, match="254"):
        ask(people["writes"], task, email=email)
    url = f"https://example.vn/{'a' * 1000}"
    with pytest.raises(Refused, match="1000"):
        add_evidence(people["writes"], task=task.pk, kind=EvidenceKind.LINK, what="x", url=url)
    assert not Confirmation.objects.exists()
    assert not Evidence.objects.exists()
