"""The report of a set that somebody chose: its main measures beside everything of the same kind that she sees."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit

from ...enums import MonitorKind
from ..rounds import newest_lists
from ..talking import points_by_measure
from .level import LEVEL_KINDS, main_codes
from .lines import Line
from .reading import measures_of
from .topics import Said, Topic, rank, topics_of

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
    minute: tuple[Said, ...] = ()  # a set has no last time to differ from


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


def chosen_report(actor: Actor, choice: Choice, ids: Collection[int]) -> ChosenReport | None:
    """The sum of the chosen ones beside that of all; None while fewer than two are chosen. Out of reach counts as not."""
    units = choice.among(ids)
    if len(units) < FEWEST:
        return None
    known = list(points_by_measure(choice.kind))
    lines = sorted(_lines(actor, choice, units), key=lambda line: rank(line, known))
    nothing = _("Of this there are no figures that may be shown here.")
    return ChosenReport(choice, units, tuple(topics_of(lines, (), nothing=nothing)))


def _lines(actor: Actor, choice: Choice, units: Sequence[Unit]) -> list[Line]:
    measures = [one for one in measures_of(newest_lists(choice.kind)) if one.body.main]
    codes = [one.code for one in measures]
    own = indicators.chosen_figures(actor, codes, units, choice.year)
    everything = indicators.chosen_figures(actor, codes, choice.units, choice.year)
    return [
        Line(
            measure=one,
            own=replace(own[one.code], left_out=0),  # those are units, and no locations
            comparable=everything[one.code],
            whose=_("your choice"),
            levels=((_("all that you may choose from"), everything[one.code]),),
        )
        for one in measures
        if isinstance(everything[one.code], indicators.Shown)
    ]
