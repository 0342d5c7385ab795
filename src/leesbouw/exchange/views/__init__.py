"""HTTP of imports."""

from .area import Area
from .catalogue import Marcxml
from .checking import Check, Decide, Skip
from .results import Results, ResultsSure
from .runs import Discard, ImportList, Mistakes, Progress, Receipt, RunDetail, Start, Stop, Undo
from .wizard import Bring, Columns

__all__ = [
    "Area",
    "Bring",
    "Check",
    "Columns",
    "Decide",
    "Discard",
    "ImportList",
    "Marcxml",
    "Mistakes",
    "Progress",
    "Receipt",
    "Results",
    "ResultsSure",
    "RunDetail",
    "Skip",
    "Start",
    "Stop",
    "Undo",
]
