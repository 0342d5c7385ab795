"""What one may read of figures; each module is a subject of its own."""

from .facts import facts, findings_for
from .figures import (
    Figure,
    Hidden,
    Shown,
    comparable_figures,
    difference,
    figures,
)
from .levels import level_by_id, levels, units_of_kind, years_measured
from .links import Linked, links
from .measures import Measure, measure, measures
from .parameters import difference_rule, suppression_rules
from .references import Reference, context_for, newest_reference, published, references_for
from .sets import chosen_figures

__all__ = [
    "Figure",
    "Hidden",
    "Linked",
    "Measure",
    "Reference",
    "Shown",
    "chosen_figures",
    "comparable_figures",
    "context_for",
    "difference",
    "difference_rule",
    "facts",
    "figures",
    "findings_for",
    "level_by_id",
    "levels",
    "links",
    "measure",
    "measures",
    "newest_reference",
    "published",
    "references_for",
    "suppression_rules",
    "units_of_kind",
    "years_measured",
]
