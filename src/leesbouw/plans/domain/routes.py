"""Rules about how far a step and a run of a route are, without a database."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum

from ..enums import RecordKind


class StepState(StrEnum):
    """How a step stands. A “no” waits for its day, then it asks to be looked at again."""

    OPEN = "open"
    DONE = "done"
    WAITS = "waits"
    AGAIN = "again"


def step_state(last: RecordKind | None, review_on: date | None, today: date) -> StepState:
    """From the last thing that was written about it; the steps of a route may be done in any order."""
    if last in (RecordKind.DONE, RecordKind.YES):
        return StepState.DONE
    if last == RecordKind.NO:
        return StepState.WAITS if review_on and review_on > today else StepState.AGAIN
    return StepState.OPEN


class RunState(StrEnum):
    """How a run of a route stands; declared in the order in which one reads them."""

    AGAIN = "again"
    QUIET = "quiet"
    WAITS = "waits"
    RUNNING = "running"
    COMPLETE = "complete"
    STOPPED = "stopped"


STUCK = (RunState.AGAIN, RunState.QUIET)


def run_state(
    *,
    stopped: bool,
    left: int,
    review_on: date | None,
    moved_on: date,
    quiet: timedelta,
    today: date,
) -> RunState:
    """Stuck is a “no” whose day has come, or silence for too long; a “no” that waits for its day is no silence."""
    if stopped:
        return RunState.STOPPED
    if not left:
        return RunState.COMPLETE
    if review_on:
        return RunState.WAITS if review_on > today else RunState.AGAIN
    return RunState.QUIET if today - moved_on > quiet else RunState.RUNNING
