"""The addresses of the API: what each write calls and is sent, and which only show."""

from django.utils import timezone

from diemcau.delivery.models import Agreement, Task
from diemcau.engagements.models import Event
from tests.diemcau.everything.sending import OBSTACLE, as_json, new_report

__all__ = ["READS", "TAKES", "WRITES"]


def _version(task):
    return Task.objects.values_list("version", flat=True).get(pk=task.pk)


WRITES = {
    "api:accept": ("review.accept", as_json(version=0)),
    "api:batch": ("review.accept_batch", as_json(kinds=["shortcomings"], minimum=0.5)),
    "api:correct": ("review.correct", as_json(version=0, values={"what": "theo dõi chậm"})),
    "api:decide_comparison": ("indicators.dismiss_comparison", as_json(decision="dismiss")),
    "api:decide_echo": ("delivery.dismiss_echo", as_json(decision="dismiss")),
    "api:due_rule": ("delivery.choose_due_rule", as_json(rule="administrative")),
    "api:merge": ("review.merge", as_json(version=0, into=lambda w: w.into.pk)),
    "api:take_in": ("documents.take_in", lambda w: {"file": new_report(w)}),
    "api:reject": ("review.reject", as_json(version=0)),
    "api:undo": ("review.undo", as_json(version=lambda w: w.decided.version)),
    "api:agreement_add": (
        "delivery.save_agreement",
        as_json(
            document=lambda w: w.document.pk,
            title="Bản ghi nhớ C",
            ours=["Bộ Thử nghiệm 2"],
            theirs=["Ai Cập"],
        ),
    ),
    "api:agreement_edit": (
        "delivery.save_agreement",
        as_json(
            version=lambda w: Agreement.objects.get(pk=w.agreement.pk).version,
            title="Bản ghi nhớ D",
            ours=["Bộ Thử nghiệm 2"],
            theirs=["Ai Cập"],
        ),
    ),
    "api:agreement_replace": (
        "delivery.replace_agreement",
        as_json(by=lambda w: w.other_agreement.pk),
    ),
    "api:agreement_stage": ("delivery.record_stage", as_json(stage="signed", on="2024-12-20")),
    "api:agreement_stage_take_back": (
        "delivery.take_back_stage",
        as_json(
            reason="ghi nhầm", version=lambda w: Agreement.objects.get(pk=w.agreement.pk).version
        ),
    ),
    "api:agreement_withdraw": ("delivery.withdraw_agreement", as_json(reason="thử")),
    "api:commitment_add": (
        "delivery.write_commitment",
        as_json(document=lambda w: w.document.pk, content="Mở đường bay", parties=["hai bên"]),
    ),
    "api:commitment_place": (
        "delivery.place_commitment",
        as_json(
            version=lambda w: _version(w.promise), agreement=lambda w: w.agreement.pk, event=None
        ),
    ),
    "api:event_add": (
        "engagements.save_event",
        as_json(document=lambda w: w.document.pk, title="Cuộc gặp D", kind="meeting"),
    ),
    "api:event_edit": (
        "engagements.save_event",
        as_json(
            version=lambda w: Event.objects.get(pk=w.event.pk).version,
            title="Cuộc gặp E",
            kind="meeting",
        ),
    ),
    "api:event_merge": ("engagements.merge_events", as_json(merged=lambda w: w.twin.pk)),
    "api:event_split": ("engagements.undo_merge", as_json()),
    "api:serving_stop": ("delivery.stop_serving", as_json()),
    "api:task_serve": ("delivery.serve_task", as_json(event=lambda w: w.event.pk)),
    "api:evidence_withdraw": ("delivery.withdraw_evidence", as_json(reason="thử")),
    "api:obstacle_resolve": (
        "delivery.resolve_obstacle",
        as_json(version=lambda w: _version(w.task), how="bạn đã trả lời"),
    ),
    "api:report_discard": ("delivery.discard_draft", as_json(version=0)),
    "api:report_release": (
        "delivery.release_progress",
        as_json(version=lambda w: w.submitted.version),
    ),
    "api:report_return": (
        "delivery.return_progress",
        as_json(version=lambda w: w.submitted.version, reason="thiếu số liệu"),
    ),
    "api:report_submit": ("delivery.submit_progress", as_json(version=0)),
    "api:task_deadline": (
        "review.correct_deadline",
        as_json(version=lambda w: _version(w.second), deadline="2031-Q3", reason="điểm 3b"),
    ),
    "api:slip_decide": ("delivery.decide_slip", as_json(approve=True)),
    "api:slip_withdraw": ("delivery.withdraw_slip", as_json()),
    "api:task_evidence": (
        "delivery.add_evidence",
        as_json(
            version=lambda w: _version(w.task),
            kind="link",
            what="trang công bố",
            url="https://example.vn/a",
        ),
    ),
    "api:task_move": (
        "delivery.move_task",
        as_json(version=lambda w: _version(w.task), move="start"),
    ),
    "api:task_obstacle": (
        "delivery.open_obstacle",
        as_json(version=lambda w: _version(w.task), **OBSTACLE),
    ),
    "api:task_report": ("delivery.write_progress", as_json(done="đã trình")),
    "api:task_slip": (
        "delivery.ask_slip",
        as_json(
            version=lambda w: _version(w.second),
            deadline="2031-06-30",
            reason_code="own",
            reason="thử",
        ),
    ),
    "api:assignment_answer": (
        "delivery.answer_assignment",
        as_json(version=lambda w: _version(w.urged), answer="accepted"),
    ),
    "api:assignment_deliver": (
        "delivery.deliver_part",
        as_json(
            version=lambda w: _version(w.shared_task), shown={"kind": "product", "what": "báo cáo"}
        ),
    ),
    "api:assignment_end": (
        "delivery.end_assignment",
        as_json(version=lambda w: _version(w.urged), reason="thử"),
    ),
    "api:assignment_expand": (
        "delivery.expand_collective",
        as_json(version=lambda w: _version(w.collective_task), bodies=["bo-3"], completion="all"),
    ),
    "api:assignment_pass_on": (
        "delivery.pass_on",
        as_json(version=lambda w: _version(w.urged), to="vu-2"),
    ),
    "api:assignment_return": (
        "delivery.return_part",
        as_json(version=lambda w: _version(w.returned_task), reason="thiếu"),
    ),
    "api:assignment_unexpand": (
        "delivery.undo_expansion",
        as_json(version=lambda w: _version(w.shared_task)),
    ),
    "api:confirmation_end": ("delivery.end_confirmation", as_json()),
    "api:notice_ways_choose": ("urging.choose_way", as_json(ways={"late": "none"})),
    "api:notices_read": ("urging.read_notices", as_json()),
    "api:reminder_draft": (
        "urging.draft_reminder",
        as_json(
            body="bo-2",
            tasks=lambda w: [w.urged.pk],
            answer_by=timezone.localdate().isoformat(),
        ),
    ),
    "api:reminder_issue": (
        "urging.issue_reminder",
        as_json(version=0, number="12/BNG-NGKT", issued_on=timezone.localdate().isoformat()),
    ),
    "api:task_ask": (
        "delivery.ask_confirmation",
        as_json(version=lambda w: _version(w.task), asked_of="Hội B"),
    ),
    "api:task_give": (
        "delivery.assign_body",
        as_json(version=lambda w: _version(w.urged), body="bo-3", role="coordinating"),
    ),
    "api:task_split": (
        "delivery.split_task",
        as_json(version=lambda w: _version(w.urged), parts=[{"title": "phần một"}]),
    ),
    "api:threads_join": (
        "delivery.join_matters",
        as_json(first=lambda w: w.apart[0].pk, second=lambda w: w.apart[1].pk, reason="một việc"),
    ),
    "api:threads_part": (
        "delivery.part_matter",
        as_json(
            apart=lambda w: [w.tied.sayings.order_by("pk").first().statement_id], reason="hai việc"
        ),
    ),
    "api:threads_undo": ("delivery.undo_thread_change", as_json()),
    "api:put_back": ("review.undo_batch", as_json()),
}
"""By the address's name: the action called, and what is sent for one write that succeeds."""

