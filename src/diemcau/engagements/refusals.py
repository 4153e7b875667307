"""Why something cannot be done with an event, as a sentence for whoever asked."""

from django.utils.translation import gettext as _

from diemcau.engagements.models import Event

__all__ = ["EventMoved", "Refused"]


class Refused(ValueError):
    """What was asked cannot be done; the words say what was found and what was expected."""


class EventMoved(Refused):
    """Somebody changed the event since the person saw it; nothing was overwritten."""

    def __init__(self, event: Event) -> None:
        super().__init__(
            _("Somebody changed this event since you opened it. Look at it again, then decide.")
        )
        self.event = event
