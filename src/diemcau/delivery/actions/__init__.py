"""What people do in the ledger; each a function that checks, writes and is logged."""

from diemcau.delivery.actions.assigning import answer_assignment, assign_body, end_assignment
from diemcau.delivery.actions.deadlines import ask_slip, choose_due_rule, decide_slip
from diemcau.delivery.actions.echoes import confirm_echo, dismiss_echo, reopen_echo
from diemcau.delivery.actions.evidence import add_evidence, withdraw_evidence
from diemcau.delivery.actions.expanding import (
    deliver_part,
    expand_collective,
    return_part,
    undo_expansion,
)
from diemcau.delivery.actions.instruments import (
    correct_instrument,
    name_successor,
    record_instrument,
    set_text,
)
from diemcau.delivery.actions.moves import move_task
from diemcau.delivery.actions.parts import pass_on, split_task
from diemcau.delivery.actions.take_overs import take_over, undo_take_over
from diemcau.delivery.actions.typed import name_product, record_typed_task, withdraw_typed_task

__all__ = [
    "add_evidence",
    "answer_assignment",
    "ask_slip",
    "assign_body",
    "choose_due_rule",
    "confirm_echo",
    "correct_instrument",
    "decide_slip",
    "deliver_part",
    "dismiss_echo",
    "end_assignment",
    "expand_collective",
    "move_task",
    "name_product",
    "name_successor",
    "pass_on",
    "record_instrument",
    "record_typed_task",
    "reopen_echo",
    "return_part",
    "set_text",
    "split_task",
    "take_over",
    "undo_expansion",
    "undo_take_over",
    "withdraw_evidence",
    "withdraw_typed_task",
]
