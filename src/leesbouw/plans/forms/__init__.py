"""Forms and filters of plans."""

from .blocks import (
    PARTIES,
    AssessForm,
    EvidenceForm,
    MatrixFilters,
    SolutionForm,
    assess_initial,
)
from .catalogue import (
    SECTORS,
    CatalogueFilters,
    DaysForm,
    OwnFormForm,
    RegionForm,
    own_form_initial,
    planned_from_catalogue,
)
from .goals import (
    EvaluationForm,
    GoalForm,
    PlannedForm,
    StructuralForm,
    goal_initial,
    planned_initial,
)
from .learning import LearningOursForm
from .library import LibraryWorkForm, TimetableFilters
from .plans import (
    PLAN_STATES,
    CommentForm,
    MoneyForm,
    ReadInForm,
    SectionForm,
    YearPlanFilters,
)
from .routes import (
    RUN_LABELS,
    STUCK_WISH,
    OverviewFilters,
    RouteTextForm,
    RunFilters,
    StartForm,
    StepForm,
    StopForm,
)
from .side import OwnSideForm
from .tasks import TasksForm
from .todo import DUE_LABELS, DUE_PARAM, MINE, ActionFilters, ActionForm, DoneForm

__all__ = [
    "DUE_LABELS",
    "DUE_PARAM",
    "MINE",
    "PARTIES",
    "PLAN_STATES",
    "RUN_LABELS",
    "SECTORS",
    "STUCK_WISH",
    "ActionFilters",
    "ActionForm",
    "AssessForm",
    "CatalogueFilters",
    "CommentForm",
    "DaysForm",
    "DoneForm",
    "EvaluationForm",
    "EvidenceForm",
    "GoalForm",
    "LearningOursForm",
    "LibraryWorkForm",
    "MatrixFilters",
    "MoneyForm",
    "OverviewFilters",
    "OwnFormForm",
    "OwnSideForm",
    "PlannedForm",
    "ReadInForm",
    "RegionForm",
    "RouteTextForm",
    "RunFilters",
    "SectionForm",
    "SolutionForm",
    "StartForm",
    "StepForm",
    "StopForm",
    "StructuralForm",
    "TasksForm",
    "TimetableFilters",
    "YearPlanFilters",
    "assess_initial",
    "goal_initial",
    "own_form_initial",
    "planned_from_catalogue",
    "planned_initial",
]
