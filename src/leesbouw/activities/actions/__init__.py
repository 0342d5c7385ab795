"""Every write of activities."""

from .feeds import make_feed, revoke_feed
from .forgetting import wipe_hours, wipe_texts
from .hours import HoursRow, add_hours, drop_hours, restore_hours
from .reports import ReportRow, write_report, write_reports
from .visits import (
    VisitRow,
    cancel_visit,
    change_visit,
    move_visit,
    plan_visit,
    plan_visits,
    reopen_visit,
    take_over_visit,
    unplan_visits,
)

__all__ = [
    "HoursRow",
    "ReportRow",
    "VisitRow",
    "add_hours",
    "cancel_visit",
    "change_visit",
    "drop_hours",
    "make_feed",
    "move_visit",
    "plan_visit",
    "plan_visits",
    "reopen_visit",
    "restore_hours",
    "revoke_feed",
    "take_over_visit",
    "unplan_visits",
    "wipe_hours",
    "wipe_texts",
    "write_report",
    "write_reports",
]
