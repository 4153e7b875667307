"""Events: told of by reports, mended by people, merged and taken apart again."""

import datetime as dt

import pytest

from diemcau.audit.models import AuditEntry
from diemcau.documents.models import StatementState
from diemcau.engagements.actions import merge_events, save_event, undo_merge
from diemcau.engagements.ledger import record_event, withdraw_event
from diemcau.engagements.models import Event, EventKind, EventReport
from diemcau.engagements.queries import EventFilter, events_around, list_events
from diemcau.engagements.refusals import Refused
from tests.diemcau.statements import make_document, make_statement

pytestmark = pytest.mark.django_db


def told(words="Chiều 4/3, Thủ tướng chủ trì Hội nghị với các địa phương", date="2025-03-04"):
    document = make_document(event_on=date)
    return make_statement(
        document,
        "events",
        words,
        date=date,
        chair="Thủ tướng Chính phủ",
        mode="hybrid",
        endpoints=94,
        state=StatementState.ACCEPTED,
    )


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("Hội nghị tổng kết năm 2024", EventKind.CONFERENCE),
        ("Chuyến thăm chính thức Singapore", EventKind.VISIT_OUT),
        ("Tọa đàm xúc tiến đầu tư tại Osaka", EventKind.PROMOTION),
        ("Bộ trưởng hội đàm với người đồng cấp", EventKind.MEETING),
        ("Lễ kỷ niệm 50 năm", EventKind.OTHER),
    ],
)
def test_an_accepted_report_makes_an_event_of_its_kind(words, kind):
    event = record_event(told(words))
    assert (event.kind, event.on, event.title) == (kind, dt.date(2025, 3, 4), words)


@pytest.mark.parametrize(
    ("sentence", "title"),
    [
        (
            "Ngày 4/3, Thủ tướng đã chủ trì Hội nghị tổng kết công tác năm 2025 theo hình thức"
            " trực tuyến với 94 điểm cầu.",
            "Hội nghị tổng kết công tác năm 2025",
        ),
        ("Ngày 4/3, Thủ tướng đã chủ trì Hội nghị.", "Ngày 4/3, Thủ tướng đã chủ trì Hội nghị"),
    ],
)
def test_a_quote_that_ends_with_the_bare_word_is_named_by_what_follows(sentence, title):
    said = make_statement(
        make_document(),
        "events",
        "Ngày 4/3, Thủ tướng đã chủ trì Hội nghị",
        sentence=sentence,
        state=StatementState.ACCEPTED,
    )
    assert record_event(said).title == title


def test_what_a_person_wrote_stays_when_the_statement_is_corrected():
    said = told()
    event = record_event(said)
    save_event(
        None,
        document=said.document,
        event=event,
        kind=EventKind.VISIT_IN,
        title="Thủ tướng nước bạn thăm Việt Nam",
        on=event.on,
        partners=["Ai Cập", "  ", "Ai Cập"],
    )
    again = record_event(said)
    assert (again.pk, again.kind, again.title) == (
        event.pk,
        EventKind.VISIT_IN,
        "Thủ tướng nước bạn thăm Việt Nam",
    )
    assert [one.as_written for one in again.partners.all()] == ["Ai Cập"]


def test_merged_and_taken_apart_is_as_before():
    first, second, third = (record_event(told()) for _n in range(3))
    assert set(events_around(None, first)) == {second, third}
    inner = merge_events(None, kept=second, merged=third)
    before = list(EventReport.objects.order_by("pk").values_list("event", "statement"))
    outer = merge_events(None, kept=first, merged=second, reason="cùng một hội nghị")
    assert list(list_events(None)) == [first]
    assert first.reports.count() == 3
    with pytest.raises(Refused):
        undo_merge(None, merge=inner)
    undo_merge(None, merge=outer)
    assert list(EventReport.objects.order_by("pk").values_list("event", "statement")) == before
    undo_merge(None, merge=inner)
    assert set(list_events(None)) == {first, second, third}
    assert all(one.reports.count() == 1 for one in Event.objects.all())


def test_an_event_is_not_merged_with_itself_or_twice():
    first, second = record_event(told()), record_event(told())
    with pytest.raises(Refused):
        merge_events(None, kept=first, merged=first)
    merge_events(None, kept=first, merged=second)
    with pytest.raises(Refused):
        merge_events(None, kept=first, merged=second)


def test_an_event_goes_with_its_last_report():
    first, second = told(), told()
    kept = record_event(first)
    merge_events(None, kept=kept, merged=record_event(second))
    for said, stands in ((first, True), (second, False)):
        said.state = StatementState.REJECTED
        said.save()
        withdraw_event(said)
        assert list_events(None).exists() == stands


@pytest.mark.parametrize(
    "changes", [{"title": " "}, {"on": dt.date(2025, 3, 5), "ends_on": dt.date(2025, 3, 4)}]
)
def test_an_event_without_a_name_or_with_days_that_run_backward_is_refused(changes):
    before = AuditEntry.objects.count()
    fields = {"title": "Gặp gỡ Nhật Bản", "on": None, **changes}
    with pytest.raises(Refused):
        save_event(None, document=make_document(), kind=EventKind.PROMOTION, **fields)
    assert (Event.objects.count(), AuditEntry.objects.count()) == (0, before)


def test_the_list_narrows_by_what_is_asked():
    record_event(told("Hội nghị tổng kết", "2024-12-20"))
    record_event(told("Chuyến thăm chính thức Kuwait", "2025-11-16"))
    names = lambda **asked: [e.title for e in list_events(None, EventFilter(**asked))]  # noqa: E731
    assert names() == ["Chuyến thăm chính thức Kuwait", "Hội nghị tổng kết"]
    assert names(kind=EventKind.VISIT_OUT) == ["Chuyến thăm chính thức Kuwait"]
    assert names(year=2024, words="tong ket") == ["Hội nghị tổng kết"]
    assert names(words="kuwait tổng") == []
