"""Agreements with their life on each side."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diemcau.accounts.models import Role
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import (
    AgreementFields,
    TwinAgreement,
    record_stage,
    replace_agreement,
    save_agreement,
    take_back_stage,
    withdraw_agreement,
)
from diemcau.delivery.agreements import (
    UNKNOWN_STAGE,
    AgreementFilter,
    count_stages,
    list_agreements,
    stage_on,
)
from diemcau.delivery.models import (
    Agreement,
    AgreementStage,
    Stage,
)
from diemcau.delivery.refusals import Refused
from diemcau.web.audit.wording import changes_of
from tests.diemcau.delivery.parties import make_body
from tests.diemcau.delivery.signings import MOU, signed
from tests.diemcau.people import client_of, make_person
from tests.diemcau.statements import make_document

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def document():
    return make_document(event_on="2025-03-04")


def now(agreement, on=TODAY):
    row = Agreement.objects.prefetch_related("sides", "stages").get(pk=agreement.pk)
    return stage_on(row, on=on)


def test_signed_is_not_in_force_and_one_side_is_not_the_whole(document):
    row = signed(document, theirs=["Singapore", "Malaysia"])
    assert now(row).stage == Stage.SIGNED
    sides = list(row.sides.all())
    for n, side in enumerate(sides, 1):
        on = dt.date(2025, 6, n)
        record_stage(None, agreement=row, stage=Stage.IN_FORCE, side=side, on=on)
        expected = Stage.IN_FORCE if n == len(sides) else Stage.SIGNED
        assert (now(row).stage, now(row).n_in_force) == (expected, n)
    assert now(row, dt.date(2025, 6, 1)).stage == Stage.SIGNED


@pytest.mark.parametrize(
    ("fields", "on", "stage"),
    [
        ({"signed_on": None}, timezone.localdate(), Stage.DRAFT),
        ({"signed_on": None}, dt.date(2025, 3, 3), None),
        ({}, TODAY, Stage.SIGNED),
        ({}, dt.date(2025, 3, 3), None),
        ({"valid_to": dt.date(2026, 3, 3)}, dt.date(2026, 3, 3), Stage.SIGNED),
        ({"valid_to": dt.date(2026, 3, 3)}, dt.date(2026, 3, 4), Stage.EXPIRED),
        ({"valid_to": dt.date(2026, 3, 3), "renews_itself": True}, TODAY, Stage.SIGNED),
    ],
)
def test_the_stage_on_a_day_is_the_same_on_the_page_and_in_the_list(document, fields, on, stage):
    row = signed(document, **fields)
    assert now(row, on).stage == stage
    assert listed_at(row, on) == [stage or UNKNOWN_STAGE]


def listed_at(row, on):
    return [
        one
        for one in (*Stage, UNKNOWN_STAGE)
        if list_agreements(None, AgreementFilter(stage=one), on=on).filter(pk=row.pk).exists()
    ]


_reached = st.lists(
    st.tuples(
        st.sampled_from([None, 0, 1]),
        st.sampled_from([one for one in Stage if one != Stage.REPLACED]),
        st.sampled_from([None, 3, 2, 1]),
        st.booleans(),
    ),
    max_size=5,
)


@given(rows=_reached, is_signed=st.booleans())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
def test_whatever_the_sides_reached_the_list_has_the_stage_of_the_page(document, rows, is_signed):
    with transaction.atomic():
        row = signed(document, signed_on=dt.date(2025, 3, 4) if is_signed else None)
        row.stages.all().delete()
        sides = list(row.sides.all())
        for side, stage, days, is_taken_back in rows:
            AgreementStage.objects.create(
                agreement=row,
                side=None if side is None else sides[side],
                stage=stage,
                on=None if days is None else TODAY - dt.timedelta(days=days),
                at=timezone.now() - dt.timedelta(days=3),
                taken_back_at=timezone.now() if is_taken_back else None,
            )
        for back in (0, 2, 4, 900):
            on = TODAY - dt.timedelta(days=back)
            assert listed_at(row, on) == [now(row, on).stage or UNKNOWN_STAGE]
        transaction.set_rollback(True)


def test_what_each_side_approved_is_between_the_signing_and_the_force(document):
    row = signed(document)
    ours, theirs = row.sides.all()
    for n, side in enumerate((ours, theirs), 1):
        on = dt.date(2025, 5, n)
        record_stage(None, agreement=row, stage=Stage.APPROVED, side=side, on=on)
        assert now(row).stage == (Stage.APPROVED if n == 2 else Stage.SIGNED)
    record_stage(None, agreement=row, stage=Stage.IN_FORCE, side=ours, on=dt.date(2025, 6, 1))
    assert now(row).stage == Stage.APPROVED
    record_stage(None, agreement=row, stage=Stage.IN_FORCE, on=dt.date(2025, 6, 1))
    assert now(row).stage == Stage.IN_FORCE
    assert listed_at(row, TODAY) == [Stage.IN_FORCE]


def test_a_stage_entered_by_mistake_is_taken_back_with_its_reason(document):
    row = signed(document)
    over = record_stage(None, agreement=row, stage=Stage.EXPIRED, on=dt.date(2026, 1, 1))
    assert now(row).stage == Stage.EXPIRED
    with pytest.raises(Refused):
        take_back_stage(None, stage=over, reason="  ")
    take_back_stage(None, stage=over, reason="ghi nhầm văn kiện khác")
    assert (now(row).stage, listed_at(row, TODAY)) == (Stage.SIGNED, [Stage.SIGNED])
    over.refresh_from_db()
    assert over.taken_back_why == "ghi nhầm văn kiện khác"
    told = AuditEntry.objects.latest("pk")
    assert (told.action, told.reason) == ("delivery.take_back_stage", over.taken_back_why)
    with pytest.raises(Refused):
        take_back_stage(None, stage=over, reason="lần nữa")
    record_stage(None, agreement=row, stage=Stage.IN_FORCE, on=dt.date(2026, 2, 1))
    assert now(row).stage == Stage.IN_FORCE


def test_a_wrong_side_goes_once_its_stage_is_taken_back_and_the_stage_still_tells_whose(document):
    row = signed(document, theirs=["Singapore", "Malaysia"], number="01/2025")
    ours, right, wrong = row.sides.all()
    made = record_stage(None, agreement=row, stage=Stage.EXPIRED, side=wrong)
    with pytest.raises(Refused, match="Malaysia"):
        signed(document, agreement=row)
    take_back_stage(None, stage=made, reason="nhầm bên")
    signed(document, agreement=row, number="01/2025")
    assert list(row.sides.all()) == [ours, right]
    kept = AgreementStage.objects.get(pk=made.pk)
    assert (kept.side.as_written, kept.taken_back_why) == ("Malaysia", "nhầm bên")
    for one, found in (("sg", [row]), ("my", [])):
        assert list(list_agreements(None, AgreementFilter(partner=one), on=TODAY)) == found
    for n, side in enumerate((ours, right), 1):
        on = dt.date(2025, 6, n)
        record_stage(None, agreement=row, stage=Stage.IN_FORCE, side=side, on=on)
    assert (now(row).stage, len(now(row).sides)) == (Stage.IN_FORCE, 2)
    assert listed_at(row, TODAY) == [Stage.IN_FORCE]
    with pytest.raises(Refused):
        record_stage(None, agreement=row, stage=Stage.IN_FORCE, side=wrong)
    # A text with the side that was wrong is another one.
    signed(document, title="Bản ghi nhớ khác", theirs=["Malaysia"], number="01/2025")


def test_with_the_signing_goes_its_day_and_with_the_replacement_what_replaces(document):
    row = signed(document, signed_on=None)
    made = record_stage(None, agreement=row, stage=Stage.SIGNED, on=dt.date(2025, 3, 4))
    take_back_stage(None, stage=made, reason="chưa ký")
    row.refresh_from_db()
    assert (row.signed_on, now(row, timezone.localdate()).stage) == (None, Stage.DRAFT)
    new = signed(document, title="Bản ghi nhớ mới")
    replace_agreement(None, agreement=row, by=new, on=TODAY)
    reached = row.stages.get(stage=Stage.REPLACED)
    clerk = make_person(Role.COORDINATOR)
    with pytest.raises(PermissionDenied):
        take_back_stage(make_person(Role.READER, name="doc"), stage=made, reason="nhầm")
    take_back_stage(clerk, stage=reached, reason="chọn nhầm")
    row.refresh_from_db()
    assert row.replaced_by is None
    replace_agreement(None, agreement=row, by=new, on=TODAY)


def test_a_corrected_day_of_signing_takes_the_stage_of_the_old_one_back(document):
    row = signed(document)
    day = dt.date(2025, 2, 4)
    fields = {**{name: getattr(MOU, name) for name in MOU.__slots__}, "signed_on": day}
    save_agreement(None, document=document, agreement=row, fields=AgreementFields(**fields))
    standing = row.stages.filter(taken_back_at=None)
    assert [(one.stage, one.on) for one in standing] == [(Stage.SIGNED, day)]
    record_stage(None, agreement=row, stage=Stage.IN_FORCE, on=dt.date(2025, 2, 10))
    with pytest.raises(Refused, match="10/2/2025"):
        save_agreement(None, document=document, agreement=row, fields=MOU)
    row.refresh_from_db()
    assert row.signed_on == day
    assert standing.all().count() == 2


def test_the_log_tells_the_day_of_signing_before_and_after_and_what_it_took_back(document):
    row = signed(document)
    (old,) = row.stages.all()
    day = dt.date(2025, 2, 4)
    signed(document, agreement=row, signed_on=day)
    told = AuditEntry.objects.latest("pk").detail
    assert told["changed"] == {"signed_on": ["2025-03-04", "2025-02-04"]}
    assert told["stages_taken_back"] == [old.pk]
    signed(document, agreement=row, signed_on=day, title="Bản ghi nhớ khác")
    told = AuditEntry.objects.latest("pk")
    assert changes_of(told) == []
    assert told.detail["stages_taken_back"] == []


@pytest.mark.parametrize("by_form", [True, False])
def test_without_one_day_of_signing_the_other_that_stands_is_told(document, by_form):
    row = signed(document)
    first, second = dt.date(2025, 3, 4), dt.date(2025, 3, 11)
    record_stage(None, agreement=row, stage=Stage.SIGNED, on=second)
    if by_form:
        made = signed(document, agreement=row, signed_on=None)
        assert made.signed_on == second
    else:
        take_back_stage(None, stage=row.stages.get(on=first), reason="ghi nhầm ngày")
    row.refresh_from_db()
    standing = row.stages.filter(taken_back_at=None)
    assert (row.signed_on, [one.on for one in standing]) == (second, [second])
    signed(document, agreement=row, signed_on=None)
    row.refresh_from_db()
    assert (row.signed_on, [one.stage for one in standing.all()]) == (None, [Stage.DRAFT])


OURS, THEIRS, WHOLE = 0, 1, None


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ([], (Stage.IN_FORCE, WHOLE, 3)),
        ([], (Stage.APPROVED, OURS, 3)),
        ([], (Stage.DRAFT, THEIRS, 20)),
        ([], (Stage.DRAFT, WHOLE, None)),
        ([(Stage.IN_FORCE, OURS, 10)], (Stage.EXPIRED, OURS, 10)),
        ([(Stage.EXPIRED, WHOLE, 10)], (Stage.IN_FORCE, WHOLE, 10)),
        ([(Stage.EXPIRED, WHOLE, 10)], (Stage.SIGNED, WHOLE, 12)),
        ([(Stage.EXPIRED, WHOLE, 10)], (Stage.IN_FORCE, THEIRS, 12)),
        ([(Stage.IN_FORCE, OURS, 10)], (Stage.APPROVED, OURS, 11)),
    ],
)
def test_what_cannot_have_been_is_refused_with_both_days(document, before, then):
    row = signed(document)
    for one in before:
        reached(row, *one)
    n = row.stages.count()
    with pytest.raises(Refused, match="2025"):
        reached(row, *then)
    assert row.stages.count() == n


@pytest.mark.parametrize(
    ("before", "then"),
    [
        ([], (Stage.IN_FORCE, WHOLE, 4)),
        ([(Stage.IN_FORCE, OURS, 10)], (Stage.APPROVED, THEIRS, 12)),
        ([(Stage.IN_FORCE, WHOLE, 10)], (Stage.SIGNED, THEIRS, 20)),
        ([(Stage.EXPIRED, OURS, 10)], (Stage.IN_FORCE, THEIRS, 12)),
        ([(Stage.EXPIRED, WHOLE, None)], (Stage.IN_FORCE, WHOLE, 12)),
        ([(Stage.EXPIRED, WHOLE, 10)], (Stage.IN_FORCE, WHOLE, None)),
    ],
)
def test_each_side_has_its_own_life_and_an_unknown_day_is_held_against_none(document, before, then):
    row = signed(document)
    for one in [*before, then]:
        reached(row, *one)


@pytest.mark.parametrize("side", [WHOLE, THEIRS])
@pytest.mark.parametrize("day", [8, 10])
def test_nothing_replaced_was_in_force_from_that_day_on(document, side, day):
    old, new = signed(document), signed(document, title="Bản ghi nhớ mới")
    on = dt.date(2025, 3, day)
    made = reached(old, Stage.IN_FORCE, side, 10)
    with pytest.raises(Refused, match="10/3/2025"):
        replace_agreement(None, agreement=old, by=new, on=on)
    take_back_stage(None, stage=made, reason="ghi nhầm")
    replace_agreement(None, agreement=old, by=new, on=on)
    for stage in (Stage.IN_FORCE, Stage.SIGNED):
        with pytest.raises(Refused, match="2025"):
            reached(old, stage, side, 12)
    reached(old, Stage.EXPIRED, WHOLE, 12)
    with pytest.raises(Refused, match=f"{day}/3/2025"):
        signed(document, agreement=old, signed_on=dt.date(2025, 3, 12))


def reached(row, stage, side, day):
    sides = list(row.sides.all())
    on = None if day is None else dt.date(2025, 3, day)
    who = None if side is None else sides[side]
    return record_stage(None, agreement=row, stage=stage, side=who, on=on)


def test_one_text_told_of_by_two_reports_is_recorded_once(document):
    first = signed(document)
    with pytest.raises(TwinAgreement) as told:
        signed(make_document(event_on="2025-03-05"), title="BẢN GHI NHỚ về hợp tác logistics xanh")
    assert told.value.twins == [first]
    save_agreement(None, document=document, fields=MOU, is_another=True)
    assert Agreement.objects.count() == 2


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "  "},
        {"ours": [], "theirs": ["Singapore"]},
        {"theirs": []},
        {"signed_on": dt.date(2999, 1, 1)},
        {"valid_to": dt.date(2024, 1, 1)},
        {"kind": "B" * 101},
        {"number": "1" * 61},
        {"field": "C" * 201},
        {"event": "D" * 301},
        {"level": "cấp xã"},
    ],
)
def test_what_is_missing_or_cannot_be_is_refused_and_nothing_written(document, changes):
    before = AuditEntry.objects.count()
    with pytest.raises(Refused):
        signed(document, **changes)
    assert not Agreement.objects.exists()
    assert AuditEntry.objects.count() == before


def test_who_changes_what_somebody_changed_meanwhile_is_told(document):
    row = signed(document)
    save_agreement(None, document=document, agreement=row, fields=MOU, seen=row.version)
    with pytest.raises(Refused):
        save_agreement(None, document=document, agreement=row, fields=MOU, seen=row.version)


@pytest.mark.parametrize("day", [dt.date(2026, 1, 1), None])
def test_what_was_replaced_stood_before_that_day(document, day):
    old, new = signed(document), signed(document, title="Bản ghi nhớ mới")
    replace_agreement(None, agreement=old, by=new, on=day)
    since = day or timezone.localdate()
    for on, stage in ((since - dt.timedelta(days=1), Stage.SIGNED), (since, Stage.REPLACED)):
        assert now(old, on).stage == stage
        found = list_agreements(None, AgreementFilter(stage=stage), on=on)
        assert old in found
        assert count_stages(None, on=on)[Stage.REPLACED] == (stage == Stage.REPLACED)


def test_what_replaces_what_makes_no_circle(document):
    old, new = signed(document), signed(document, title="Bản ghi nhớ mới")
    replace_agreement(None, agreement=old, by=new, on=TODAY)
    assert now(old).stage == Stage.REPLACED
    for pair in ((new, old), (new, new)):
        with pytest.raises(Refused):
            replace_agreement(None, agreement=pair[0], by=pair[1])


@pytest.mark.parametrize("on", [dt.date(2999, 1, 1), dt.date(1900, 1, 1)])
def test_nothing_is_replaced_on_a_day_that_cannot_be_or_twice(document, on):
    old, new = signed(document), signed(document, title="Bản ghi nhớ mới")
    with pytest.raises(Refused):
        replace_agreement(None, agreement=old, by=new, on=on)
    replace_agreement(None, agreement=old, by=new)
    with pytest.raises(Refused, match="mới"):
        replace_agreement(None, agreement=old, by=signed(document, title="Bản ghi nhớ thứ ba"))
    old.refresh_from_db()
    assert old.replaced_by == new


def test_what_is_out_of_the_register_is_not_changed_any_more(document):
    gone, other = signed(document), signed(document, title="Bản ghi nhớ khác")
    withdraw_agreement(None, agreement=gone, reason="trùng")
    for change in (
        lambda: save_agreement(None, document=document, fields=MOU, agreement=gone),
        lambda: record_stage(None, agreement=gone, stage=Stage.IN_FORCE),
        lambda: replace_agreement(None, agreement=gone, by=other),
        lambda: replace_agreement(None, agreement=other, by=gone),
    ):
        with pytest.raises(Refused):
            change()
    gone.refresh_from_db()
    assert (gone.version, gone.stages.count(), gone.replaced_by) == (2, 1, None)


def test_a_stage_of_a_side_that_is_gone_is_not_recorded_for_the_whole(document):
    made = signed(document)
    client = client_of(make_person(Role.COORDINATOR))
    address = reverse("agreement_stage", args=[made.pk])
    said = {"stage": Stage.IN_FORCE.value, "side": "999999"}
    assert client.post(address, said).status_code == 422
    assert made.stages.count() == 1


def test_a_form_offers_only_documents_one_may_add_to_and_keeps_what_was_typed(document):
    body = make_body("bo-lam", "Bộ Làm việc")
    mine = make_document(name="cua-minh.txt", event_on="2025-03-04")
    mine.owner = body
    mine.save()
    client = client_of(make_person(Role.REPORTER, body=body))
    address = reverse("agreement_add")
    page = client.get(address).content.decode()
    assert f'value="{mine.pk}"' in page
    assert str(document) not in page
    typed = {"document": document.pk, "title": "Bản ghi nhớ X", "ours": "A", "theirs": "B"}
    answer = client.post(address, typed)
    assert answer.status_code == 422
    assert "Bản ghi nhớ X" in answer.content.decode()


def test_out_of_the_register_is_out_of_the_list_and_stays_a_row(document):
    row = signed(document)
    withdraw_agreement(None, agreement=row, reason="ghi trùng")
    assert not list_agreements(None, on=TODAY).exists()
    assert Agreement.objects.filter(pk=row.pk).exists()


def test_who_may_not_add_to_the_document_records_nothing(document):
    reader = make_person(Role.READER, name="doc")
    with pytest.raises(PermissionDenied):
        save_agreement(reader, document=document, fields=MOU)
