"""Whether a word of telling tells somebody something where it stands, and whom its frame names."""

from vanban.readers.tasks.tells.actions import is_mere_wish, is_the_action, was_assigned
from vanban.readers.tasks.tells.frames import behind_frame, framed, invited
from vanban.readers.tasks.tells.reader import tells
from vanban.readers.tasks.tells.vetoes import is_of_swindlers
from vanban.readers.tasks.tells.words import rule_of

__all__ = [
    "behind_frame",
    "framed",
    "invited",
    "is_mere_wish",
    "is_of_swindlers",
    "is_the_action",
    "rule_of",
    "tells",
    "was_assigned",
]
