"""The register's pages: body by name, strip, views, many at once; home; the board of a body."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from diemcau.accounts.models import Role
from diemcau.delivery.models import (
    Assignment,
    BulkEdit,
    Obstacle,
    Progress,
    SavedView,
    Slip,
    StartView,
    Task,
)
from diemcau.directory.models import Body
from diemcau.documents.models import Document
from tests.diemcau.bodies import make_tree
from tests.diemcau.delivery.register import at, make_task
from tests.diemcau.people import client_of, make_person, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def bodies(db):
    return make_tree()


def page(client, name, *args, follow=False, **query):
    answer = client.get(reverse(name, args=args), query, follow=follow)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


@pytest.fixture
def tasks(bodies):
    """Late and silent, near, in time, done late, without a deadline; a slip and an obstacle."""
    bo = bodies["bo"]
    made = {
        "late": make_task(bo, given=["vu-thu"], due=-9, word=40, title="Quá hạn"),
        "near": make_task(bo, given=["phong-thu"], due=5, word=1, title="Sắp đến"),
        "in_time": make_task(bo, given=["bo-thu"], due=90, word=1, title="Trong hạn"),
        "done_late": make_task(bo, given=["cu-thu"], due=-9, word=1, status="done", title="Xong"),
        "none": make_task(bo, given=["so-thu", ("vu-thu", "coordinating")], title="Không hạn"),
    }
    Obstacle.objects.create(
        task=made["late"],
        what="Chờ nước bạn phê chuẩn",
        cause="partner",
        side="partner",
        level="government",
        opened_at=at(-3),
    )
    due = timezone.localdate() + dt.timedelta(days=200)
    Slip.objects.create(
        task=made["near"],
        after="2027",
        due_after=due,
        reason_code="own",
        reason="x",
        asked_at=at(-1),
    )
    Progress.objects.create(
        task=made["in_time"],
        body=bo,
        done="Đã họp hai bên",
        state="released",
        written_at=at(-2),
        released_at=at(-2),
    )
    return made


def test_a_body_is_found_by_its_name_and_follows_what_it_took_over(tasks, coordinator):
    shown = page(coordinator, "tasks", **{"co-quan": "Bộ Thử nghiệm"})
    assert '<p class="found">5 nhiệm vụ</p>' in shown
    assert "Cơ quan: Bộ Thử nghiệm" in shown
    shown = page(coordinator, "tasks", **{"co-quan": "bo-thu", "vai-tro": "chu-tri"})
    assert '<p class="found">4 nhiệm vụ</p>' in shown
    several = page(coordinator, "tasks", **{"co-quan": "Vụ"})
    assert "hãy chọn:" in several
    assert "co-quan=vu2-thu" in several
    assert "không phải là" in page(coordinator, "tasks", **{"co-quan": "Bộ Không Có"})
    assert "không phải là" in page(coordinator, "tasks", **{"doi-tac": "Atlantis"})
    assert "không phải là một kỳ" in page(coordinator, "tasks", **{"ky-han": "mùa xuân"})


def test_the_strip_adds_up_under_every_filter(tasks, coordinator):
    for query in ({}, {"co-quan": "bo-thu", "vai-tro": "chu-tri"}, {"tinh-trang": "late"}):
        shown = page(coordinator, "tasks", **query)
        cells = re.findall(r"<b>(\d+)</b> <span>[^<]+</span> <small>(\d+)/(\d+) =", shown)
        assert len(cells) == 8
        assert all(n == part for n, part, _whole in cells)
        assert {int(whole) for *_n, whole in cells} == {sum(int(n) for n, *_more in cells)}
    assert "trong đó 1 sắp đến hạn" in shown


@pytest.mark.parametrize("sort", ["han", "moi", "giao-boi", "viec", "tin", "tin-moi", "chu-tri"])
def test_every_order_pages_through_each_task_once(bodies, coordinator, sort):
    document = make_task(bodies["bo"]).document
    for i in range(60):
        make_task(document=document, given=["vu-thu"] if i % 2 else [], due=i % 3)
    found = []
    for number in (1, 2):
        shown = page(coordinator, "tasks", xep=sort, trang=number)
        found += re.findall(r'href="/so-theo-doi/(\d+)/"', shown)
    assert sorted(map(int, found)) == sorted(Task.objects.values_list("pk", flat=True))


def test_a_row_shows_names_and_no_markup(tasks, coordinator):
    Task.objects.update(issuer="Đỗ Hải <Triều>")
    shown = page(coordinator, "tasks", cot=["giao-cho", "giao-boi", "van-ban"])
    assert "&lt;span" not in shown
    assert '<span class="whole">Đỗ Hải &lt;Triều&gt;</span>' in shown


def test_a_period_is_typed_as_people_write_it(tasks, coordinator):
    year = timezone.localdate().year
    first = page(coordinator, "tasks", **{"ky-han": f"năm {year}"})
    assert re.search(r'<p class="found">[^<]+', first)[0] in page(
        coordinator, "tasks", **{"ky-han": str(year)}
    )
    shown = page(coordinator, "tasks", **{"ky-han": "quý I/2031"})
    assert "không phải là một kỳ" not in shown
    assert "không phải là một kỳ" in page(coordinator, "tasks", **{"ky-han": "quý V/2031"})


def test_columns_are_chosen_in_the_address(tasks, coordinator):
    shown = page(coordinator, "tasks", cot=["ma", "trang-thai"])
    head = re.search(r"<thead>.*?</thead>", shown)[0]
    assert "Trạng thái thực hiện" in head
    assert "Thời hạn" not in head


def test_a_past_day_says_so_and_changes_nothing(tasks, coordinator):
    day = (timezone.localdate() - dt.timedelta(days=2)).isoformat()
    shown = page(coordinator, "tasks", ngay=day)
    assert "Tình hình ngày" in shown
    assert "data-tick" not in shown
    assert coordinator.get(reverse("bulk"), {"ngay": day, "ca": "1"}).status_code == 404


def test_a_field_suggests_what_the_person_may_see(tasks, bodies):
    client = signed_in(Role.READER, body=bodies["tinh"])
    task = tasks["late"]
    Task.objects.filter(pk=task.pk).update(programme="Chương trình kín")
    assert "kín" in page(client, "task_suggestions", truong="chuong-trinh")
    task.document.is_closed = True
    task.document.save()
    assert "kín" not in page(client, "task_suggestions", truong="chuong-trinh")
    assert "Vụ Một" in page(client, "task_suggestions", truong="co-quan", **{"co-quan": "vu mot"})
    assert "Vụ Một" in page(client, "task_suggestions", truong="co-quan", o="body", body="vu mot")
    assert "Vụ Một" in page(client, "task_suggestions", truong="co-quan", o="body", body="mot vu")


def test_views_are_kept_shared_begun_with_and_deleted(tasks, bodies):
    lan = client_of(make_person(Role.REPORTER, name="lan", body=bodies["bo"]))
    below = client_of(make_person(Role.READER, name="duoi", body=bodies["phong"]))
    outside = client_of(make_person(Role.READER, name="ngoai", body=bodies["tinh"]))
    form = {"name": "Quá hạn", "query": "tinh-trang=late&cot=ma", "share": "bo-thu"}
    answer = lan.post(reverse("task_view_add"), form)
    assert answer["location"].endswith("?tinh-trang=late&cot=ma")
    view = SavedView.objects.get()
    assert "Quá hạn</a>" in page(below, "task_views")
    assert "Quá hạn</a>" not in page(outside, "task_views")
    address = reverse("task_view", args=[view.pk])
    assert outside.post(address, {"verb": "start"}).status_code == 404
    below.post(address, {"verb": "start"})
    assert below.get(reverse("tasks"))["location"].endswith("?tinh-trang=late&cot=ma")
    assert below.get(reverse("tasks"), {"tat-ca": "1"}).status_code == 200
    # Whoever it is shared with sees no more than before.
    tasks["late"].document.is_closed = True
    tasks["late"].document.save()
    assert "Không có nhiệm vụ nào khớp" in page(below, "tasks", **{"tinh-trang": "late"})
    below.post(address, {"verb": "change", "name": "của tôi"})
    below.post(address, {"verb": "delete"})
    assert SavedView.objects.get().name == "Quá hạn"
    lan.post(address, {"verb": "change", "name": "Trễ", "share": "*"})
    view.refresh_from_db()
    # Only who acts for everybody shares with everybody.
    assert (view.name, view.is_shared) == ("Quá hạn", True)
    lan.post(address, {"verb": "change", "name": "Trễ"})
    view.refresh_from_db()
    assert (view.name, view.is_shared, view.body) == ("Trễ", False, None)
    # What is no longer shared opens nobody's register.
    assert below.get(reverse("tasks")).status_code == 200
    lan.post(address, {"verb": "start"})
    lan.post(address, {"verb": "whole"})
    assert list(StartView.objects.values_list("person__username", flat=True)) == ["duoi"]
    lan.post(address, {"verb": "delete"})
    assert not SavedView.objects.exists()
    assert not StartView.objects.exists()


def test_many_are_given_to_a_body_from_the_page(tasks, bodies, coordinator):
    chosen = [f"{one.pk}:{one.version}" for one in tasks.values()]
    address = f"{reverse('bulk')}?{'&'.join(f'chon={one}' for one in chosen)}"
    form = {"kind": "assign", "body": "so-thu", "role": "following"}
    answer = coordinator.post(address, form, follow=True)
    assert "Giao cho một cơ quan (Theo dõi): so-thu" in answer.content.decode()
    given = Assignment.objects.filter(body_ref="so-thu", role="following", by_hand=True)
    assert given.count() == BulkEdit.objects.get().n_done > 0
    assert coordinator.post(address, form | {"role": "x"}).status_code == 422
    assert coordinator.post(address, form | {"body": "bo-nao"}).status_code == 422


def test_many_are_changed_from_the_page_and_what_stayed_is_listed(tasks, coordinator):
    address = reverse("bulk")
    chosen = [f"{one.pk}:{one.version}" for one in tasks.values()]
    shown = page(coordinator, "bulk", chon=chosen)
    assert "Sửa 5 nhiệm vụ</h1>" in shown
    query = "&".join(f"chon={one}" for one in chosen)
    form = {"kind": "move", "move": "suspend", "reason": "chờ luật"}
    answer = coordinator.post(f"{address}?{query}", form, follow=True)
    text = " ".join(answer.content.decode().split())
    assert "Đã sửa 4 nhiệm vụ. 1 nhiệm vụ giữ nguyên." in text
    assert "Xong</a>" in text
    assert coordinator.post(f"{address}?{query}", {"kind": "move"}).status_code == 422
    other = signed_in(Role.COORDINATOR, name="khac")
    edit = BulkEdit.objects.get()
    assert other.get(reverse("bulk_result", args=[edit.pk])).status_code == 404


def test_all_that_fit_are_changed_only_while_they_are_the_same(tasks, coordinator):
    query = {"ca": "1", "co-quan": "vu-thu"}
    shown = page(coordinator, "bulk", **query)
    assert "Sửa 3 nhiệm vụ</h1>" in shown
    stamp = re.search(r'name="thay" value="([^"]+)"', shown)[1]
    form = {"kind": "programme", "programme": "A", "thay": stamp}
    Task.objects.filter(pk=tasks["near"].pk).update(version=7)
    address = f"{reverse('bulk')}?ca=1&co-quan=vu-thu"
    answer = coordinator.post(address, form)
    assert answer.status_code == 422
    assert "Danh sách đã thay đổi" in answer.content.decode()
    stamp = re.search(r'name="thay" value="([^"]+)"', answer.content.decode())[1]
    assert coordinator.post(address, form | {"thay": stamp}).status_code == 302
    assert Task.objects.filter(programme="A").count() == 3
    assert signed_in(Role.READER, name="xem").get(address).status_code == 403


def test_home_lists_what_my_bodies_owe(tasks, bodies):
    doer = client_of(make_person(Role.REPORTER, name="lam", body=bodies["vu"]))
    shown = page(doer, "home")
    cells = dict(re.findall(r'href="\?muc=([\w-]+)"[^>]*><b>(\d+)</b>', shown))
    assert cells == {
        "qua-han": "1",
        "bao-cao": "2",
        "tra-loi": "3",
        "sap-den": "1",
        "im-lang": "2",
    }
    for key, n in cells.items():
        listed = page(doer, "home", muc=key)
        rows = re.search(r'<section aria-labelledby="duty">.*?</section>', listed)[0]
        assert rows.count("data-row") == int(n)
        if int(n):
            address = re.search(r'class="more"><a href="([^"]+)"', rows)[1].replace("&amp;", "&")
            register = " ".join(doer.get(address).content.decode().split())
            assert f'<p class="found">{n} nhiệm vụ</p>' in register
    judge = client_of(make_person(Role.APPROVER, name="giao", body=bodies["bo"]))
    assert "Sắp đến</a>" in page(judge, "home", muc="xac-nhan")


def test_the_board_counts_each_task_once_down_the_tree(tasks, coordinator):
    shown = page(coordinator, "body_board", "bo-thu")
    rows = re.search(r'id="tree">.*?<tbody>(.*?)</tbody>', shown)[1]
    names = re.findall(r'<th scope="row">(?:<a[^>]+>)?([^<]+)', rows)
    assert [name.strip() for name in names] == ["Bộ Thử nghiệm", "Vụ Một", "Bộ Cũ"]
    totals = re.findall(r'<a href="[^"]+">(\d+)</a></td></tr>', rows)
    assert totals == ["1", "2", "1"]
    assert "4 nhiệm vụ do cơ quan này" in shown
    assert "Chờ nước bạn phê chuẩn" in shown
    assert "Đã họp hai bên" in shown
    addresses = re.findall(r'<td class="n[^"]*"[^>]*><a href="([^"]+)">(\d+)</a>', shown)
    assert len(addresses) > 8
    for address, n in addresses:
        register = coordinator.get(address.replace("&amp;", "&")).content.decode()
        assert f'<p class="found">{n} nhiệm vụ</p>' in " ".join(register.split()), address
    assert "Không hạn" in page(coordinator, "body_board", "tinh-thu")
    assert coordinator.get(reverse("body_board", args=["khong-co"])).status_code == 404
    day = (timezone.localdate() - dt.timedelta(days=20)).isoformat()
    assert "chưa đến" in page(coordinator, "body_board", "bo-thu", ngay="2099-01-01")
    past = page(coordinator, "body_board", "bo-thu", ngay=day)
    assert "Chờ nước bạn" not in past
    assert "Đã họp hai bên" not in past


def test_who_reads_the_whole_has_it_on_one_page(tasks):
    reader = signed_in(Role.READER, name="lanh-dao")
    assert reverse("leader") in page(reader, "home")
    shown = page(reader, "leader")
    assert "Chờ nước bạn phê chuẩn" in shown
    listed = re.findall(r'<td class="n[^"]*"[^>]*><a href="(/so-theo-doi[^"]+)">(\d+)</a>', shown)
    assert len(listed) > 3
    for address, n in listed:
        register = reader.get(address.replace("&amp;", "&")).content.decode()
        assert f'<p class="found">{n} nhiệm vụ</p>' in " ".join(register.split()), address
    assert "So với ngày" in shown
    assert "không phải là một ngày trước hôm nay" in page(reader, "leader", tu="hôm qua")
    long_ago = (timezone.localdate() - dt.timedelta(days=400)).isoformat()
    assert "Đã họp hai bên" in page(reader, "leader", tu=long_ago)


def test_the_page_of_the_whole_has_the_readers_names_and_keeps_its_day(tasks):
    Body.objects.filter(ref="vu-thu").update(name_en="Trial Department")
    reader = client_of(make_person(Role.READER, name="lanh-dao"), "en")
    assert "Trial Department</a>" in page(reader, "leader")
    day = (timezone.localdate() - dt.timedelta(days=20)).isoformat()
    past = page(reader, "leader", ngay=day)
    assert f"{reverse('body_board', args=['vu-thu'])}?ngay={day}" in past
    assert f'name="ngay" value="{day}"' in past


def test_an_english_name_narrows_the_register_as_the_vietnamese_one(tasks):
    Body.objects.filter(ref="vu-thu").update(name_en="Trial Department")
    reader = client_of(make_person(Role.READER, name="lanh-dao"), "en")
    by_id, by_name = (
        page(reader, "tasks", **{"co-quan": asked}) for asked in ("vu-thu", "trial department")
    )
    told = re.search(r'<p class="found">\d+ tasks?</p>', by_id)
    assert told
    assert told[0] in by_name
    assert "Body: Trial Department" in by_id
    assert "Body: Trial Department" in by_name
    assert 'value="Trial Department"' in by_name
    suggested = reader.get(
        reverse("task_suggestions"), {"truong": "co-quan", "co-quan": "trial department"}
    )
    assert '<option value="Trial Department">' in suggested.content.decode()


def test_a_page_of_the_whole_counts_only_what_one_may_see(tasks, bodies):
    Document.objects.update(is_closed=True)
    reader = client_of(make_person(Role.READER, name="ngoai", body=bodies["tinh"]))
    assert reverse("leader") not in page(reader, "home")
    assert "Chờ nước bạn phê chuẩn" not in page(reader, "leader")


@pytest.mark.parametrize("n", [1, 4])
@pytest.mark.parametrize(
    ("name", "args", "query", "questions"),
    [
        ("home", (), {}, 12),
        ("home", (), {"muc": "xac-nhan"}, 12),
        ("tasks", (), {}, 12),
        ("tasks", (), {"co-quan": "bo-thu", "cap": "unit", "im-lang": "30"}, 10),
        ("body_board", ("bo-thu",), {}, 12),
        ("leader", (), {}, 13),
        ("task_views", (), {}, 7),
        ("bulk", (), {"ca": "1"}, 7),
    ],
)
def test_the_questions_a_page_asks(
    tasks, bodies, name, args, query, questions, n, django_assert_max_num_queries
):
    for _ in range(n):
        make_task(bodies["bo"], given=["vu-thu"], due=-1)
    client = client_of(make_person(Role.APPROVER, name="lan", body=bodies["bo"]))
    with django_assert_max_num_queries(questions):
        assert client.get(reverse(name, args=args), query).status_code == 200
