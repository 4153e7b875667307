"""Granting, lending, denying: who may, what is refused, what the log keeps."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from diemcau.access import actions
from diemcau.accounts.models import Grant, Role, User
from diemcau.accounts.rules import Duty, held_by, holds
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import Task
from diemcau.directory.models import Office
from diemcau.documents.custody import Custody
from diemcau.documents.models import Document
from diemcau.documents.rules import seen
from diemcau.review.actions import accept_statement
from diemcau.review.custody import set_custody, write_remark
from diemcau.review.intake import take_in
from tests.diemcau.ledgers import fill_one
from tests.diemcau.people import give_role, make_person
from vanban import DocumentError

DAY = dt.timedelta(days=1)


@pytest.fixture
def administrator(db):
    return make_person(Role.ADMINISTRATOR, name="quan-tri")


@pytest.fixture
def lan(db):
    return User.objects.create(username="lan", first_name="Lan")


def fresh(person):
    return User.objects.get(pk=person.pk)


def test_a_role_is_granted_over_a_body_for_days_and_taken_back(administrator, lan, bodies):
    today = timezone.localdate()
    grant = actions.grant_role(
        administrator,
        person=lan,
        role=Role.APPROVER,
        body=bodies["vu"],
        ends_on=today + DAY,
        reason="Quyết định 12",
    )
    assert holds(fresh(lan), Duty.CONFIRM)
    assert not held_by(fresh(lan), on=today + 2 * DAY)
    entry = AuditEntry.objects.get(action="accounts.grant")
    assert (entry.reason, entry.detail["body"], entry.actor) == (
        "Quyết định 12",
        "vu-thu",
        administrator,
    )
    actions.revoke_grant(administrator, grant.pk)
    assert not held_by(fresh(lan))


def test_a_role_held_already_is_not_granted_again_but_made_longer(administrator, lan, bodies):
    until = timezone.localdate() + DAY
    role = {"person": lan, "role": Role.REPORTER, "body": bodies["so"]}
    actions.grant_role(administrator, **role, ends_on=until)
    with pytest.raises(ValidationError, match="đã có vai trò này"):
        actions.grant_role(administrator, **role, ends_on=until)
    actions.grant_role(administrator, **role)
    with pytest.raises(ValidationError):
        actions.grant_role(administrator, **role)
    assert lan.grants.count() == 2


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"role": "king"}, "role"),
        ({"role": Role.AUDITOR, "body": "vu"}, "role"),
        ({"ends_on": dt.date(2000, 1, 1)}, "ends_on"),
        ({"body": "vu", "office": True}, "office"),
    ],
)
def test_a_grant_that_cannot_be_is_refused_beside_its_field(
    administrator, lan, bodies, typed, field
):
    if typed.get("office"):
        typed["office"] = Office.objects.create(
            ref="o", name="Giám đốc", body=bodies["so"], source=bodies["so"].source, sure="A"
        )
    if "body" in typed:
        typed["body"] = bodies[typed["body"]]
    with pytest.raises(ValidationError) as refused:
        actions.grant_role(administrator, person=lan, **{"role": Role.READER, **typed})
    assert list(refused.value.message_dict) == [field]
    assert not AuditEntry.objects.exists()


def test_who_administers_a_body_grants_there_and_nowhere_else(lan, bodies):
    local = make_person(Role.ADMINISTRATOR, name="quan-tri-tinh", body=bodies["tinh"])
    actions.grant_role(local, person=lan, role=Role.REPORTER, body=bodies["so"])
    for body in (None, bodies["bo"]):
        with pytest.raises(PermissionDenied):
            actions.grant_role(local, person=lan, role=Role.REPORTER, body=body)
    elsewhere = give_role(lan, Role.READER, body=bodies["bo"])
    with pytest.raises(PermissionDenied):
        actions.revoke_grant(local, elsewhere.pk)
    with pytest.raises(PermissionDenied):
        actions.deny(local, person=lan, body=bodies["vu"], reason="thử")
    with pytest.raises(PermissionDenied):
        actions.close_account(local, lan.pk)


@pytest.mark.parametrize("going", ["revoke", "close"])
def test_one_who_administers_the_whole_always_stays(administrator, lan, going):
    grant = Grant.objects.get(person=administrator)

    def go():
        if going == "revoke":
            return actions.revoke_grant(administrator, grant.pk)
        return actions.close_account(administrator, administrator.pk)

    with pytest.raises(ValidationError, match="quản trị cuối cùng"):
        go()
    # One whose role has a last day does not keep the house open for ever.
    give_role(lan, Role.ADMINISTRATOR, ends_on=timezone.localdate() + DAY)
    with pytest.raises(ValidationError):
        go()
    give_role(lan, Role.ADMINISTRATOR)
    go()
    assert not holds(fresh(administrator), Duty.MANAGE)


def test_a_loan_lets_act_and_the_log_says_for_whom(bodies, lan):
    minh = make_person(Role.APPROVER, name="minh")
    grant = Grant.objects.get(person=minh)
    document = fill_one(0)
    statement = document.statements.get(kind="shortcomings")
    with pytest.raises(PermissionDenied):
        accept_statement(lan, statement.pk)
    today = timezone.localdate()
    loan = actions.lend_grant(
        minh, grant.pk, to=lan, starts_on=today, ends_on=today + DAY, reason="Đi công tác"
    )
    lan = fresh(lan)
    accept_statement(lan, statement.pk)
    entry = AuditEntry.objects.latest("pk")
    assert (entry.actor, entry.on_behalf_of) == (lan, minh)
    assert not held_by(lan, on=today + 2 * DAY)
    actions.end_loan(lan, loan.pk)
    assert not held_by(fresh(lan))


@pytest.mark.parametrize(
    ("role", "change", "field"),
    [
        (Role.ADMINISTRATOR, {}, "to"),
        (Role.AUDITOR, {}, "to"),
        (Role.APPROVER, {"ends_on": -1}, "ends_on"),
        (Role.APPROVER, {"ends_on": 400}, "ends_on"),
        (Role.APPROVER, {"reason": " "}, "reason"),
        (Role.APPROVER, {"to": "self"}, "to"),
    ],
)
def test_what_is_not_lent(lan, role, change, field):
    minh = make_person(role, name="minh")
    today = timezone.localdate()
    with pytest.raises(ValidationError) as refused:
        actions.lend_grant(
            minh,
            Grant.objects.get(person=minh).pk,
            to=minh if change.get("to") else lan,
            starts_on=today,
            ends_on=today + change.get("ends_on", 1) * DAY,
            reason=change.get("reason", "vắng"),
        )
    assert list(refused.value.message_dict) == [field]


def test_what_was_lent_is_not_lent_on_and_ends_with_its_grant(administrator, lan):
    minh, hoa = make_person(Role.APPROVER, name="minh"), make_person(Role.READER, name="hoa")
    grant = Grant.objects.get(person=minh)
    days = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate() + DAY}
    actions.lend_grant(minh, grant.pk, to=lan, reason="vắng", **days)
    with pytest.raises(PermissionDenied):
        actions.lend_grant(fresh(lan), grant.pk, to=hoa, reason="vắng", **days)
    actions.revoke_grant(administrator, grant.pk)
    assert not held_by(fresh(lan))


def test_a_closed_account_holds_nothing_and_lends_nothing(administrator, lan):
    minh = make_person(Role.APPROVER, name="minh")
    days = {"starts_on": timezone.localdate(), "ends_on": timezone.localdate() + DAY}
    actions.lend_grant(minh, Grant.objects.get(person=minh).pk, to=lan, reason="vắng", **days)
    actions.close_account(administrator, minh.pk)
    assert not held_by(fresh(minh))
    assert not held_by(fresh(lan))
    actions.reopen_account(administrator, minh.pk)
    assert held_by(fresh(lan))


def test_a_denial_wins_and_nobody_lifts_their_own(administrator, bodies):
    document = fill_one(0)
    document.owner = bodies["vu"]
    document.save()
    minh = make_person(Role.ADMINISTRATOR, name="minh", sees_closed=True)
    denial = actions.deny(administrator, person=minh, body=bodies["bo"], reason="Có lợi ích")
    minh = fresh(minh)
    assert not Document.objects.filter(seen(minh, "pk")).exists()
    with pytest.raises(PermissionDenied):
        accept_statement(minh, document.statements.first().pk)
    with pytest.raises(PermissionDenied):
        actions.lift_denial(minh, denial.pk)
    actions.lift_denial(administrator, denial.pk)
    assert Document.objects.filter(seen(fresh(minh), "pk")).exists()


def test_who_confirms_for_one_body_does_not_for_another(bodies):
    document = fill_one(0)
    document.owner = bodies["vu"]
    document.save()
    statement = document.statements.get(kind="shortcomings")
    other = make_person(Role.APPROVER, name="khac", body=bodies["tinh"])
    with pytest.raises(PermissionDenied):
        accept_statement(other, statement.pk)
    above = make_person(Role.APPROVER, name="tren", body=bodies["bo"])
    accept_statement(above, statement.pk)
    assert Task.objects.filter(statement__document=document).exists()


def test_a_document_goes_where_who_brings_it_works(bodies):
    text = "Thủ tướng yêu cầu Bộ Ngoại giao đôn đốc việc thực hiện.".encode()
    an = make_person(Role.REPORTER, name="an", body=bodies["so"])
    assert take_in(an, data=text, name="a.txt").document.owner == bodies["so"]
    for owner in (None, bodies["bo"].pk):
        with pytest.raises(PermissionDenied):
            take_in(an, data=text + b" 2", name="b.txt", custody=Custody(owner))
    with pytest.raises(PermissionDenied):
        take_in(an, data=text + b" 3", name="c.txt", custody=Custody(bodies["so"].pk, True))
    assert Document.objects.count() == 1


def test_bytes_held_where_one_may_not_look_are_said_to_be_held(bodies):
    text = "Thủ tướng yêu cầu Bộ Ngoại giao đôn đốc việc thực hiện.".encode()
    take_in(None, data=text, name="a.txt", custody=Custody(bodies["bo"].pk, True))
    an = make_person(Role.REPORTER, name="an", body=bodies["so"])
    with pytest.raises(DocumentError) as refused:
        take_in(an, data=text, name="a.txt")
    assert refused.value.code == "held_elsewhere"


def test_custody_is_changed_by_who_answers_for_it_with_a_reason(bodies):
    document = fill_one(0)
    an = make_person(Role.COORDINATOR, name="an", sees_closed=True)
    with pytest.raises(ValidationError):
        set_custody(an, document.pk, custody=Custody(bodies["vu"].pk, True), reason="")
    set_custody(
        an,
        document.pk,
        custody=Custody(bodies["vu"].pk, True),
        shared_with=[bodies["so"]],
        reason="Theo công văn",
    )
    clerk = make_person(Role.READER, name="so", body=bodies["so"])
    stranger = make_person(Role.COORDINATOR, name="khach")
    assert Document.objects.filter(seen(clerk, "pk"), pk=document.pk).exists()
    assert not Document.objects.filter(seen(stranger, "pk"), pk=document.pk).exists()
    with pytest.raises(PermissionDenied):
        set_custody(stranger, document.pk, custody=Custody(), reason="mở ra")
    entry = AuditEntry.objects.get(action="documents.set_custody")
    assert entry.detail["after"]["shared_with"] == [bodies["so"].pk]


def test_a_note_stays_out_of_the_log(bodies):
    document = fill_one(0)
    an = make_person(Role.REPORTER, name="an")
    write_remark(an, document.pk, text="Nguồn: anh Bình")
    document.refresh_from_db()
    assert document.remark == "Nguồn: anh Bình"
    assert "Bình" not in str(AuditEntry.objects.latest("pk").detail)
