"""One of every thing that can be looked at or written on."""

import datetime as dt
from types import SimpleNamespace

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from diemcau.access.actions import deny, lend_grant
from diemcau.accounts.models import Delegation, Denial, Role
from diemcau.accounts.tokens import AccessToken, make_secret
from diemcau.audit.models import AuditEntry
from diemcau.delivery.actions import (
    AgreementFields,
    add_evidence,
    ask_confirmation,
    ask_slip,
    deliver_part,
    expand_collective,
    join_matters,
    open_obstacle,
    record_instrument,
    record_typed_task,
    save_agreement,
    serve_task,
    take_over,
    write_commitment,
    write_progress,
)
from diemcau.delivery.actions.evidence import Shown
from diemcau.delivery.actions.instruments import InstrumentFields
from diemcau.delivery.actions.typed import Given
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import (
    Assignment,
    AssignmentRole,
    BulkEdit,
    Completion,
    DecidingLevel,
    Echo,
    EvidenceKind,
    Progress,
    ProgressState,
    PromiseForm,
    SavedView,
    Side,
    SlipReason,
    Task,
)
from diemcau.delivery.obstacles import Hindrance
from diemcau.directory.actions import record_succession, save_body
from diemcau.directory.models import Body, Partner, Source
from diemcau.documents.models import Document, Statement, StatementState
from diemcau.engagements.actions import merge_events, save_event
from diemcau.engagements.models import EventKind
from diemcau.exchange.applying import start_applying
from diemcau.exchange.models import RowKind
from diemcau.exchange.taking import bring
from diemcau.indicators.models import Comparison
from diemcau.jobs.actions import cancel_job
from diemcau.jobs.asking import ask
from diemcau.jobs.worker import run_job
from diemcau.review.actions import accept_batch
from diemcau.review.intake import take_in
from diemcau.urging.actions import draft_reminder, save_exception
from diemcau.urging.models import Duty, Notice, Rule
from diemcau.urging.shipped import ensure_rules
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import give_role, make_person
from tests.diemcau.readings import REPORT
from tests.diemcau.statements import make_document, make_statement

__all__ = ["make_everything", "task_file"]


