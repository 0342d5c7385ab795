"""What one may read of figures; each module is a subject of its own."""

from .measures import Measure, measure, measures
from .parameters import difference_rule, suppression_rules

__all__ = ["Measure", "difference_rule", "measure", "measures", "suppression_rules"]
