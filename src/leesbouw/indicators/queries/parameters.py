"""Numbers that are content: with a source and a status, and not constants."""

from __future__ import annotations

from leesbouw.core.content import content_kinds, current

from ..domain.links import LinkRules
from ..domain.statistics import DifferenceRule
from ..domain.suppression import Publisher, SuppressionRules
from .measures import Measure

PARAMETERS, DIFFERENCE, SUPPRESSION, LINKS = "parameters", "difference", "suppression", "links"

content_kinds.add(f"{PARAMETERS}/{DIFFERENCE}", DifferenceRule)
content_kinds.add(f"{PARAMETERS}/{SUPPRESSION}", SuppressionRules)
content_kinds.add(f"{PARAMETERS}/{LINKS}", LinkRules)


def difference_rule() -> DifferenceRule:
    """From when a difference is worth talking about."""
    return current(PARAMETERS, DIFFERENCE).body  # type: ignore[no-any-return]


def suppression_rules() -> SuppressionRules:
    """The table of minimum sizes."""
    return current(PARAMETERS, SUPPRESSION).body  # type: ignore[no-any-return]


def link_rules() -> LinkRules:
    """Which measures are held beside one another."""
    return current(PARAMETERS, LINKS).body  # type: ignore[no-any-return]


def publisher_of(measure: Measure) -> Publisher:
    """What decides which figures of a measure may leave."""
    return Publisher(suppression_rules(), measure.body.population, measure.body.main)
