"""The pages of agreements, commitments and events, and the walk between them."""

import datetime as dt
import re
from dataclasses import replace
from itertools import pairwise

import pytest
from django.urls import reverse

from diemcau.accounts.models import Role
from diemcau.delivery.actions import (
    AgreementFields,
    add_evidence,
    place_commitment,
    record_stage,
    replace_agreement,
    save_agreement,
    serve_task,
    write_commitment,
)
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import Commitment, EvidenceKind, PromiseForm, Stage
from diemcau.directory.shipped import ensure_shipped_rows
from diemcau.documents.models import Document
from diemcau.engagements.actions import save_event
from diemcau.engagements.ledger import record_event
from diemcau.engagements.models import Event, EventKind
from diemcau.indicators.compare import propose_comparisons
from diemcau.web.agreements import typed
from tests.diemcau.delivery.parties import make_body
from tests.diemcau.people import client_of, make_person, signed_in
from tests.diemcau.sheets import take_sheet
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db
SIGNED = dt.date(2025, 3, 4)


@pytest.fixture
def clerk():
    return signed_in(Role.COORDINATOR)


def links_of(client, name, *args):
    answer = client.get(reverse(name, args=args))
    assert answer.status_code == 200
    return set(re.findall(r'href="([^"]+)"', answer.content.decode()))


def a_chain(n=1):
    """An order, the visit that serves it, what was signed and promised there, its evidence."""
    document = make_document(event_on="2025-03-04")
    order = record_task(make_statement(document, "tasks", "nêu việc mở cửa thị trường chanh leo"))
    visit = save_event(
        None,
        document=document,
        kind=EventKind.VISIT_OUT,
        title="Thăm chính thức nước bạn",
        on=dt.date(2025, 6, 1),
        partners=["Ai Cập"],
    )
    serve_task(None, task=order.pk, event=visit, note="đề nghị mở cửa")
    agreement = save_agreement(
        None,
        document=document,
        is_another=True,
        fields=AgreementFields(
            title="Nghị định thư về kiểm dịch", ours=["Bộ Công Thương"], theirs=["Ai Cập"]
        ),
    )
    promises = [
        write_commitment(
            None,
            document=document,
            content=f"Mở cửa cho chanh leo, đợt {i}",
            form=PromiseForm.SAID,
            parties=["Ai Cập"],
            counterparts=["Bộ Công Thương"],
            agreement=agreement,
            occasion=visit,
        )
        for i in range(n)
    ]
    for one in promises:
        add_evidence(
            None,
            task=one.task_id,
            kind=EvidenceKind.LINK,
            what="Thông báo mở cửa",
            url="https://example.org/thong-bao",
        )
    return order, visit, agreement, promises[0].task


def test_from_the_order_to_the_evidence_and_back_each_step_is_one_link(clerk):
    order, visit, agreement, promise = a_chain()
    steps = [("task", order.pk), ("event", visit.pk), ("task", promise.pk)]
    steps.append(("agreement", agreement.pk))
    for here, there in pairwise(steps):
        for a, b in ((here, there), (there, here)):
            assert reverse(b[0], args=[b[1]]) in links_of(clerk, a[0], a[1]), f"{a} → {b}"


@pytest.mark.parametrize("n", [1, 4])
def test_the_pages_ask_the_database_a_few_things(clerk, n, django_assert_num_queries):
    _order, visit, agreement, _promise = a_chain(n)
    clerk.get(reverse("home"))
    for name, args, queries in (
        ("agreements", (), 11),
        ("agreement", (agreement.pk,), 10),
        ("event", (visit.pk,), 12),
    ):
        with django_assert_num_queries(queries):
            clerk.get(reverse(name, args=args))


