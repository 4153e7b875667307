"""Writes of urging: keeping the rules, saying what is due, reading what was said."""

from diemcau.urging.actions.keeping import (
    end_exception,
    save_duty,
    save_exception,
    save_holiday,
    save_hours,
    save_rule,
)
from diemcau.urging.actions.reminding import draft_reminder, issue_reminder
from diemcau.urging.actions.saying import choose_way, read_notices, urge

__all__ = [
    "choose_way",
    "draft_reminder",
    "end_exception",
    "issue_reminder",
    "read_notices",
    "save_duty",
    "save_exception",
    "save_holiday",
    "save_hours",
    "save_rule",
    "urge",
]
