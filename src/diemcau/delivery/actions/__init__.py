"""What people do in the ledger; each a function that checks, writes and is logged."""

from diemcau.delivery.actions.agreements import (
    AgreementFields,
    TwinAgreement,
    record_stage,
    replace_agreement,
    save_agreement,
    take_back_stage,
    withdraw_agreement,
)
from diemcau.delivery.actions.assigning import answer_assignment, assign_body, end_assignment
from diemcau.delivery.actions.bulk import Change, ChangeKind, edit_many
from diemcau.delivery.actions.commitments import (
    place_commitment,
    serve_task,
    stop_serving,
    write_commitment,
)
from diemcau.delivery.actions.confirmations import (
    answer_confirmation,
    ask_confirmation,
    end_confirmation,
)
from diemcau.delivery.actions.days import give_day
from diemcau.delivery.actions.deadlines import (
    ask_slip,
    choose_due_rule,
    decide_slip,
    withdraw_slip,
)
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
from diemcau.delivery.actions.matters import join_matters, part_matter, undo_thread_change
from diemcau.delivery.actions.moves import Left, move_task
from diemcau.delivery.actions.obstacles import open_obstacle, resolve_obstacle
from diemcau.delivery.actions.parts import pass_on, split_task
from diemcau.delivery.actions.progress import (
    KEEP,
    discard_draft,
    release_progress,
    return_progress,
    submit_progress,
    write_progress,
)
from diemcau.delivery.actions.saved import (
    choose_start_view,
    delete_view,
    rename_view,
    save_view,
)
from diemcau.delivery.actions.take_overs import take_over, undo_take_over
from diemcau.delivery.actions.typed import name_product, record_typed_task, withdraw_typed_task

__all__ = [
    "KEEP",
    "AgreementFields",
    "Change",
    "ChangeKind",
    "Left",
    "TwinAgreement",
    "add_evidence",
    "answer_assignment",
    "answer_confirmation",
    "ask_confirmation",
    "ask_slip",
    "assign_body",
    "choose_due_rule",
    "choose_start_view",
    "confirm_echo",
    "correct_instrument",
    "decide_slip",
    "delete_view",
    "deliver_part",
    "discard_draft",
    "dismiss_echo",
    "edit_many",
    "end_assignment",
    "end_confirmation",
    "expand_collective",
    "give_day",
    "join_matters",
    "move_task",
    "name_product",
    "name_successor",
    "open_obstacle",
    "part_matter",
    "pass_on",
    "place_commitment",
    "record_instrument",
    "record_stage",
    "record_typed_task",
    "release_progress",
    "rename_view",
    "reopen_echo",
    "replace_agreement",
    "resolve_obstacle",
    "return_part",
    "return_progress",
    "save_agreement",
    "save_view",
    "serve_task",
    "set_text",
    "split_task",
    "stop_serving",
    "submit_progress",
    "take_back_stage",
    "take_over",
    "undo_expansion",
    "undo_take_over",
    "undo_thread_change",
    "withdraw_agreement",
    "withdraw_evidence",
    "withdraw_slip",
    "withdraw_typed_task",
    "write_commitment",
    "write_progress",
]
