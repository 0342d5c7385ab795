"""From lists to cells: how a measure is read from one list, and how lists are added up."""

from .cells import CellRow, Measured, Submitted, measure_cells
from .rules import Rule, Share, rule_faults, rule_of

__all__ = ["CellRow", "Measured", "Rule", "Share", "Submitted", "measure_cells", "rule_faults", "rule_of"]
