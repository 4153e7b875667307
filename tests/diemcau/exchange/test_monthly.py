"""The monthly table of a body: out and in unchanged is nothing, a changed row is one report."""

import io
import re

import pytest
import xlsxwriter
from django.utils import translation

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import write_progress
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import Evidence, Progress, ProgressState, Task
from diemcau.delivery.states import Status
from diemcau.directory.models import Body
from diemcau.directory.shipped import ensure_shipped_rows
from diemcau.documents.models import Statement
from diemcau.exchange.applying import ImportRefused, recognise_rows, start_applying
from diemcau.exchange.models import ImportState, Mode, Outcome, RowKind
from diemcau.exchange.monthly.form import MONTHLY
from diemcau.exchange.monthly.rows import fill_monthly, month_of, tasks_of_month
from diemcau.exchange.monthly.writing import write_monthly
from diemcau.exchange.reading import UnreadableFile, read_table
from diemcau.exchange.taking import bring
from diemcau.exchange.undoing import start_undoing
from diemcau.jobs.worker import run_job
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db
MONTH = "2026-11"


@pytest.fixture(autouse=True)
def vietnamese():
    with translation.override("vi"):
        yield


@pytest.fixture
def ministry():
    ensure_shipped_rows()
    fill_ledger(3)
    return Body.objects.get(ref="mofa")


@pytest.fixture
def approver(ministry):
    return make_person(Role.APPROVER, name="duyet", body=ministry)


@pytest.fixture
def reporter(ministry):
    return make_person(Role.REPORTER, name="viet", body=ministry)


def rows_of(person, body):
    tasks = tasks_of_month(person, body, month_of(MONTH), on=__import__("datetime").date.today())
    return fill_monthly(person, tasks, body)


def made(person, body):
    with write_monthly(rows_of(person, body), body=body, span=month_of(MONTH), who="thử") as file:
        return file.read()


def cells_of(data):
    table = read_table(data, name="a.xlsx", layouts=(MONTHLY,))
    return [cells for _number, cells in table.rows()]


def refilled(data, **changes):
    """The workbook with other cells, as a spreadsheet saves it: by row number from 1, by column."""
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))
    sheets = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    first = book.sheet_names[0]
    at = {column.name: place for place, column in enumerate(MONTHLY.columns)}
    for name, text in changes.items():
        column, row = name.rsplit("_", 1)
        sheets[first][5 + int(row)][at[column]] = text
    return workbook(sheets)


def workbook(sheets):
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"strings_to_formulas": False}) as copy:
        for name, lines in sheets.items():
            page = copy.add_worksheet(name)
            for number, line in enumerate(lines):
                for place, cell in enumerate(line):
                    if cell != "":
                        page.write(number, place, cell)
    return buffer.getvalue()


def kinds(batch):
    return [row.kind for row in batch.rows.order_by("number")]


def faults(batch):
    return [fault for row in batch.rows.order_by("number") for fault in row.faults]


def write(batch, person, to=ProgressState.DRAFT):
    start_applying(person, batch=batch.pk, mode=Mode.ALL, report_to=to)
    batch.refresh_from_db()
    job = run_job(batch.job)
    batch.refresh_from_db()
    assert job.message == ""
    return job.result


def test_what_goes_out_comes_in_unchanged_and_nothing_changes(approver, ministry):
    first = Task.objects.order_by("pk").first()
    write_progress(
        approver, task=first.pk, done="Đã gửi công hàm\nlần thứ nhất.", to=ProgressState.RELEASED
    )
    data = made(approver, ministry)
    table = read_table(data, name="a.xlsx", layouts=(MONTHLY,))
    assert (table.signature.is_whole, table.layout.form) == (True, "monthly")
    assert [c["id"] for c in cells_of(data)] == [
        str(t.pk) for t in Task.objects.order_by("said_on")
    ]
    before = AuditEntry.objects.count()
    for sent in (data, refilled(data)):
        batch, is_new = bring(approver, data=sent, name="thang-11.xlsx")
        assert (is_new, kinds(batch), batch.form) == (True, [RowKind.SAME] * 3, "monthly")
        assert (batch.body, batch.period) == (ministry, MONTH)
        with pytest.raises(ImportRefused):
            start_applying(approver, batch=batch.pk, mode=Mode.GOOD)
    assert AuditEntry.objects.count() == before + 2


