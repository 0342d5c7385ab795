"""What one may read of figures; each module is a subject of its own."""

from .measures import Measure, measure, measures
from .parameters import difference_rule, suppression_rules
from .references import Reference, context_for, newest_reference, published, references_for

__all__ = [
    "Measure",
    "Reference",
    "context_for",
    "difference_rule",
    "measure",
    "measures",
    "newest_reference",
    "published",
    "references_for",
    "suppression_rules",
]
