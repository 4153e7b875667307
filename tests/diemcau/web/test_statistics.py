"""Statistics pages: a number is the count behind its link, sums hold, files open, questions few."""

import datetime as dt
import html
import io
import re
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse
from docx import Document as Paper
from docx.enum.section import WD_ORIENT
from python_calamine import CalamineWorkbook

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import AgreementFields, save_agreement
from diemcau.delivery.models import (
    Assignment,
    Commitment,
    DecidingLevel,
    Obstacle,
    Progress,
    ProgressState,
    PromiseForm,
    SlipReason,
)
from diemcau.delivery.states import Status
from diemcau.directory.actions import record_succession
from diemcau.directory.models import Body, Partner
from diemcau.web.papers import read_signing
from tests.diemcau.counted import at, day, make_commitment, make_task, show
from tests.diemcau.delivery.parties import make_body
from tests.diemcau.people import signed_in
from tests.diemcau.sayings import join, said
from tests.diemcau.sheets import take_sheet
from tests.diemcau.statements import make_document
from tests.diemcau.web.asking import content_of

pytestmark = pytest.mark.django_db

PAGES = {
    "statistics": 10,
    "six_fields": 12,
    "funnel": 9,
    "checked_figures": 3,
    "threads": 5,
    "thread_join": 3,
    "compare_conferences": 9,
}
"""Questions each page asks the database, session and person included; never more than twelve."""


def give(task, *refs):
    for ref in refs:
        Assignment.objects.create(task=task, as_written=ref, body_ref=ref)
    return task


@pytest.fixture
def bodies(db):
    make_body("bo-a", "Bộ A")
    make_body("bo-cu", "Bộ Cũ")
    make_body("vu-a", "Vụ A", kind="unit", parent="bo-a")
    record_succession(
        None, {"from": "bo-cu", "to": "bo-a", "kind": "merged", "on": "2025-03-01"}, reason="thử"
    )
    make_body("bo-b", "Bộ B")


@pytest.fixture
def counted(bodies):
    """Tasks of every cell and several bodies."""
    cases = [
        (Status.DONE, "2025-06-30", "2025-06-01", "bo-a"),
        (Status.DONE, "2025-06-30", "2025-07-15", "vu-a"),
        (Status.NEW, "2099-06-30", "", "bo-a"),
        (Status.AWAITING, "2025-06-30", "2025-07-15", "bo-cu"),
        (Status.DONE, "", "2025-06-01", "bo-b"),
        (Status.NEW, "", "", "bo-cu"),
        (Status.SUSPENDED, "2025-06-30", "", "bo-b"),
        (Status.REFUSED, "", "", ""),
    ]
    for status, due, delivered, lead in cases:
        task = make_task(status, due=due, delivered=delivered, lead=lead, programme="CT 15")
        if lead:
            give(task, lead)


def numbers_with_links(text):
    """Every number on a page that links to the register, with its address."""
    found = re.findall(r'<a href="(/so-theo-doi/\?[^"]+|/so-theo-doi/)">([\d.]+)</a>', text)
    return {html.unescape(url): int(n.replace(".", "")) for url, n in found}


SCOPES = [
    {},
    {"co-quan": "bo-a"},
    {"co-quan": "bo-a", "ky-noi": "2025-Q1", "ky": "administrative"},
    {"ky-han": "2025-H1", "ky": "calendar"},
    {"ky-noi": "2025-01-01/2025-10-20"},
    {"chuong-trinh": "CT 15", "loai": "order"},
    {"ngay": "2025-07-01"},
]


@pytest.mark.parametrize("scope", SCOPES)
def test_every_number_is_the_count_behind_its_link(coordinator, counted, scope):
    linked = numbers_with_links(content_of(coordinator, "statistics", **scope))
    assert linked
    for url, n in linked.items():
        response = coordinator.get(url)
        assert (url, response.context["page"].paginator.count) == (url, n)


def test_the_page_has_numbers_in_every_cell(coordinator, counted):
    text = content_of(coordinator, "statistics")
    assert "1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 = 8" in text
    assert "các dòng 8 = tổng số 8" in text
    queries = [parse_qs(urlsplit(url).query) for url in numbers_with_links(text)]
    standings = {q["tinh-trang"][0] for q in queries if "tinh-trang" in q and "co-quan" not in q}
    assert {"done_on_time", "in_time,near", "late", "none", "done", "suspended"} <= standings


