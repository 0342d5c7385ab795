"""How a location stands in a round, and what it asks of whoever coordinates; red comes first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Asks(StrEnum):
    """What one location asks, from most to least urgent."""

    OVERDUE = "overdue"
    UNAUTHORISED = "unauthorised"
    NOT_STARTED = "not_started"
    BEHIND = "behind"
    TEACHERS = "teachers"
    CONSULTANT = "consultant"
    UNDISCUSSED = "undiscussed"
    WAITING = "waiting"
    READY = "ready"
    GOING = "going"
    COMPLETE = "complete"
    CLOSED = "closed"
    DECLINED = "declined"
    DISCUSSED = "discussed"


RED = (Asks.OVERDUE, Asks.UNAUTHORISED, Asks.NOT_STARTED, Asks.BEHIND)
AMBER = (Asks.TEACHERS, Asks.CONSULTANT, Asks.UNDISCUSSED)
REMINDABLE = (*RED[1:], *AMBER[:2])


@dataclass(frozen=True, slots=True)
class Limits:
    """Days before a deadline from which things are urgent, and how far below a straight line is behind (0-1)."""

    soon_days: int
    behind_by: float


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of one location. Of lists the number that came in and the number that is expected; 0 is unknown."""

    opens_on: date
    closes_on: date
    report_on: date
    is_open: bool  # the round itself
    authorised: bool = False
    declined: bool = False
    started: bool = False
    closed: bool = False
    discussed: bool = False
    pupils: tuple[int, int] = (0, 0)
    teachers: tuple[int, int] = (0, 0)
    consultants: tuple[int, int] = (0, 0)


def asks(now: Standing, today: date, limits: Limits) -> Asks:
    """The one thing that a location asks today."""
    if now.discussed:
        return Asks.DISCUSSED
    if now.declined:
        return Asks.DECLINED
    if now.closed:
        return Asks.UNDISCUSSED if now.started and today >= now.report_on else Asks.CLOSED
    if now.is_open and today > now.closes_on:
        return Asks.OVERDUE
    if not now.authorised:
        urgent = now.is_open or (now.opens_on - today).days <= limits.soon_days
        return Asks.UNAUTHORISED if urgent else Asks.WAITING
    if not now.is_open:
        return Asks.READY
    return _while_filling_in(now, today, limits)


def _while_filling_in(now: Standing, today: date, limits: Limits) -> Asks:
    near = (now.closes_on - today).days <= limits.soon_days
    if not now.started:
        waited = (today - now.opens_on).days >= limits.soon_days
        return Asks.NOT_STARTED if near or waited else Asks.READY
    if is_complete(now):
        return Asks.COMPLETE
    done, expected = now.pupils
    if expected and done / expected < share_of_time(now, today) - limits.behind_by:
        return Asks.BEHIND
    if near and now.teachers[0] < now.teachers[1]:
        return Asks.TEACHERS
    if near and now.consultants[0] < now.consultants[1]:
        return Asks.CONSULTANT
    return Asks.GOING


def share_of_time(now: Standing, today: date) -> float:
    """How much of the time for filling in is over, 0-1; its last day is the whole."""
    whole = (now.closes_on - now.opens_on).days
    return min(max((today - now.opens_on).days / whole, 0.0), 1.0) if whole > 0 else 1.0


def is_complete(now: Standing) -> bool:
    """Whether every list that is expected came in, and at least one is."""
    pairs = [pair for pair in (now.pupils, now.teachers, now.consultants) if pair[1]]
    return bool(pairs) and all(done >= expected for done, expected in pairs)


URGENCY = {one: number for number, one in enumerate(Asks)}
