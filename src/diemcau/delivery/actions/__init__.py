"""What people do in the ledger; each a function that checks, writes and is logged."""

from diemcau.delivery.actions.agreements import (
    AgreementFields,
    TwinAgreement,
    record_stage,
    replace_agreement,
    save_agreement,
    withdraw_agreement,
)
from diemcau.delivery.actions.commitments import (
    place_commitment,
    serve_task,
    stop_serving,
    write_commitment,
)
from diemcau.delivery.actions.deadlines import ask_slip, choose_due_rule, decide_slip
from diemcau.delivery.actions.echoes import confirm_echo, dismiss_echo, reopen_echo
from diemcau.delivery.actions.evidence import add_evidence, withdraw_evidence
from diemcau.delivery.actions.moves import move_task

__all__ = [
    "AgreementFields",
    "TwinAgreement",
    "add_evidence",
    "ask_slip",
    "choose_due_rule",
    "confirm_echo",
    "decide_slip",
    "dismiss_echo",
    "move_task",
    "place_commitment",
    "record_stage",
    "reopen_echo",
    "replace_agreement",
    "save_agreement",
    "serve_task",
    "stop_serving",
    "withdraw_agreement",
    "withdraw_evidence",
    "write_commitment",
]
