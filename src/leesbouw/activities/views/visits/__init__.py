"""Visits: a week of them, one of them, and what one does with it."""

from .base import OfOpenVisit, OfVisit, in_hours, may_edit, times_of
from .note import GroupNote
from .planning import (
    ACTIVITY_PARAM,
    DAY_PARAM,
    UNIT_PARAM,
    USUAL_LENGTH,
    USUAL_START,
    Cancel,
    Change,
    Move,
    Plan,
    Reopen,
    TakeOver,
)
from .report import Detail, Report
from .week import Week

__all__ = [
    "ACTIVITY_PARAM",
    "DAY_PARAM",
    "UNIT_PARAM",
    "USUAL_LENGTH",
    "USUAL_START",
    "Cancel",
    "Change",
    "Detail",
    "GroupNote",
    "Move",
    "OfOpenVisit",
    "OfVisit",
    "Plan",
    "Reopen",
    "Report",
    "TakeOver",
    "Week",
    "in_hours",
    "may_edit",
    "times_of",
]