@pytest.mark.parametrize(
    "to", [ProgressState.DRAFT, ProgressState.SUBMITTED, ProgressState.RELEASED]
)
def test_a_changed_row_becomes_exactly_one_progress_report(approver, ministry, to):
    data = refilled(made(approver, ministry), result_2="Đã thống nhất đầu mối hai bên.")
    batch, _new = bring(approver, data=data, name="a.xlsx")
    assert kinds(batch) == [RowKind.SAME, RowKind.CHANGED, RowKind.SAME]
    assert not Progress.objects.exists()
    before = AuditEntry.objects.count()
    assert write(batch, approver, to) == {"reported": 1, "left": 0}
    report = Progress.objects.get()
    assert (report.done, report.period, report.state) == (
        "Đã thống nhất đầu mối hai bên.",
        MONTH,
        to,
    )
    assert (report.body, report.written_by) == (ministry, approver)
    # The order to write, the one report, and the stroke it was written in.
    assert AuditEntry.objects.count() == before + 3
    stroke = AuditEntry.objects.get(action="exchange.report_rows")
    assert (stroke.target_id, stroke.detail["n_reported"]) == (str(batch.pk), 1)
    assert batch.state == ImportState.APPLIED
    # What was released stands in the next table; what was not is nobody's yet.
    shown = [row.result for row in rows_of(approver, ministry)]
    assert shown.count("Đã thống nhất đầu mối hai bên.") == (to == ProgressState.RELEASED)


def test_drafts_are_thrown_away_as_one_and_what_was_said_stays(approver, ministry):
    data = refilled(made(approver, ministry), result_1="một", result_2="hai")
    batch, _new = bring(approver, data=data, name="a.xlsx")
    write(batch, approver)
    Progress.objects.filter(done="hai").update(state=ProgressState.SUBMITTED)
    start_undoing(approver, batch=batch.pk)
    batch.refresh_from_db()
    assert run_job(batch.job).result == {"undone": 1, "kept": 1}
    assert [p.done for p in Progress.objects.all()] == ["hai"]
    stroke = AuditEntry.objects.get(action="exchange.take_back_reports")
    assert (stroke.detail["n_undone"], len(stroke.detail["kept"])) == (1, 1)
    batch.refresh_from_db()
    assert batch.state == ImportState.UNDONE
    assert "trình" in batch.rows.get(outcome=Outcome.KEPT).why


def test_the_state_moves_by_the_bodys_own_moves(approver, ministry):
    data = made(approver, ministry)
    batch, _ = bring(approver, data=refilled(data, status_1="Đang thực hiện"), name="a.xlsx")
    assert write(batch, approver) == {"moved": 1, "left": 0}
    first = Task.objects.get(pk=cells_of(data)[0]["id"])
    assert first.status == Status.IN_PROGRESS
    # Done is reported by the body, and needs something to show.
    data = made(approver, ministry)
    done = refilled(data, status_1="Đã hoàn thành", result_1="Đã bàn giao.")
    batch, _ = bring(approver, data=done, name="b.xlsx")
    assert [f[0] for f in faults(batch)] == ["status"]
    assert "minh chứng" in faults(batch)[0][2].lower()
    Evidence.objects.create(task=first, kind="product", what="biên bản", added_at=first.recorded_at)
    batch, _ = bring(approver, data=refilled(done, result_1="Đã bàn giao xong."), name="c.xlsx")
    assert faults(batch) == []
    assert write(batch, approver) == {"moved": 1, "reported": 1, "left": 0}
    first.refresh_from_db()
    assert first.status == Status.AWAITING
    batch, _ = bring(approver, data=refilled(data, status_2="trên mây"), name="d.xlsx")
    assert faults(batch)[0][:2] == ["status", "trên mây"]


def test_what_moved_on_here_is_not_overwritten_and_what_was_not_touched_says_nothing(
    approver, ministry
):
    data = made(approver, ministry)
    first, second = (int(c["id"]) for c in cells_of(data)[:2])
    for pk in (first, second):
        write_progress(approver, task=pk, done="Lời mới hơn.", to=ProgressState.RELEASED)
    batch, _ = bring(approver, data=refilled(data, result_1="Lời cũ hơn."), name="a.xlsx")
    assert kinds(batch) == [RowKind.CONFLICT, RowKind.SAME, RowKind.SAME]
    # Between comparing and writing, too.
    data = made(approver, ministry)
    batch, _ = bring(approver, data=refilled(data, result_1="Lời sau."), name="b.xlsx")
    write_progress(approver, task=first, done="Lời chen vào.", to=ProgressState.RELEASED)
    assert write(batch, approver, ProgressState.RELEASED) == {"left": 1}
    assert Progress.objects.filter(task=first).count() == 2


