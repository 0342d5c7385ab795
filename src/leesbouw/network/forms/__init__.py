"""Forms and filters of talks."""

from .filters import MINE, STATE_LABELS, WORK, AgendaFilters, TalkFilters
from .planning import MoveForm, PeopleForm, PlanForm, RhythmForm, chosen_people
from .reports import ReportForm

__all__ = [
    "MINE",
    "STATE_LABELS",
    "WORK",
    "AgendaFilters",
    "MoveForm",
    "PeopleForm",
    "PlanForm",
    "ReportForm",
    "RhythmForm",
    "TalkFilters",
    "chosen_people",
]
