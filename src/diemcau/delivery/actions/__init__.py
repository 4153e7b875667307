"""What people do in the ledger; each a function that checks, writes and is logged."""

from diemcau.delivery.actions.deadlines import ask_slip, choose_due_rule, decide_slip
from diemcau.delivery.actions.echoes import confirm_echo, dismiss_echo, reopen_echo
from diemcau.delivery.actions.evidence import add_evidence, withdraw_evidence
from diemcau.delivery.actions.matters import join_matters, part_matter, undo_thread_change
from diemcau.delivery.actions.moves import move_task

__all__ = [
    "add_evidence",
    "ask_slip",
    "choose_due_rule",
    "confirm_echo",
    "decide_slip",
    "dismiss_echo",
    "join_matters",
    "move_task",
    "part_matter",
    "reopen_echo",
    "undo_thread_change",
    "withdraw_evidence",
]
