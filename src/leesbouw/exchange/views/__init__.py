"""HTTP of imports."""

from .area import Area
from .runs import Discard, ImportList, Mistakes, Progress, Receipt, RunDetail, Start, Stop, Undo
from .wizard import Bring, Check, Columns, Decide

__all__ = [
    "Area",
    "Bring",
    "Check",
    "Columns",
    "Decide",
    "Discard",
    "ImportList",
    "Mistakes",
    "Progress",
    "Receipt",
    "RunDetail",
    "Start",
    "Stop",
    "Undo",
]
