"""Pages of the directory: what stands on them, how many statements they cost, who may write."""

import csv
import io
import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from python_calamine import CalamineWorkbook

from diemcau.accounts.models import User
from diemcau.audit.models import AuditEntry
from diemcau.delivery.doers.owed import count_leads
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import Handover, Task
from diemcau.directory.actions import save_body
from diemcau.directory.columns import COLUMNS
from diemcau.directory.exchange import write_xlsx
from diemcau.directory.models import Body, Holding, Succession
from tests.diemcau.people import client_of
from tests.diemcau.statements import make_document, make_statement
from vanban.data import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(reader):
    """The text of a page as a person who only reads sees it."""
    own = Client()
    own.force_login(reader)

    def get(name, *args, **query):
        response = own.get(reverse(name, args=args), query)
        assert response.status_code == 200
        return " ".join(response.content.decode().split())

    return get


def _task(assignee, said_on="2024-12-20"):
    action = f"hoàn thiện hồ sơ với {assignee}"
    statement = make_statement(
        make_document(event_on=said_on), "tasks", action, action=action, assignees=[assignee]
    )
    return record_task(statement)


def test_the_tree_of_a_day_before_and_after_the_reforms(page):
    before = page("directory", ngay="2025-02-28")
    after = page("directory", ngay="2025-03-01")
    assert "Bộ Kế hoạch và Đầu tư" in before
    assert "Bộ Kế hoạch và Đầu tư" not in after
    assert "Bộ Nông nghiệp và Môi trường" in after
    assert "Bộ Nông nghiệp và Môi trường" not in before
    assert "tinh-bac-giang" in page("directory", ngay="2025-06-30")
    assert "tinh-bac-giang" not in page("directory", ngay="2025-07-01")


def test_an_english_screen_calls_bodies_and_partners_by_their_english_names(reader):
    own = client_of(reader, "en")

    def shown(name, *args):
        return own.get(reverse(name, args=args)).content.decode()

    assert "Ministry of Industry and Trade</a>" in shown("directory")
    for name, ref, english, vietnamese in (
        ("directory_body", "moit", "Ministry of Industry and Trade", "Bộ Công Thương"),
        ("directory_partner", "jp", "Japan", "Nhật Bản"),
    ):
        page = shown(name, ref)
        assert f"<h1>{english}" in page
        assert vietnamese in page
    assert (
        "<h1>Bộ Công Thương"
        in client_of(reader).get(reverse("directory_body", args=["moit"])).content.decode()
    )
    assert "Ministry of Industry and Trade" in shown("body_board", "moit")
    assert "Embassy of Viet Nam in Japan</a>" in shown("directory_partner", "jp")


def test_the_slider_moves_by_months_and_a_wrong_day_is_told(page, client, reader):
    # Month 38 since January 2022 is March 2025.
    assert page("directory", thang="38").count("1/3/2025") > 1
    assert "mpi" in page("directory", thang="37")
    assert "“hôm qua”" in page("directory", ngay="hôm qua")
    client.force_login(reader)
    part = client.get(reverse("directory"), {"thang": "38"}, headers={"HX-Target": "tree"})
    assert part.content.lstrip().startswith(b'<div id="tree">')


@pytest.mark.parametrize("words", ["bac ninh", "Bắc Ninh", "BẮC NINH"])
def test_search_finds_the_body_of_the_day(page, words):
    assert "tinh-bac-ninh/" in page("directory", q=words, ngay="2024-12-20")
    today = page("directory", q=words)
    assert "tinh-bac-ninh-2025/" in today
    assert "tinh-bac-ninh/" not in today


def test_a_task_of_2024_stands_on_the_successor_s_page_under_the_old_name(page):
    task = _task("Bộ KH&ĐT")
    text = page("directory_body", "mof-2025")
    assert task.title.replace("&", "&amp;") in text
    assert "Bộ KH&amp;ĐT" in text
    assert "Bộ Kế hoạch và Đầu tư" in text
    assert "28/2/2025" in text
    # On the day it was said it was the old ministry's own, and on an earlier day nobody's.
    assert "Bộ KH&amp;ĐT <small" in page("directory_body", "mpi", ngay="2024-12-20")
    assert "Bộ KH&amp;ĐT <small" not in page("directory_body", "mpi", ngay="2024-12-19")