def test_the_register_of_agreements_narrows_and_goes_out_as_a_file(clerk):
    _order, _visit, agreement, _promise = a_chain()
    for query, found in (
        ({"giai-doan": "draft"}, True),
        ({"giai-doan": "in_force"}, False),
        ({"q": "kiem dich"}, True),
        ({"q": "hàng không"}, False),
    ):
        text = clerk.get(reverse("agreements"), query).content.decode()
        assert (reverse("agreement", args=[agreement.pk]) in text) == found
    sheet = b"".join(take_sheet(clerk, "agreements", "csv").streaming_content).decode()
    assert "Nghị định thư về kiểm dịch" in sheet


def test_a_refusal_keeps_what_was_typed_and_says_why(clerk):
    document = make_document()
    answer = clerk.post(
        reverse("agreement_add"),
        {"document": document.pk, "title": "Bản ghi nhớ X", "ours": "Bộ Y", "signed_on": "hôm qua"},
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "hôm qua” không phải là ngày" in text
    assert "Bản ghi nhớ X" in text


def test_the_one_that_looks_the_same_is_shown_and_can_be_said_another(clerk):
    _order, _visit, agreement, _promise = a_chain()
    typed = {
        "document": agreement.document_id,
        "title": agreement.title,
        "ours": "Bộ Công Thương",
        "theirs": "Ai Cập",
    }
    answer = clerk.post(reverse("agreement_add"), typed)
    assert answer.status_code == 422
    assert reverse("agreement", args=[agreement.pk]) in answer.content.decode()
    assert clerk.post(reverse("agreement_add"), {**typed, "another": "1"}).status_code == 302


def test_a_commitment_that_was_read_fills_the_form_of_an_agreement(clerk):
    document = make_document(event_on="2025-03-04")
    said = make_statement(
        document,
        "commitments",
        "Bộ Công Thương và Ai Cập ký bản ghi nhớ",
        what="bản ghi nhớ về thương mại",
        parties=["Bộ Công Thương"],
        counterparts=["Ai Cập"],
        form="signed",
    )
    text = clerk.get(reverse("agreement_add"), {"cau": said.pk}).content.decode()
    assert "bản ghi nhớ về thương mại" in text
    assert clerk.get(reverse("agreement_add"), {"cau": said.pk + 99}).status_code == 404


def test_who_only_reads_is_offered_no_form(clerk):
    _order, visit, agreement, promise = a_chain()
    reader = signed_in(Role.READER)
    for name, pk in (("agreement", agreement.pk), ("event", visit.pk), ("task", promise.pk)):
        page = reader.get(reverse(name, args=[pk])).content.decode()
        assert 'class="stacked"' not in page
    assert reader.get(reverse("agreement_add")).status_code == 403


def test_taking_a_commitment_out_of_its_agreement_takes_it_off_its_page(clerk):
    _order, _visit, agreement, promise = a_chain()
    place_commitment(None, task=promise.pk, agreement=None, occasion=None)
    assert reverse("task", args=[promise.pk]) not in links_of(clerk, "agreement", agreement.pk)


def test_a_commitment_in_an_agreement_begins_with_its_sides_and_day(clerk):
    document = make_document(event_on="2025-03-04")
    fields = AgreementFields(
        title="Bản ghi nhớ", ours=["Bộ Công Thương"], theirs=["Ai Cập"], signed_on=SIGNED
    )
    made = save_agreement(None, document=document, fields=fields)
    page = clerk.get(reverse("agreement", args=[made.pk])).content.decode()
    (link,) = re.findall(r'href="([^"]+/cam-ket/them[^"]*|/cam-ket/them[^"]*)"', page)
    form = clerk.get(link.replace("&amp;", "&")).content.decode()
    for begun in (">Bộ Công Thương</textarea>", ">Ai Cập</textarea>", 'value="04/03/2025"'):
        assert begun in form
    assert '<option value="signed" selected>' in form


def test_a_stage_told_of_the_whole_is_shown_beside_each_side_until_one_goes_further(clerk):
    document = make_document(event_on="2025-03-04")
    fields = AgreementFields(
        title="Bản ghi nhớ", ours=["Bộ Công Thương"], theirs=["Ai Cập"], signed_on=SIGNED
    )
    made = save_agreement(None, document=document, fields=fields)

    def sides():
        page = " ".join(clerk.get(reverse("agreement", args=[made.pk])).content.decode().split())
        table = page[page.index('<table class="list">') : page.index("</table>")]
        return [re.sub(r"<[^>]+>", "", one).split() for one in table.split("<tr>")[2:]]

    def shown():
        return [
            next(w for w in ("Có hiệu lực", "Hết hiệu lực", "Đã ký", "Chưa rõ") if w in words)
            for words in (" ".join(one) for one in sides())
        ]

    record_stage(None, agreement=made, stage=Stage.SIGNED, on=SIGNED)
    assert shown() == ["Đã ký", "Đã ký"]
    ours = made.sides.get(is_ours=True)
    record_stage(None, agreement=made, stage=Stage.IN_FORCE, side=ours, on=dt.date(2025, 6, 1))
    assert shown() == ["Có hiệu lực", "Đã ký"]
    record_stage(None, agreement=made, stage=Stage.EXPIRED, on=dt.date(2026, 1, 1))
    assert shown() == ["Hết hiệu lực", "Hết hiệu lực"]


def test_a_stage_recorded_by_a_slip_is_taken_back_on_its_page(clerk):
    document = make_document(event_on="2025-03-04")
    fields = AgreementFields("Bản ghi nhớ", signed_on=SIGNED, ours=["Bộ A"], theirs=["Singapore"])
    made = save_agreement(None, document=document, fields=fields)
    address = reverse("agreement_stage", args=[made.pk])
    sent = {"stage": "expired", "on": "20/11/2025"}
    told = clerk.post(address, sent, follow=True).content.decode()
    assert "Thỏa thuận nay ở giai đoạn “Hết hiệu lực”" in told
    over = made.stages.get(stage=Stage.EXPIRED)
    refused = clerk.post(address, {"stage": "in_force", "on": "21/11/2025"})
    assert refused.status_code == 422
    assert "ngày 20/11/2025 không thể trước “Có hiệu lực” ngày 21/11/2025" in (
        refused.content.decode()
    )
    back = reverse("agreement_stage_take_back", args=[made.pk, over.pk])
    assert back in refused.content.decode()
    assert clerk.post(back, {"reason": ""}).status_code == 422
    page = clerk.post(back, {"reason": "nhầm văn kiện"}, follow=True).content.decode()
    assert "Thỏa thuận nay ở giai đoạn “Đã ký”" in page
    assert "nhầm văn kiện" in page
    assert back not in page
    reader = signed_in(Role.READER)
    assert reader.post(back, {"reason": "thử"}).status_code == 403
    assert clerk.get(reverse("agreements"), {"giai-doan": "expired"}).context["rows"] == []


def test_a_stage_is_not_taken_back_from_a_page_somebody_overtook(clerk):
    document = make_document(event_on="2025-03-04")
    fields = AgreementFields("Bản ghi nhớ", signed_on=SIGNED, ours=["Bộ A"], theirs=["Singapore"])
    made = save_agreement(None, document=document, fields=fields)
    over = record_stage(None, agreement=made, stage=Stage.EXPIRED, on=dt.date(2025, 11, 20))
    back = reverse("agreement_stage_take_back", args=[made.pk, over.pk])

    def forms(client):
        page = client.get(reverse("agreement", args=[made.pk])).content.decode()
        return re.findall(rf'action="{back}".*?name="seen" value="(\d+)"', page)

    (stale,) = forms(clerk)
    assert forms(signed_in(Role.READER)) == []
    save_agreement(None, document=document, fields=fields, agreement=made)
    refused = clerk.post(back, {"reason": "nhầm", "seen": stale})
    assert refused.status_code == 422
    assert made.stages.get(pk=over.pk).taken_back_at is None
    (fresh,) = forms(clerk)
    assert clerk.post(back, {"reason": "nhầm", "seen": fresh}).status_code == 302
    assert forms(clerk) == []


def test_who_only_adds_takes_no_replacement_back(clerk):
    owner = make_body("bo-lam", "Bộ Làm việc")
    document = make_document(event_on="2025-03-04")
    document.owner = owner
    document.save()
    fields = AgreementFields("Bản ghi nhớ", signed_on=SIGNED, ours=["Bộ A"], theirs=["Singapore"])
    old = save_agreement(None, document=document, fields=fields)
    new = save_agreement(None, document=document, fields=replace(fields, title="Bản mới"))
    replace_agreement(None, agreement=old, by=new, on=dt.date(2025, 6, 1))
    first, last = old.stages.order_by("pk")
    reporter = client_of(make_person(Role.REPORTER, body=owner, name="nguoi-soan"))
    for client, offered in ((reporter, [True, False]), (clerk, [True, True])):
        page = client.get(reverse("agreement", args=[old.pk])).content.decode()
        backs = [reverse("agreement_stage_take_back", args=[old.pk, s.pk]) for s in (first, last)]
        assert [back in page for back in backs] == offered
    assert reporter.post(backs[1], {"reason": "thử"}).status_code == 403


def test_an_event_recorded_for_a_task_leads_back_to_it_and_is_chosen_there(clerk):
    order = record_task(make_statement(make_document(), "tasks", "mở cửa thị trường chanh leo"))
    ties = clerk.get(reverse("task_ties", args=[order.pk])).content.decode()
    (link,) = re.findall(r'href="(/su-kien/them[^"]+)"', ties)
    form = {"document": order.document_id, "kind": "visit_out", "title": "Thăm Ai Cập"}
    answer = clerk.post(link.replace("&amp;", "&"), form | {"on": "1/6/2025"})
    back = clerk.get(answer.url).content.decode()
    made = Event.objects.get(title="Thăm Ai Cập")
    assert f'<option lang="vi" value="{made.pk}" selected>1/6/2025 Thăm Ai Cập</option>' in back
    assert answer.url.startswith(reverse("task_ties", args=[order.pk]))


def test_what_is_recorded_by_hand_is_listed_found_and_on_its_partner_page(clerk):
    ensure_shipped_rows()
    assert reverse("event_add") in clerk.get(reverse("events")).content.decode()
    document = make_document()
    form = {"document": document.pk, "kind": "visit_out", "title": "Thăm cấp Nhà nước"}
    days = {"on": "5/5/2026", "ends_on": "8/5/2026", "partners": "Nhật Bản"}
    visit = clerk.post(reverse("event_add"), form | days).url
    fields = AgreementFields("Bản ghi nhớ về hydro", ours=["Bộ A"], theirs=["Nhật Bản"])
    made = save_agreement(None, document=document, fields=fields)
    listed = clerk.get(reverse("events")).content.decode()
    assert visit in listed
    assert "8/5/2026" in listed
    for words in ("tham cap nha nuoc", "nhat ban"):
        assert visit in clerk.get(reverse("events"), {"q": words}).content.decode()
        assert visit in clerk.get(reverse("search"), {"q": words}).content.decode()
    agreement = reverse("agreement", args=[made.pk])
    assert agreement in clerk.get(reverse("search"), {"q": "hydro"}).content.decode()
    partner = reverse("directory_partner", args=["jp"])
    page = clerk.get(partner).content.decode()
    assert visit in page
    assert agreement in page
    assert visit not in clerk.get(partner, {"ngay": "2026-01-01"}).content.decode()


def test_a_visit_typed_by_a_report_of_another_meeting_has_not_its_orders(clerk):
    order, visit, _agreement, _promise = a_chain()
    page = clerk.get(reverse("event", args=[visit.pk])).content.decode()
    # The document tells of no other event: its orders may have been given at this one.
    assert page.count("nêu việc mở cửa thị trường chanh leo".capitalize()) == 2
    words = "Hội nghị ngoại giao kinh tế diễn ra ngày 4/3/2025"
    told = make_statement(order.document, "events", words, state="accepted", date="2025-03-04")
    record_event(told)
    page = clerk.get(reverse("event", args=[visit.pk])).content.decode()
    assert page.count("nêu việc mở cửa thị trường chanh leo".capitalize()) == 1


def test_saving_a_form_unchanged_keeps_a_tie_that_is_old_or_not_seen(monkeypatch):
    monkeypatch.setattr(typed, "_OFFERED", 0)
    _order, visit, agreement, promise = a_chain()
    commitment = Commitment.objects.get(task=promise)
    place_commitment(None, task=promise.pk, agreement=agreement, occasion=visit)
    ours, theirs = make_body("bo-ta", "Bộ Ta"), make_body("bo-kin", "Bộ Kín")
    clerk = client_of(make_person(Role.COORDINATOR, body=ours))
    Document.objects.update(owner=ours)
    address = reverse("task_ties", args=[promise.pk])
    for is_closed in (False, True):
        if is_closed:
            hidden = make_document(name="kin.txt")
            Document.objects.filter(pk=hidden.pk).update(is_closed=True, owner=theirs)
            Event.objects.filter(pk=visit.pk).update(document=hidden)
        form = clerk.get(address).content.decode()
        chosen = dict(re.findall(r'<select name="(\w+)">.*?value="(\d+)" selected', form))
        assert chosen == {"agreement": str(agreement.pk), "occasion": str(visit.pk)}
        clerk.post(reverse("commitment_place", args=[promise.pk]), {**chosen, "timeline": "x"})
        commitment.refresh_from_db()
        assert (commitment.agreement, commitment.occasion) == (agreement, visit)
        assert commitment.timeline == "x"


def test_the_page_of_a_partner_has_what_names_it(clerk):
    ensure_shipped_rows()
    document = make_document(event_on="2025-03-04")
    ours, other = (
        record_task(make_statement(document, "tasks", words, action=words))
        for words in ("tháo gỡ vướng mắc với Nhật Bản", "lập dự án do Bộ Công Thương chủ trì")
    )
    assert reverse("task", args=[ours.pk]) in links_of(clerk, "directory_partner", "jp")
    assert reverse("task", args=[ours.pk]) not in links_of(clerk, "directory_partner", "in")
    listed = clerk.get(reverse("tasks"), {"doi-tac": "Nhật Bản"}).content.decode()
    assert reverse("task", args=[ours.pk]) in listed
    assert reverse("task", args=[other.pk]) not in listed


def test_the_page_of_a_partner_has_its_figures_and_the_promises_of_its_visits(clerk):
    ensure_shipped_rows()
    document = make_document(event_on="2025-03-04")
    figure = make_statement(
        document,
        "figures",
        "kim ngạch đạt 13,1 tỷ USD",
        value=13100000000,
        unit="USD",
        bound="eq",
        what="kim ngạch",
        measure="trade_turnover",
        subject="Ấn Độ",
        period="2025",
        role="actual",
    )
    propose_comparisons(document)
    _order, visit, _agreement, promise = a_chain()
    Commitment.objects.filter(task=promise).update(agreement=None)
    promise.commitment.parties.all().delete()
    visit.partners.update(as_written="Ấn Độ", ref="in")
    found = links_of(clerk, "directory_partner", "in")
    assert {reverse("figure", args=[figure.pk]), reverse("task", args=[promise.pk])} <= found
    assert not {reverse("figure", args=[figure.pk])} & links_of(clerk, "directory_partner", "jp")
    item = clerk.get(reverse("task", args=[promise.pk])).content.decode()
    assert 'Ấn Độ <small class="aside">theo sự kiện đã gắn</small>' in item.replace("\n", "")
    page = clerk.get(reverse("directory_partner", args=["in"])).content.decode()
    assert "dễ nhầm với từ khác" in page
    past = clerk.get(reverse("directory_partner", args=["in"]), {"ngay": "2025-01-01"})
    assert reverse("figure", args=[figure.pk]) not in past.content.decode()
