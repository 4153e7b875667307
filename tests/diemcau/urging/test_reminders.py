"""Letters of urging: who writes about what, what the paper tells, and what issuing it asks."""

import datetime as dt
import io
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from docx import Document as open_docx

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.models import (
    Answer,
    Assignment,
    AssignmentAnswer,
    AssignmentRole,
    DecidingLevel,
    Directive,
    Evidence,
    EvidenceKind,
    Instrument,
    Obstacle,
    Progress,
    ProgressState,
    ReportRequest,
    Side,
    Slip,
    SlipReason,
    SlipState,
)
from diemcau.delivery.states import Status
from diemcau.urging.actions import draft_reminder, issue_reminder
from diemcau.urging.models import Kind, Notice, Reminder, Rule
from diemcau.urging.plan import make_plan
from diemcau.urging.refusals import RuleMoved, RuleRefused
from tests.diemcau.people import client_of
from tests.diemcau.sheets import take_sheet
from tests.diemcau.statements import make_document, make_statement
from tests.diemcau.urging.conftest import MONDAY, instant

pytestmark = pytest.mark.django_db

FRIDAY = dt.date(2026, 3, 6)


@pytest.fixture
def late(house):
    """A late task of the department, ordered in a clause of a notice, given by the ministry."""
    task = house.task(
        "2026-02-20",
        status=Status.IN_PROGRESS,
        title="Trình đề án mở đường bay",
        action="Xây dựng, trình đề án mở đường bay thẳng",
        last_word_at=instant("2026-02-10 09:00"),
    )
    task.assigner = house.ministry
    notice = Instrument.objects.create(
        kind="Thông báo",
        number="65/TB-VPCP",
        issued_on=dt.date(2026, 1, 5),
        issuer="Văn phòng Chính phủ",
        subject="Kết luận của Thủ tướng Chính phủ tại Hội nghị ngoại giao kinh tế",
        recorded_at=MONDAY,
    )
    task.directive = Directive.objects.create(
        document=task.document, instrument=notice, clause="3.b", text="…", recorded_at=MONDAY
    )
    task.save()
    return task


def told_of(client, made, **query):
    """The paragraphs and table cells of the letter, as an office program opens it."""
    typed = {"co-quan-ky": "Bộ Thử nghiệm", **query}
    answer = take_sheet(client, "reminder", "docx", args=[made.pk], **typed)
    assert answer.status_code == 200
    entry = AuditEntry.objects.latest("pk")
    assert (entry.action, entry.target_id) == ("exchange.take_list_out", str(made.pk))
    paper = open_docx(io.BytesIO(b"".join(answer.streaming_content)))
    lines = [one.text for one in paper.paragraphs if one.text]
    cells = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    return lines, cells


def draft(house, *tasks, by=None, body="vu-thu", **more):
    return draft_reminder(
        by or house.desk, body=body, tasks=[one.pk for one in tasks], answer_by=FRIDAY, **more
    )