def test_both_punctuality_bases_are_printed_with_their_words(coordinator, counted):
    text = content_of(coordinator, "statistics")
    assert "66,67%" in text
    assert "2/3" in text
    assert "37,5%" in text
    assert "3/8" in text
    assert "số đến hạn" in text


def test_body_opens_into_its_own_and_what_it_took_over(coordinator, counted):
    text = content_of(coordinator, "statistics", **{"co-quan": "bo-a"})
    assert "Bộ Cũ, tiếp nhận" in text
    assert "Riêng Bộ A" in text
    assert "các dòng 5 = tổng số 5" in text


def test_what_a_person_does_not_see_is_not_counted(coordinator, counted):
    hidden = make_task(lead="bo-a")
    hidden.document.is_closed = True
    hidden.document.save()
    assert signed_in(Role.READER, name="khách").get(reverse("statistics")).context["total"] == 8


def sheet_of(client, name, **query):
    response = take_sheet(client, name, "xlsx", query)
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(response)))
    return book.get_sheet_by_index(0).to_python()


def test_sheet_has_a_row_for_each_body_and_the_sum(coordinator, counted):
    *rows, total = sheet_of(coordinator, "statistics")
    by_body = {row[0]: row[1] for row in rows[-3:]}
    assert by_body == {"Bộ A": 5, "Bộ B": 2, "Chưa rõ cơ quan chủ trì": 1}
    assert total[:2] == ["Tổng", 8]
    assert sum(total[2:10]) == 8


def test_official_statistics_sum_and_lead_to_their_evidence(coordinator, counted):
    response = take_sheet(coordinator, "statistics", "docx", **{"co-quan-ky": "Bộ Ngoại giao"})
    paper = Paper(io.BytesIO(b"".join(response)))
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "Kiểm tra: 1 + 1 + 1 + 1 + 1 + 1 + 1 + 1 = 8; tổng số 8." in text
    assert "Kiểm tra: cộng các dòng 8; tổng số 8." in text
    assert "66,67% (2/3)" in text
    links = set(paper.element.xpath(".//w:hyperlink/@w:anchor"))
    assert links <= set(paper.element.xpath(".//w:bookmarkStart/@w:name"))
    assert len(links) == 9
    urls = [rel.target_ref for rel in paper.part.rels.values() if rel.is_external]
    for url in urls:
        assert coordinator.get(url.removeprefix("http://testserver")).status_code == 200


@pytest.fixture
def commitments(bodies):
    full = give(make_commitment(due="2099-12-31", lead="bo-a", action="xây kho chung"), "bo-a")
    Progress.objects.create(
        task=full,
        done="đã họp ba vòng",
        recommendation="đề nghị nêu ở cấp cao",
        state=ProgressState.RELEASED,
        written_at=at("2025-08-01"),
        released_at=at("2025-08-01"),
    )
    Obstacle.objects.create(
        task=full,
        what="bạn chưa phê chuẩn",
        cause=SlipReason.PARTNER,
        side="partner",
        level=DecidingLevel.GOVERNMENT,
        opened_at=at("2025-08-01"),
    )
    show(full, on="2025-08-02")
    bare = make_commitment()
    bare.commitment.parties.all().delete()
    return full, bare


QUARTER = {"ky-bao-cao": "2025-Q3"}


def test_six_fields_are_shown_and_the_unknown_stay_unknown(coordinator, commitments):
    text = content_of(coordinator, "six_fields", **QUARTER)
    for words in ("xây kho chung", "Ai Cập", "bạn chưa phê chuẩn", "đề nghị nêu ở cấp cao"):
        assert words in text
    assert "15/6/2025" in text
    assert "14/9/2025" in text
    assert text.count("chưa rõ") >= 5


