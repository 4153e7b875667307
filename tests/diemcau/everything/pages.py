"""The addresses of pages: what each write calls and is sent, and which only show."""

import datetime as dt
import io
import json

from django.utils import timezone

from tests.diemcau.everything.sending import OBSTACLE, form, new_report
from tests.diemcau.everything.things import task_file

__all__ = ["READS", "WRITES"]

NEW = "ba-con-suoi-nho-2026"
_SOON = (timezone.localdate() + dt.timedelta(days=3)).isoformat()


def _directory(w):
    rows = [{"id": "hoi-a", "classification": "association", "name": "Hội A"}]
    file = io.BytesIO(json.dumps({"organizations": rows}).encode())
    file.name = "danh-ba.json"
    return {"file": file, "apply": "1"}


WRITES = {
    "confirmation_end": ("delivery.end_confirmation", form()),
    "evidence_withdraw": ("delivery.withdraw_evidence", form(reason="thử")),
    "obstacle_resolve": ("delivery.resolve_obstacle", form(how="bạn đã trả lời")),
    "report_discard": ("delivery.discard_draft", form()),
    "report_release": ("delivery.release_progress", form()),
    "report_return": ("delivery.return_progress", form(reason="thiếu số liệu")),
    "report_submit": ("delivery.submit_progress", form()),
    "task_deadline": ("review.correct_deadline", form(deadline="quý III/2031", reason="điểm 3b")),
    "slip_decide": ("delivery.decide_slip", form(decision="approve")),
    "slip_withdraw": ("delivery.withdraw_slip", form(reason="đã đủ kinh phí")),
    "task_ask": ("delivery.ask_confirmation", form(asked_of="Hội B")),
    "task_evidence": (
        "delivery.add_evidence",
        form(kind="link", what="trang công bố", url="https://example.vn/a"),
    ),
    "task_move": ("delivery.move_task", form(move="start")),
    "task_obstacle": ("delivery.open_obstacle", form(**OBSTACLE)),
    "task_report": ("delivery.write_progress", form(done="đã trình", to="draft")),
    "task_slip": (
        "delivery.ask_slip",
        form(deadline="30/6/2031", reason_code="own", reason="thử"),
    ),
    "account_deny": ("accounts.deny", form(body="bo-3", reason="thử")),
    "account_grant": ("accounts.grant", form(role="reader")),
    "account_standing": ("accounts.close", form()),
    "accounts": ("accounts.add_person", form(username="minh", name="Minh", new=NEW)),
    "agreement_add": (
        "delivery.save_agreement",
        form(
            document=lambda w: w.document.pk,
            title="Bản ghi nhớ C",
            ours="Bộ Thử nghiệm 2",
            theirs="Ai Cập",
        ),
    ),
    "agreement_edit": (
        "delivery.save_agreement",
        form(title="Bản ghi nhớ D", ours="Bộ Thử nghiệm 2", theirs="Ai Cập"),
    ),
    "agreement_replace": (
        "delivery.replace_agreement",
        form(by=lambda w: w.other_agreement.pk),
    ),
    "agreement_stage": ("delivery.record_stage", form(stage="signed", on="20/12/2024")),
    "agreement_stage_take_back": ("delivery.take_back_stage", form(reason="ghi nhầm")),
    "agreement_withdraw": ("delivery.withdraw_agreement", form(reason="thử")),
    "commitment_add": (
        "delivery.write_commitment",
        form(document=lambda w: w.document.pk, content="Mở đường bay", parties="hai bên"),
    ),
    "task_day": ("delivery.give_day", form(day="20/12/2024")),
    "commitment_place": (
        "delivery.place_commitment",
        form(agreement=lambda w: w.agreement.pk),
    ),
    "event_add": (
        "engagements.save_event",
        form(document=lambda w: w.document.pk, title="Cuộc gặp D", kind="meeting"),
    ),
    "event_edit": ("engagements.save_event", form(title="Cuộc gặp E", kind="meeting")),
    "event_merge": ("engagements.merge_events", form(other=lambda w: w.twin.pk)),
    "event_split": ("engagements.undo_merge", form()),
    "serving_stop": ("delivery.stop_serving", form()),
    "task_serve": ("delivery.serve_task", form(event=lambda w: w.event.pk)),
    "add_instrument": (
        "delivery.record_instrument",
        form(kind="Nghị quyết", number="9/NQ-CP", subject="Chương trình 2022-2026"),
    ),
    "add_task": (
        "delivery.record_typed_task",
        form(document=lambda w: w.document.pk, place="điểm 3b", text="xây dựng đề án", lead="bo-2"),
    ),
    "assigning": (
        "delivery.assign_body",
        form(do="assign", body="bo-2", role="coordinating"),
    ),
    "audit_export": ("audit.export", form(form="csv")),
    "audit_verify": ("audit.verify", form()),
    "bulk": (
        "delivery.edit_many",
        form(chon=lambda w: f"{w.task.pk}:{w.task.version}", kind="report"),
    ),
    "custody": ("documents.set_custody", form(owner="bo-2", reason="thử")),
    "decide_comparison": ("indicators.confirm_comparison", form(decision="confirm")),
    "decide_echo": ("delivery.confirm_echo", form(decision="confirm")),
    "denial_lift": ("accounts.lift_denial", form()),
    "directory_add": (
        "directory.save_body",
        form(id="hoi-b", name="Hội B", kind="association", reason="thử"),
    ),
    "directory_edit": ("directory.save_body", form(name="Bộ Thử", kind="ministry", reason="thử")),
    "directory_holder": (
        "directory.record_holder",
        form(title="Bộ trưởng", name="Nguyễn Văn A", reason="thử"),
    ),
    "directory_import": ("directory.import", _directory),
    "directory_succession": (
        "directory.record_succession",
        form(kind="merged", to="bo-2", on="2026-01-01", reason="thử"),
    ),
    "directory_unconfirmed": (
        "delivery.confirm_successor",
        form(task=lambda w: w.task.pk, **{"from": "bo-1"}, to="bo-2", reason="thử"),
    ),
    "document_reread": ("documents.reread", form()),
    "edit_instrument": (
        "delivery.correct_instrument",
        form(kind="Thông báo", number="65/TB-VPCP", signer="Trần Văn Sơn", reason="thử"),
    ),
    "grant_lend": ("accounts.lend", form(to="nguoi-ba", ends_on=_SOON, reason="đi vắng")),
    "grant_revoke": ("accounts.revoke_grant", form()),
    "exchange": ("exchange.bring", lambda w: {"file": task_file("Việc mới khác")}),
    "exchange_apply": ("exchange.apply", form(mode="good")),
    "exchange_recognise": ("exchange.recognise", form(row="2")),
    "exchange_take_out": ("exchange.take_out", form(form="csv")),
    "exchange_undo": ("exchange.undo", form()),
    "job_cancel": ("jobs.cancel", form()),
    "job_resume": ("jobs.resume", form()),
    "instrument_successor": (
        "delivery.name_instrument_successor",
        form(successor=lambda w: w.later.pk),
    ),
    "instrument_text": ("delivery.set_text", form(document=lambda w: w.document.pk)),
    "loan_end": ("accounts.end_loan", form()),
    "remark": ("documents.write_remark", form(remark="để ý")),
    "review_batch": ("review.accept_batch", form(kinds="shortcomings", minimum="0.5")),
    "review_card": ("review.accept", form(verb="accept", seen="0")),
    "review_undo_batch": ("review.undo_batch", form()),
    "set_due_rule": ("delivery.choose_due_rule", form(rule="administrative")),
    "thread_join": (
        "delivery.join_matters",
        lambda w: {"viec": w.task.pk, "voi": w.second.pk, "reason": "thử"},
    ),
    "thread_part": (
        "delivery.part_matter",
        lambda w: {"tach": [w.tied.sayings.order_by("pk").first().statement_id], "reason": "thử"},
    ),
    "thread_undo": ("delivery.undo_thread_change", form()),
    "take_overs": (
        "delivery.take_over",
        form(task=lambda w: w.spoken.pk, official=lambda w: w.noticed.pk),
    ),
    "task_view": ("delivery.rename_view", form(name="Quá hạn lâu")),
    "task_view_add": ("delivery.save_view", form(name="Im lặng", query="im-lang=30")),
    "token_revoke": ("accounts.revoke_token", form()),
    "tokens": ("accounts.create_token", form(name="máy", scope="read", days="30")),
    "reminder": (
        "urging.issue_reminder",
        form(number="12/BNG-NGKT", issued_on=timezone.localdate().isoformat(), seen="0"),
    ),
    "reminder_new": (
        "urging.draft_reminder",
        form(**{"co-quan": "bo-2", "chon": lambda w: w.urged.pk, "answer_by": _SOON}),
    ),
    "notices": ("urging.read_notices", form()),
    "urging_duty": ("urging.save_duty", form(n_days="3", seen="0")),
    "urging_except": ("urging.save_exception", form(body="bo-2", reason="thử")),
    "urging_exception_end": ("urging.end_exception", form()),
    "urging_holiday": ("urging.save_holiday", form(day="2027-02-08", name="Tết")),
    "urging_hours": ("urging.save_hours", form(opens="08:00", closes="16:00")),
    "urging_rule": ("urging.save_rule", form(days="5", to="reporter", seen="0")),
    "ways": ("urging.choose_way", form(late="none")),
    "undo_take_over": ("delivery.undo_take_over", form(reason="thử")),
    "upload": ("documents.take_in", lambda w: {"files": new_report(w)}),
    "withdraw_task": ("delivery.withdraw_typed_task", form(reason="thử")),
    **dict.fromkeys(
        (
            *("agreements", "clashes", "compare_conferences", "directory_by_body_file"),
            *("documents", "figures", "funnel", "six_fields", "statistics", "tasks"),
            "threads",
        ),
        ("exchange.take_list_out", form(xuat="csv")),
    ),
}
"""By the address's name: the action called, and what is posted for one write that succeeds."""