def test_what_a_minister_was_asked_the_ministry_and_its_successor_answer_for(page, client, editor):
    task = _task("Bộ trưởng Bộ Kế hoạch và Đầu tư")
    assert [one.body_ref for one in task.assignments.all()] == ["minister@mpi"]
    assert "Bộ trưởng Bộ Kế hoạch và Đầu tư" in page("directory_body", "mof-2025")
    assert reverse("directory_body", args=["mof-2025"]) in page("task", task.pk)
    assert count_leads(None, on=date(2026, 11, 21)) == {("mpi", "mof-2025"): 1}
    labour = _task("Bộ trưởng Bộ Lao động, Thương binh và Xã hội")
    assert reverse("directory_unconfirmed") in page("task", labour.pk)
    client.force_login(editor)
    answer = {"task": labour.pk, "from": "molisa", "to": "moha-2025", "reason": "việc làm"}
    client.post(reverse("directory_unconfirmed"), answer)
    assert Handover.objects.get().to_ref == "moha-2025"


def test_a_task_of_the_labour_ministry_asks_which_successor(page):
    _task("Bộ LĐ-TB&XH")
    own = page("directory_body", "molisa")
    assert "Chờ xác nhận cơ quan kế nhiệm" in own or "Successor to be confirmed" in own
    for ref in ("moha-2025", "moet", "moh", "mae-2025"):
        assert reverse("directory_body", args=[ref]) in own
        assert "Bộ LĐ-TB&amp;XH" in page("directory_body", ref)
    assert "Bộ LĐ-TB&amp;XH" not in page("directory_body", "mof-2025")


def test_a_partner_page_has_names_levels_agreements_and_mission(page):
    text = page("directory_partner", "il")
    assert "15/10/2024" in text
    assert "17/11/2024" in text
    assert reverse("directory_body", args=["dsq-il"]) in text
    assert "I-xra-en" in text
    peru = page("directory_partner", "pe")
    assert "dsq-" not in peru
    union = page("directory_partner", "evipa")
    # Twice a row: the day itself, and that of the source.
    assert union.count("HTV, 26/1/2026") == 27
    assert union.count("26/1/2026") == 54


def test_members_of_a_bloc_are_those_of_the_day(page):
    today, then = (page("directory_partner", "eu", **q) for q in ({}, {"ngay": "2019-06-30"}))
    assert '<span class="n">27</span>' in today
    assert today.index("gb/") > today.index("27</span>")
    assert "1973 – 31/1/2020" in today
    assert '<span class="n">28</span>' in then
    twice = page("directory_partner", "opec")
    assert "1962 – 2008" in twice
    assert "1/2016 – 11/2016" in twice
    uk = page("directory_partner", "gb")
    assert "3/5/1960 – 31/12/1972" in uk
    # No source confirms the dates: each list says so, once.
    for text in (today, uk):
        assert 'class="check"' in text


def test_levels_of_relations_are_those_of_the_day(page):
    assert page("directory_partners", cap="comprehensive_strategic").count("<tr data-row") == 14
    then = page("directory_partners", cap="comprehensive_strategic", ngay="2023-12-31")
    assert then.count("<tr data-row") == 6


def test_looking_a_name_up(page):
    assert "mof-2025" in page("directory_look_up", ten="Bộ Tài chính")
    then = page("directory_look_up", ten="Bộ Tài chính", ngay="2024-12-20")
    assert "<code>mof</code>" in then
    assert "<code>" not in page("directory_look_up", ten="các bộ, ngành")
    several = page("directory_look_up", ten="Congo")
    assert "<code>cd</code>" in several
    assert "<code>cg</code>" in several


def test_looking_up_a_word_of_a_body_s_own_document(page):
    open_ = page("directory_look_up", ten="UBND tỉnh", ngay="2024-12-20")
    links = re.findall(r"danh-ba/co-quan/(ubnd\.[a-z-]+)/", open_)
    assert len(set(links)) == len(links) == 58
    for owner in ("so-ngoai-vu.tinh-nghe-an", "Sở Ngoại vụ Nghệ An"):
        text = page("directory_look_up", ten="UBND tỉnh", ngay="2024-12-20", cua=owner)
        assert text.count("<code>ubnd.") == text.count("<code>ubnd.tinh-nghe-an</code>") == 1
    assert "“Sở Ma”" in page("directory_look_up", ten="UBND tỉnh", cua="Sở Ma")


