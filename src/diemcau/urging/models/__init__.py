"""Rules of urging and of the reporting calendar as rows, what was said to whom, letters."""

from diemcau.urging.models.calendar import Duty, DutyException, Holiday, Hours
from diemcau.urging.models.notices import Choice, Letter, LetterState, Notice, Run, Way
from diemcau.urging.models.reminders import Reminder, ReminderItem
from diemcau.urging.models.rules import Audience, Kind, Rule, Step

__all__ = [
    "Audience",
    "Choice",
    "Duty",
    "DutyException",
    "Holiday",
    "Hours",
    "Kind",
    "Letter",
    "LetterState",
    "Notice",
    "Reminder",
    "ReminderItem",
    "Rule",
    "Run",
    "Step",
    "Way",
]
