"""What people do in the ledger; each a function that checks, writes and is logged."""

from diemcau.delivery.actions.bulk import Change, ChangeKind, edit_many
from diemcau.delivery.actions.deadlines import ask_slip, choose_due_rule, decide_slip
from diemcau.delivery.actions.echoes import confirm_echo, dismiss_echo, reopen_echo
from diemcau.delivery.actions.evidence import add_evidence, withdraw_evidence
from diemcau.delivery.actions.matters import join_matters, part_matter, undo_thread_change
from diemcau.delivery.actions.moves import move_task
from diemcau.delivery.actions.saved import (
    choose_start_view,
    delete_view,
    rename_view,
    save_view,
)

__all__ = [
    "Change",
    "ChangeKind",
    "add_evidence",
    "ask_slip",
    "choose_due_rule",
    "choose_start_view",
    "confirm_echo",
    "decide_slip",
    "delete_view",
    "dismiss_echo",
    "edit_many",
    "join_matters",
    "move_task",
    "part_matter",
    "rename_view",
    "reopen_echo",
    "save_view",
    "undo_thread_change",
    "withdraw_evidence",
]
