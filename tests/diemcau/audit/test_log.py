"""The log as an auditor uses it: page, history, verification, export, command."""

import ast
import csv
import io
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone

import diemcau
from diemcau.access.actions import add_person, grant_role, lend_grant
from diemcau.accounts.models import Role
from diemcau.accounts.tokens import Scope
from diemcau.audit.actions import origin
from diemcau.audit.chain import head
from diemcau.audit.models import AuditEntry
from diemcau.audit.tokens import create_token
from diemcau.cli import main
from diemcau.delivery.actions import (
    add_evidence,
    choose_due_rule,
    confirm_echo,
    name_product,
    record_typed_task,
    withdraw_typed_task,
)
from diemcau.delivery.deadlines import DueRule
from diemcau.delivery.models import Echo, EvidenceKind, Task
from diemcau.directory.shipped import ensure_shipped_rows
from diemcau.documents.models import Document, Statement
from diemcau.gate.actions import record_stop
from diemcau.review.actions import accept_batch, reject_statement
from diemcau.signin.actions import sign_in
from diemcau.signin.devices import Where
from diemcau.web.audit.wording import LABELS
from tests.diemcau.delivery.parties import make_task
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import make_person, signed_in
from vanban.secrecy import Mark

pytestmark = pytest.mark.django_db

DOCS = Path(__file__).parents[3] / "docs"


@pytest.fixture
def auditor():
    return signed_in(Role.AUDITOR)


@pytest.fixture
def done():
    """Some things somebody did; the person."""
    fill_ledger(2)
    person = make_person(Role.ADMINISTRATOR, name="Nguyễn Thị Lan")
    with origin("web"):
        confirm_echo(person, echo=Echo.objects.get())
        choose_due_rule(person, task=Task.objects.first(), rule=DueRule.ADMINISTRATIVE)
        reject_statement(person, Statement.objects.filter(kind="shortcomings").first().pk)
        made = add_person(person, username="minh", name="Minh", password="ba-con-suoi-nho-2026")
        grant_role(person, person=made, role=Role.READER, reason="Quyết định số 12")
    accept_batch(None, document=Document.objects.first(), kinds=["shortcomings"], minimum=0.0)
    return person


def rows_of(client, **query):
    """The ids of the entries a page of the log shows."""
    page = client.get(reverse("audit_log"), query)
    assert page.status_code == 200
    return [
        int(pk)
        for pk in re.findall(
            r'<td class="when"[^>]*><a href="/nhat-ky/(\d+)/', page.content.decode()
        )
    ]


def actions_of(client, **query):
    found = rows_of(client, **query)
    by_id = dict(AuditEntry.objects.values_list("pk", "action"))
    return sorted({by_id[pk] for pk in found})


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.AUDITOR, Role.ADMINISTRATOR)])
def test_only_an_auditor_and_an_administrator_read_it(done, role):
    client = signed_in(role)
    entry = AuditEntry.objects.first()
    for name, args in (("audit_log", []), ("audit_entry", [entry.pk])):
        assert client.get(reverse(name, args=args)).status_code == 403
    n = AuditEntry.objects.count()
    for name in ("audit_verify", "audit_export"):
        assert client.post(reverse(name), {"form": "csv"}).status_code == 403
    assert AuditEntry.objects.count() == n
    task = Task.objects.first()
    assert "?ve=task:" not in client.get(reverse("task", args=[task.pk])).content.decode()


