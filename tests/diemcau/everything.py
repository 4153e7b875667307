"""One of everything, so that every address and every action can be walked."""

import datetime as dt
import io
import json
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
from diemcau.delivery.actions.instruments import InstrumentFields
from diemcau.delivery.ledger import record_task
from diemcau.delivery.models import (
    Agreement,
    Assignment,
    BulkEdit,
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
from diemcau.engagements.models import Event, EventKind
from diemcau.exchange.applying import start_applying
from diemcau.exchange.taking import bring
from diemcau.indicators.models import Comparison
from diemcau.jobs.actions import cancel_job
from diemcau.jobs.asking import ask
from diemcau.jobs.worker import run_job
from diemcau.review.actions import accept_batch
from diemcau.review.intake import take_in
from diemcau.urging.actions import save_exception
from diemcau.urging.models import Duty, Notice, Rule
from diemcau.urging.shipped import ensure_rules
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import give_role, make_person
from tests.diemcau.readings import REPORT
from tests.diemcau.statements import make_document, make_statement

__all__ = ["READS", "WRITES", "arguments_of", "make_everything"]

NEW = "ba-con-suoi-nho-2026"
_SOON = (timezone.localdate() + dt.timedelta(days=3)).isoformat()


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
    return SimpleNamespace(
        **ledger,
        rule=rule,
        duty=duty,
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


def _directory(w):
    rows = [{"id": "hoi-a", "classification": "association", "name": "Hội A"}]
    file = io.BytesIO(json.dumps({"organizations": rows}).encode())
    file.name = "danh-ba.json"
    return {"file": file, "apply": "1"}


def _tasks(title):
    return SimpleUploadedFile("nhiem-vu.csv", f"code,title\nA-1,{title}\n".encode())


def _brought(person, title):
    return bring(person, data=_tasks(title).read(), name="nhiem-vu.csv")[0]


def _written(person):
    batch = _brought(person, "Việc đã ghi")
    run_job(start_applying(person, batch=batch.pk, mode="good").job)
    return batch


def _report(w):
    return SimpleUploadedFile("moi.txt", REPORT.replace("91 điểm", "92 điểm").encode())


def _json(**values):
    """What is sent as JSON; a field may be a function of everything."""
    return lambda w: (
        "application/json",
        {name: value(w) if callable(value) else value for name, value in values.items()},
    )


def _form(**values):
    return lambda w: {
        name: value(w) if callable(value) else value for name, value in values.items()
    }


_OBSTACLE = {"what": "chờ bạn", "cause": "partner", "side": "partner", "level": "ministry"}


def _version(task):
    return Task.objects.values_list("version", flat=True).get(pk=task.pk)


WRITES = {
    "confirmation_end": ("delivery.end_confirmation", _form()),
    "evidence_withdraw": ("delivery.withdraw_evidence", _form(reason="thử")),
    "obstacle_resolve": ("delivery.resolve_obstacle", _form(how="bạn đã trả lời")),
    "report_discard": ("delivery.discard_draft", _form()),
    "report_release": ("delivery.release_progress", _form()),
    "report_return": ("delivery.return_progress", _form(reason="thiếu số liệu")),
    "report_submit": ("delivery.submit_progress", _form()),
    "slip_decide": ("delivery.decide_slip", _form(decision="approve")),
    "task_ask": ("delivery.ask_confirmation", _form(asked_of="Hội B")),
    "task_evidence": (
        "delivery.add_evidence",
        _form(kind="link", what="trang công bố", url="https://example.vn/a"),
    ),
    "task_move": ("delivery.move_task", _form(move="start")),
    "task_obstacle": ("delivery.open_obstacle", _form(**_OBSTACLE)),
    "task_report": ("delivery.write_progress", _form(done="đã trình", to="draft")),
    "task_slip": (
        "delivery.ask_slip",
        _form(deadline="30/6/2031", reason_code="own", reason="thử"),
    ),
    "account_deny": ("accounts.deny", _form(body="bo-3", reason="thử")),
    "account_grant": ("accounts.grant", _form(role="reader")),
    "account_standing": ("accounts.close", _form()),
    "accounts": ("accounts.add_person", _form(username="minh", name="Minh", new=NEW)),
    "agreement_add": (
        "delivery.save_agreement",
        _form(
            document=lambda w: w.document.pk,
            title="Bản ghi nhớ C",
            ours="Bộ Thử nghiệm 2",
            theirs="Ai Cập",
        ),
    ),
    "agreement_edit": (
        "delivery.save_agreement",
        _form(title="Bản ghi nhớ D", ours="Bộ Thử nghiệm 2", theirs="Ai Cập"),
    ),
    "agreement_replace": (
        "delivery.replace_agreement",
        _form(by=lambda w: w.other_agreement.pk),
    ),
    "agreement_stage": ("delivery.record_stage", _form(stage="signed", on="20/12/2024")),
    "agreement_withdraw": ("delivery.withdraw_agreement", _form(reason="thử")),
    "commitment_add": (
        "delivery.write_commitment",
        _form(document=lambda w: w.document.pk, content="Mở đường bay", parties="hai bên"),
    ),
    "commitment_place": (
        "delivery.place_commitment",
        _form(agreement=lambda w: w.agreement.pk),
    ),
    "event_add": (
        "engagements.save_event",
        _form(document=lambda w: w.document.pk, title="Cuộc gặp D", kind="meeting"),
    ),
    "event_edit": ("engagements.save_event", _form(title="Cuộc gặp E", kind="meeting")),
    "event_merge": ("engagements.merge_events", _form(other=lambda w: w.twin.pk)),
    "event_split": ("engagements.undo_merge", _form()),
    "serving_stop": ("delivery.stop_serving", _form()),
    "task_serve": ("delivery.serve_task", _form(event=lambda w: w.event.pk)),
    "add_instrument": (
        "delivery.record_instrument",
        _form(kind="Nghị quyết", number="9/NQ-CP", subject="Chương trình 2022-2026"),
    ),
    "add_task": (
        "delivery.record_typed_task",
        _form(
            document=lambda w: w.document.pk, place="điểm 3b", text="xây dựng đề án", lead="bo-2"
        ),
    ),
    "assigning": (
        "delivery.assign_body",
        _form(do="assign", body="bo-2", role="coordinating"),
    ),
    "audit_export": ("audit.export", _form(form="csv")),
    "audit_verify": ("audit.verify", _form()),
    "bulk": (
        "delivery.edit_many",
        _form(chon=lambda w: f"{w.task.pk}:{w.task.version}", kind="report"),
    ),
    "custody": ("documents.set_custody", _form(owner="bo-2", reason="thử")),
    "decide_comparison": ("indicators.confirm_comparison", _form(decision="confirm")),
    "decide_echo": ("delivery.confirm_echo", _form(decision="confirm")),
    "denial_lift": ("accounts.lift_denial", _form()),
    "directory_add": (
        "directory.save_body",
        _form(id="hoi-b", name="Hội B", kind="association", reason="thử"),
    ),
    "directory_edit": ("directory.save_body", _form(name="Bộ Thử", kind="ministry", reason="thử")),
    "directory_holder": (
        "directory.record_holder",
        _form(title="Bộ trưởng", name="Nguyễn Văn A", reason="thử"),
    ),
    "directory_import": ("directory.import", _directory),
    "directory_succession": (
        "directory.record_succession",
        _form(kind="merged", to="bo-2", on="2026-01-01", reason="thử"),
    ),
    "directory_unconfirmed": (
        "delivery.confirm_successor",
        _form(task=lambda w: w.task.pk, **{"from": "bo-1"}, to="bo-2", reason="thử"),
    ),
    "document_reread": ("documents.reread", _form()),
    "edit_instrument": (
        "delivery.correct_instrument",
        _form(kind="Thông báo", number="65/TB-VPCP", signer="Trần Văn Sơn", reason="thử"),
    ),
    "grant_lend": ("accounts.lend", _form(to="nguoi-ba", ends_on=_SOON, reason="đi vắng")),
    "grant_revoke": ("accounts.revoke_grant", _form()),
    "exchange": ("exchange.bring", lambda w: {"file": _tasks("Việc mới khác")}),
    "exchange_apply": ("exchange.apply", _form(mode="good")),
    "exchange_undo": ("exchange.undo", _form()),
    "job_cancel": ("jobs.cancel", _form()),
    "job_resume": ("jobs.resume", _form()),
    "instrument_successor": (
        "delivery.name_instrument_successor",
        _form(successor=lambda w: w.later.pk),
    ),
    "instrument_text": ("delivery.set_text", _form(document=lambda w: w.document.pk)),
    "loan_end": ("accounts.end_loan", _form()),
    "remark": ("documents.write_remark", _form(remark="để ý")),
    "review_batch": ("review.accept_batch", _form(kinds="shortcomings", minimum="0.5")),
    "review_card": ("review.accept", _form(verb="accept", seen="0")),
    "review_undo_batch": ("review.undo_batch", _form()),
    "set_due_rule": ("delivery.choose_due_rule", _form(rule="administrative")),
    "thread_join": (
        "delivery.join_matters",
        lambda w: {"viec": w.task.pk, "voi": w.second.pk, "reason": "thử"},
    ),
    "thread_part": (
        "delivery.part_matter",
        lambda w: {"tach": [w.tied.sayings.order_by("pk").first().statement_id], "reason": "thử"},
    ),
    "thread_undo": ("delivery.undo_thread_change", _form()),
    "take_overs": (
        "delivery.take_over",
        _form(task=lambda w: w.spoken.pk, official=lambda w: w.noticed.pk),
    ),
    "task_view": ("delivery.rename_view", _form(name="Quá hạn lâu")),
    "task_view_add": ("delivery.save_view", _form(name="Im lặng", query="im-lang=30")),
    "token_revoke": ("accounts.revoke_token", _form()),
    "tokens": ("accounts.create_token", _form(name="máy", scope="read", days="30")),
    "notices": ("urging.read_notices", _form()),
    "urging_duty": ("urging.save_duty", _form(n_days="3", seen="0")),
    "urging_except": ("urging.save_exception", _form(body="bo-2", reason="thử")),
    "urging_exception_end": ("urging.end_exception", _form()),
    "urging_holiday": ("urging.save_holiday", _form(day="2027-02-08", name="Tết")),
    "urging_hours": ("urging.save_hours", _form(opens="08:00", closes="16:00")),
    "urging_rule": ("urging.save_rule", _form(days="5", to="reporter", seen="0")),
    "ways": ("urging.choose_way", _form(late="none")),
    "undo_take_over": ("delivery.undo_take_over", _form(reason="thử")),
    "upload": ("documents.take_in", lambda w: {"files": _report(w)}),
    "withdraw_task": ("delivery.withdraw_typed_task", _form(reason="thử")),
    "api:accept": ("review.accept", _json(version=0)),
    "api:batch": ("review.accept_batch", _json(kinds=["shortcomings"], minimum=0.5)),
    "api:correct": ("review.correct", _json(version=0, values={"what": "theo dõi chậm"})),
    "api:decide_comparison": ("indicators.dismiss_comparison", _json(decision="dismiss")),
    "api:decide_echo": ("delivery.dismiss_echo", _json(decision="dismiss")),
    "api:due_rule": ("delivery.choose_due_rule", _json(rule="administrative")),
    "api:merge": ("review.merge", _json(version=0, into=lambda w: w.into.pk)),
    "api:take_in": ("documents.take_in", lambda w: {"file": _report(w)}),
    "api:reject": ("review.reject", _json(version=0)),
    "api:undo": ("review.undo", _json(version=lambda w: w.decided.version)),
    "api:agreement_add": (
        "delivery.save_agreement",
        _json(
            document=lambda w: w.document.pk,
            title="Bản ghi nhớ C",
            ours=["Bộ Thử nghiệm 2"],
            theirs=["Ai Cập"],
        ),
    ),
    "api:agreement_edit": (
        "delivery.save_agreement",
        _json(
            version=lambda w: Agreement.objects.get(pk=w.agreement.pk).version,
            title="Bản ghi nhớ D",
            ours=["Bộ Thử nghiệm 2"],
            theirs=["Ai Cập"],
        ),
    ),
    "api:agreement_replace": (
        "delivery.replace_agreement",
        _json(by=lambda w: w.other_agreement.pk),
    ),
    "api:agreement_stage": ("delivery.record_stage", _json(stage="signed", on="2024-12-20")),
    "api:agreement_withdraw": ("delivery.withdraw_agreement", _json(reason="thử")),
    "api:commitment_add": (
        "delivery.write_commitment",
        _json(document=lambda w: w.document.pk, content="Mở đường bay", parties=["hai bên"]),
    ),
    "api:commitment_place": (
        "delivery.place_commitment",
        _json(
            version=lambda w: _version(w.promise), agreement=lambda w: w.agreement.pk, event=None
        ),
    ),
    "api:event_add": (
        "engagements.save_event",
        _json(document=lambda w: w.document.pk, title="Cuộc gặp D", kind="meeting"),
    ),
    "api:event_edit": (
        "engagements.save_event",
        _json(
            version=lambda w: Event.objects.get(pk=w.event.pk).version,
            title="Cuộc gặp E",
            kind="meeting",
        ),
    ),
    "api:event_merge": ("engagements.merge_events", _json(merged=lambda w: w.twin.pk)),
    "api:event_split": ("engagements.undo_merge", _json()),
    "api:serving_stop": ("delivery.stop_serving", _json()),
    "api:task_serve": ("delivery.serve_task", _json(event=lambda w: w.event.pk)),
    "api:evidence_withdraw": ("delivery.withdraw_evidence", _json(reason="thử")),
    "api:obstacle_resolve": (
        "delivery.resolve_obstacle",
        _json(version=lambda w: _version(w.task), how="bạn đã trả lời"),
    ),
    "api:report_discard": ("delivery.discard_draft", _json(version=0)),
    "api:report_release": (
        "delivery.release_progress",
        _json(version=lambda w: w.submitted.version),
    ),
    "api:report_return": (
        "delivery.return_progress",
        _json(version=lambda w: w.submitted.version, reason="thiếu số liệu"),
    ),
    "api:report_submit": ("delivery.submit_progress", _json(version=0)),
    "api:slip_decide": ("delivery.decide_slip", _json(approve=True)),
    "api:task_evidence": (
        "delivery.add_evidence",
        _json(
            version=lambda w: _version(w.task),
            kind="link",
            what="trang công bố",
            url="https://example.vn/a",
        ),
    ),
    "api:task_move": (
        "delivery.move_task",
        _json(version=lambda w: _version(w.task), move="start"),
    ),
    "api:task_obstacle": (
        "delivery.open_obstacle",
        _json(version=lambda w: _version(w.task), **_OBSTACLE),
    ),
    "api:task_report": ("delivery.write_progress", _json(done="đã trình")),
    "api:task_slip": (
        "delivery.ask_slip",
        _json(
            version=lambda w: _version(w.second),
            deadline="2031-06-30",
            reason_code="own",
            reason="thử",
        ),
    ),
    "api:put_back": ("review.undo_batch", _json()),
}
"""By the address's name: the action called, and what is posted for one write that succeeds."""

READS = {
    "obstacles",
    *("live", "metrics", "ready"),
    *("account", "account_why", "audit_entry", "audit_log", "clash", "clashes", "directory"),
    *("directory_measures", "directory_measures_json", "directory_measures_measures"),
    *("directory_measures_units", "directory_measures_xlsx", "directory_by_body_file"),
    *(
        "figures_by_unit_file",
        "directory_body",
        "directory_by_body",
        "directory_file",
        "directory_look_up",
    ),
    *("directory_partner", "directory_partners", "document", "document_file", "documents"),
    *("agreement", "agreements", "event", "task_ties"),
    *("instrument", "ledger_instruments", "unclear_tasks"),
    *("echoes", "events", "figure", "figures", "figures_by_unit", "home", "instruments"),
    *("notices_unread", "report_calendar", "urging_preview", "urging_rules"),
    *("partners", "people", "review", "review_batch_count", "review_document", "search"),
    *(
        "commitments",
        "exchange_download",
        "exchange_file",
        "exchange_left_out",
        "held",
        "job",
        "jobs",
        "papers",
        "stop",
        "stops",
        "shortcomings",
        "statement",
        "task",
        "task_suggestions",
        "task_views",
        "tasks",
    ),
    *("body_board", "bulk_result"),
    *("api_docs", "api_openapi", "api:api-root", "api:bodies", "api:body", "api:comparison"),
    *(
        "api:comparisons",
        "api:counts",
        "api:document",
        "api:documents",
        "api:echo",
        "api:echoes",
        "api:figure",
    ),
    *("api:figures", "api:partner", "api:partners", "api:search", "api:statement"),
    *("api:statements", "api:task", "api:tasks", "api:text", "api:text_version"),
    *("api:thread", "api:threads"),
    *("checked_figures", "compare_conferences", "funnel", "six_fields", "statistics"),
    *("thread", "threads"),
    *("api:task_assignments", "api:task_obstacles", "api:task_progress", "api:task_shown"),
    "api:counts_by_body",
    *("api:agreement", "api:agreements", "api:event", "api:events", "api:task_servings"),
    *("api:task_slips", "api:task_timeline", "api:task_transitions"),
}
"""Addresses that only show."""

_OF_THE = {
    "confirmation": "confirmation",
    "evidence": "evidence",
    "obstacle": "obstacle",
    "report_discard": "draft",
    "report_release": "submitted",
    "report_return": "submitted",
    "report_submit": "draft",
    "slip": "slip",
    "task_slip": "second",
    "account": "other",
    "agreement": "agreement",
    "commitment_place": "promise",
    "event": "event",
    "event_split": "merge",
    "serving": "serving",
    "task_serve": "task",
    "task_ties": "promise",
    "edit_instrument": "instrument",
    "instrument": "instrument",
    "assigning": "task",
    "withdraw_task": "typed",
    "undo_take_over": "taken_over",
    "token": "token",
    "grant": "grant",
    "loan": "loan",
    "denial": "denial",
    "audit": "entry",
    "exchange": "brought",
    "exchange_undo": "written",
    "job": "job",
    "job_resume": "stopped",
    "clash": "comparison",
    "comparison": "comparison",
    "decide_comparison": "comparison",
    "echo": "echo",
    "decide_echo": "echo",
    "figure": "figure",
    "task": "task",
    "thread": "tied",
    "thread_part": "tied",
    "thread_undo": "change",
    "task_view": "view",
    "bulk_result": "edit",
    "due_rule": "task",
    "set_due_rule": "task",
    "statement": "open",
    "accept": "open",
    "correct": "open",
    "reject": "open",
    "review_card": "open",
    "merge": "same",
    "undo": "decided",
    "put_back": "batch",
    "review_undo_batch": "batch",
    "document_reread": "taken",
    "document_file": "taken",
    "urging_rule": "rule",
    "urging_duty": "duty",
    "urging_except": "duty",
    "urging_exception_end": "exception",
}
_WORDS = {
    "exchange_download": "nhiem-vu.csv",
    "directory_file": "danh-ba.json",
    "directory_partner": "ai-cap",
    "partner": "ai-cap",
}


def arguments_of(name, wanted, everything):
    """What stands in an address, by name.

    Args:
        wanted: the names of its parts.
    """
    own = name.removeprefix("api:")
    found = {}
    for part in wanted:
        if part in ("ref", "name"):
            found[part] = _WORDS.get(own, "bo-2" if own != "directory_succession" else "bo-3")
        elif part == "version":
            found[part] = 1
        else:
            known = _OF_THE.get(own) or _OF_THE.get(own.split("_")[0], "document")
            found[part] = getattr(everything, known).pk
    return found
