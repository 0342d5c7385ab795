"""The report of a set that somebody chose: as that of a level, beside everything of the same kind that she sees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit

from ...domain.findings import in_one_minute
from ...enums import MonitorKind
from ..rounds import newest_lists
from ..talking import points_by_measure
from .level import LEVEL_KINDS, lists_of, main_codes, panels_of
from .lines import Line, looked_at
from .reading import BY_YEAR_GROUP, MOST_YEARS, asked_of, by_year, labelled, measures_of, years_of
from .topics import Said, Topic, by_topic, rank, said, topics_of

FEWEST = 2  # a choice of one is that one's own report


@dataclass(frozen=True, slots=True)
class Choice:
    """Units of one kind that show figures of a year, by name."""

    of: UnitKind
    kind: MonitorKind
    year: SchoolYear
    units: tuple[Unit, ...]

    def among(self, ids: Collection[int]) -> tuple[Unit, ...]:
        return tuple(unit for unit in self.units if unit.pk in ids)


@dataclass(frozen=True, slots=True)
class ChosenReport:
    choice: Choice
    units: tuple[Unit, ...]
    topics: tuple[Topic, ...]
    minute: tuple[Said, ...]

    @property
    def kind(self) -> MonitorKind:
        return self.choice.kind


def choices_for(actor: Actor, kind: MonitorKind) -> list[Choice]:
    """What one may choose from: of each kind of unit and each year with two or more, the newest first."""
    codes, found = main_codes(kind), []
    for of in (UnitKind.LOCATION, *LEVEL_KINDS):
        rows = indicators.units_of_kind(actor, of)
        years = indicators.years_measured(codes, rows)
        names = {unit.pk: unit for unit in rows.filter(pk__in=years).order_by("name", "pk")}
        for year in sorted({year for told in years.values() for year in told}, reverse=True):
            units = tuple(unit for pk, unit in names.items() if years[pk].get(year))
            if len(units) >= FEWEST:
                found.append(Choice(of, kind, year, units))
    return found


def choice_of(actor: Actor, of: str, kind: MonitorKind, year: SchoolYear) -> Choice:
    """Raises LookupError when there are not two to choose from."""
    for choice in choices_for(actor, kind):
        if (choice.of, choice.year) == (of, year):
            return choice
    raise LookupError(f"nothing to choose from: {of} {kind} {year}")


def chosen_report(
    actor: Actor, choice: Choice, ids: Collection[int], *, more: Collection[str] = ()
) -> ChosenReport | None:
    """The sum of the chosen ones beside that of all, and through the years beside those of them that measured both times;
    None while fewer than two are chosen. Out of reach counts as not. `more` as in `school_report`."""
    units = choice.among(ids)
    if len(units) < FEWEST:
        return None
    lines, known = _lines(actor, choice, units, more), list(points_by_measure(choice.kind))
    main = by_topic([line for line in lines if line.measure.body.main])
    looked = [replace(looked_at(line), comparable=None) for line in main]  # all of whom these are a part
    nothing = _("Of this there are no figures that may be shown here.")
    return ChosenReport(
        choice,
        units,
        tuple(topics_of(sorted(lines, key=lambda line: rank(line, known)), more, nothing=nothing)),
        tuple(said(lines, message) for message in in_one_minute(looked)),
    )


def _lines(actor: Actor, choice: Choice, units: Sequence[Unit], more: Collection[str]) -> list[Line]:
    """A dozen queries, whatever their number."""
    asked = asked_of(measures_of(newest_lists(choice.kind)), more)
    codes = [one.code for one in asked]
    lists = lists_of(units, choice.kind, _years(codes, choice.year, units))
    read = years_of(_through_years(actor, codes, units, choice.year, lists), asked, lists)
    panels = panels_of(indicators.chosen_figures(actor, codes, units, lists, panel=True), list(lists))
    everything = by_year(read.alike(indicators.chosen_figures(actor, codes, choice.units, [choice.year])))
    parts = indicators.chosen_figures(actor, codes, units, [choice.year], BY_YEAR_GROUP)
    groups = labelled(read.alike(parts), {}, choice.kind)
    lines = []
    for one in asked:
        beside = everything.get((one.code, choice.year))
        if (one.code, choice.year) not in read.own or not isinstance(beside, indicators.Shown):
            continue
        before = read.earlier(one)
        lines.append(
            read.line(
                one,
                choice.year,
                comparable=beside,
                whose=_("your choice"),
                panel=panels.get((one.code, before)) if before else None,
                groups=groups.get(one.code, ()) if one.body.main else (),
                levels=((_("all that you may choose from"), beside),),
            )
        )
    return lines


def _years(codes: Collection[str], year: SchoolYear, units: Sequence[Unit]) -> list[SchoolYear]:
    """The years in which one of them was measured, until this one."""
    rows = Unit.objects.filter(pk__in=[unit.pk for unit in units])
    measured = {one for told in indicators.years_measured(codes, rows).values() for one in told}
    return sorted(one for one in measured if one <= year)[-MOST_YEARS:]


def _through_years(
    actor: Actor, codes: Sequence[str], units: Sequence[Unit], year: SchoolYear, years: Iterable[SchoolYear]
) -> list[indicators.Figure]:
    """This year, and the years before it in which enough of them were measured. Who is left out are units, and no
    locations."""
    return [
        replace(one, result=replace(one.result, left_out=0))
        for one in indicators.chosen_figures(actor, codes, units, years)
        if one.year == year or isinstance(one.result, indicators.Shown)
    ]