def test_a_letter_about_one_task_tells_its_source_and_its_history(house, late):
    Progress.objects.create(
        task=late,
        body=house.unit,
        state=ProgressState.RELEASED,
        done="Đã lấy ý kiến 5 cơ quan",
        next_step="hoàn thiện dự thảo",
        written_at=instant("2026-02-10 08:00"),
        released_at=instant("2026-02-10 09:00"),
    )
    Progress.objects.create(
        task=late, body=house.unit, done="nội dung chưa phát hành", written_at=MONDAY
    )
    Slip.objects.create(
        task=late,
        before="2026-01-31",
        due_before=dt.date(2026, 1, 31),
        after="2026-02-20",
        due_after=dt.date(2026, 2, 20),
        reason_code=SlipReason.PARTNER,
        reason="bạn chưa trả lời",
        state=SlipState.APPROVED,
        asked_at=instant("2026-01-25 09:00"),
        decided_at=instant("2026-01-28 09:00"),
    )
    Obstacle.objects.create(
        task=late,
        what="Phía bạn chưa cấp phép",
        cause=SlipReason.PARTNER,
        side=Side.PARTNER,
        level=DecidingLevel.MINISTRY,
        opened_at=instant("2026-02-11 09:00"),
    )
    ReportRequest.objects.create(
        task=late,
        asked_at=instant("2026-02-23 09:00"),
        by_day=dt.date(2026, 2, 25),
        note="nêu rõ nguyên nhân chậm",
    )
    for when in ("2026-02-21 09:00", "2026-02-24 09:00"):
        Notice.objects.create(
            person=house.reporter,
            task=late,
            rule=Rule.objects.get(key="late"),
            kind=Kind.LATE,
            step=1,
            to="reporter",
            is_escalation=False,
            anchor=late.due_to,
            day=instant(when).date(),
            days=1,
            made_at=instant(when),
        )
    made = draft(house, late, by=house.above, demand="báo cáo cả kinh phí")
    lines, cells = told_of(client_of(house.above), made)
    text = "\n".join(lines)
    assert lines[0] == "Kính gửi: Vụ Thử nghiệm"
    assert (
        "điểm 3.b, Thông báo số 65/TB-VPCP ngày 05/01/2026 của Văn phòng Chính phủ về kết luận của "
        "Thủ tướng Chính phủ tại Hội nghị ngoại giao kinh tế" in text
    )
    assert "thời hạn hoàn thành: 20/02/2026, đã lùi 01 lần từ ngày 31/01/2026" in text
    assert "ngày 02 tháng 3 năm 2026, nhiệm vụ đã quá thời hạn 10 ngày, chưa hoàn thành" in text
    assert (
        "- Đã đôn đốc: ngày 23/02/2026 yêu cầu báo cáo, hạn trả lời 25/02/2026: nêu rõ nguyên nhân "
        "chậm; nhắc qua hệ thống 02 lần, từ ngày 21/02/2026 đến ngày 24/02/2026." in text
    )
    assert "ngày 10/02/2026 Vụ Thử nghiệm báo cáo tiến độ: Đã lấy ý kiến 5 cơ quan" in text
    assert "đề nghị lùi thời hạn đến 20/02/2026" in text
    assert "đã được chấp thuận" in text
    assert "Phía bạn chưa cấp phép (phía đối tác; cấp quyết định: " in text
    assert "Thông tin gần nhất: ngày 11/02/2026" in text
    assert "chậm nhất ngày 06 tháng 3 năm 2026" in text
    assert "Báo cáo cả kinh phí." in text
    assert "chưa phát hành" not in text
    assert "V/v đôn đốc thực hiện nhiệm vụ được giao" in cells[0][0]
    assert not any(line.startswith("Phụ lục") for line in lines)


def test_several_tasks_are_told_in_an_annex_that_counts_with_the_letter(house, late):
    silent = house.task(
        said="2025-11-03", title="Việc im lặng", action="gửi báo cáo", issuer="Đỗ Hải Triều"
    )
    words = "Thứ trưởng Bộ Ngoại giao Đỗ Hải Triều"
    titles = ["Thứ trưởng Bộ Ngoại giao"]
    make_statement(silent.document, "people", words, name="Đỗ Hải Triều", titles=titles)
    lines, cells = told_of(client_of(house.desk), draft(house, late, silent))
    text = "\n".join(lines)
    assert "còn 02 nhiệm vụ chưa hoàn thành cần đôn đốc, trong đó: 01 nhiệm vụ đã quá thời" in text
    assert "01 nhiệm vụ chưa quá thời hạn nhưng 30 ngày trở lên chưa có thông tin" in text
    head, first, second = cells[-3:]
    assert head[:3] == ["STT", "Nhiệm vụ", "Nguồn giao, vai trò"]
    assert first[:2] == ["1", "Xây dựng, trình đề án mở đường bay thẳng"]
    assert second[1] == "Gửi báo cáo"
    assert "Ý kiến chỉ đạo của Thứ trưởng Bộ Ngoại giao Đỗ Hải Triều ngày 03/11/2025" in second[2]
    assert "Vai trò: chủ trì." in second[2]
    assert "hệ thống theo dõi chưa ghi nhận thông tin nào từ ngày 03/11/2025" in second[5]
    assert "chậm nhất ngày 06/03/2026" in second[6]


@pytest.mark.parametrize(
    ("who", "why"),
    [
        ("reporter", PermissionDenied),
        ("approver", "một cơ quan khác"),
        ("above", ""),
        ("desk", ""),
    ],
)
def test_only_who_gave_the_task_writes_about_it(house, late, who, why):
    person = getattr(house, who)
    if why == PermissionDenied:
        with pytest.raises(PermissionDenied):
            draft(house, late, by=person)
        assert client_of(person).get(reverse("reminders")).status_code == 403
    elif why:
        with pytest.raises(RuleRefused):
            draft(house, late, by=person)
    else:
        made = draft(house, late, by=person)
        assert made.sender == house.ministry
    assert AuditEntry.objects.filter(action="urging.draft_reminder").count() == (not why)


