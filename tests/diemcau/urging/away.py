"""A mail server that is never there."""

from django.core.mail.backends.base import BaseEmailBackend

__all__ = ["Away"]


class Away(BaseEmailBackend):
    """Refuses every connection."""

    def open(self):
        """Nobody answers."""
        raise ConnectionRefusedError("nobody there")

    def send_messages(self, email_messages):
        """Nobody answers."""
        raise ConnectionRefusedError("nobody there")
