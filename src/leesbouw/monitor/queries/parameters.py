"""The numbers of the Monitor that are a choice: calendar, hours and limits, as content."""

from __future__ import annotations

from decimal import Decimal

from leesbouw.core.content import Body, ContentItem, content_kinds, current

from ..domain.progress import Limits


class UsualDays(Body):
    """Days of a round as month and day."""

    prepare: str
    opens: str
    closes: str
    report: str


class UsualHours(Body):
    """Hours of the library for one location."""

    management: Decimal
    filling: Decimal
    analysis: Decimal
    feedback: Decimal


class HoursNorm(Body):
    """Hours per school that a source mentions."""

    low: int
    high: int
    source: str


class MonitorParameters(Body):
    soon_days: int
    behind_by: float
    most_questions: int
    release_response: float  # of the schools that were invited and did not say no (0-1)
    talking_points: int
    calendar: UsualDays
    hours: UsualHours
    norms: tuple[HoursNorm, ...]

    @property
    def limits(self) -> Limits:
        return Limits(self.soon_days, self.behind_by)


content_kinds.add("parameters/monitor", MonitorParameters)


def monitor_parameters() -> ContentItem:
    """The parameters in force, with their source and status."""
    return current("parameters", "monitor")