def make_everything():
    """An administrator, somebody with a role, one of every thing that can be written on."""
    person = make_person(Role.ADMINISTRATOR, name="quan-tri", sees_closed=True)
    fill_ledger(2)
    bodies = [_body(f"bo-{n}", f"Bộ Thử nghiệm {n}") for n in (1, 2, 3)]
    for to in ("bo-2", "bo-3"):
        cells = {"from": "bo-1", "to": to, "kind": "split", "on": "2025-03-01"}
        record_succession(None, cells, reason="thử")
    task = Task.objects.order_by("pk").first()
    lead = task.assignments.first()
    Assignment.objects.filter(pk=lead.pk).update(body_ref="bo-1")
    other, third = make_person(name="nguoi-hai"), make_person(name="nguoi-ba")
    grant = other.grants.get()
    lent = give_role(other, Role.APPROVER)
    # Who releases what the body of the draft hands on.
    make_person(Role.APPROVER, name="nguoi-duyet", body=bodies[1])
    today = timezone.localdate()
    lend_grant(person, lent.pk, to=third, starts_on=today, ends_on=today, reason="đi vắng")
    deny(person, person=other, body=bodies[1], reason="thử")
    taken = take_in(None, data=REPORT.encode(), name="bao-cao.txt").document
    batch = accept_batch(None, document=taken, kinds=["people"], minimum=0.0)
    document = Document.objects.order_by("pk").first()
    same = make_statement(document, "people", "ông Trần Văn B", name="Trần Văn B")
    agreement, other_agreement = (
        save_agreement(
            None,
            document=document,
            fields=AgreementFields(title=title, ours=["Bộ Thử nghiệm 2"], theirs=["Ai Cập"]),
        )
        for title in ("Bản ghi nhớ A", "Bản ghi nhớ B")
    )
    promise = write_commitment(
        None,
        document=document,
        content="Họp tổ công tác hằng năm",
        form=PromiseForm.SAID,
        parties=["hai bên"],
        counterparts=[],
    )
    event, twin, third_event = (
        save_event(None, document=document, kind=EventKind.MEETING, title=title, on=None)
        for title in ("Cuộc gặp A", "Cuộc gặp B", "Cuộc gặp C")
    )
    serving = serve_task(None, task=promise.task_id, event=event)
    merge = merge_events(None, kept=event, merged=third_event)
    now = timezone.now()
    _secret, digest, hint = make_secret()
    token = AccessToken.objects.create(
        person=person,
        name="máy trạm",
        digest=digest,
        hint=hint,
        created_at=now,
        expires_at=now + dt.timedelta(days=1),
    )
    Partner.objects.create(
        ref="ai-cap", kind="country", name="Ai Cập", sort="ai cap", source=Source.objects.first()
    )
    ensure_rules()
    rule, duty = Rule.objects.get(key="late"), Duty.objects.get(key="month")
    Notice.objects.create(
        person=person,
        task=task,
        rule=rule,
        kind=rule.kind,
        step=1,
        to="desk",
        is_escalation=True,
        anchor=today,
        day=today,
        days=1,
        made_at=now,
    )
    last_task = Task.objects.order_by("pk").last()
    change = _tied()
    second = Task.objects.order_by("pk")[1]
    product = {"kind": EvidenceKind.PRODUCT, "what": "đề án"}
    add_evidence(None, task=task.pk, **product)
    ledger = _official()
    urged = record_typed_task(
        None,
        document=document,
        place="điểm 9",
        text="rà soát đường bay",
        given=[Given("bo-2", AssignmentRole.LEAD)],
    )
    return SimpleNamespace(
        **ledger,
        rule=rule,
        duty=duty,
        **_given(urged, document),
        reminder=draft_reminder(None, body="bo-2", tasks=[urged.pk], answer_by=today),
        exception=save_exception(None, duty=duty.pk, body=bodies[2], n_days=None, reason="thử"),
        evidence=add_evidence(None, task=task.pk, **product),
        slip=ask_slip(
            None, task=task.pk, deadline="2031", reason_code=SlipReason.OWN, reason="thử"
        ),
        obstacle=open_obstacle(None, task=task.pk, hindrance=_HINDRANCE),
        confirmation=ask_confirmation(None, task=task.pk, asked_of="Hội A")[0],
        submitted=write_progress(None, task=second.pk, done="xong", to=ProgressState.SUBMITTED),
        second=second,
        draft=Progress.objects.create(
            task=second, body=bodies[1], done="đang làm", written_by=person, written_at=now
        ),
        person=person,
        other=other,
        third=third,
        grant=grant,
        loan=Delegation.objects.get(),
        denial=Denial.objects.get(),
        task=task,
        last_task=last_task,
        tied=change.statements.first().saying.thread,
        change=change,
        echo=Echo.objects.get(by_hand=False),
        comparison=Comparison.objects.first(),
        figure=Statement.objects.filter(kind="figures", document=document).first(),
        open=Statement.objects.filter(
            document=document, state=StatementState.PROPOSED, kind="shortcomings"
        ).get(),
        decided=Statement.objects.filter(document=taken, state=StatementState.ACCEPTED).first(),
        same=same,
        into=Statement.objects.filter(document=document, kind="people").exclude(pk=same.pk).get(),
        document=document,
        taken=taken,
        batch=batch,
        token=token,
        brought=_brought(person, "Việc mới"),
        written=_written(person),
        proposed=_proposed(person),
        job=ask("tests.wait", by=person),
        stopped=cancel_job(person, job=ask("tests.wait", by=person).pk),
        view=SavedView.objects.create(owner=person, name="Quá hạn", made_at=now),
        edit=BulkEdit.objects.create(
            made_by=person, made_at=now, change={"kind": "report"}, n_done=0
        ),
        agreement=agreement,
        other_agreement=other_agreement,
        promise=promise.task,
        event=event,
        twin=twin,
        serving=serving,
        merge=merge,
        entry=AuditEntry.objects.order_by("-pk").first(),
    )