def test_six_fields_say_every_body_in_the_language_of_the_screen(english, bodies):
    ours = give(make_commitment(Status.IN_PROGRESS), "Bộ Ngoại giao")
    theirs = make_commitment(Status.IN_PROGRESS)
    Commitment.objects.filter(task=theirs).update(form=PromiseForm.SAID)
    for task, role in ((ours, "coordinating"), (theirs, "following")):
        for name in ("Bộ Tài chính", "nước bạn"):
            Assignment.objects.create(task=task, as_written=name, role=role)
    text = content_of(english, "six_fields", **QUARTER)
    named = 'Ministry of Finance; <span lang="vi">nước bạn</span></small>'
    assert "Ministry of Foreign Affairs<br>" in text
    assert f"Coordinating: {named}" in text
    assert f"Following: {named}" in text


def test_six_fields_as_an_official_document(coordinator, commitments):
    typed = {"co-quan-ky": "Bộ A", "ky-hieu": "BC-BA"}
    response = take_sheet(coordinator, "six_fields", "docx", QUARTER, **typed)
    assert ".docx" in response["Content-Disposition"]
    paper = Paper(io.BytesIO(b"".join(response)))
    orientations = [section.orientation for section in paper.sections]
    assert orientations == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    text = "\n".join(p.text for p in paper.paragraphs)
    assert "Tình hình thực hiện cam kết, thỏa thuận quốc tế quý III năm 2025" in text
    assert "từ ngày 15 tháng 6 năm 2025 đến ngày 14 tháng 9 năm 2025" in text
    wide = next(t for t in paper.tables if len(t.columns) == 9)
    assert [c.text for c in wide.rows[1].cells][1:5] == [
        "bo-a",
        "Ai Cập",
        "xây kho chung",
        "31/12/2099",
    ]
    assert wide.rows[2].cells[1].text == "chưa rõ"
    links = set(paper.element.xpath(".//w:hyperlink/@w:anchor"))
    assert {"e_R1", "e_R2"} <= links <= set(paper.element.xpath(".//w:bookmarkStart/@w:name"))
    assert "Minh chứng: Nghị quyết 12/NQ-HĐND (02/08/2025)." in text


def test_texts_of_the_period_stand_beside_the_commitments(coordinator, commitments):
    fields = AgreementFields(
        "Hiệp định về kho chung", signed_on=day("2025-08-01"), ours=["bo-a"], theirs=["Ai Cập"]
    )
    made = save_agreement(None, document=make_document(), fields=fields)
    text = content_of(coordinator, "six_fields", **QUARTER)
    assert "Thỏa thuận ký hoặc chuyển giai đoạn trong kỳ" in text
    assert reverse("agreement", args=[made.pk]) in text
    typed = {"co-quan-ky": "Bộ A", "ky-hieu": "BC-BA"}
    paper = Paper(
        io.BytesIO(b"".join(take_sheet(coordinator, "six_fields", "docx", QUARTER, **typed)))
    )
    said = "\n".join(p.text for p in paper.paragraphs)
    assert "trong kỳ có 1 thỏa thuận được ký hoặc chuyển giai đoạn (Phụ lục II)" in said
    assert "1 văn bản chưa có cam kết nào được ghi" in said
    listed = next(t for t in paper.tables if len(t.columns) == 7)
    assert [c.text for c in listed.rows[1].cells] == [
        "1",
        "Hiệp định về kho chung",
        "bo-a; Ai Cập",
        "01/08/2025",
        "Đã ký",
        "Ký",
        "chưa có",
    ]
    book = b"".join(take_sheet(coordinator, "six_fields", "xlsx", QUARTER))
    beside = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Thỏa thuận")
    *_said, heads, row = beside.to_python()
    assert heads[1:4] == ["Thỏa thuận", "Các bên", "Ngày ký"]
    assert row == [
        *(made.pk, made.title, "bo-a; Ai Cập", day("2025-08-01")),
        *("Đã ký", "ký kết", 0),
    ]
    text = b"".join(take_sheet(coordinator, "six_fields", "csv", QUARTER)).decode()
    assert f"\r\n{made.pk},{made.title},bo-a; Ai Cập,2025-08-01," in text
    assert AuditEntry.objects.latest("pk").detail["rows"] == 3
    link = f"{reverse('agreements')}?chua-co-cam-ket=1"
    assert link in content_of(coordinator, "funnel")
    assert [one for one, _life in coordinator.get(link).context["rows"]] == [made]
    other = content_of(coordinator, "six_fields", **{"ky-bao-cao": "2025-Q1"})
    assert reverse("agreement", args=[made.pk]) not in other