def test_a_person_says_which_successor_answers(client, editor, page):
    task = _task("Bộ LĐ-TB&XH")
    client.force_login(editor)
    url = reverse("directory_unconfirmed")
    listed = f'href="{reverse("task", args=[task.pk])}"'
    assert listed in client.get(url).content.decode()
    answer = {"task": task.pk, "from": "molisa", "to": "moha-2025", "reason": "lao động"}
    for wrong in ({"to": "mof-2025"}, {"from": "mpi"}, {"reason": " "}):
        client.post(url, answer | wrong)
        assert not Handover.objects.exists()
    client.post(url, answer)
    assert listed not in client.get(url).content.decode()
    client.force_login(User.objects.get(username="nguoi-doc"))
    assert client.post(url, answer).status_code == 403
    assert "Bộ LĐ-TB&amp;XH" in page("directory_body", "moha-2025")
    assert "Bộ LĐ-TB&amp;XH <small" not in page("directory_body", "moet")
    entry = AuditEntry.objects.get(action="delivery.confirm_successor")
    assert (entry.actor, entry.reason) == (editor, "lao động")


def test_a_task_page_says_who_answers_today_and_why(page, client, editor):
    text = page("task", _task("Bộ KH&ĐT").pk)
    assert reverse("directory_body", args=["mof-2025"]) in text
    assert "Bộ Kế hoạch và Đầu tư" in text
    assert "28/2/2025" in text
    labour = _task("Bộ LĐ-TB&XH")
    assert reverse("directory_unconfirmed") in page("task", labour.pk)
    client.force_login(editor)
    answer = {"task": labour.pk, "from": "molisa", "to": "moha-2025", "reason": "việc làm"}
    client.post(reverse("directory_unconfirmed"), answer)
    text = page("task", labour.pk)
    assert reverse("directory_body", args=["moha-2025"]) in text
    assert "việc làm" in text


def test_a_task_for_a_body_added_here_finds_it(editor, page):
    save_body(
        editor, {"id": "hoi-a", "kind": "association", "name": "Hội Logistics A"}, reason="mới"
    )
    task = _task("Hội Logistics A")
    assert [one.body_ref for one in task.assignments.all()] == ["hoi-a"]
    assert "Hội Logistics A" in page("directory_body", "hoi-a")


def test_tasks_by_body_add_up_as_they_were_and_today(page):
    for assignee in ("Bộ KH&ĐT", "Bộ Tài chính", "Bộ Tài chính", "Bộ LĐ-TB&XH", "Bộ Y tế"):
        _task(assignee)
    _task("UBND tỉnh Bắc Giang")
    _task("các bộ, ngành")
    counts = count_leads(None, on=date(2026, 11, 21))
    assert counts == {
        ("mpi", "mof-2025"): 1,
        ("mof", "mof-2025"): 2,
        ("molisa", "?"): 1,
        ("moh", "moh"): 1,
        ("ubnd.tinh-bac-giang", "ubnd.tinh-bac-ninh-2025"): 1,
        ("", ""): 1,
    }
    then = count_leads(None, on=date(2024, 12, 31))
    assert then.total() == counts.total()
    assert all(named == answers for named, answers in then)
    text = page("directory_by_body")
    assert text.count("<b>7</b>") == 2
    assert "Bộ Kế hoạch và Đầu tư (" in text


@pytest.mark.parametrize(
    ("name", "args", "query"),
    [
        ("directory_by_body", [], {}),
        ("directory_measures", [], {}),
        ("directory_look_up", [], {"ten": "UBND tỉnh", "cua": "Nghệ An"}),
        ("directory_unconfirmed", [], {}),
        ("directory", [], {}),
        ("directory", [], {"ngay": "2024-12-20"}),
        ("directory", [], {"q": "bo"}),
        ("directory_body", ["mof-2025"], {}),
        ("directory_body", ["molisa"], {}),
        ("directory_body", ["tinh-bac-ninh-2025"], {}),
        ("directory_partners", [], {}),
        ("directory_partner", ["fr"], {}),
        ("directory_partner", ["eu"], {}),
    ],
)
def test_a_page_costs_at_most_so_many_statements(
    page, django_assert_max_num_queries, name, args, query
):
    for assignee in ("Bộ KH&ĐT", "Bộ Tài chính", "Bộ LĐ-TB&XH"):
        _task(assignee)
    # Two of them are the session and the person; a partner's page asks two more, for the tasks
    # its names stand in and for the figures said of it.
    most = 2 + (16 if name == "directory_partner" else 14)
    with django_assert_max_num_queries(most):
        page(name, *args, **query)


