"""Forms and filters of rounds."""

from .answers import NO, YES, AnswerForm, TaskAnswerForm
from .filters import (
    ASKS_LABELS,
    ASKS_RED,
    ASKS_WORK,
    MINE,
    CandidateFilters,
    LevelFilters,
    MeasureFilters,
    ProgressFilters,
)
from .lists import ListForm
from .rounds import (
    DAYS,
    EVERYBODY,
    HALF,
    HOURS,
    AskForm,
    ExtendForm,
    FollowerForm,
    LettersForm,
    PlanForm,
    QuestionForm,
)
from .team import ChooseForm, NoteForm

__all__ = [
    "ASKS_LABELS",
    "ASKS_RED",
    "ASKS_WORK",
    "DAYS",
    "EVERYBODY",
    "HALF",
    "HOURS",
    "MINE",
    "NO",
    "YES",
    "AnswerForm",
    "AskForm",
    "CandidateFilters",
    "ChooseForm",
    "ExtendForm",
    "FollowerForm",
    "LettersForm",
    "LevelFilters",
    "ListForm",
    "MeasureFilters",
    "NoteForm",
    "PlanForm",
    "ProgressFilters",
    "QuestionForm",
    "TaskAnswerForm",
]