def test_a_reporter_hands_on_and_does_not_release(reporter, approver, ministry):
    data = refilled(made(reporter, ministry), result_1="một", result_2="hai")
    batch, _ = bring(reporter, data=data, name="a.xlsx")
    assert write(batch, reporter, ProgressState.RELEASED) == {"left": 2}
    assert not Progress.objects.exists()
    data = refilled(made(reporter, ministry), result_1="một", result_2="ba")
    batch, _ = bring(reporter, data=data, name="b.xlsx")
    assert write(batch, reporter, ProgressState.SUBMITTED) == {"reported": 2, "left": 0}
    # Going on with it is done where it lies.
    batch, _ = bring(reporter, data=refilled(data, result_1="bốn"), name="c.xlsx")
    assert {fault[0] for fault in faults(batch)} == {"result"}


def test_somebody_elses_table_changes_nothing(ministry):
    stranger = make_person(Role.REPORTER, name="la", body=Body.objects.get(ref="moit"))
    data = refilled(made(None, ministry), result_1="của tôi")
    batch, _ = bring(stranger, data=data, name="a.xlsx")
    assert kinds(batch)[0] == RowKind.FAULT
    with pytest.raises(ImportRefused):
        start_applying(stranger, batch=batch.pk, mode=Mode.GOOD)


HEADS = ["TT", "Số thông báo kết luận", "Trích yếu", "Nội dung", "Kết quả thực hiện", "Tình trạng"]


def foreign(lines, above=(["Đơn vị: Bộ Ngoại giao"], ["Tháng 11 năm 2026"])):
    return workbook({"Bảng": [*above, HEADS, *lines]})


def test_a_table_of_their_own_is_known_by_its_words_once_a_person_confirms(approver, ministry):
    Task.objects.update(action="x")
    wanted = Task.objects.order_by("pk").first()
    Task.objects.filter(pk=wanted.pk).update(
        action="Lập đường dây trao đổi với nước bạn về thực hiện thỏa thuận đã ký"
    )
    lines = [
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)"],
        [1, "", "", "Lập đường dây trao đổi với nước bạn về thực hiện thoả thuận đã ký", "Xong."],
        [2, "", "", "Trồng cây gây rừng ở ven biển", "Đã trồng."],
        [3, "", "", "", "Không rõ việc gì."],
    ]
    batch, _ = bring(approver, data=foreign(lines), name="bang.xlsx")
    assert (batch.body, batch.period, batch.is_signed) == (ministry, MONTH, False)
    assert kinds(batch) == [RowKind.PROPOSED, RowKind.FAULT, RowKind.FAULT]
    row = batch.rows.get(kind=RowKind.PROPOSED)
    assert (row.task_id, row.wanted) == (wanted.pk, {"done": "Xong."})
    assert row.why
    with pytest.raises(ImportRefused):
        start_applying(approver, batch=batch.pk, mode=Mode.GOOD)
    with pytest.raises(ImportRefused):
        recognise_rows(approver, batch=batch.pk, rows=[row.number + 1])
    recognise_rows(approver, batch=batch.pk, rows=[row.number])
    assert write(batch, approver) == {"reported": 1, "left": 0}
    assert Progress.objects.get().task == wanted


def test_words_of_several_tasks_are_no_proposal(approver, ministry):
    words = Task.objects.order_by("pk").first().action
    batch, _ = bring(approver, data=foreign([[1, "", "", words, "Xong."]]), name="bang.xlsx")
    ((column, _found, why),) = faults(batch)
    assert column == "id"
    assert all(str(pk) in why for pk in Task.objects.values_list("pk", flat=True))


def test_rows_that_slid_against_their_numbers_are_refused(approver, ministry):
    Task.objects.filter(pk=Task.objects.order_by("pk").last().pk).update(action="Việc khác hẳn")
    data = made(approver, ministry)
    one, other = cells_of(data)[0], cells_of(data)[2]
    slid = refilled(data, id_1=int(other["id"]), id_3=int(one["id"]), result_1="một")
    batch, _ = bring(approver, data=slid, name="a.xlsx")
    assert [fault[0] for fault in faults(batch)] == ["content", "content"]


