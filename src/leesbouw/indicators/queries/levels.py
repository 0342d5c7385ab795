"""The levels above a location whose figures somebody may see, and in which years each has some."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Count, Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Board, Library, Municipality, Nation, Province, Unit

from ..models import Published, own_locations

LEVELS = (Municipality, Library, Board, Province)
LEVEL_KINDS = frozenset({UnitKind.NATION, *(model.KIND for model in LEVELS)})


def of_levels(actor: Actor, kinds: Collection[str] = LEVEL_KINDS) -> Q:
    """Units of these kinds in which the actor's own lie: everybody sees the figures of the levels above her."""
    found = Q(pk__in=())
    if UnitKind.NATION in kinds:
        found |= Q(pk__in=Nation.objects.values("pk"))
    for model in LEVELS:
        if model.KIND in kinds:
            found |= Q(pk__in=model.objects.visible_to(actor).values("pk"))
    return found


def levels(actor: Actor) -> QuerySet[Unit]:
    """Every level of which the actor may see figures."""
    return Unit.objects.filter(of_levels(actor))


def units_of_kind(actor: Actor, kind: str) -> QuerySet[Unit]:
    """Every unit of a kind whose figures the actor may see one by one: levels, or her own locations."""
    if kind == UnitKind.LOCATION:
        return Unit.objects.filter(pk__in=own_locations(actor))
    return levels(actor).filter(kind=kind)


def level_by_id(actor: Actor, unit_id: int) -> Unit:
    """Raises Unit.DoesNotExist."""
    return levels(actor).get(pk=unit_id)


def years_measured(codes: Collection[str], units: QuerySet[Unit]) -> dict[int, dict[SchoolYear, bool]]:
    """By unit the years in which one of these measures was worked out for it, the newest first, and whether one is shown."""
    rows = Published.objects.filter(
        code__in=codes, unit__in=units.values("pk"), band="", panel=0, breakdown=""
    )
    counts = rows.order_by("-year").values("unit", "year").annotate(shown=Count("pk", filter=Q(hidden="")))
    found: dict[int, dict[SchoolYear, bool]] = {}
    for unit_id, year, shown in counts.values_list("unit", "year", "shown"):
        found.setdefault(unit_id, {})[year] = shown > 0  # type: ignore[index]
    return found