@pytest.mark.parametrize(
    ("query", "actions"),
    [
        ({"viec": "delivery.confirm_echo"}, ["delivery.confirm_echo"]),
        ({"loai": "documents.statement"}, ["review.reject"]),
        ({"nguon": "python"}, ["review.accept_batch"]),
        ({"ai": "0"}, ["review.accept_batch"]),
        ({"q": "lan loại"}, ["review.reject"]),
        ({"q": "quyet dinh so 12"}, ["accounts.grant"]),
        ({"q": "QUYẾT ĐỊNH số 12"}, ["accounts.grant"]),
        ({"q": "không có ai"}, []),
        ({"tu": "2999-01-01"}, []),
        ({"den": "2001-01-01"}, []),
        ({"dia-chi": "192."}, []),
    ],
)
def test_entries_are_found_by_what_they_say(auditor, done, query, actions):
    assert actions_of(auditor, **query) == actions
    everything = actions_of(auditor)
    assert len(everything) == 6
    today = timezone.localdate().isoformat()
    assert actions_of(auditor, tu=today, den=today, ai=done.pk) == [
        a for a in everything if a != "review.accept_batch"
    ]


def test_a_day_that_is_none_is_told(auditor, done):
    page = auditor.get(reverse("audit_log"), {"tu": "31/13/2025"}).content.decode()
    assert "“31/13/2025” không phải ngày" in page
    assert rows_of(auditor, tu="1/1/2020") == rows_of(auditor, tu="2020-01-01") != []
    assert rows_of(auditor, den="1/1/2020") == []


def test_values_of_closed_lists_and_instants_are_told_in_words(auditor):
    person = make_person(Role.SECRETARIAT)
    with origin("web"):
        mark = Mark("secrecy.stamp", "secret", None, "TỐI MẬT")
        record_stop(person, sha256="ab" * 32, size=10, marks=[mark])
        create_token(person, name="Bảng tin", scope=Scope.READ, days=30)
        sign_in(person, ways=["password"], where=Where("127.0.0.1", "Chrome · Linux"))
    page = auditor.get(reverse("audit_log")).content.decode()
    assert "secrecy.stamp" not in page
    assert "Mật khẩu" in page
    assert not re.search(r"\d{4}-\d\d-\d\dT[\d:.]+\+00:00<", page.replace('"', "<"))


def test_what_changed_is_read_as_before_and_after(auditor, done):
    def page(action):
        entry = AuditEntry.objects.filter(action=action).last()
        return auditor.get(reverse("audit_entry", args=[entry.pk])).content.decode()

    rule = page("delivery.choose_due_rule")
    assert "31/12/2022</td>" in rule
    assert "14/12/2022</td>" in rule
    assert "khớp với nội dung của mục" in rule
    assert "Chờ rà soát</td>" in page("review.reject")
    assert "Quyết định số 12" in page("accounts.grant")


def test_an_entry_that_was_changed_outside_shows(auditor, done):
    entry = AuditEntry.objects.filter(action="accounts.grant").get()
    AuditEntry.objects.filter(pk=entry.pk).update(reason="khác")
    page = auditor.get(reverse("audit_entry", args=[entry.pk])).content.decode()
    assert "không khớp với nội dung của mục" in page


def test_the_history_of_a_task_holds_what_was_decided_on_its_statement(auditor, done):
    task = Task.objects.first()
    client = signed_in(Role.ADMINISTRATOR)
    assert (
        f'href="/nhat-ky/?ve=task:{task.pk}"'
        in client.get(reverse("task", args=[task.pk])).content.decode()
    )
    assert actions_of(auditor, ve=f"task:{task.pk}") == [
        "delivery.choose_due_rule",
        "delivery.confirm_echo",
    ]
    document = task.statement.document
    assert actions_of(auditor, ve=f"document:{document.pk}") == [
        "delivery.choose_due_rule",
        "delivery.confirm_echo",
        "review.accept_batch",
    ]
    assert actions_of(auditor, ve=f"person:{done.pk}") == []
    for unknown in ("task:999", "task:x", "thing:1", "body:không"):
        assert auditor.get(reverse("audit_log"), {"ve": unknown}).status_code == 404


def test_who_may_not_see_a_document_does_not_learn_its_name_from_the_log(auditor, done):
    Document.objects.update(is_closed=True)
    name = str(Document.objects.first())
    for query in ({}, {"ve": f"document:{Document.objects.first().pk}"}):
        page = auditor.get(reverse("audit_log"), query).content.decode()
        assert name not in page
        assert "còn chậm" not in page