def test_files_out(client, reader):
    client.force_login(reader)
    for name in ("danh-ba.xlsx", "danh-ba.json", "bodies.csv", "partners.csv", "levels.csv"):
        response = client.get(reverse("directory_file", args=[name]))
        assert response.status_code == 200
        assert name in response["Content-Disposition"]
    assert client.get(reverse("directory_file", args=["users.csv"])).status_code == 404


def test_measures_and_units_stand_on_a_page_and_go_out(page, client, reader):
    text = page("directory_measures")
    assert ">None<" not in text
    for words in ("Kim ngạch thương mại", "hải lý", "1.852 mét", "10.000 mét vuông", "ISO 4217"):
        assert words in text
    client.force_login(reader)

    def rows(name):
        data = client.get(reverse(f"directory_measures_{name}")).content.decode("utf-8-sig")
        return list(csv.DictReader(io.StringIO(data)))

    units = {row["id"]: row for row in rows("units")}
    assert (units["hectare"]["factor"], units["hectare"]["base"]) == ("10000", "m2")
    assert len(units) == len(load("units"))
    assert {row["id"] for row in rows("measures")} == {row["id"] for row in load("measures")}
    both = client.get(reverse("directory_measures_json")).json()
    assert both == {"measures": load("measures"), "units": load("units")}
    book = _sheets(client.get(reverse("directory_measures_xlsx")).content)
    assert [len(lines) for lines in book.values()] == [len(both[t]) + 1 for t in book]


def _sheets(data):
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_tasks_by_body_go_out_with_equal_sums(client, reader):
    for assignee in ("Bộ KH&ĐT", "Bộ Tài chính", "Bộ LĐ-TB&XH", "UBND tỉnh Bắc Giang"):
        _task(assignee)
    _task("các bộ, ngành")
    client.force_login(reader)
    url = reverse("directory_by_body_file")
    was, now = _sheets(client.post(f"{url}?ngay=2026-11-21").content).values()
    assert sum(line[-1] for line in was[1:]) == sum(line[-1] for line in now[1:]) == 5
    assert ["Bộ Kế hoạch và Đầu tư", "2025-02-28", 1] in was
    assert ["Bộ Tài chính", "Bộ Kế hoạch và Đầu tư", "2025-02-28", 1] in now
    assert ["Chờ xác nhận cơ quan kế nhiệm", *now[-1][1:]] in now
    same = list(_sheets(client.post(f"{url}?ngay=2024-12-31").content).values())
    assert sum(line[-1] for line in same[0][1:]) == sum(line[-1] for line in same[1][1:]) == 5


def test_a_reader_sees_no_forms_and_may_not_write(client, reader):
    client.force_login(reader)
    assert (
        b'<form class="stacked' not in client.get(reverse("directory_body", args=["mofa"])).content
    )
    for name, args in (
        ("directory_edit", ["mofa"]),
        ("directory_add", []),
        ("directory_import", []),
        ("directory_succession", ["mofa"]),
        ("directory_holder", ["mofa"]),
    ):
        data = {"title": "a", "name": "b", "reason": "c", "to": "moit", "on": "2026-01-01"}
        data |= {"kind": "merged"}
        assert client.post(reverse(name, args=args), data).status_code == 403


def test_nobody_without_an_account_sees_it(client):
    assert client.get(reverse("directory")).status_code == 302


def test_editing_keeps_what_was_typed_when_it_is_refused(client, editor):
    client.force_login(editor)
    url = reverse("directory_edit", args=["mofa"])
    form = {"name": "Bộ Ngoại giao", "kind": "ministry", "valid_from": "2025-03-01"}
    refused = client.post(url, {**form, "valid_to": "2025-02-28", "reason": "thử"})
    assert refused.status_code == 422
    assert b'value="2025-02-28"' in refused.content
    assert Body.objects.get(ref="mofa").valid_from is None
    assert client.post(url, {**form, "sure": "A", "reason": "thử"}).status_code == 302
    assert Body.objects.get(ref="mofa").valid_from == date(2025, 3, 1)