def test_six_fields_as_a_sheet(coordinator, commitments):
    rows = sheet_of(coordinator, "six_fields", **QUARTER)
    assert [row[4] for row in rows[-2:]] == ["xây kho chung", "trình đề án"]


def test_period_that_is_none_is_said_and_the_last_quarter_shown(coordinator, commitments):
    assert "không phải là một kỳ" in content_of(
        coordinator, "six_fields", **{"ky-bao-cao": "quý 5"}
    )


def test_funnel_lists_the_tasks_of_a_step(coordinator, commitments):
    response = coordinator.get(reverse("funnel"), {"buoc": "delivering"})
    assert [task.pk for task in response.context["page"].object_list] == [commitments[0].pk]
    text = response.content.decode()
    assert "1/2 = 50%" in text


def test_funnel_as_a_sheet(coordinator, commitments):
    rows = sheet_of(coordinator, "funnel")
    at = next(n for n, row in enumerate(rows) if row[0] == "Đã ký hoặc cam kết")
    assert [row[1] for row in rows[at : at + 4]] == [2, 1, 1, 0]
    assert sum(row[1] for row in rows[at + 4 :]) == 2


def test_reported_figures_are_checked_and_the_swap_named(coordinator):
    query = {
        "giao": "9.831",
        "xong": "7.892",
        "xong-phan": "80,3%",
        "trong-han": "1.602",
        "trong-han-phan": "16,47",
        "qua-han": "319",
    }
    text = content_of(coordinator, "checked_figures", **query)
    assert "các ô cộng được 9.813, thiếu 18" in text
    assert "nếu là 1.620 thay vì 1.602" in text
    assert "7.892/9.831 tổng số được giao" in text


def test_sentence_of_a_report_fills_the_form(coordinator):
    sentence = "giao 9.831 nhiệm vụ; đã hoàn thành 8.150 (82,9%); trong hạn 1.620; quá hạn 61"
    text = content_of(coordinator, "checked_figures", cau=sentence)
    assert 'value="8.150"' in text
    assert "các ô cộng được 9.831" in text


def test_what_is_typed_and_no_number_is_told(coordinator):
    assert "không phải là số nhiệm vụ" in content_of(
        coordinator, "checked_figures", giao="nhiều", xong="1"
    )


def test_two_conferences_are_compared(coordinator):
    said("2024-12-20", "mở văn phòng xúc tiến tại châu Phi")
    join(said("2024-12-20"), said("2025-07-22"))
    text = content_of(coordinator, "compare_conferences")
    assert "Chưa hoàn thành mà không còn được nhắc đến" in text
    assert "Nhắc lại, lời văn gần như cũ" in text
    rows = sheet_of(coordinator, "compare_conferences", truoc="2024-12-20", sau="2025-07-22")
    assert len([row for row in rows if row[0] in ("Nhắc lại, lời văn gần như cũ",)]) == 1


@pytest.mark.parametrize("name", PAGES)
def test_an_empty_page_teaches_or_explains(coordinator, name):
    text = content_of(coordinator, name)
    assert "<h1>" in text


@pytest.mark.parametrize("name", PAGES)
def test_pages_are_in_english_too(english, counted, name):
    text = content_of(english, name)
    assert 'lang="en"' in text


@pytest.mark.parametrize("n", [1, 4])
@pytest.mark.parametrize("name", PAGES)
def test_questions_do_not_grow(coordinator, bodies, name, n, django_assert_num_queries):
    for i in range(n):
        task = make_commitment(Status.IN_PROGRESS, lead=("bo-a", "bo-b")[i % 2])
        show(give(task, "bo-a"), on=str(dt.date(2025, 2, i + 1)))
        join(said("2024-12-20", f"việc {i}"), said("2025-07-22", f"việc {i}"))
    with django_assert_num_queries(PAGES[name]):
        assert coordinator.get(reverse(name), QUARTER).status_code == 200


@pytest.fixture
def of_bo_b(counted):
    return signed_in(Role.COORDINATOR, name="dieu-phoi-b", body=Body.objects.get(ref="bo-b"))