READS = {
    "account",
    "account_why",
    "agreement",
    "api_docs",
    "api_openapi",
    "audit_entry",
    "audit_log",
    "body_board",
    "bulk_result",
    "checked_figures",
    "clash",
    "commitments",
    "directory",
    "directory_body",
    "directory_by_body",
    "directory_file",
    "directory_look_up",
    "directory_measures",
    "directory_measures_json",
    "directory_measures_measures",
    "directory_measures_units",
    "directory_measures_xlsx",
    "directory_partner",
    "directory_partners",
    "document",
    "document_file",
    "echoes",
    "event",
    "events",
    "exchange_file",
    "exchange_left_out",
    "exchange_month",
    "exchange_schema",
    "figure",
    "figures_by_unit",
    "figures_by_unit_file",
    "held",
    "home",
    "leader",
    "instrument",
    "instruments",
    "job",
    "jobs",
    "ledger_instruments",
    "live",
    "metrics",
    "notices_unread",
    "obstacles",
    "papers",
    "partners",
    "people",
    "ready",
    "reminders",
    "report_calendar",
    "review",
    "review_batch_count",
    "review_document",
    "search",
    "shortcomings",
    "statement",
    "stop",
    "stops",
    "task",
    "task_suggestions",
    "task_ties",
    "task_views",
    "thread",
    "unclear_tasks",
    "urging_preview",
    "urging_rules",
}
"""Addresses that only show, or go out as a file only under a filter their own tests ask for."""
