"""What every action, origin and kind of target is called on a screen and in an exported table."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = ["ACTION_WORDS", "ORIGIN_WORDS", "TARGET_WORDS"]

ACTION_WORDS: Mapping[str, Promise] = {
    "accounts.add_person": _("Added a person"),
    "accounts.close": _("Closed an account"),
    "accounts.deny": _("Denied a person the documents of a body"),
    "accounts.end_loan": _("Ended the loan of a role"),
    "accounts.grant": _("Granted a role"),
    "accounts.lend": _("Lent a role"),
    "accounts.lift_denial": _("Lifted a denial"),
    "accounts.reopen": _("Opened an account again"),
    "accounts.revoke_grant": _("Took a role back"),
    "accounts.change_own_password": _("Changed their own password"),
    "accounts.create_first_administrator": _("Made the first administrator"),
    "accounts.create_token": _("Made an access token"),
    "accounts.revoke_token": _("Revoked an access token"),
    "audit.export": _("Exported the audit log"),
    "audit.verify": _("Verified the chain of the audit log"),
    "delivery.choose_due_rule": _("Chose how a deadline is counted"),
    "delivery.confirm_echo": _("Confirmed that a matter was said again"),
    "delivery.confirm_successor": _("Said which successor answers for a task"),
    "delivery.dismiss_echo": _("Dismissed that a matter was said again"),
    "delivery.reopen_echo": _("Took back a decision on a matter said again"),
    "directory.import": _("Took a file into the directory"),
    "directory.load": _("Loaded the shipped rows of the directory"),
    "directory.record_holder": _("Recorded who holds an office"),
    "directory.record_succession": _("Recorded what became of a body"),
    "directory.save_body": _("Added or changed a body"),
    "documents.reread": _("Read a document again"),
    "documents.set_custody": _("Said whose a document is and who sees it"),
    "documents.write_remark": _("Wrote the note on a document"),
    "documents.take_in": _("Took a document in"),
    "indicators.confirm_comparison": _("Confirmed a comparison of figures"),
    "indicators.dismiss_comparison": _("Dismissed a comparison of figures"),
    "indicators.reopen_comparison": _("Took back a decision on a comparison of figures"),
    "review.accept": _("Accepted a statement"),
    "review.accept_batch": _("Accepted statements in one stroke"),
    "review.correct": _("Corrected and accepted a statement"),
    "review.merge": _("Merged a statement into another"),
    "review.reject": _("Rejected a statement"),
    "review.undo": _("Undid a decision on a statement"),
    "review.undo_batch": _("Undid statements accepted in one stroke"),
}
"""By the action's name; a test asks for every one of `ACTIONS`."""

ORIGIN_WORDS: Mapping[str, str | Promise] = {
    "web": _("page"),
    "api": "API",
    "cli": _("command line"),
    "import": _("imported file"),
    "job": _("background job"),
    "python": _("program"),
}

TARGET_WORDS: Mapping[str, Promise] = {
    "accounts.accesstoken": _("Access token"),
    "accounts.delegation": _("Loan of a role"),
    "accounts.denial": _("Denial"),
    "accounts.grant": _("Grant of a role"),
    "accounts.user": _("Account"),
    "audit.audithead": _("Audit log"),
    "delivery.echo": _("Matter said again"),
    "delivery.task": _("Task"),
    "directory.body": _("Body"),
    "directory.holding": _("Holder of an office"),
    "directory.source": _("Source of the directory"),
    "directory.succession": _("Succession"),
    "documents.document": _("Document"),
    "documents.statement": _("Statement"),
    "indicators.comparison": _("Figures compared"),
    "review.batch": _("Statements accepted in one stroke"),
}
"""By `AuditEntry.target_type`."""