def test_a_persons_own_body_is_counted_until_they_ask_for_all(of_bo_b):
    own = content_of(of_bo_b, "statistics")
    assert "Phạm vi: nhiệm vụ Bộ B chủ trì" in own
    assert len(set(re.findall(r'<a href="(/thong-ke/\?[^"]*co-quan=)"', own))) == 1
    whole = content_of(of_bo_b, "statistics", **{"co-quan": ""})
    assert "Phạm vi: nhiệm vụ của mọi cơ quan" in whole
    # The tabs beside it are of the same bodies.
    assert '"/thong-ke/sau-noi-dung/?co-quan="' in whole
    for text, n in ((own, 2), (whole, 8)):
        assert f">{n} nhiệm vụ</a>" in text


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    ("query", "tells", "within"),
    [
        ({}, "Bộ B báo cáo kết quả thực hiện nhiệm vụ được giao", "Cơ quan: Bộ B"),
        (
            {"co-quan": "bo-a", "tinh-trang": "done_late"},
            "Bộ B tổng hợp kết quả thực hiện nhiệm vụ do Bộ A chủ trì",
            "Tình trạng: Hoàn thành quá hạn; Cơ quan: Bộ A",
        ),
        (
            {"co-quan": "", "doi-tac": "nuoc-x"},
            "Bộ B tổng hợp kết quả thực hiện nhiệm vụ của các cơ quan",
            "mọi cơ quan, trong phần người lập báo cáo được xem; Đối tác: Nước X",
        ),
    ],
)
def test_a_paper_says_whose_figures_it_tells(of_bo_b, language, query, tells, within):
    Body.objects.filter(ref="bo-a").update(name_en="Ministry A")
    Body.objects.filter(ref="bo-b").update(name_en="Ministry B")
    source = Body.objects.get(ref="bo-b").source
    x = {"kind": "country", "name": "Nước X", "name_en": "Country X"}
    Partner.objects.create(ref="nuoc-x", **x, source=source, sure="A")
    of_bo_b.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    address = f"{reverse('statistics')}?{urlencode(query)}"
    sent = {"xuat": "docx", "co-quan-ky": "Bộ B"}
    data = b"".join(of_bo_b.post(address, sent).streaming_content)
    words = "\n".join(one.text for one in Paper(io.BytesIO(data)).paragraphs)
    assert tells in words
    assert f"Phạm vi: {within}." in words


def test_a_way_of_counting_that_is_none_is_the_usual_one(coordinator, counted):
    assert "Nghị định 09/2019" in content_of(coordinator, "six_fields", ky="abc")


@pytest.mark.parametrize(
    ("cells", "above", "place", "office"),
    [
        ({"kind": "ministry"}, "", "Hà Nội", "Bộ trưởng"),
        (
            {"kind": "embassy", "parent": "bo-a", "location": {"city": "Tokyo"}},
            "Bộ A",
            "Tokyo",
            "Đại sứ",
        ),
        (
            {"kind": "foreign_affairs_office", "parent": "tinh-x"},
            "Ủy ban nhân dân tỉnh X",
            "Tỉnh X",
            "Giám đốc",
        ),
    ],
)
def test_the_head_of_a_paper_is_that_of_the_body(counted, cells, above, place, office):
    make_body("tinh-x", "Tỉnh X", kind="province")
    make_body("ubnd-x", "Ủy ban nhân dân tỉnh X", kind="peoples_committee", parent="tinh-x")
    city = cells.pop("location", {}).get("city", "")
    mine = make_body("cua-toi", "Cơ quan tôi", **cells)
    mine.city = city
    asked = read_signing(RequestFactory().post("/"), mine)
    assert (asked.above, asked.place, asked.office) == (above, place, office)


def test_tasks_of_one_matter_are_told_beside_the_sum(coordinator, bodies):
    first, second = said("2024-12-20"), said("2025-07-22")
    assert "nhắc lại việc" not in content_of(coordinator, "statistics")
    join(first, second)
    shown = content_of(coordinator, "statistics")
    assert "Trong đó 1 nhiệm vụ nhắc lại việc đã có nhiệm vụ khác: 1 việc" in shown
