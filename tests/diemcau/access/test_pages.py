"""People and roles on one page, and the answer to why somebody sees a document."""

import datetime as dt

import pytest
from django.contrib.auth import authenticate
from django.urls import reverse
from django.utils import timezone

from diemcau.accounts.models import Delegation, Denial, Grant, Role, User
from diemcau.audit.models import AuditEntry
from tests.diemcau.ledgers import fill_one
from tests.diemcau.people import client_of, give_role, make_person, signed_in

NEW = "ba-con-suoi-nho-2026"


@pytest.fixture
def administrator(db):
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def lan(db):
    return User.objects.create(username="lan", first_name="Lan")


def text_of(answer):
    return answer.content.decode()


@pytest.mark.parametrize("role", [r for r in Role if r != Role.ADMINISTRATOR])
def test_only_an_administrator_sees_and_changes_people(lan, bodies, role):
    client = signed_in(role)
    assert client.get(reverse("accounts")).status_code == 403
    assert client.get(reverse("account", args=[lan.pk])).status_code == 403
    assert client.get(reverse("account_why", args=[lan.pk])).status_code == 403
    assert client.post(reverse("accounts"), {"username": "an", "new": NEW}).status_code == 403
    own = Grant.objects.get(person=client.person)
    for name, pk, data in (
        ("account_grant", client.person.pk, {"role": "administrator"}),
        ("account_deny", lan.pk, {"body": "bo-thu", "reason": "x"}),
        ("account_standing", lan.pk, {}),
        ("grant_revoke", own.pk, {}),
    ):
        assert client.post(reverse(name, args=[pk]), data).status_code == 403
    assert not AuditEntry.objects.exists()
    assert client.get(reverse("account", args=[client.person.pk])).status_code == 200


def test_an_administrator_adds_a_person_and_grants_on_the_next_page(administrator, bodies):
    data = {"username": "minh", "name": "Nguyễn  Minh", "new": NEW}
    answer = administrator.post(reverse("accounts"), data, follow=True)
    assert "Nguyễn Minh" in text_of(answer)
    minh = authenticate(username="minh", password=NEW)
    data = {"role": "approver", "body": "vụ một", "sees_closed": "1", "reason": "QĐ 5"}
    answer = administrator.post(reverse("account_grant", args=[minh.pk]), data, follow=True)
    grant = Grant.objects.get(person=minh)
    assert (grant.body, grant.role, grant.sees_closed) == (bodies["vu"], "approver", True)
    assert "Vụ Một" in text_of(answer)
    answer = administrator.post(reverse("grant_revoke", args=[grant.pk]), follow=True)
    assert "Đã thu hồi vai trò" in text_of(answer)
    actions = ["accounts.add_person", "accounts.grant", "accounts.revoke_grant"]
    assert list(AuditEntry.objects.values_list("action", flat=True)) == actions


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"username": "lan"}, "p-username"),
        ({"username": "có dấu cách"}, "p-username"),
        ({"new": "123"}, "p-new"),
    ],
)
def test_what_was_typed_of_a_person_stays_beside_the_refusal(administrator, lan, typed, field):
    data = {"username": "minh", "name": "Minh", "new": NEW} | typed
    answer = administrator.post(reverse("accounts"), data)
    assert answer.status_code == 422
    assert f'id="{field}"' in text_of(answer)
    assert 'name="name" value="Minh"' in text_of(answer)
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"body": "không có đâu"}, "không có cơ quan nào mang tên này"),
        ({"body": "vu"}, "ứng với nhiều cơ quan"),
        ({"office": "Vụ trưởng"}, "ghi cơ quan trước"),
        ({"body": "vu-thu", "office": "Vụ trưởng"}, "không có chức vụ này"),
        ({"ends_on": "mai"}, "không phải là một ngày"),
        ({"ends_on": "2000-01-01"}, "Ngày cuối đứng trước"),
    ],
)
def test_a_grant_is_refused_in_a_sentence_and_what_was_typed_stays(
    administrator, lan, bodies, typed, said
):
    data = {"role": "approver", "reason": "lý do gõ dở", **typed}
    answer = administrator.post(reverse("account_grant", args=[lan.pk]), data)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert "lý do gõ dở" in text_of(answer)
    assert not Grant.objects.filter(person=lan).exists()


def test_a_person_lends_a_role_and_either_ends_it(lan):
    client = signed_in(Role.APPROVER)
    grant = Grant.objects.get(person=client.person)
    today = timezone.localdate()
    data = {"to": "lan", "ends_on": (today + dt.timedelta(days=3)).isoformat(), "reason": "Nghỉ"}
    answer = client.post(reverse("grant_lend", args=[grant.pk]), data, follow=True)
    assert "Lan" in text_of(answer)
    loan = Delegation.objects.get()
    page = text_of(client_of(lan).get(reverse("account", args=[lan.pk])))
    assert "Làm thay" in page
    client_of(lan).post(reverse("loan_end", args=[loan.pk]))
    loan.refresh_from_db()
    assert loan.revoked_by == lan
    answer = client.post(reverse("grant_lend", args=[grant.pk]), data | {"to": "ai đó"})
    assert answer.status_code == 422
    stranger = signed_in(Role.READER)
    assert stranger.post(reverse("loan_end", args=[loan.pk])).status_code == 403
    assert stranger.post(reverse("grant_lend", args=[grant.pk]), data).status_code == 403


