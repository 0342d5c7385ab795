"""Every read of activities; each starts from what the actor may see."""

from .calendar import calendar_of, feed_by_token, has_feed
from .hours import HoursPage, colleagues_with_hours, hours_of, my_hours, staff_for_hours
from .visits import (
    Diary,
    activities_to_choose,
    groups_at,
    locations_to_visit,
    me_as_staff,
    report_of,
    sees_minutes,
    takeovers_of,
    to_report,
    visit_by_id,
    visits_at,
    visits_between,
    visits_for,
    visits_of_mine,
)
from .weeks import Day, Week, week_page

__all__ = [
    "Day",
    "Diary",
    "HoursPage",
    "Week",
    "activities_to_choose",
    "calendar_of",
    "colleagues_with_hours",
    "feed_by_token",
    "groups_at",
    "has_feed",
    "hours_of",
    "locations_to_visit",
    "me_as_staff",
    "my_hours",
    "report_of",
    "sees_minutes",
    "staff_for_hours",
    "takeovers_of",
    "to_report",
    "visit_by_id",
    "visits_at",
    "visits_between",
    "visits_for",
    "visits_of_mine",
    "week_page",
]
