"""A file of tasks: out and in again, what changes, what cannot, what is undone."""

import datetime as dt

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.utils import translation

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import expand_collective, move_task
from diemcau.delivery.models import (
    AssignmentRole,
    Completion,
    Slip,
    SlipState,
    Task,
    Transition,
)
from diemcau.delivery.states import Move, Status
from diemcau.directory.models import Body
from diemcau.directory.shipped import ensure_shipped_rows
from diemcau.exchange import jobs, taking
from diemcau.exchange.applying import ImportRefused, start_applying
from diemcau.exchange.cells import said_cell
from diemcau.exchange.checks import read_cell
from diemcau.exchange.columns import COLUMNS
from diemcau.exchange.models import ImportState, Mode, Outcome, RowKind
from diemcau.exchange.reading import UnreadableFile, read_table
from diemcau.exchange.taking import bring
from diemcau.exchange.undoing import start_undoing
from diemcau.exchange.writing import exported_tasks, write_csv, write_xlsx
from diemcau.jobs.worker import Worker, run_job
from diemcau.web.audit.wording import said_in_a_line
from tests.diemcau.delivery.parties import make_people, make_task
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import make_person

pytestmark = pytest.mark.django_db

_APRIL = dt.datetime(2026, 4, 1, 3, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


def rows_here(by=None):
    return list(exported_tasks(by))


def csv_of(rows):
    return "".join(write_csv(rows)).encode()


def xlsx_of(rows):
    with write_xlsx(rows, who="thử") as file:
        return file.read()


def counts(batch):
    found = dict.fromkeys(RowKind.values, 0)
    for kind in batch.rows.values_list("kind", flat=True):
        found[kind] += 1
    return {kind: n for kind, n in found.items() if n}


def faults(batch):
    return [(r.number, *f) for r in batch.rows.exclude(faults=[]) for f in r.faults]


def write(batch, by=None, mode=Mode.GOOD):
    start_applying(by, batch=batch.pk, mode=mode)
    batch.refresh_from_db()
    job = run_job(batch.job)
    batch.refresh_from_db()
    return job


def undo(batch, by=None):
    start_undoing(by, batch=batch.pk)
    batch.refresh_from_db()
    job = run_job(batch.job)
    batch.refresh_from_db()
    return job


NEW = {
    "title": "Chuẩn bị hội nghị xúc tiến thương mại",
    "lead": "Bộ Công Thương",
    "coordinating": "Bộ Ngoại giao; các địa phương",
    "deadline": "30/6/2026",
    "programme": "Chương trình 2026",
    "product": "Kế hoạch",
    "code": "CT-01",
}


@pytest.mark.parametrize("form", [csv_of, xlsx_of])
def test_what_goes_out_and_comes_back_changes_nothing(form):
    fill_ledger(3)
    name = "so.csv" if form is csv_of else "so.xlsx"
    batch, is_new = bring(None, data=form(rows_here()), name=name)
    assert (is_new, counts(batch)) == (True, {"same": 3})
    with pytest.raises(ImportRefused):
        start_applying(None, batch=batch.pk, mode=Mode.ALL)


def test_new_and_changed_rows_are_written_and_the_same_file_again_is_nothing():
    fill_ledger(2)
    rows = rows_here()
    rows[0] |= {"title": "Tên mới", "product": "Báo cáo", "lead": "Bộ Tài chính"}
    data = csv_of(
        [*rows, NEW, NEW | {"code": "", "title": "Việc khác", "status": "Đang thực hiện"}]
    )
    batch, _new = bring(None, data=data, name="so.csv")
    assert (counts(batch), faults(batch)) == ({"new": 2, "changed": 1, "same": 1}, [])
    assert Task.objects.count() == 2
    before = AuditEntry.objects.count()
    job = write(batch)
    assert job.result == {"created": 2, "changed": 1, "left": 0}
    # The order, one entry for each of three rows, and the stroke they were written in.
    assert AuditEntry.objects.count() == before + 5
    said = AuditEntry.objects.get(action="exchange.change_task")
    assert (said.target_id, said.detail["row"]) == (rows[0]["id"], 2)
    assert "Sản phẩm: ∅ → Báo cáo" in said_in_a_line(said, {})
    assert said.detail["before"].keys() == {"title", "product", "lead"}
    assert said.detail["after"] == {
        "title": "Tên mới",
        "product": "Báo cáo",
        "lead": "Bộ Tài chính",
    }
    made = Task.objects.get(code="CT-01")
    assert (made.deadline, str(made.due_to), made.lead) == ("2026-06-30", "2026-06-30", "moit")
    assert (made.place, made.document, made.statement) == ("dòng 4", batch.document, None)
    given = list(made.assignments.values_list("as_written", "role", "is_collective", "by_hand"))
    assert given == [
        ("Bộ Công Thương", "lead", False, True),
        ("Bộ Ngoại giao", "coordinating", False, True),
        ("các địa phương", "coordinating", True, True),
    ]
    begun = Task.objects.get(title="Việc khác")
    steps = Transition.objects.filter(task=begun).values_list("before", "after")
    assert (begun.status, list(steps)) == ("in_progress", [("", "new"), ("new", "in_progress")])
    changed = Task.objects.get(pk=rows[0]["id"])
    assert (changed.title, changed.product, changed.lead) == ("Tên mới", "Báo cáo", "mof")
    assert "ten moi" in changed.folded
    again, is_new = bring(None, data=data, name="ten-khac.csv")
    assert (again, is_new) == (batch, False)
    # Sent again with the numbers it has now, nothing changes either.
    final, _ = bring(None, data=csv_of(rows_here()), name="so-2.csv")
    assert counts(final) == {"same": 4}


def test_undoing_takes_back_what_nobody_touched_since():
    fill_ledger(2)
    before = {row["id"]: {k: v for k, v in row.items() if k != "version"} for row in rows_here()}
    rows = rows_here()
    for row in rows:
        row |= {
            "title": "Tên khác",
            "lead": "Bộ Tài chính",
            "deadline": "31/12/2026",
            "reason": "đổi",
        }
    batch, _new = bring(None, data=csv_of([*rows, NEW]), name="so.csv")
    assert faults(batch) == []
    write(batch, mode=Mode.ALL)
    assert batch.state == ImportState.APPLIED
    touched = Task.objects.get(pk=rows[1]["id"])
    move_task(None, task=touched.pk, move=Move.START)
    job = undo(batch)
    assert (job.result, batch.state) == ({"undone": 2, "kept": 1}, ImportState.UNDONE)
    now = {row["id"]: row for row in rows_here()}
    assert len(now) == 2
    assert now[rows[0]["id"]].items() >= before[rows[0]["id"]].items()
    assert now[rows[1]["id"]]["title"] == "Tên khác"
    assert Task.objects.get(code="CT-01").withdrawn_at is not None
    assert batch.rows.get(outcome=Outcome.KEPT).why.startswith("Sau đó đã có người sửa")
    # Undone, the same file may be taken once more.
    assert bring(None, data=csv_of([*rows, NEW]), name="so.csv")[1]


def test_who_changes_what_has_moved_on_is_shown_both():
    fill_ledger(1)
    rows = rows_here()
    move_task(None, task=int(rows[0]["id"]), move=Move.START)
    batch, _ = bring(None, data=csv_of([rows[0] | {"title": "Của tôi"}]), name="a.csv")
    assert counts(batch) == {"conflict": 1}
    assert ["title", Task.objects.get().title, "Của tôi"] in batch.rows.get().changes
    # Between comparing and writing, too.
    batch, _ = bring(None, data=csv_of([rows_here()[0] | {"title": "Lần hai"}]), name="b.csv")
    move_task(None, task=int(rows[0]["id"]), move=Move.SUSPEND, reason="chờ")
    assert write(batch).result == {"left": 1}
    assert Task.objects.get().title != "Lần hai"


def test_all_or_nothing_takes_back_what_was_written():
    fill_ledger(2)
    rows = [row | {"product": "Đề án"} for row in rows_here()]
    batch, _ = bring(None, data=csv_of(rows), name="a.csv")
    move_task(None, task=int(rows[1]["id"]), move=Move.START)
    job = write(batch, mode=Mode.ALL)
    assert (batch.state, job.result) == (
        ImportState.REFUSED,
        {"changed": 1, "left": 1, "undone": 1},
    )
    assert set(Task.objects.values_list("product", flat=True)) == {""}


def test_the_deadline_of_somebody_elses_task_is_asked_for():
    ensure_shipped_rows()
    fill_ledger(1)
    ministry = Body.objects.get(ref="mofa")
    person = make_person(Role.APPROVER, body=ministry)
    Task.objects.update(deadline="2021-H2")
    (row,) = rows_here(person)
    late = row | {"deadline": "2027-Q1"}
    batch, _ = bring(person, data=csv_of([late]), name="a.csv")
    assert [f[1] for f in faults(batch)] == ["deadline"]
    data = csv_of([late | {"reason": "đối tác chưa sẵn sàng", "reason_code": "partner"}])
    batch, _ = bring(person, data=data, name="b.csv")
    assert write(batch, person).result == {"changed": 1, "slips": 1, "left": 0}
    slip = Slip.objects.get()
    assert (slip.state, slip.reason_code, slip.body) == (SlipState.ASKED, "partner", ministry)
    assert Task.objects.get().deadline == "2021-H2"
    undo(batch, person)
    slip.refresh_from_db()
    assert slip.state == SlipState.WITHDRAWN
    # The words of it are not theirs to change, and what they may not see is not there.
    batch, _ = bring(person, data=csv_of([rows_here(person)[0] | {"title": "x"}]), name="c.csv")
    assert faults(batch)[0][1:3] == ("title", "x")
    assert bring(
        person, data=csv_of([{"id": "999999", "title": "x", "version": "0"}]), name="d.csv"
    )[0].rows.get().faults[0][:2] == ["id", "999999"]


@pytest.mark.parametrize("deadline", ["2020-01-01", "2026-03-01", "2999-01-01"])
def test_a_file_moves_no_deadline_the_page_would_not_move(deadline):
    task, people = make_task(), make_people()
    with time_machine.travel(_APRIL, tick=False):
        data = csv_of([rows_here(people["writes"])[0] | {"deadline": deadline, "reason": "chờ"}])
        batch, _ = bring(people["writes"], data=data, name="a.csv")
        assert [f[1] for f in faults(batch)] == ["deadline"]
        with pytest.raises(ImportRefused):
            write(batch, people["writes"])
    assert not Slip.objects.filter(task=task).exists()


def test_who_stands_on_both_sides_asks_and_a_second_person_decides():
    task, people = make_task(), make_people()
    with time_machine.travel(_APRIL, tick=False):
        for who, state in (("desk", SlipState.ASKED), ("judges", SlipState.APPROVED)):
            Slip.objects.all().delete()
            row = rows_here(people[who])[0] | {"deadline": "2026-Q4", "reason": "chờ"}
            batch, _ = bring(people[who], data=csv_of([row]), name=f"{who}.csv")
            write(batch, people[who])
            assert Slip.objects.get(task=task).state == state


@pytest.mark.parametrize("named", ["", "Bộ Khác"])
def test_undoing_brings_back_the_bodies_a_collective_was_expanded_to(named):
    task = make_task()
    make_people()
    task.assignments.update(
        is_collective=True, body_ref="", as_written="các bộ", role=AssignmentRole.COORDINATING
    )
    expand_collective(
        None,
        assignment=task.assignments.get().pk,
        bodies=["bo-lam", "bo-khac"],
        completion=Completion.ALL,
    )

    def standing():
        return set(task.assignments.filter(ended_at=None).values_list("as_written", flat=True))

    before = standing()
    batch, _ = bring(None, data=csv_of([rows_here()[0] | {"coordinating": named}]), name="a.csv")
    write(batch)
    assert standing() == {named} - {""}
    undo(batch)
    assert standing() == before == {"các bộ", "Bộ Làm việc", "Bộ Khác"}


def test_who_only_keeps_the_document_changes_nothing_by_a_file():
    task, people = make_task(issuer="Hội nghị"), make_people()
    data = csv_of([rows_here(people["judges"])[0] | {"lead": "Bộ Khác"}])
    batch, _ = bring(people["judges"], data=data, name="a.csv")
    assert [f[1] for f in faults(batch)] == ["lead"]
    task.refresh_from_db()
    assert task.lead == "bo-lam"


def test_states_change_by_moves_only():
    fill_ledger(1)
    (row,) = rows_here()
    batch, _ = bring(None, data=csv_of([row | {"status": "done"}]), name="a.csv")
    assert faults(batch)[0][:2] == (2, "status")
    batch, _ = bring(None, data=csv_of([row | {"status": "suspended"}]), name="b.csv")
    assert "lý do" in faults(batch)[0][3]
    batch, _ = bring(
        None, data=csv_of([row | {"status": "suspended", "reason": "chờ"}]), name="c.csv"
    )
    assert write(batch).result == {"changed": 1, "moved": 1, "left": 0}
    assert Task.objects.get().status == Status.SUSPENDED
    assert undo(batch).result == {"kept": 1}
    # Done needs evidence; that is found out when it is moved.
    Task.objects.update(status=Status.IN_PROGRESS)
    batch, _ = bring(None, data=csv_of([rows_here()[0] | {"status": "awaiting"}]), name="e.csv")
    assert write(batch).result == {"left": 1}
    assert "minh chứng" in batch.rows.get().why.lower() or batch.rows.get().why


def test_a_reader_brings_nothing_and_a_reporter_no_new_tasks():
    with pytest.raises(PermissionDenied):
        bring(make_person(Role.READER), data=csv_of([NEW]), name="a.csv")
    batch, _ = bring(make_person(Role.REPORTER), data=csv_of([NEW]), name="a.csv")
    assert counts(batch) == {"fault": 1}
    other = make_person(Role.APPROVER)
    with pytest.raises(PermissionDenied):
        start_applying(other, batch=batch.pk, mode=Mode.GOOD)
    with pytest.raises(UnreadableFile):
        bring(other, data=csv_of([NEW]), name="b.csv")


def test_rows_that_cannot_stand_say_why():
    wrong = [
        {"title": "A" * 201},
        {"lead": "Bộ Công Thương"},
        {"title": "b", "deadline": "sắp tới"},
        {"title": "c", "lead": "Bộ Công Thươn"},
        {"title": "d", "status": "Hoàn thành"},
        {"title": "e", "parent": "77"},
        {"title": "f", "said_on": "31/02/2026"},
        {"title": "g", "due_rule": "âm lịch"},
        {"title": "h", "code": "trùng"},
        {"title": "i", "code": "trùng"},
    ]
    batch, _ = bring(None, data=csv_of(wrong), name="a.csv")
    assert counts(batch) == {"fault": 9, "new": 1}
    assert [(n, c) for n, c, *_ in faults(batch)] == [
        (2, "title"),
        (3, "title"),
        (4, "deadline"),
        (5, "lead"),
        (6, "status"),
        (7, "parent"),
        (8, "said_on"),
        (9, "due_rule"),
        (11, "code"),
    ]


def test_days_numbers_and_periods_as_people_write_them():
    ways = {
        "30/06/2026": "2026-06-30",
        "1-7-2026": "2026-07-01",
        "tháng 6/2026": "2026-06",
        "Quý II/2026": "2026-Q2",
        "6 tháng cuối năm 2026": "2026-H2",
        "2026-6-3": "2026-06-03",
        "quý 3 - 2026": "2026-Q3",
        "6 tháng đầu 2026": "2026-H1",
        "2022 – 2026": "2022/2026",
        "năm 2027": "2027",
        "2026-Q4": "2026-Q4",
    }
    rows = [{"title": f"Việc {n}", "deadline": way} for n, way in enumerate(ways)]
    batch, _ = bring(None, data=csv_of(rows), name="a.csv")
    assert faults(batch) == []
    assert [r.wanted["deadline"] for r in batch.rows.order_by("number")] == list(ways.values())
    table = read_table(
        "Số trong sổ;Phiên bản;Nhiệm vụ\n1.234;12,0;  x  \n;;\n".encode(), name="a.csv"
    )
    assert list(table.rows()) == [(2, {"id": "1234", "version": "12", "title": "x"})]


def test_comparing_goes_on_where_a_worker_stopped(monkeypatch):
    monkeypatch.setattr(taking, "AT_ONCE", 5)
    monkeypatch.setattr(jobs, "STEP", 4)
    rows = [{"title": f"Việc {n}", "code": f"C-{n % 9}"} for n in range(14)]
    batch, _new = bring(None, data=csv_of(rows), name="a.csv")
    assert (batch.state, batch.n_rows, batch.rows.count()) == (ImportState.COMPARING, 14, 0)
    for done in (4, 8):
        Worker(stop=lambda done=done: batch.rows.count() >= done).run()
        assert batch.rows.count() == done
    run_job(batch.job)
    batch.refresh_from_db()
    assert batch.state == ImportState.COMPARED
    # The ninth row has the code of the first, which another worker read.
    assert counts(batch) == {"new": 9, "fault": 5}
    assert [n for n, *_fault in faults(batch)] == [11, 12, 13, 14, 15]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_workbook_is_in_the_words_of_its_reader_and_comes_back_in_either_language(language):
    fill_ledger(4)
    deadlines = ("2027-Q1", "2026-H1", "2026-12", "2026")
    for task, deadline in zip(Task.objects.order_by("pk"), deadlines, strict=True):
        Task.objects.filter(pk=task.pk).update(deadline=deadline, status=Status.IN_PROGRESS)
    with translation.override(language):
        data = xlsx_of(rows_here())
    cells = [c for _n, c in read_table(data, name="so.xlsx").rows()]
    state = {"vi": "Đang thực hiện", "en": "In progress"}[language]
    assert {c["status"] for c in cells} == {state}
    assert cells[0]["deadline"] == {"vi": "quý I/2027", "en": "quarter I of 2027"}[language]
    codes = {v for one in COLUMNS for v, label in one.choices if v != str(label)}
    assert not {cell for c in cells for cell in c.values()} & codes
    other = {"vi": "en", "en": "vi"}[language]
    with translation.override(other):
        batch, _new = bring(None, data=data, name="so.xlsx")
    assert (counts(batch), faults(batch)) == ({"same": 4}, [])


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_word_a_cell_may_have_is_read_back_as_what_it_was(language):
    periods = ["2027-Q1", "2027-Q4", "2026-H1", "2026-H2", "2026", "2022/2026", "2026-01/2026-09"]
    periods += [f"2026-{month:02d}" for month in range(1, 13)]
    for column in COLUMNS:
        kept = [v for v, _l in column.choices] + periods * (column.form == "deadline")
        with translation.override(language):
            said = [said_cell(column, one) for one in kept]
        assert [read_cell(column, one) for one in said] == kept
