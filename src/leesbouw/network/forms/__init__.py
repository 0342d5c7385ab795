"""Forms and filters of talks."""

from .filters import MINE, STATE_LABELS, WORK, AgendaFilters, TalkFilters
from .planning import MoveForm, PeopleForm, PlanForm, RhythmForm, chosen_people
from .preparing import FindingsForm
from .reports import ReportForm

__all__ = [
    "MINE",
    "STATE_LABELS",
    "WORK",
    "AgendaFilters",
    "FindingsForm",
    "MoveForm",
    "PeopleForm",
    "PlanForm",
    "ReportForm",
    "RhythmForm",
    "TalkFilters",
    "chosen_people",
]
