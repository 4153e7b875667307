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
from diemcau.delivery.models import Assignment, Echo, Task
from diemcau.directory.actions import record_succession, save_body
from diemcau.directory.models import Body, Partner, Source
from diemcau.documents.models import Document, Statement, StatementState
from diemcau.indicators.models import Comparison
from diemcau.review.actions import accept_batch
from diemcau.review.intake import take_in
from diemcau.urging.actions import save_exception
from diemcau.urging.models import Duty, Notice, Rule
from diemcau.urging.shipped import ensure_rules
from tests.diemcau.ledgers import fill_ledger
from tests.diemcau.people import give_role, make_person
from tests.diemcau.readings import REPORT
from tests.diemcau.statements import make_statement

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
    return SimpleNamespace(
        rule=rule,
        duty=duty,
        exception=save_exception(None, duty=duty.pk, body=bodies[2], n_days=None, reason="thử"),
        person=person,
        other=other,
        third=third,
        grant=grant,
        loan=Delegation.objects.get(),
        denial=Denial.objects.get(),
        task=task,
        echo=Echo.objects.get(),
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
        entry=AuditEntry.objects.order_by("-pk").first(),
    )


def _body(ref, name):
    save_body(None, {"id": ref, "kind": "ministry", "name": name}, reason="thử")
    return Body.objects.get(ref=ref)


def _directory(w):
    rows = [{"id": "hoi-a", "classification": "association", "name": "Hội A"}]
    file = io.BytesIO(json.dumps({"organizations": rows}).encode())
    file.name = "danh-ba.json"
    return {"file": file, "apply": "1"}


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


WRITES = {
    "account_deny": ("accounts.deny", _form(body="bo-3", reason="thử")),
    "account_grant": ("accounts.grant", _form(role="reader")),
    "account_standing": ("accounts.close", _form()),
    "accounts": ("accounts.add_person", _form(username="minh", name="Minh", new=NEW)),
    "audit_export": ("audit.export", _form(form="csv")),
    "audit_verify": ("audit.verify", _form()),
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
    "grant_lend": ("accounts.lend", _form(to="nguoi-ba", ends_on=_SOON, reason="đi vắng")),
    "grant_revoke": ("accounts.revoke_grant", _form()),
    "loan_end": ("accounts.end_loan", _form()),
    "remark": ("documents.write_remark", _form(remark="để ý")),
    "review_batch": ("review.accept_batch", _form(kinds="shortcomings", minimum="0.5")),
    "review_card": ("review.accept", _form(verb="accept", seen="0")),
    "review_undo_batch": ("review.undo_batch", _form()),
    "set_due_rule": ("delivery.choose_due_rule", _form(rule="administrative")),
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
    "upload": ("documents.take_in", lambda w: {"files": _report(w)}),
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
    "api:put_back": ("review.undo_batch", _json()),
}
"""By the address's name: the action called, and what is posted for one write that succeeds."""

READS = {
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
    *("echoes", "events", "figure", "figures", "figures_by_unit", "home", "instruments"),
    *("notices_unread", "report_calendar", "urging_preview", "urging_rules"),
    *("partners", "people", "review", "review_batch_count", "review_document", "search"),
    *(
        "commitments",
        "held",
        "papers",
        "stop",
        "stops",
        "shortcomings",
        "statement",
        "task",
        "tasks",
    ),
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
}
"""Addresses that only show."""

_OF_THE = {
    "account": "other",
    "token": "token",
    "grant": "grant",
    "loan": "loan",
    "denial": "denial",
    "audit": "entry",
    "clash": "comparison",
    "comparison": "comparison",
    "decide_comparison": "comparison",
    "echo": "echo",
    "decide_echo": "echo",
    "figure": "figure",
    "task": "task",
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