def test_what_cannot_be_urged_is_named_with_the_reason(house, late):
    done = house.task("2026-02-01", status=Status.DONE, delivered="2026-02-01", title="Đã xong")
    others = house.task("2026-02-01", status=Status.NEW, ref="bo-khac", title="Của bộ khác")
    with pytest.raises(RuleRefused) as refused:
        draft(house, late, done, others)
    assert "Đã xong" in str(refused.value)
    assert "Của bộ khác" in str(refused.value)
    assert late.title not in str(refused.value)
    with pytest.raises(RuleRefused):
        draft(house)
    with pytest.raises(RuleRefused):
        draft_reminder(house.desk, body="vu-thu", tasks=[late.pk], answer_by=dt.date(2026, 3, 1))
    assert not Reminder.objects.exists()


def test_a_body_above_is_written_to_about_the_tasks_of_those_under_it(house, late):
    assert draft(house, late, body="bo-thu").body == house.ministry


def test_a_task_the_body_may_not_see_is_in_no_letter_to_it(house, late):
    late.document.is_closed = True
    late.document.owner = house.other
    late.document.save()
    with pytest.raises(RuleRefused):
        draft(house, late)


def test_an_issued_letter_asks_each_task_for_a_report_that_is_awaited(house, late):
    made = draft(house, late)
    assert not ReportRequest.objects.exists()
    issue_reminder(house.desk, reminder=made.pk, number="12/BTN-VP", issued_on=MONDAY.date())
    (asked,) = ReportRequest.objects.all()
    assert (asked.task, asked.by_day) == (late, FRIDAY)
    assert "12/BTN-VP" in asked.note
    page = client_of(house.approver).get(
        reverse("report_calendar", args=["vu-thu"]) + "?che-do=duoc-yeu-cau"
    )
    assert "12/BTN-VP" in page.content.decode()
    assert "Chưa đến hạn" in page.content.decode()
    # Corrected later, it asks nothing anew.
    again = issue_reminder(
        house.desk, reminder=made.pk, number="13/BTN-VP", issued_on=MONDAY.date(), seen=1
    )
    assert (again.number, ReportRequest.objects.count()) == ("13/BTN-VP", 1)
    with pytest.raises(RuleMoved):
        issue_reminder(
            house.desk, reminder=made.pk, number="14/BTN-VP", issued_on=MONDAY.date(), seen=1
        )
    entries = AuditEntry.objects.filter(action="urging.issue_reminder")
    assert [one.detail["asked"] for one in entries.order_by("pk")] == [[late.pk], []]
    house.clock.move_to(instant("2026-03-09 09:00"))
    lines, _cells = told_of(client_of(house.desk), made)
    assert "Công văn số 13/BTN-VP" not in "\n".join(lines), "a letter does not tell of itself"
    next_one = draft_reminder(
        house.desk, body="vu-thu", tasks=[late.pk], answer_by=dt.date(2026, 3, 13)
    )
    lines, _cells = told_of(client_of(house.desk), next_one)
    assert "Công văn số 13/BTN-VP ngày 02/03/2026, hạn trả lời 06/03/2026" in "\n".join(lines)


def test_silence_on_a_report_asked_for_is_urged_until_a_word_comes(house, late):
    made = draft(house, late)
    issue_reminder(house.desk, reminder=made.pk, number="12/BTN-VP", issued_on=MONDAY.date())
    house.clock.move_to(instant("2026-03-09 09:00"))
    late.last_word_at = instant("2026-03-01 09:00")
    late.save()

    def urged():
        return [
            {person.username for person in one.people}
            for one in make_plan().sayings
            if one.item.rule.kind == Kind.ASKED
        ]

    assert urged() == [{"chuyen-vien"}]
    Progress.objects.create(
        task=late,
        body=house.unit,
        state=ProgressState.RELEASED,
        done="đã trình",
        written_at=instant("2026-03-09 08:00"),
        released_at=instant("2026-03-09 08:00"),
    )
    assert urged() == []
    page = client_of(house.approver).get(
        reverse("report_calendar", args=["vu-thu"]) + "?che-do=duoc-yeu-cau"
    )
    assert "Gửi chậm" in page.content.decode()


