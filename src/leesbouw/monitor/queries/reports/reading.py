"""Reads the figures of one school and what they stand beside, through the one way out of indicators."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.indicators.queries import Measure, Shown
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Location, LocationYear, Nation, Unit

from ...domain.measuring import rule_of
from ...domain.versions import broken_measures
from ...models import Participation, Release, Round
from ..questionnaires import questionnaire
from ..wording import wording
from .lines import Labelled, Line, Result

MOST_YEARS = 5
BY_GROUP, BY_YEAR_GROUP = "group", "year_group"
Key = tuple[str, SchoolYear]
Asked = Mapping[SchoolYear, Mapping[str, str]]  # the lists of each year, as {"pupil": "po-pupil@1"}
Broken = Mapping[tuple[SchoolYear, SchoolYear], frozenset[str]]


def lines_of(actor: Actor, participation: Participation, more: Collection[str] = ()) -> list[Line]:
    """The main measures of this round, and every other of the topics in `more`; a topic without a main one is whole.

    A dozen queries, whatever their number.
    """
    location: Location = participation.location
    year: SchoolYear = participation.round.year  # type: ignore[assignment]
    asked = asked_of(measures_of(participation.round.questionnaires), more)
    codes = [one.code for one in asked]
    read = read_years(actor, asked, location, _lists(actor, participation))
    like = by_year(read.alike(indicators.comparable_figures(actor, codes, location, [year])))
    groups = _groups(actor, read, location, participation.round)
    levels = figures_of(actor, read, _levels(actor, location, year), year, participation.round.kind)
    return [
        read.line(
            one,
            year,
            comparable=like.get((one.code, year)),
            groups=groups.get(one.code, ()),
            levels=levels.get(one.code, ()),
        )
        for one in asked
        if (one.code, year) in read.own
    ]


def asked_of(known: Sequence[Measure], more: Collection[str]) -> list[Measure]:
    """The main measures, and every other of the topics in `more`; a topic without a main one is whole."""
    told = {one.body.topic for one in known if one.body.main}
    return [one for one in known if one.body.main or one.body.topic in more or one.body.topic not in told]


def measures_of(questionnaires: Mapping[str, str]) -> list[Measure]:
    """The measures that are read from these lists ({"pupil": "po-pupil@1"}), the main ones first."""
    codes = {key.partition("@")[0] for key in questionnaires.values()}
    found = [one for one in indicators.measures().values() if one.body.rule.get("questionnaire") in codes]
    return sorted(found, key=lambda one: (not one.body.main, one.body.topic, one.code))


def broken_between(measures: Sequence[Measure], asked: Asked) -> Broken:
    """The measures whose questions were put in other words, or with other answers, in the one year than in the other."""
    found: dict[tuple[SchoolYear, SchoolYear], frozenset[str]] = {}
    for before, after in combinations(sorted(asked), 2):
        for respondent, key in asked[after].items():
            old = asked[before].get(respondent, key)
            if old == key:
                continue
            broken = broken_by(measures, old, key)
            found[before, after] = found.get((before, after), frozenset()) | broken
    return found


def broken_by(measures: Sequence[Measure], old: str, key: str) -> frozenset[str]:
    """The measures that two versions of a list do not ask in the same way."""
    code = key.partition("@")[0]
    rules = {one.code: rule_of(one.body.rule) for one in measures}
    rules = {name: rule for name, rule in rules.items() if rule.questionnaire == code}
    return frozenset(broken_measures(rules, questionnaire(old).body, questionnaire(key).body))


def _lists(actor: Actor, participation: Participation) -> Asked:
    """The lists of the years in which this location measured the same and closed, the newest last."""
    rows = Participation.objects.visible_to(actor).filter(
        location=participation.location_id,
        round__kind=participation.round.kind,
        round__year__lte=participation.round.year,
        closed_on__isnull=False,
    )
    found: list[tuple[SchoolYear, Mapping[str, str]]] = sorted(
        rows.values_list("round__year", "round__questionnaires"),  # type: ignore[arg-type]
        key=lambda row: row[0],
    )
    return dict(found[-MOST_YEARS:])


def _groups(actor: Actor, read: Years, location: Location, of: Round) -> dict[str, Labelled]:
    """The main measures by year group; in a school whose groups have no year, by group."""
    year: SchoolYear = of.year  # type: ignore[assignment]
    if found := year_groups_of(actor, read, location, year, of.kind):
        return found
    rows = ClassGroup.objects.visible_to(actor).filter(location=location, year=year)
    names = {f"{BY_GROUP}:{pk}": name for pk, name in rows.values_list("pk", "name")}
    by_group = indicators.figures(actor, read.main_codes, [location], [year], BY_GROUP)
    return labelled(read.alike(by_group), names, of.kind)


def year_groups_of(actor: Actor, read: Years, unit: Unit, year: SchoolYear, kind: str) -> dict[str, Labelled]:
    """By main measure its figures in the year groups."""
    found = indicators.figures(actor, read.main_codes, [unit], [year], BY_YEAR_GROUP)
    return labelled(read.alike(found), {}, kind)


def labelled(found: Sequence[indicators.Figure], names: Mapping[str, str], kind: str) -> dict[str, Labelled]:
    word = str(wording(kind).year_group)
    result: dict[str, list[tuple[str, Result]]] = {}
    for one in found:
        number = one.breakdown.partition(":")[2]
        label = names.get(one.breakdown) or word % {"number": number}
        result.setdefault(one.code, []).append((label, one.result))
    return {code: tuple(rows) for code, rows in result.items()}


def _levels(actor: Actor, location: Location, year: SchoolYear) -> list[Unit]:
    """The municipality, the library, the province and the country in which a location lay."""
    at = (
        LocationYear.objects.visible_to(actor)
        .filter(location=location, year=year)
        .select_related("municipality__province", "library")
        .first()
    )
    if at is None:
        return []
    units = [at.municipality, at.library, at.municipality.province, Nation.objects.first()]
    return [unit for unit in units if unit is not None]


def figures_of(
    actor: Actor, read: Years, units: Sequence[Unit], year: SchoolYear, kind: str
) -> dict[str, Labelled]:
    """By measure what these units show beside what was read, in their order, as far as the reader may see those.

    The country is called provisional until a researcher released the year of this kind of Monitor.
    """
    order = {unit.pk: at for at, unit in enumerate(units)}
    found = read.alike(indicators.figures(actor, read.codes, units, [year])) if units else []
    names = names_of(units)
    country = next((at for at, unit in enumerate(units) if unit.kind == UnitKind.NATION), None)
    is_shown = any(order[one.unit_id] == country and isinstance(one.result, Shown) for one in found)
    if country is not None and is_shown and not Release.objects.filter(kind=kind, year=year).exists():
        names[country] = _("%(name)s (provisional)") % {"name": names[country]}
    result: dict[str, list[tuple[int, Result]]] = {}
    for one in found:
        result.setdefault(one.code, []).append((order[one.unit_id], one.result))
    return {
        code: tuple((names[position], figure) for position, figure in sorted(rows, key=lambda row: row[0]))
        for code, rows in result.items()
    }


def names_of(units: Sequence[Unit]) -> list[str]:
    """Their names, with their kind where two are called the same: Utrecht is a municipality and a province."""
    told = Counter(unit.name for unit in units)
    return [
        unit.name if told[unit.name] == 1 else f"{unit.name} ({str(unit.get_kind_display()).lower()})"
        for unit in units
    ]


def by_year(found: Sequence[indicators.Figure]) -> dict[Key, Result]:
    return {(one.code, one.year): one.result for one in found}


@dataclass(frozen=True, slots=True)
class Years:
    """What one unit shows in the years it measured, the newest last, and between which of them a line breaks.

    `asked` by code; `mixed` are the measures and years of which a part was counted in an earlier version.
    """

    years: Sequence[SchoolYear]
    asked: Mapping[str, Measure]
    own: Mapping[Key, Result]
    versions: Mapping[Key, int]
    mixed: Collection[Key]
    broken: Broken

    @property
    def codes(self) -> list[str]:
        return list(self.asked)

    @property
    def main_codes(self) -> list[str]:
        return [code for code, one in self.asked.items() if one.body.main]

    def alike(self, found: Iterable[indicators.Figure]) -> list[indicators.Figure]:
        """Of each unit the figures that were counted as the own one, or else in a version that its file names."""
        told = [(self._likeness(one), one) for one in found]
        best: dict[tuple[str, int, SchoolYear], tuple[bool, int]] = {}
        for likeness, one in told:
            if likeness:
                key = one.code, one.unit_id, one.year
                best[key] = max(best.get(key, likeness), likeness)
        return [
            one for likeness, one in told if likeness and likeness == best[one.code, one.unit_id, one.year]
        ]

    def _likeness(self, one: indicators.Figure) -> tuple[bool, int] | None:
        own = self.versions.get((one.code, one.year))
        if own is None or (one.version != own and not {one.version, own} <= {*self.asked[one.code].chain}):
            return None
        return one.version == own, one.version

    def line(self, measure: Measure, year: SchoolYear, **beside: Any) -> Line:
        measured, earlier = self._measured(measure), self.earlier(measure)
        return Line(
            measure=measure,
            own=self.own[measure.code, year],
            before=self.own[measure.code, earlier] if earlier else None,
            before_year=earlier,
            years=tuple((one, self.own[measure.code, one]) for one in measured),
            breaks=tuple(self._breaks(measure)),
            version=self.versions[measure.code, year],
            is_mixed=(measure.code, year) in self.mixed,
            **beside,
        )

    def earlier(self, measure: Measure) -> SchoolYear | None:
        """The last time before the newest year, when that may be held against it."""
        measured, breaks = self._measured(measure), list(self._breaks(measure))
        is_new = bool(breaks) and breaks[-1] == len(measured) - 1
        return None if is_new or len(measured) < 2 else measured[-2]

    def _measured(self, measure: Measure) -> list[SchoolYear]:
        return [one for one in self.years if (measure.code, one) in self.own]

    def _breaks(self, measure: Measure) -> Iterator[int]:
        pairs = enumerate(pairwise(self._measured(measure)), 1)
        return (at for at, (before, after) in pairs if self._differ(measure, before, after))

    def _differ(self, measure: Measure, before: SchoolYear, after: SchoolYear) -> bool:
        """Whether two years may not stand in one line: other questions, or a version that its file does not name."""
        versions = {self.versions[measure.code, before], self.versions[measure.code, after]}
        if measure.code in self.broken.get((before, after), ()):
            return True
        return len(versions) > 1 and not versions <= set(measure.chain)


def read_years(actor: Actor, asked: Sequence[Measure], unit: Unit, lists: Asked) -> Years:
    """`lists`: the questionnaires of each year, in order."""
    return years_of(indicators.figures(actor, [one.code for one in asked], [unit], lists), asked, lists)


def years_of(found: Sequence[indicators.Figure], asked: Sequence[Measure], lists: Asked) -> Years:
    """The same of figures that were read already."""
    versions = {(one.code, one.year): one.version for one in found}  # in order, so the newest
    mixed = {
        (one.code, one.year) for one in found if one.is_mixed or one.version < versions[one.code, one.year]
    }
    by_code = {one.code: one for one in asked}
    return Years(list(lists), by_code, by_year(found), versions, mixed, broken_between(asked, lists))