def test_the_chain_is_called_whole_only_by_a_verification_that_was_run(auditor, done):
    page = auditor.get(reverse("audit_log")).content.decode()
    assert "chưa được kiểm tra lần nào" in page
    n = AuditEntry.objects.count()
    page = auditor.post(reverse("audit_verify"), follow=True).content.decode()
    assert f"Chuỗi toàn vẹn đến mục thứ {n}" in page
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.action, entry.actor, entry.detail["total"]) == ("audit.verify", auditor.person, n)
    AuditEntry.objects.filter(action="review.reject").update(reason="khác")
    page = auditor.post(reverse("audit_verify"), follow=True).content.decode()
    assert "phát hiện sai lệch" in page
    assert "Chuỗi toàn vẹn" not in page


def test_an_entry_says_on_whose_behalf(auditor, done):
    absent = make_person(Role.APPROVER, name="Trần Văn B")
    stands_in = make_person(Role.READER, name="Lê Thị C")
    today = timezone.localdate()
    lend_grant(
        absent,
        absent.grants.get().pk,
        to=stands_in,
        starts_on=today,
        ends_on=today,
        reason="đi công tác",
    )
    choose_due_rule(stands_in, task=Task.objects.first(), rule=DueRule.CALENDAR)
    assert rows_of(auditor, thay=str(absent.pk)) == [AuditEntry.objects.order_by("-pk").first().pk]
    assert "thay mặt Trần Văn B" in auditor.get(reverse("audit_log")).content.decode()


@pytest.mark.parametrize("n", [1, 3])
def test_a_page_asks_as_much_for_many_as_for_few(auditor, n, django_assert_num_queries):
    fill_ledger(n + 1)
    person = make_person(Role.COORDINATOR)
    for task in Task.objects.all():
        choose_due_rule(person, task=task, rule=DueRule.ADMINISTRATIVE)
        reject_statement(person, task.statement_id)
    with django_assert_num_queries(11):
        auditor.get(reverse("audit_log"))


def export(client, form, **query):
    response = client.post(f"{reverse('audit_export')}?q={query.get('q', '')}", {"form": form})
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    return b"".join(response.streaming_content)


def test_a_table_goes_out_as_filtered_and_leaves_one_entry(auditor, done):
    n = AuditEntry.objects.count()
    rows = list(csv.reader(io.StringIO(export(auditor, "csv", q="quyet dinh").decode("utf-8-sig"))))
    start = next(i for i, row in enumerate(rows) if row and row[0] == "Mục")
    (row,) = rows[start + 1 :]
    assert (row[2], row[4], row[8]) == ("Nguyễn Thị Lan", "Giao vai trò", "Quyết định số 12")
    assert AuditEntry.objects.count() == n + 1
    entry = AuditEntry.objects.order_by("-pk").first()
    assert (entry.action, entry.detail["n"], entry.detail["filters"]) == (
        "audit.export",
        1,
        {"q": "quyet dinh"},
    )
    assert export(auditor, "xlsx")[:2] == b"PK"
    assert auditor.post(reverse("audit_export"), {"form": "exe"}).status_code == 404