def test_a_body_returning_its_assignment_is_told(house, late):
    given = Assignment.objects.get(task=late)
    AssignmentAnswer.objects.create(
        assignment=given, answer=Answer.RETURNED, reason="không đúng chức năng", at=MONDAY
    )
    lines, _cells = told_of(client_of(house.desk), draft(house, late))
    assert (
        "ngày 02/03/2026 Vụ Thử nghiệm chuyển trả để giao cơ quan khác, lý do: không đúng chức năng"
        in "\n".join(lines)
    )


def test_the_form_offers_what_is_late_or_silent_and_drafts(house, late, django_assert_num_queries):
    for n in range(3):
        house.task("2026-02-01", status=Status.NEW, title=f"Việc trễ {n}")
    house.task("2026-12-01", status=Status.NEW, said="2026-03-01", title="Việc còn hạn")
    client = client_of(house.desk)
    address = reverse("reminder_new") + "?co-quan=vu-thu"
    client.get(address)
    # The three beyond the rows: whose part it is, who answers for ended leads, last words.
    with django_assert_num_queries(10):
        page = client.get(address).content.decode()
    assert page.count('name="chon"') == 4
    assert "Việc còn hạn" not in page
    assert 'value="2026-03-09"' in page, "five working days"
    with django_assert_num_queries(7):
        page = client.get(reverse("reminders")).content.decode()
    assert "Vụ Thử nghiệm" in page
    form = {"co-quan": "vu-thu", "chon": [str(late.pk)], "answer_by": "2026-03-06"}
    answer = client.post(reverse("reminder_new"), form)
    made = Reminder.objects.get()
    assert answer.url == reverse("reminder", args=[made.pk])
    client.get(answer.url)
    with django_assert_num_queries(7):
        page = client.get(answer.url).content.decode()
    assert "Bộ Thử nghiệm" in page
    refused = client.post(answer.url, {"number": "", "issued_on": "2026-03-02", "seen": "0"})
    assert refused.status_code == 422
    assert client.post(reverse("reminder_new"), form | {"answer_by": "mai"}).status_code == 422


def test_evidence_is_a_word_and_is_told(house, late):
    late.last_word_at = None
    late.save()
    Evidence.objects.create(
        task=late,
        kind=EvidenceKind.PRODUCT,
        what="Tờ trình đã gửi lãnh đạo",
        body=house.unit,
        added_at=instant("2026-02-27 09:00"),
    )
    made = draft(house, late)
    text = "\n".join(told_of(client_of(house.desk), made)[0])
    assert "Vụ Thử nghiệm gửi minh chứng: Tờ trình đã gửi lãnh đạo" in text
    assert "Thông tin gần nhất: ngày 27/02/2026; 01 minh chứng đã gửi" in text
    assert "chưa ghi nhận thông tin" not in text
    page = client_of(house.desk).get(reverse("reminder", args=[made.pk])).content.decode()
    assert "27/2/2026" in page


def test_a_report_that_tells_of_a_task_is_not_cited_as_the_order(house):
    report = make_document(name="Báo cáo Tình hình thực hiện nhiệm vụ tháng 2 năm 2026")
    report.published_on = dt.date(2026, 2, 25)
    report.save()
    of_nobody = house.task("2026-01-31", document=report, said="2026-02-25", title="Việc một")
    named = house.task(
        "2026-01-31", document=report, said="2026-02-25", title="Việc hai", issuer="Lãnh đạo Bộ"
    )
    made = draft(house, of_nobody)
    text = "\n".join(told_of(client_of(house.desk), made)[0])
    assert (
        "được nêu tại “Báo cáo Tình hình thực hiện nhiệm vụ tháng 2 năm 2026” ngày 25/02/2026, "
        "chưa ghi nhận văn bản hoặc ý kiến giao" in text
    )
    assert "ý kiến chỉ đạo ngày" not in text
    _lines, cells = told_of(client_of(house.desk), draft(house, of_nobody, named))
    assert cells[-1][2].startswith("Nêu tại “Báo cáo")
    assert "ngày 25/02/2026, do Lãnh đạo Bộ giao" in cells[-1][2]