def test_a_body_is_hidden_and_shown_again(administrator, lan, bodies):
    data = {"body": "tinh-thu", "reason": "Có lợi ích liên quan"}
    administrator.post(reverse("account_deny", args=[lan.pk]), data)
    denial = Denial.objects.get()
    page = text_of(administrator.get(reverse("account", args=[lan.pk])))
    assert "Có lợi ích liên quan" in page
    administrator.post(reverse("denial_lift", args=[denial.pk]))
    denial.refresh_from_db()
    assert denial.revoked_at


def test_a_role_over_a_body_that_ended_asks_to_be_granted_anew(administrator, lan, bodies):
    give_role(lan, Role.REPORTER, body=bodies["cu"])
    page = text_of(administrator.get(reverse("account", args=[lan.pk])))
    assert "Bộ Cũ đã chấm dứt hoạt động" in page


WHY = {
    "open": "mở cho mọi người",
    "grant": "được xem tài liệu hạn chế",
    "shared": "được chia sẻ với",
    "closed": "không xem được",
    "denied": "không được xem những gì của",
    "no_grant": "không giữ và không được ủy quyền",
    "closed_account": "Tài khoản đã khóa",
}


@pytest.mark.parametrize("case", WHY)
def test_why_somebody_sees_a_document_answers_itself(administrator, lan, bodies, case):
    give_role(administrator.person, Role.SECRETARIAT, sees_closed=True)
    document = fill_one(0)
    document.owner, document.is_closed = bodies["bo"], case not in ("open", "denied")
    document.save()
    if case != "no_grant":
        give_role(
            lan, Role.READER, body=bodies["bo" if case == "grant" else "so"], sees_closed=True
        )
    if case == "shared":
        document.shared_with.add(bodies["tinh"], bodies["so"])
    if case == "denied":
        Denial.objects.create(
            person=lan, body=bodies["bo"], starts_on=dt.date(2020, 1, 1), made_at=timezone.now()
        )
    if case == "closed_account":
        User.objects.filter(pk=lan.pk).update(is_active=False)
    address = reverse("account_why", args=[lan.pk])
    page = text_of(administrator.get(address, {"tai-lieu": document.pk}))
    assert WHY[case] in page
    assert ("Lan xem được." in page) == (case in ("open", "grant", "shared"))


def test_who_asks_why_must_see_the_document_too(administrator, lan, bodies):
    document = fill_one(0)
    document.owner, document.is_closed = bodies["bo"], True
    document.save()
    address = reverse("account_why", args=[lan.pk])
    page = text_of(administrator.get(address, {"tai-lieu": document.pk}))
    assert document.title not in page
    assert "Không có tài liệu mang số này" in page


def test_the_form_on_a_document_says_whose_it_is(bodies):
    document = fill_one(0)
    client = signed_in(Role.COORDINATOR, sees_closed=True)
    address = reverse("custody", args=[document.pk])
    data = {"owner": "vu-thu", "is_closed": "1", "shared_with": "phong-thu", "reason": "CV 3"}
    page = text_of(client.post(address, data, follow=True))
    assert "Vụ Một" in page
    assert "Phòng Một" in page
    for typed in ({"owner": "đâu đó"}, {"shared_with": "đâu đó"}, {"reason": ""}):
        answer = client.post(address, data | typed)
        assert answer.status_code == 422
    assert "CV 3" in text_of(client.post(address, data | {"owner": "đâu đó"}))
    stranger = signed_in(Role.REPORTER, body=bodies["tinh"])
    assert stranger.post(address, data | {"is_closed": ""}).status_code == 404
    client.post(reverse("remark", args=[document.pk]), {"remark": "Nguồn: anh Bình"})
    data = {"owner": "vu-thu", "reason": "CV 4"}
    client.post(address, data)
    assert stranger.post(address, data).status_code == 403
    shown = reverse("document", args=[document.pk])
    assert "anh Bình" in text_of(client.get(shown))
    assert "anh Bình" not in text_of(stranger.get(shown))


@pytest.mark.parametrize("n", [1, 3])
def test_the_list_asks_as_much_for_three_as_for_one(administrator, n, django_assert_num_queries):
    for i in range(n):
        make_person(Role.READER, name=f"nguoi-{i}")
    with django_assert_num_queries(6):
        administrator.get(reverse("accounts"))
