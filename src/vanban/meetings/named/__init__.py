"""Meetings with a name: which of those a text names it reports on."""

from vanban.meetings.named.find import find_meeting
from vanban.meetings.named.mentioned import find_mentioned

__all__ = ["find_meeting", "find_mentioned"]
