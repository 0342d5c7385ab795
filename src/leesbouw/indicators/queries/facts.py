"""What is known of organisations, and what stands out in their figures."""

from __future__ import annotations

from collections.abc import Iterable

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Unit

from ..models import Fact, Finding


def facts(actor: Actor, unit: Unit, year: SchoolYear, codes: Iterable[str] | None = None) -> dict[str, Fact]:
    """The facts of one organisation in a year, by code; of all codes, or of these."""
    rows = Fact.objects.visible_to(actor).filter(unit=unit, year=year)
    if codes is not None:
        rows = rows.filter(code__in=list(codes))
    return {row.code: row for row in rows.order_by("code")}


def findings_for(actor: Actor, unit: Unit, year: SchoolYear) -> list[Finding]:
    """What stands out at a unit in a year, the most important first."""
    return list(Finding.objects.visible_to(actor).filter(unit=unit, year=year))
