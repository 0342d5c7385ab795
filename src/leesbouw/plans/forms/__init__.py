"""Forms and filters of plans."""

from .blocks import (
    PARTIES,
    AssessForm,
    EvidenceForm,
    MatrixFilters,
    SolutionForm,
    assess_initial,
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
from .todo import DUE_LABELS, DUE_PARAM, MINE, ActionFilters, ActionForm, DoneForm

__all__ = [
    "DUE_LABELS",
    "DUE_PARAM",
    "MINE",
    "PARTIES",
    "RUN_LABELS",
    "STUCK_WISH",
    "ActionFilters",
    "ActionForm",
    "AssessForm",
    "DoneForm",
    "EvidenceForm",
    "MatrixFilters",
    "OverviewFilters",
    "RouteTextForm",
    "RunFilters",
    "SolutionForm",
    "StartForm",
    "StepForm",
    "StopForm",
    "assess_initial",
]
