"""The report of a level: the same as a school's, of a library, board, municipality, province or the whole country."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.indicators.queries import Reference, Shown
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, LocationYear, Municipality, Nation, Province, Unit

from ...domain.findings import in_one_minute
from ...enums import MonitorKind
from ...models import Round
from ..rounds import newest_lists
from ..talking import points_by_measure
from .lines import Line, Panel, looked_at
from .linked import Together, together
from .reading import MOST_YEARS, Asked, asked_of, figures_of, measures_of, read_years, year_groups_of
from .response import Response, TakesPart, response_of, takes_part
from .topics import Said, Topic, by_topic, rank, said, topics_of

LEVEL_KINDS = (
    UnitKind.LIBRARY,
    UnitKind.MUNICIPALITY,
    UnitKind.BOARD,
    UnitKind.PROVINCE,
    UnitKind.NATION,
)
ROUNDS_OF = {UnitKind.LIBRARY: "library", UnitKind.LOCATION: "participations__location"}
LONGEST_NAME = 60  # in a chart


@dataclass(frozen=True, slots=True)
class Level:
    """A level, with the years in which it was measured by each kind of Monitor, the newest first, and whether those
    have a figure that may be shown."""

    unit: Unit
    years: Mapping[MonitorKind, Mapping[SchoolYear, bool]]

    @property
    def pk(self) -> int:
        return self.unit.pk

    def newest(self, kind: MonitorKind) -> SchoolYear | None:
        """The last year that shows something; when none does, the last that was measured."""
        years = self.years.get(kind, {})
        return next((year for year, is_shown in years.items() if is_shown), next(iter(years), None))


@dataclass(frozen=True, slots=True)
class LevelReport:
    level: Level
    kind: MonitorKind
    year: SchoolYear
    minute: tuple[Said, ...]
    topics: tuple[Topic, ...]
    response: tuple[Response, ...]
    takes_part: TakesPart | None
    together: Together | None
    published: tuple[tuple[str, Reference], ...]  # the name of a measure, and what was published of it


def levels_for(actor: Actor) -> list[Level]:
    """Every level with figures that the actor may see: libraries first, the country last. Four queries."""
    rows = indicators.levels(actor)
    years = {kind: indicators.years_measured(main_codes(kind), rows) for kind in MonitorKind}
    found = [
        Level(unit, {kind: known[unit.pk] for kind, known in years.items() if unit.pk in known})
        for unit in rows.order_by("name", "pk")
    ]
    order = list(LEVEL_KINDS)
    return sorted((one for one in found if one.years), key=lambda one: order.index(UnitKind(one.unit.kind)))


def level_by_id(actor: Actor, unit_id: int) -> Level:
    """Raises Unit.DoesNotExist."""
    unit = indicators.level_by_id(actor, unit_id)
    rows = Unit.objects.filter(pk=unit.pk)
    found = {kind: indicators.years_measured(main_codes(kind), rows) for kind in MonitorKind}
    return Level(unit, {kind: years[unit.pk] for kind, years in found.items() if years})


def main_codes(kind: MonitorKind) -> list[str]:
    """The main measures of a kind."""
    return [one.code for one in measures_of(newest_lists(kind)) if one.body.main]


def level_report(
    actor: Actor, level: Level, kind: MonitorKind, year: SchoolYear, *, more: Collection[str] = ()
) -> LevelReport:
    """What a level shows of a year; `more` as in `school_report`. Nothing in it names a location."""
    lines = level_lines(actor, level, kind, year, more)
    if not any(isinstance(line.own, Shown) for line in lines):
        lines = [line for line in lines if line.published]  # one sentence tells it, and not a list of bars
    known = list(points_by_measure(kind))
    main = by_topic([line for line in lines if line.measure.body.main])
    in_order = sorted(lines, key=lambda line: rank(line, known))
    return LevelReport(
        level=level,
        kind=kind,
        year=year,
        minute=tuple(said(lines, message) for message in in_one_minute([looked_at(line) for line in main])),
        topics=tuple(
            topics_of(in_order, more, nothing=_("Of this there are no figures that may be shown here."))
        ),
        response=tuple(response_of(actor, level.unit, kind, year)),
        takes_part=takes_part(actor, level.unit, kind, year),
        together=together(actor, level.unit, kind, year),
        published=tuple((line.measure.body.name, line.published) for line in in_order if line.published),
    )


def level_lines(
    actor: Actor, level: Level, kind: MonitorKind, year: SchoolYear, more: Collection[str] = ()
) -> list[Line]:
    """The lines of a report. About ten queries, whatever their number."""
    asked = asked_of(measures_of(newest_lists(kind)), more)
    codes = [one.code for one in asked]
    years = sorted(one for one in level.years.get(kind, {}) if one <= year)[-MOST_YEARS:]
    read = read_years(actor, asked, level.unit, lists_of([level.unit], kind, years))
    panels = panels_of(indicators.figures(actor, codes, [level.unit], years, panel=True), years)
    groups = year_groups_of(actor, read, level.unit, year, kind)
    above = figures_of(actor, read, _above(actor, level.unit, year), year, kind)
    lines = []
    for one in asked:
        if (one.code, year) not in read.own:
            continue
        before = read.earlier(one)
        lines.append(
            read.line(
                one,
                year,
                whose=level.unit.name[:LONGEST_NAME],
                panel=panels.get((one.code, before)) if before else None,
                published=indicators.newest_reference(one.code),
                groups=groups.get(one.code, ()),
                levels=above.get(one.code, ()),
            )
        )
    return lines


def lists_of(units: Sequence[Unit], kind: MonitorKind, years: Sequence[SchoolYear]) -> Asked:
    """The lists that most rounds of each year had; of locations and libraries those of their own. Which lists those are
    is no secret."""
    rounds = Round.objects.filter(kind=kind, year__in=years)
    if field := ROUNDS_OF.get(UnitKind(units[0].kind)):
        rounds = rounds.filter(**{f"{field}__in": [unit.pk for unit in units]})
    found: dict[SchoolYear, Counter[tuple[tuple[str, str], ...]]] = {year: Counter() for year in years}
    for year, lists in rounds.order_by("pk").values_list("year", "questionnaires"):
        found[year][tuple(lists.items())] += 1  # type: ignore[index]
    return {year: dict(count.most_common(1)[0][0]) if count else {} for year, count in found.items()}


def panels_of(
    found: Sequence[indicators.Figure], years: Sequence[SchoolYear]
) -> dict[tuple[str, SchoolYear], Panel]:
    """By measure and earlier year the equal panel with the last of these years."""
    shown = {
        (one.code, one.year, one.panel): one.result
        for one in found
        if isinstance(one.result, indicators.Shown)
    }
    return {
        (code, other): Panel(shown[code, other, year], now)
        for (code, year, other), now in shown.items()
        if other is not None and year == years[-1] and (code, other, year) in shown
    }


def _above(actor: Actor, unit: Unit, year: SchoolYear) -> list[Unit]:
    """The levels in which a level lies whole."""
    found: list[Unit | None] = []
    if unit.kind == UnitKind.MUNICIPALITY:
        place = Municipality.objects.visible_to(actor).select_related("province").get(pk=unit.pk)
        at = LocationYear.objects.visible_to(actor).filter(municipality=place, year=year)
        libraries = Library.objects.visible_to(actor).filter(pk__in=at.values("library"))
        found = [*libraries[:1], place.province]
    elif unit.kind == UnitKind.LIBRARY:
        found = [Province.objects.filter(libraries=unit.pk).first()]
    nation = None if unit.kind == UnitKind.NATION else Nation.objects.first()
    return [one for one in (*found, nation) if one is not None]