READS = {
    "api:agreement",
    "api:agreements",
    "api:api-root",
    "api:bodies",
    "api:body",
    "api:comparison",
    "api:comparisons",
    "api:counts",
    "api:counts_by_body",
    "api:document",
    "api:documents",
    "api:echo",
    "api:echoes",
    "api:event",
    "api:events",
    "api:figure",
    "api:figures",
    "api:matter",
    "api:notice_ways",
    "api:notices",
    "api:partner",
    "api:partners",
    "api:reminder",
    "api:reminders",
    "api:search",
    "api:statement",
    "api:statements",
    "api:statistics_agreements",
    "api:statistics_by_body",
    "api:statistics_cells",
    "api:statistics_funnel",
    "api:statistics_six_fields",
    "api:task",
    "api:task_assignments",
    "api:task_confirmations",
    "api:task_obstacles",
    "api:task_report_requests",
    "api:task_progress",
    "api:task_servings",
    "api:task_shown",
    "api:task_slips",
    "api:task_timeline",
    "api:task_transitions",
    "api:tasks",
    "api:text",
    "api:text_version",
    "api:thread",
    "api:thread_changes",
    "api:threads",
}
"""Addresses that only show."""

TAKES = {
    "api:export_tasks": "exchange.take_out",
    "api:reminder_paper": "exchange.take_list_out",
}
"""Addresses whose answer to a GET is a file of rows, and the action that says it was taken."""
