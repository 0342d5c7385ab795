"""Rules of plans without a database."""

from .goals import Progress, Stage, goals_left, horizon, overlap, progress_of
from .todo import SOON, URGENCY, Due, days_late, due_state, needs_evidence

__all__ = [
    "SOON",
    "URGENCY",
    "Due",
    "Progress",
    "Stage",
    "days_late",
    "due_state",
    "goals_left",
    "horizon",
    "needs_evidence",
    "overlap",
    "progress_of",
]
