"""Forms and filters of rounds."""

from .answers import NO, YES, AnswerForm, TaskAnswerForm
from .filters import (
    ASKS_LABELS,
    ASKS_RED,
    ASKS_WORK,
    MINE,
    CandidateFilters,
    LevelFilters,
    ProgressFilters,
)
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
    "ExtendForm",
    "FollowerForm",
    "LettersForm",
    "LevelFilters",
    "PlanForm",
    "ProgressFilters",
    "QuestionForm",
    "TaskAnswerForm",
]
