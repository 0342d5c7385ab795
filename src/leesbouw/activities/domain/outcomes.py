"""The numbers of a year as sentences need them."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from leesbouw.plans.domain import Counted


def named(sums: Mapping[str, Decimal]) -> dict[str, Decimal]:
    """The numbers by name, such as `hours_made`, with two of their own: `measured` goals have a figure, and `decided`
    ones were looked back on."""
    found = {code.name.lower(): sums.get(code, Decimal(0)) for code in Counted}
    found["measured"] = found["goals"] - found["described"]
    found["decided"] = found["goals"] - found["undecided"]
    return found


def share_of(part: Decimal, whole: Decimal) -> float | None:
    """Which part of a whole, 0-1; None of nothing."""
    return float(part / whole) if whole else None
