"""Everything that changes at the door, one `@action` each."""

from diemcau.signin.actions.door import (
    add_from_identity,
    confirm,
    end_other_sessions,
    end_session,
    record_refusal,
    sign_in,
    sign_out,
)
from diemcau.signin.actions.factors import (
    add_app,
    add_passkey,
    link_identity,
    remake_recovery_codes,
    remove_app,
    remove_factors_of,
    remove_passkey,
    set_required_roles,
    unlink_identity,
)
from diemcau.signin.actions.passwords import (
    change_own_password,
    confirm_email,
    issue_link,
    mail_reset_link,
    remove_email,
    reset_password,
    start_email,
)

__all__ = [
    "add_app",
    "add_from_identity",
    "add_passkey",
    "change_own_password",
    "confirm",
    "confirm_email",
    "end_other_sessions",
    "end_session",
    "issue_link",
    "link_identity",
    "mail_reset_link",
    "record_refusal",
    "remake_recovery_codes",
    "remove_app",
    "remove_email",
    "remove_factors_of",
    "remove_passkey",
    "reset_password",
    "set_required_roles",
    "sign_in",
    "sign_out",
    "start_email",
    "unlink_identity",
]
