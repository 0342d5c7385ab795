"""Rules of plans without a database."""

from .catalogue import groups_in_words, pick_of_day, says_groups
from .feasible import SHORT, meets, overlap, too_much
from .goals import Progress, Stage, goals_left, horizon, progress_of
from .minutes import WeekMinutes
from .outcomes import OF_STAGE, Counted, Sums, sum_of
from .routes import STUCK, RunState, StepState, run_state, step_state
from .texts import (
    words_changed,
)
from .todo import SOON, URGENCY, Due, days_late, due_state, needs_evidence

__all__ = [
    "OF_STAGE",
    "SHORT",
    "SOON",
    "STUCK",
    "URGENCY",
    "Counted",
    "Due",
    "Progress",
    "RunState",
    "Stage",
    "StepState",
    "Sums",
    "WeekMinutes",
    "days_late",
    "due_state",
    "goals_left",
    "groups_in_words",
    "horizon",
    "meets",
    "needs_evidence",
    "overlap",
    "pick_of_day",
    "progress_of",
    "run_state",
    "says_groups",
    "step_state",
    "sum_of",
    "too_much",
    "words_changed",
]
