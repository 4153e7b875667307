"""Why a decision could not be taken, in a sentence for the person who tried."""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from diemcau.documents.models import Statement

__all__ = ["DecisionRefused", "StatementMoved"]


class DecisionRefused(Exception):
    """The decision cannot be taken; the message says what was found and what to do."""


class StatementMoved(DecisionRefused):
    """Somebody decided on the statement since it was shown; nothing was changed.

    Args:
        statement: as it is now.
    """

    def __init__(self, statement: Statement) -> None:
        self.statement = statement
        words = {
            "who": statement.decided_by or _("The installation"),
            "state": statement.get_state_display().lower(),
            "when": date_format(timezone.localtime(statement.decided_at), "H:i d/m/Y")
            if statement.decided_at
            else "",
        }
        if statement.decided_at is None:
            message = _(
                "This statement has changed since you opened it (now: %(state)s). "
                "Your decision was not taken; look at it again."
            )
        else:
            message = _(
                "%(who)s decided on this statement at %(when)s (now: %(state)s). "
                "Your decision was not taken; look at it again."
            )
        super().__init__(message % words)
