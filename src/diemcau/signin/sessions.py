"""The session engine: a row that says whose, where, since when; deleting it ends the session.

The key in the cookie is stored as a digest, so that a copy of the database opens no session. Both
time limits live in the expiry of the row: no query more than Django's own engine asks.
"""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.utils import timezone

from diemcau.signin.sealing import digest

__all__ = ["SessionStore", "stored_key"]

_SEEN_EVERY = timedelta(minutes=1)


def stored_key(key: str) -> str:
    """What stands in the table for the key of a cookie: its digest's first 40 digits."""
    return digest("session", key)[:40]


class SessionStore(db.SessionStore):
    """Sessions with a person, a device, an address and two time limits."""

    opened_at: datetime | None = None
    seen_at: datetime | None = None
    check_due = False

    @classmethod
    def get_model_class(cls) -> type:
        from diemcau.signin.models import Session

        return Session

    @property
    def row_key(self) -> str:
        """The key of this session's row, "" before it has one."""
        return stored_key(self.session_key) if self.session_key else ""

    def is_due(self, now: datetime) -> bool:
        """Whether "last seen" is worth writing, and the need of a second factor worth a look."""
        return self.check_due or (self.seen_at is not None and now - self.seen_at >= _SEEN_EVERY)

    def touch(self, now: datetime) -> None:
        """Write that the session is in use."""
        self.seen_at = now
        self.check_due = False
        self.model.objects.filter(pk=self.row_key).update(
            last_seen=now, expire_date=self._ends_at(now), check_due=False
        )

    def _ends_at(self, now: datetime) -> datetime:
        idle = now + timedelta(minutes=settings.SESSION_IDLE_MINUTES)
        return min(idle, (self.opened_at or now) + timedelta(seconds=settings.SESSION_COOKIE_AGE))

    def _get_session_from_db(self) -> Any:
        from diemcau.signin.known import row_with_head

        row = row_with_head(self.model, "session_key", self.row_key)
        if row is None or row.expire_date <= timezone.now():
            self._session_key = None
            return None
        self.opened_at, self.seen_at, self.check_due = row.since, row.last_seen, row.check_due
        return row

    def exists(self, session_key: str) -> bool:
        return self.model.objects.filter(session_key=stored_key(session_key)).exists()

    def create(self) -> None:
        # A new key is a new session: its absolute limit begins now.
        self.opened_at = None
        super().create()

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        now = timezone.now()
        self.opened_at = self.opened_at or now
        self.seen_at = now
        self._get_or_create_session_key()
        return self.model(
            session_key=self.row_key,
            session_data=self.encode(data),
            expire_date=self._ends_at(now),
            person_id=data.get(SESSION_KEY),
            since=self.opened_at,
            last_seen=now,
            address=data.get("address", ""),
            device=data.get("device", ""),
            check_due=self.check_due,
        )

    def delete(self, session_key: str | None = None) -> None:
        key = session_key or self.session_key
        if key:
            self.model.objects.filter(session_key=stored_key(key)).delete()
