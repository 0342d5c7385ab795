"""Forms of the wizard and of the area."""

from .repairing import RepairForm, field_name
from .wizard import AreaForm, BringForm, ColumnsForm, DecideForm, StartForm

__all__ = ["AreaForm", "BringForm", "ColumnsForm", "DecideForm", "RepairForm", "StartForm", "field_name"]
