"""Numbers that are content: with a source and a status, and not constants."""

from __future__ import annotations

from leesbouw.core.content import content_kinds, current

from ..domain.statistics import DifferenceRule

PARAMETERS, DIFFERENCE = "parameters", "difference"

content_kinds.add(f"{PARAMETERS}/{DIFFERENCE}", DifferenceRule)


def difference_rule() -> DifferenceRule:
    """From when a difference is worth talking about."""
    return current(PARAMETERS, DIFFERENCE).body  # type: ignore[no-any-return]
