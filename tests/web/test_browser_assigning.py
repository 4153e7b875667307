"""Giving tasks in a real browser: accessible, within the screen, by keyboard, nothing lost."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from diemcau.accounts.models import Role
from diemcau.delivery import actions
from diemcau.delivery.actions.instruments import InstrumentFields
from diemcau.delivery.actions.parts import Part
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import Answer, AssignmentRole, Completion, Echo, Instrument, Task
from diemcau.directory.actions import save_body
from tests.diemcau.people import make_person
from tests.diemcau.statements import make_document, make_statement
from tests.web.accessibility import faults_of, in_two_ways

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOTICE = """THÔNG BÁO
1. Đánh giá chung: công tác đã đạt kết quả tích cực.
2. Nhiệm vụ:
a) Bộ Giáp chủ trì rà soát các cam kết đã ký.
b) Bộ Ất đàm phán hiệp định."""


@pytest.fixture
def person(transactional_db):
    """The desk, a task with everything on it, a notice beside a speech."""
    for ref, name, parent in (
        ("bo-a", "Bộ Giáp", ""),
        ("bo-b", "Bộ Ất", ""),
        ("bo-c", "Bộ Bính", ""),
        ("vu-a", "Vụ Một", "bo-a"),
    ):
        kind = "unit" if parent else "ministry"
        save_body(None, {"id": ref, "kind": kind, "name": name, "parent": parent}, reason="thử")

    def said(words, names, document, **values):
        statement = make_statement(
            document, "tasks", words, state="accepted", action=words, assignees=names, **values
        )
        return record_task(statement)

    speech = make_document(event_on="2026-01-10", name="Báo chí.txt")
    task = said("rà soát các cam kết", ["Bộ Giáp", "các bộ, ngành"], speech, deadline="2026-12-31")
    other = said("đàm phán hiệp định thương mại", ["Bộ Ất", "các địa phương"], speech)
    paper = make_document(NOTICE, event_on="2026-01-10", name="Thông báo 65.txt")
    noticed = said("rà soát các cam kết đã ký kết", ["Bộ Giáp"], paper, deadline="2026-06-30")
    fields = InstrumentFields(
        "Thông báo", "65/TB-VPCP", dt.date(2026, 2, 4), "Văn phòng Chính phủ", period="2026"
    )
    actions.record_instrument(None, fields=fields, document=paper)
    Echo.objects.create(
        earlier=task.statement, later=noticed.statement, score=0.9, shared="rà soát", n_shared=9
    )
    many = task.assignments.get(is_collective=True)
    completion = Completion.ALL
    actions.expand_collective(
        None, assignment=many.pk, bodies=["bo-b", "bo-c"], completion=completion
    )
    lead = task.assignments.get(body="bo-a")
    actions.answer_assignment(None, assignment=lead.pk, answer=Answer.ACCEPTED)
    role = AssignmentRole.FOLLOWING
    actions.assign_body(None, task=other.pk, body="bo-c", role=role)
    actions.split_task(None, task=task.pk, parts=[Part("Lập danh mục cam kết", "bo-b")])
    actions.pass_on(None, assignment=lead.pk, to="vu-a")
    return make_person(Role.SECRETARIAT, name="Lan")


@in_two_ways
def test_every_page_is_accessible_and_fits(open_page, person, language, width, scheme):
    page = open_page(language=language, width=width, color_scheme=scheme, person=person)
    task, other = Task.objects.order_by("pk")[:2]
    instrument = Instrument.objects.get()
    addresses = [
        reverse("assigning", args=[task.pk]),
        reverse("assigning", args=[other.pk]),
        reverse("take_overs"),
        reverse("ledger_instruments"),
        reverse("instrument", args=[instrument.pk]),
        reverse("edit_instrument", args=[instrument.pk]),
        reverse("add_task"),
        reverse("unclear_tasks"),
    ]
    assert faults_of(page, addresses, opens=True) == {}


def test_a_body_is_given_the_lead_by_keyboard_and_what_was_typed_stays_when_refused(
    open_page, person
):
    task = Task.objects.order_by("pk")[1]
    page = open_page(reverse("assigning", args=[task.pk]), person=person)
    page.locator("summary", has_text="Giao thêm cơ quan").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Cơ quan: tên hoặc mã trong danh bạ").fill("Bộ Giáp")
    page.get_by_role("combobox", name="Vai trò").select_option("lead")
    page.get_by_label("Cơ quan: tên hoặc mã trong danh bạ").press("Enter")
    expect(page.get_by_role("alert").filter(has_text="Bộ Ất")).to_be_visible()
    expect(page.get_by_label("Cơ quan: tên hoặc mã trong danh bạ")).to_have_value("Bộ Giáp")
    page.get_by_label("tiếp tục tham gia với vai trò phối hợp").check()
    page.get_by_role("button", name="Giao nhiệm vụ").press("Enter")
    expect(page.locator(".note.success")).to_contain_text("Bộ Giáp")
    task.refresh_from_db()
    assert task.lead == "bo-a"


def test_a_notice_takes_over_a_speech_and_that_is_taken_back(open_page, person):
    page = open_page(reverse("take_overs"), person=person)
    page.get_by_role("button", name="Lấy thông báo làm căn cứ").click()
    expect(page.locator(".note.success")).to_be_visible()
    expect(page.get_by_role("heading", name="Đã lấy thông báo làm căn cứ")).to_be_visible()
    page.locator("summary", has_text="Bỏ việc thay căn cứ").click()
    page.get_by_label("Lý do").fill("không phải cùng một việc")
    page.get_by_role("button", name="Bỏ việc thay căn cứ").click()
    expect(page.get_by_role("button", name="Lấy thông báo làm căn cứ")).to_be_visible()


def test_a_notice_is_recorded_from_its_own_page_with_what_it_says_of_itself(open_page, person):
    paper = make_document(
        "BỘ NGOẠI GIAO\nSố: 9901/TB-BNG\nHà Nội, ngày 06 tháng 8 năm 2025", name="tb.docx"
    )
    paper.title = "Thông báo Kết luận của Thứ trưởng"
    paper.save()
    named = {"number": "9901/TB-BNG", "kind": "Thông báo", "date": "2025-08-06"}
    make_statement(
        paper, "instruments", "9901/TB-BNG", state="accepted", sentence="Số: 9901/TB-BNG", **named
    )
    make_statement(paper, "instruments", "44/NQ-CP", state="accepted", number="44/NQ-CP")
    page = open_page(reverse("document", args=[paper.pk]), person=person)
    page.get_by_role("link", name="Ghi vào sổ văn bản chỉ đạo").click()
    expect(page.get_by_label("Số và ký hiệu")).to_have_value("9901/TB-BNG")
    expect(page.get_by_label("Trích yếu")).to_have_value("Kết luận của Thứ trưởng")
    page.get_by_role("button", name="Lưu").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("9901/TB-BNG")
    made = Instrument.objects.get(number="9901/TB-BNG")
    assert (made.document, made.issued_on) == (paper, dt.date(2025, 8, 6))
    page.goto(page.url.split("/van-ban")[0] + reverse("document", args=[paper.pk]))
    page.get_by_role("link", name="9901/TB-BNG").first.click()
    expect(page).to_have_url(re.compile(reverse("instrument", args=[made.pk])))
