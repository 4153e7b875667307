"""What stands in an address, by its name."""

__all__ = ["arguments_of"]

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
    "task_deadline": "second",
    "account": "other",
    "agreement": "agreement",
    "commitment_place": "promise",
    "task_day": "promise",
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
    "exchange_recognise": "proposed",
    "job": "job",
    "job_resume": "stopped",
    "clash": "comparison",
    "comparison": "comparison",
    "decide_comparison": "comparison",
    "echo": "echo",
    "decide_echo": "echo",
    "figure": "figure",
    "task": "task",
    "task_give": "urged",
    "task_split": "urged",
    "assignment_answer": "given",
    "assignment_end": "given",
    "assignment_pass_on": "given",
    "assignment_expand": "collective",
    "assignment_unexpand": "shared",
    "assignment_deliver": "member",
    "assignment_return": "returned",
    "matter": "tied",
    "threads_part": "tied",
    "threads_undo": "change",
    "thread": "tied",
    "thread_part": "tied",
    "thread_undo": "change",
    "task_view": "view",
    "bulk_result": "edit",
    "due_rule": "second",
    "set_due_rule": "second",
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
    "reminder": "reminder",
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
        elif part == "stage":
            found[part] = everything.agreement.stages.first().pk
        else:
            known = _OF_THE.get(own) or _OF_THE.get(own.split("_")[0], "document")
            found[part] = getattr(everything, known).pk
    return found