def _given(urged, document):
    """A task given to a body with one below it; tasks of many: not said which, said, delivered."""
    save_body(None, {"id": "vu-2", "kind": "unit", "name": "Vụ 2", "parent": "bo-2"}, reason="thử")

    def of_many(n, *, delivers=False, is_said=True):
        made = record_typed_task(
            None,
            document=document,
            place=f"điểm 1{n}",
            text=f"các bộ rà soát lần {n}",
            given=[Given("các bộ, ngành", AssignmentRole.LEAD)],
        )
        many = made.assignments.get()
        if not is_said:
            return made, many, None
        (one,) = expand_collective(
            None, assignment=many.pk, bodies=["bo-2"], completion=Completion.ALL
        )
        if delivers:
            deliver_part(None, assignment=one.pk, shown=Shown(EvidenceKind.PRODUCT, "báo cáo"))
        return made, many, one

    (collective_task, collective, _none) = of_many(1, is_said=False)
    (shared_task, shared, member) = of_many(2)
    (returned_task, _many, returned) = of_many(3, delivers=True)
    pair = [
        make_statement(make_document(), "tasks", f"việc khác {n}", state=StatementState.ACCEPTED)
        for n in (1, 2)
    ]
    return {
        "urged": urged,
        "given": urged.assignments.get(),
        "collective_task": collective_task,
        "collective": collective,
        "shared_task": shared_task,
        "shared": shared,
        "member": member,
        "returned_task": returned_task,
        "returned": returned,
        "apart": pair,
    }


_HINDRANCE = Hindrance("chờ bạn", SlipReason.PARTNER, Side.PARTNER, DecidingLevel.PARTNER)


def _official():
    """Instruments, a typed task, a notice that may take a speech over, and one that has."""
    record, fields = record_instrument, InstrumentFields
    instrument = record(None, fields=fields("Thông báo", "65/TB-VPCP"))
    later = record(None, fields=fields("Thông báo", "66/TB-VPCP"))
    notice = make_document(event_on="2026-01-10", name="thong-bao.txt")
    record(None, fields=fields("Thông báo", "67/TB-VPCP"), document=notice)

    def said(document, words):
        values = {"state": StatementState.ACCEPTED, "action": words, "assignees": ["bo-2"]}
        return record_task(make_statement(document, "tasks", words, **values))

    speech = make_document(event_on="2026-01-10", name="bao-chi.txt")
    spoken, noticed = said(speech, "rà soát cam kết"), said(notice, "rà soát các cam kết")
    first, second = said(speech, "lập tổ công tác"), said(notice, "thành lập tổ công tác")
    typed = record_typed_task(None, document=notice, place="điểm 1", text="xây dựng đề án")
    return {
        "instrument": instrument,
        "later": later,
        "spoken": spoken,
        "noticed": noticed,
        "typed": typed,
        "taken_over": take_over(None, task=first.pk, official=second.pk),
    }


def _body(ref, name):
    save_body(None, {"id": ref, "kind": "ministry", "name": name}, reason="thử")
    return Body.objects.get(ref=ref)


def _tied():
    """Two statements a person tied into one matter."""
    pair = [
        make_statement(make_document(), "tasks", f"việc {n}", state=StatementState.ACCEPTED)
        for n in (1, 2)
    ]
    return join_matters(None, first=pair[0].pk, second=pair[1].pk, reason="thử")


def task_file(title):
    return SimpleUploadedFile("nhiem-vu.csv", f"code,title\nA-1,{title}\n".encode())


def _brought(person, title):
    return bring(person, data=task_file(title).read(), name="nhiem-vu.csv")[0]


def _proposed(person):
    batch = _brought(person, "Việc nhận ra theo nội dung")
    batch.rows.update(kind=RowKind.PROPOSED)
    return batch


def _written(person):
    batch = _brought(person, "Việc đã ghi")
    run_job(start_applying(person, batch=batch.pk, mode="good").job)
    return batch
