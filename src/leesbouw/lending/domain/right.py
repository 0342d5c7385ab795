"""Which rule of the lending right holds for loans at a school, and why; after the handbook po, chapter 3, and article 15c
of the copyright act (lending.md §0)."""

from __future__ import annotations

from leesbouw.collection.domain import LendingRight
from leesbouw.collection.enums import HolderOf

from ..enums import Regime


def regime_of(responsible: str, right: LendingRight) -> Regime:
    """`responsible` for lending, "" is unknown. Lending by a school itself is free; by a library the nation pays when all
    three conditions hold."""
    if responsible == HolderOf.SCHOOL:
        return Regime.EXEMPT
    if right.all_met:
        return Regime.PAID
    if not responsible or None in right.conditions:
        return Regime.UNKNOWN
    return Regime.UNMET
