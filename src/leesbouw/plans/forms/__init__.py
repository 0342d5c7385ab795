"""Forms and filters of plans."""

from .blocks import (
    PARTIES,
    AssessForm,
    EvidenceForm,
    MatrixFilters,
    SolutionForm,
    assess_initial,
)
from .todo import DUE_LABELS, DUE_PARAM, MINE, ActionFilters, ActionForm, DoneForm

__all__ = [
    "DUE_LABELS",
    "DUE_PARAM",
    "MINE",
    "PARTIES",
    "ActionFilters",
    "ActionForm",
    "AssessForm",
    "DoneForm",
    "EvidenceForm",
    "MatrixFilters",
    "SolutionForm",
    "assess_initial",
]