def test_a_table_without_body_or_month_says_what_is_missing(approver):
    line = [[1, "", "", "Việc", "Xong."]]
    for above, word in (
        ((["Tháng 11 năm 2026"],), "cơ quan"),
        ((["Bộ Ngoại giao"],), "tháng"),
    ):
        with pytest.raises(UnreadableFile) as caught:
            bring(approver, data=foreign(line, above), name="a.xlsx")
        assert word in caught.value.faults[0].reason.lower()


def test_a_month_runs_from_the_fifteenth_to_the_fourteenth():
    span = month_of("2026-01")
    assert (str(span.first), str(span.last)) == ("2025-12-15", "2026-01-14")
    assert month_of("2026-Q1") is None
    assert month_of("2026") is None


def test_columns_of_the_register_may_stand_in_a_table_of_their_own(approver, ministry):
    Task.objects.update(action="x")
    action = "Lập đường dây trao đổi với nước bạn về thực hiện thỏa thuận đã ký"
    Task.objects.filter(pk=Task.objects.order_by("pk").first().pk).update(action=action)
    heads = [*HEADS, "Cơ quan chủ trì", "Thời hạn"]
    line = [1, "", "", action, "Xong.", "", "Bộ Ngoại giao", "quý I/2027"]
    above = (["Đơn vị: Bộ Ngoại giao"], ["Tháng 11 năm 2026"])
    batch, _ = bring(approver, data=workbook({"Bảng": [*above, heads, line]}), name="bang.xlsx")
    assert (kinds(batch), faults(batch)) == ([RowKind.PROPOSED], [])
    assert batch.rows.get().wanted == {"done": "Xong."}
    with pytest.raises(UnreadableFile) as refused:
        bring(approver, data=workbook({"Bảng": [*above, [*HEADS, "Ghi chú"], line]}), name="b.xlsx")
    (fault,) = refused.value.faults
    assert fault.column == "Ghi chú"
    assert "“Số thông báo kết luận”" in fault.reason
    assert "“Thời hạn”" in fault.reason


def test_a_number_that_was_read_and_accepted_names_what_gives_the_task(ministry):
    accepted = {"state": "accepted"}
    document = make_document("VĂN PHÒNG CHÍNH PHỦ")
    bears = make_statement(
        document,
        "instruments",
        "612/TB-VPCP",
        **accepted,
        sentence="Số: 612/TB-VPCP",
        kind="thông báo",
        number="612/TB-VPCP",
        date="2026-11-02",
    )

    def task_of(line, number=""):
        values = {"action": line, "assignees": ["Bộ Ngoại giao"]}
        made = make_statement(document, "tasks", line, sentence=f"{number} | {line}", **values)
        version = made.text_version
        version.refresh_from_db()
        if number:
            at = version.text.index(f"{number} | {line}")
            Statement.objects.create(
                document=document,
                text_version=version,
                reading=made.reading,
                kind="instruments",
                start=at,
                end=at + len(number),
                quote=number,
                folded=number.lower(),
                rule="instrument",
                confidence=1,
                data={"kind": "thông báo", "number": number, "date": "2026-05-12"},
                **accepted,
            )
        return record_task(made)

    plain = task_of("rà soát thỏa thuận đã ký với các nước bạn")
    named = task_of("báo cáo kết quả chuyến thăm cấp cao", "240/TB-VPCP")
    version = document.texts.get()
    lines = [m.span() for m in re.finditer(r"[^\n]+", version.text)]
    version.blocks = [[start, end, "row", None, ""] for start, end in lines]
    version.save()
    rows = {row.task.pk: row for row in fill_monthly(None, [plain, named], ministry)}
    assert rows[plain.pk].notice == "Thông báo 612/TB-VPCP ngày 02/11/2026"
    assert rows[named.pk].notice == "Thông báo 240/TB-VPCP ngày 12/05/2026"
    # The title here is not what that other notice is about.
    assert (bool(rows[plain.pk].subject), rows[named.pk].subject) == (True, "")
    Statement.objects.filter(pk=bears.pk).update(state="proposed")
    assert fill_monthly(None, [plain], ministry)[0].notice == ""
