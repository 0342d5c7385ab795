"""Reads the figures of one school and what they stand beside, through the one way out of indicators."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.indicators.queries import Hidden, Measure, Shown
from leesbouw.organisations.models import ClassGroup, Location, LocationYear, Nation

from ...models import Participation
from .lines import NOTHING, Figure, Line

MOST_YEARS = 5
BY_GROUP, BY_YEAR_GROUP = "group", "year_group"
Key = tuple[str, SchoolYear]


def lines_of(actor: Actor, participation: Participation) -> list[Line]:
    """Every measure that was asked in this round, the main ones first. A dozen queries, whatever their number."""
    location: Location = participation.location
    year: SchoolYear = participation.round.year  # type: ignore[assignment]
    asked = measures_of(participation.round.questionnaires)
    codes = [one.code for one in asked]
    years = _years(actor, participation)
    own = _by_year(indicators.figures(actor, codes, [location], years))
    like = _by_year(indicators.comparable_figures(actor, codes, location, [year]))
    groups = _groups(actor, [one.code for one in asked if one.body.main], location, year)
    levels = _levels(actor, codes, location, year)
    return [
        _line(one, year, years, own, like, groups.get(one.code, ()), levels.get(one.code, ()))
        for one in asked
        if (one.code, year) in own
    ]


def measures_of(questionnaires: Mapping[str, str]) -> list[Measure]:
    """The measures that are read from these lists ({"pupil": "po-pupil@1"}), the main ones first."""
    codes = {key.partition("@")[0] for key in questionnaires.values()}
    found = [one for one in indicators.measures().values() if one.body.rule.get("questionnaire") in codes]
    return sorted(found, key=lambda one: (not one.body.main, one.body.topic, one.code))


def _years(actor: Actor, participation: Participation) -> list[SchoolYear]:
    """The years in which this location measured the same and closed, the newest last."""
    rows = Participation.objects.visible_to(actor).filter(
        location=participation.location_id,
        round__kind=participation.round.kind,
        round__year__lte=participation.round.year,
        closed_on__isnull=False,
    )
    years: set[SchoolYear] = set(rows.values_list("round__year", flat=True))  # type: ignore[arg-type]
    return sorted(years)[-MOST_YEARS:]


def _by_year(found: Sequence[indicators.Figure]) -> dict[Key, Figure]:
    return {(one.code, one.year): _figure(one.result) for one in found}


def _figure(result: Shown | Hidden) -> Figure:
    if isinstance(result, Hidden):
        return Figure(hidden=str(result.reason.label))
    return Figure(result.value, result.base, result.interval)


def _groups(
    actor: Actor, codes: Sequence[str], location: Location, year: SchoolYear
) -> dict[str, tuple[tuple[str, Figure], ...]]:
    """The main measures by year group; in a school whose groups have no year, by group."""
    found = indicators.figures(actor, codes, [location], [year], BY_YEAR_GROUP)
    names: dict[str, str] = {}
    if not found:
        found = indicators.figures(actor, codes, [location], [year], BY_GROUP)
        rows = ClassGroup.objects.visible_to(actor).filter(location=location, year=year)
        names = {f"{BY_GROUP}:{pk}": name for pk, name in rows.values_list("pk", "name")}
    result: dict[str, list[tuple[str, Figure]]] = {}
    for one in found:
        number = one.breakdown.partition(":")[2]
        label = names.get(one.breakdown) or _("group %(number)s") % {"number": number}
        result.setdefault(one.code, []).append((label, _figure(one.result)))
    return {code: tuple(rows) for code, rows in result.items()}


def _levels(
    actor: Actor, codes: Sequence[str], location: Location, year: SchoolYear
) -> dict[str, tuple[tuple[str, Figure], ...]]:
    """What the municipality, the library, the province and the country show, as far as the reader may see those."""
    at = (
        LocationYear.objects.visible_to(actor)
        .filter(location=location, year=year)
        .select_related("municipality__province", "library")
        .first()
    )
    if at is None:
        return {}
    units = [at.municipality, at.library, at.municipality.province, Nation.objects.first()]
    names = {unit.pk: unit.name for unit in units if unit is not None}
    order = list(names)
    found = indicators.figures(actor, codes, list(names), [year])
    result: dict[str, list[tuple[int, Figure]]] = {}
    for one in found:
        result.setdefault(one.code, []).append((order.index(one.unit_id), _figure(one.result)))
    return {
        code: tuple(
            (names[order[position]], figure) for position, figure in sorted(rows, key=lambda row: row[0])
        )
        for code, rows in result.items()
    }


def _line(
    measure: Measure,
    year: SchoolYear,
    years: Sequence[SchoolYear],
    own: Mapping[Key, Figure],
    like: Mapping[Key, Figure],
    groups: tuple[tuple[str, Figure], ...],
    levels: tuple[tuple[str, Figure], ...],
) -> Line:
    earlier = [one for one in years if one < year]
    before_year = earlier[-1] if earlier else None
    return Line(
        measure=measure,
        own=own[measure.code, year],
        before=own.get((measure.code, before_year), NOTHING) if before_year else NOTHING,
        before_year=before_year,
        comparable=like.get((measure.code, year), NOTHING),
        years=tuple((one, own.get((measure.code, one), NOTHING)) for one in years),
        groups=groups,
        levels=levels,
    )