def test_a_task_the_body_only_helps_in_is_left_unticked_and_told_so(house, late):
    helped = house.task("2026-02-01", ref="bo-khac", title="Việc của bộ khác")
    Assignment.objects.filter(task=helped).update(as_written="Bộ Khác")
    Assignment.objects.create(
        task=helped,
        as_written="Vụ Thử nghiệm",
        body_ref="vu-thu",
        role=AssignmentRole.COORDINATING,
    )
    client = client_of(house.desk)
    page = client.get(reverse("reminder_new") + "?co-quan=vu-thu").content.decode()
    ticks = {
        int(pk): "checked" in rest
        for pk, rest in re.findall(r'name="chon"[^>]* value="(\d+)"([^>]*)>', page)
    }
    assert ticks == {late.pk: True, helped.pk: False}
    assert "Phối hợp" in page
    lines, cells = told_of(client, draft(house, late, helped))
    text = "\n".join(lines)
    assert (
        "các nhiệm vụ Vụ Thử nghiệm chủ trì (01 nhiệm vụ) hoặc phối hợp thực hiện (01 nhiệm vụ)"
        in text
    )
    assert "Tập trung chỉ đạo thực hiện các nhiệm vụ Vụ Thử nghiệm chủ trì tại Phụ lục" in text
    assert "Phối hợp với cơ quan chủ trì thực hiện các nhiệm vụ Vụ Thử nghiệm phối hợp" in text
    assert "Vai trò: phối hợp (cơ quan chủ trì: Bộ Khác)." in cells[-1][2]
    assert cells[-1][6].startswith("Phần việc phối hợp đã thực hiện")
    (alone, _cells) = told_of(client, draft(house, helped))
    text = "\n".join(alone)
    assert "Vụ Thử nghiệm là cơ quan phối hợp (cơ quan chủ trì: Bộ Khác)" in text
    assert "Tập trung chỉ đạo" not in text
    assert "Đối với nhiệm vụ" not in text


def test_tasks_of_several_bodies_ask_first_which_is_written_to(house, late):
    other = house.task("2026-02-01", status=Status.NEW, ref="bo-khac", title="Của bộ khác")
    client = client_of(house.desk)
    query = f"?chon={late.pk}:0&chon={other.pk}:0"
    page = client.get(reverse("reminder_new") + query).content.decode()
    assert "co-quan=bo-khac" in page
    assert "co-quan=vu-thu" in page
    page = client.get(reverse("reminder_new") + query + "&co-quan=bo-khac").content.decode()
    assert "Của bộ khác" in page
    assert "1 nhiệm vụ" in page


def test_what_happened_to_a_letter_is_read_in_the_log(house, late):
    made = draft(house, late)
    issue_reminder(house.desk, reminder=made.pk, number="12/BTN-VP", issued_on=MONDAY.date())
    auditor = house.person(Role.ADMINISTRATOR, "quan-tri")
    page = client_of(auditor).get(f"{reverse('audit_log')}?ve=reminder:{made.pk}").content.decode()
    assert "Soạn công văn đôn đốc" in page
    assert "Ghi số, ngày phát hành công văn đôn đốc" in page
    assert "12/BTN-VP" in page


def test_who_does_not_see_every_task_of_a_letter_does_not_see_it(house, late):
    open_one = house.task("2026-02-01", title="Việc mở")
    open_one.assigner = house.ministry
    open_one.save()
    made = draft(house, late, open_one, by=house.above)
    client, address = client_of(house.above), reverse("reminder", args=[made.pk])
    assert client.get(address).status_code == 200
    late.document.is_closed, late.document.owner = True, house.other
    late.document.save()
    assert client.get(address).status_code == 404
    assert "Soạn ngày" not in client.get(reverse("reminders")).content.decode()


def test_a_stranger_sees_no_letter(house, late):
    made = draft(house, late, by=house.above)
    stranger = house.person(Role.APPROVER, "nguoi-la", body=house.other)
    client = client_of(stranger)
    assert client.get(reverse("reminder", args=[made.pk])).status_code == 404
    assert "Vụ Thử nghiệm" not in client.get(reverse("reminders")).content.decode()
    with pytest.raises(RuleRefused):
        issue_reminder(stranger, reminder=made.pk, number="1/X", issued_on=MONDAY.date())


def test_a_letter_tells_the_whole_clause_where_reading_cut_the_action(house, late):
    whole = "Trình đề án mở đường bay, ghi rõ cơ quan chủ trì, cơ quan phối hợp và thời hạn"
    cut = "Trình đề án mở đường bay, ghi rõ cơ"
    late.action, late.title = cut, whole
    late.save(update_fields=["action", "title"])
    lines, _cells = told_of(client_of(house.desk), draft(house, late))
    assert any(f"“{whole}”" in line for line in lines)
