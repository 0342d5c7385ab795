"""Forms of the wizard, of the area, and of results of an earlier Monitor."""

from .repairing import RepairForm, field_name
from .results import ResultsForm, SureForm
from .wizard import AreaForm, BringForm, ColumnsForm, DecideForm, StartForm

__all__ = [
    "AreaForm",
    "BringForm",
    "ColumnsForm",
    "DecideForm",
    "RepairForm",
    "ResultsForm",
    "StartForm",
    "SureForm",
    "field_name",
]
