"""The one way out: every figure about a group that a page, a file or a chart shows comes from here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location, LocationYear, Unit

from ..domain.statistics import (
    Difference,
    Interval,
    Mean,
    Share,
    difference_of_means,
    difference_of_shares,
    mean_of_sums,
    share_of,
)
from ..enums import Reason
from ..models import Published, own_locations
from .cells import band_of
from .levels import LEVEL_KINDS, of_levels
from .measures import Measure, measure
from .parameters import difference_rule

SUMS = ("numerator", "denominator", "persons", "total", "sum_squares", "population")
FIELDS = (
    *("code", "measure_version", "unit_id", "year", "breakdown", "panel", "band"),
    *("hidden", "locations", "left_out", *SUMS),
)


@dataclass(frozen=True, slots=True)
class Shown:
    """`value` is 0-1 for a share; `base` the (weighted) answers that count, `persons` who gave them.

    `population` could have answered, where that is known. `left_out` locations took part and are not in it.
    """

    value: float
    base: float
    persons: int
    interval: Interval | None
    statistic: Share | Mean
    population: int | None = None
    locations: int = 1
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Hidden:
    """`reason` is a sentence that may be shown; there is no number behind it."""

    reason: Reason
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Figure:
    """One measure of one unit in one year. `panel` is the other year of an equal panel, else None.

    `unit_id` is 0 for a set that somebody chose, and `is_mixed` tells of such a set that units which counted the measure
    in an earlier version are not in it.
    """

    code: str
    version: int
    unit_id: int
    year: SchoolYear
    breakdown: str
    result: Shown | Hidden
    panel: SchoolYear | None = None
    is_mixed: bool = False


def figures(
    actor: Actor,
    code: str | Sequence[str],
    units: Iterable[Unit | int],
    years: Iterable[SchoolYear],
    breakdown: str = "",
    *,
    panel: bool = False,
) -> list[Figure]:
    """The figures of these measures, units and years that this actor may see, by code, unit, year and breakdown.

    `breakdown` is "" for everybody, one part ("year_group:5"), or a kind ("year_group") for all its parts. With `panel`
    the figures of equal panels: per pair of years, the locations that have one in both. A unit that the actor may not
    see gives nothing, as if it did not exist. Where locations counted a measure in two versions there is a figure of
    each, the newest last. Two queries, whatever the number of figures.
    """
    rows = rows_of(code, years).filter(band="", unit__in=visible_units(actor, units))
    rows = rows.filter(of_breakdown(breakdown))
    rows = rows.exclude(panel=0) if panel else rows.filter(panel=0)
    return [_figure(row) for row in rows.values_list(*FIELDS, named=True)]


def comparable_figures(
    actor: Actor,
    code: str | Sequence[str],
    location: Location,
    years: Iterable[SchoolYear],
    breakdown: str = "",
) -> list[Figure]:
    """The same of the schools that this one may be compared with in each year, itself included (`band_of`)."""
    years = list(years)
    of_location = LocationYear.objects.visible_to(actor).filter(
        location__in=visible_units(actor, [location]).values("pk"), year__in=years
    )
    bands = {row.year: band_of(location.sector, row.pupils, row.weight) for row in of_location}
    rows = rows_of(code, years).filter(
        of_breakdown(breakdown), band__in={band for band in bands.values() if band}
    )
    found = rows.values_list(*FIELDS, named=True)
    return [_figure(row) for row in found if row.band == bands.get(row.year)]


def difference(one: Shown, other: Shown) -> Difference | None:
    """How two figures of one measure differ; None where that cannot be said."""
    rule = difference_rule()
    if isinstance(one.statistic, Share) and isinstance(other.statistic, Share):
        return difference_of_shares(one.statistic, other.statistic, rule)
    if isinstance(one.statistic, Mean) and isinstance(other.statistic, Mean):
        return difference_of_means(one.statistic, other.statistic, rule)
    return None


def visible_units(actor: Actor, wanted: Iterable[Unit | int]) -> QuerySet[Unit]:
    """Those of these units of which the actor may see figures.

    Locations: her own, or one that her library works with today. Levels: those that her own units lie in. So nobody
    else sees a school by name, whatever she may see of its address.
    """
    wanted = list(wanted)
    units = Unit.objects.filter(pk__in=ids_of(wanted))
    own = own_locations(actor)
    if actor.kind == "system" or own.issuperset(wanted):
        return units
    kinds = {one.kind for one in wanted if isinstance(one, Unit)}
    if any(isinstance(one, int) for one in wanted):
        kinds |= LEVEL_KINDS
    return units.filter(of_levels(actor, kinds) | Q(pk__in=own))


def ids_of(units: Iterable[Unit | int]) -> set[int]:
    return {one.pk if isinstance(one, Unit) else one for one in units}


def rows_of(code: str | Sequence[str], years: Iterable[SchoolYear]) -> QuerySet[Published]:
    codes = [code] if isinstance(code, str) else code
    rows = Published.objects.filter(code__in=codes, year__in=list(years))
    return rows.order_by("code", "unit", "year", "measure_version", "panel", "breakdown")


def of_breakdown(breakdown: str) -> Q:
    if not breakdown or ":" in breakdown:
        return Q(breakdown=breakdown)
    return Q(breakdown__startswith=f"{breakdown}:")


def _figure(row: Any) -> Figure:
    if row.hidden:
        result: Shown | Hidden = Hidden(Reason(row.hidden), row.left_out)
    else:
        result = shown_of(row, measure(row.code, row.measure_version))
    panel = SchoolYear(row.panel) if row.panel else None
    year: SchoolYear = row.year  # type: ignore[assignment]
    return Figure(row.code, row.measure_version, row.unit_id, year, row.breakdown, result, panel)


def shown_of(row: Any, of: Measure) -> Shown | Hidden:
    n = min(
        row.denominator, row.persons
    )  # duo teachers weigh less than one each, weights of a file may be more
    statistic: Share | Mean | None
    if of.body.kind == "share":
        statistic = share_of(row.numerator, row.denominator, n=n, population=row.population)
    else:
        statistic = mean_of_sums(row.denominator, row.total, row.sum_squares, n=n, population=row.population)
    if statistic is None:
        return Hidden(Reason.NOBODY, row.left_out)
    return Shown(
        statistic.value,
        statistic.base,
        row.persons,
        statistic.interval,
        statistic,
        row.population,
        row.locations,
        row.left_out,
    )