def test_lines_are_verified_by_the_program_of_the_guide(auditor, done, tmp_path):
    program = re.search(r"```python\n(.*?)```", (DOCS / "audit.md").read_text(), re.DOTALL)[1]
    before = head()
    file = tmp_path / "nhat-ky.jsonl"
    file.write_bytes(export(auditor, "jsonl"))

    def verify():
        command = [sys.executable, "-c", program, str(file)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    assert verify().stdout.split() == [str(before.total), before.digest]
    lines = file.read_text().splitlines(keepends=True)
    said = json.loads(lines[2])
    said["said"] = said["said"].replace('"reason":""', '"reason":"khác"')
    for forged in ([*lines[:2], json.dumps(said) + "\n", *lines[3:]], [*lines[:1], *lines[2:]]):
        file.write_text("".join(forged))
        assert "line " in verify().stderr


def test_the_command_verifies_prints_the_head_and_exports(done, capsys, tmp_path):
    assert main(["audit", "head"]) == 0
    assert capsys.readouterr().out.split() == [str(head().total), head().digest]
    total = head().total
    assert main(["audit", "verify", "--no-record"]) == 0
    assert head().total == total
    assert main(["audit", "verify"]) == 0
    assert "toàn vẹn" in capsys.readouterr().out
    assert AuditEntry.objects.order_by("-pk").first().origin == "cli"
    out = tmp_path / "x.jsonl"
    assert main(["audit", "export", "--out", str(out)]) == 0
    lines = out.read_text().splitlines()
    assert len(lines) == total + 2
    assert json.loads(json.loads(lines[-1])["said"])["action"] == "audit.export"
    assert main(["audit", "export", "--out", str(tmp_path / "no" / "x")]) == 1
    assert head().total == total + 2
    capsys.readouterr()
    changed = AuditEntry.objects.filter(action="review.reject").get()
    AuditEntry.objects.filter(pk=changed.pk).update(reason="khác")
    assert main(["audit", "verify"]) == 1
    assert f"entry {changed.pk}: its digest" in capsys.readouterr().out


def test_every_detail_an_action_keeps_has_words():
    kept = set()
    for path in Path(diemcau.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = getattr(getattr(node, "func", None), "id", "") == "record_action"
            for given in node.keywords if named else ():
                if given.arg == "detail" and isinstance(given.value, ast.Dict):
                    kept |= {k.value for k in given.value.keys if isinstance(k, ast.Constant)}
    assert len(kept) > 40
    assert kept - {"before", "after"} - set(LABELS) == set()


def test_no_word_of_a_closed_document_is_told_to_who_may_not_see_it(auditor):
    ensure_shipped_rows()
    task = make_task()
    Document.objects.filter(pk=task.document_id).update(is_closed=True, owner=None)
    other = make_task(action="Việc để mở")
    word = "Khảo thí"
    for one in (task, other):
        kind = EvidenceKind.PRODUCT
        add_evidence(None, task=one.pk, kind=kind, what=f"{word} bằng chứng {one.pk}")
        name_product(None, task=one.pk, product=f"{word} sản phẩm {one.pk}")
        made = record_typed_task(
            None, document=one.document, place="1", text=f"{word} việc {one.pk}", given=[]
        )
        withdraw_typed_task(None, task=made.pk, reason=f"{word} lý do {one.pk}")
    about = {str(task.pk), str(other.pk)}
    rows = AuditEntry.objects.filter(target_type="delivery.task", target_id__in=about)
    hidden = list(rows.filter(target_id=str(task.pk)).values_list("pk", flat=True))
    assert hidden
    page = auditor.get(reverse("audit_log")).content.decode()
    for said in ("bằng chứng", "sản phẩm", "lý do"):
        assert f"{word} {said} {other.pk}" in page
        assert f"{word} {said} {task.pk}" not in page
    assert "Dựa trên tài liệu bạn không được xem" in page
    assert set(hidden) <= set(rows_of(auditor))
    for pk in hidden:
        one = auditor.get(reverse("audit_entry", args=[pk])).content.decode()
        assert word not in one
        assert "Dựa trên tài liệu bạn không được xem" in one
    # Nor is one found by such words.
    assert len(rows_of(auditor, q="khảo thí lý do")) == 1
    table = export(auditor, "csv").decode()
    assert f"{word} lý do {other.pk}" in table
    assert f"{task.pk}" in table
    assert f"{word} lý do {task.pk}" not in table
    assert auditor.post(reverse("audit_export"), {"form": "jsonl"}).status_code == 302
    allowed = signed_in(Role.AUDITOR, name="xem-het", sees_closed=True)
    assert f"{word} lý do {task.pk}" in allowed.get(reverse("audit_log")).content.decode()
    assert allowed.post(reverse("audit_export"), {"form": "jsonl"}).status_code == 200