def test_recording_a_merger_by_name_and_a_holder(client, editor):
    client.force_login(editor)
    client.post(
        reverse("directory_succession", args=["vasep"]),
        {"kind": "merged", "to": "VCCI", "on": "2026-06-01", "reason": "QĐ 1"},
    )
    assert Succession.objects.get(before__ref="vasep").after.ref == "vcci"
    assert Body.objects.get(ref="vasep").valid_to == date(2026, 5, 31)
    client.post(
        reverse("directory_holder", args=["moit"]),
        {"title": "Bộ trưởng", "name": "Nguyễn Văn A", "since": "2026-04-01", "acting": "1"},
    )
    assert not Holding.objects.filter(office__body__ref="moit", is_acting=True).exists()
    client.post(
        reverse("directory_holder", args=["moit"]),
        {"title": "Bộ trưởng", "name": "Nguyễn Văn A", "since": "2026-04-01", "reason": "QĐ 2"},
    )
    text = client.get(reverse("directory_body", args=["moit"])).content.decode()
    assert "Nguyễn Văn A" in text


def test_a_refused_step_or_holder_stands_open_as_it_was_typed(client, editor):
    client.force_login(editor)
    step = {
        "kind": "merged",
        "to": "Bộ Không Có",
        "on": "2026-06-01",
        "what": "mảng cá",
        "reason": "",
    }
    answer = client.post(reverse("directory_succession", args=["vasep"]), step)
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ('value="Bộ Không Có" required aria-invalid="true"', 'value="mảng cá"', "p-reason"):
        assert kept in page
    assert page.count("<details open>") == 1
    held = {"title": "Bộ trưởng", "name": "Nguyễn Văn B", "since": "2026-02-30", "acting": "1"}
    answer = client.post(reverse("directory_holder", args=["moit"]), {**held, "reason": "QĐ 2"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for kept in ('value="Nguyễn Văn B"', 'name="acting" value="1" checked', "“2026-02-30” không"):
        assert kept in page
    assert not Holding.objects.filter(person__name="Nguyễn Văn B").exists()


def test_a_file_is_compared_first_and_a_faulty_one_changes_nothing(client, editor):
    client.force_login(editor)
    url = reverse("directory_import")

    def send(data, name, **fields):
        file = io.BytesIO(data)
        file.name = name
        return client.post(url, {"file": file, **fields})

    same = send(write_xlsx(), "danh-ba.xlsx")
    assert same.status_code == 200
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, COLUMNS["bodies"])
    writer.writeheader()
    writer.writerow({"id": "hoi-a", "kind": "association", "name": "Hội A"})
    good = buffer.getvalue().encode()
    writer.writerow({"id": "hoi-a", "kind": "association", "name": "Hội A"})
    bad = buffer.getvalue().encode()
    refused = send(bad, "bodies.csv", apply="1")
    assert refused.status_code == 422
    assert b"hoi-a" in refused.content
    assert not Body.objects.filter(ref="hoi-a").exists()
    assert b"hoi-a" in send(good, "bodies.csv").content
    assert not Body.objects.filter(ref="hoi-a").exists()
    assert send(good, "bodies.csv", apply="1").status_code == 302
    assert Body.objects.filter(ref="hoi-a").exists()
    assert Task.objects.count() == 0


def test_who_saves_a_body_second_is_told_and_loses_nothing(editor, client):
    client.force_login(editor)
    url = reverse("directory_edit", args=["mofa"])
    context = client.get(url).context
    form = {**context["cells"], "seen": context["seen"], "reason": "thử"}
    assert client.post(url, form | {"name_en": "The Foreign Ministry"}).status_code == 302
    entries = AuditEntry.objects.count()
    second = client.post(url, form | {"note": "ghi chú thứ hai"})
    assert (second.status_code, AuditEntry.objects.count()) == (409, entries)
    told = second.content.decode()
    assert "Người khác đã lưu thông tin cơ quan này" in told
    assert "Hiện đang ghi: The Foreign Ministry" in told
    assert 'value="ghi chú thứ hai"' in told
    again = form | {"note": "ghi chú thứ hai", "seen": second.context["seen"]}
    again["name_en"] = "The Foreign Ministry"
    assert client.post(url, again).status_code == 302
    saved = client.get(url).context["cells"]
    assert (saved["name_en"], saved["note"]) == ("The Foreign Ministry", "ghi chú thứ hai")
