"""Reads the figures of one school and what they stand beside, through the one way out of indicators."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations, pairwise

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators import queries as indicators
from leesbouw.indicators.queries import Measure
from leesbouw.organisations.models import ClassGroup, Location, LocationYear, Nation

from ...domain.measuring import rule_of
from ...domain.versions import broken_measures
from ...models import Participation
from ..questionnaires import questionnaire
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
    known = measures_of(participation.round.questionnaires)
    told = {one.body.topic for one in known if one.body.main}
    asked = [one for one in known if one.body.main or one.body.topic in more or one.body.topic not in told]
    codes = [one.code for one in asked]
    lists = _lists(actor, participation)
    years = list(lists)
    broken = broken_between(asked, lists)
    found = indicators.figures(actor, codes, [location], years)
    own, versions = _by_year(found), {(one.code, one.year): one.version for one in found}
    like = _by_year(indicators.comparable_figures(actor, codes, location, [year]))
    groups = _groups(actor, [one.code for one in asked if one.body.main], location, year)
    levels = _levels(actor, codes, location, year)
    return [
        _line(
            one, year, years, own, versions, broken, like, groups.get(one.code, ()), levels.get(one.code, ())
        )
        for one in asked
        if (one.code, year) in own
    ]


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
            code = key.partition("@")[0]
            rules = {one.code: rule_of(one.body.rule) for one in measures}
            rules = {name: rule for name, rule in rules.items() if rule.questionnaire == code}
            broken = broken_measures(rules, questionnaire(old).body, questionnaire(key).body)
            found[before, after] = found.get((before, after), frozenset()) | broken
    return found


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


def _by_year(found: Sequence[indicators.Figure]) -> dict[Key, Result]:
    return {(one.code, one.year): one.result for one in found}


def _groups(actor: Actor, codes: Sequence[str], location: Location, year: SchoolYear) -> dict[str, Labelled]:
    """The main measures by year group; in a school whose groups have no year, by group."""
    found = indicators.figures(actor, codes, [location], [year], BY_YEAR_GROUP)
    names: dict[str, str] = {}
    if not found:
        found = indicators.figures(actor, codes, [location], [year], BY_GROUP)
        rows = ClassGroup.objects.visible_to(actor).filter(location=location, year=year)
        names = {f"{BY_GROUP}:{pk}": name for pk, name in rows.values_list("pk", "name")}
    result: dict[str, list[tuple[str, Result]]] = {}
    for one in found:
        number = one.breakdown.partition(":")[2]
        label = names.get(one.breakdown) or _("group %(number)s") % {"number": number}
        result.setdefault(one.code, []).append((label, one.result))
    return {code: tuple(rows) for code, rows in result.items()}


def _levels(actor: Actor, codes: Sequence[str], location: Location, year: SchoolYear) -> dict[str, Labelled]:
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
    result: dict[str, list[tuple[int, Result]]] = {}
    for one in found:
        result.setdefault(one.code, []).append((order.index(one.unit_id), one.result))
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
    own: Mapping[Key, Result],
    versions: Mapping[Key, int],
    broken: Broken,
    like: Mapping[Key, Result],
    groups: Labelled,
    levels: Labelled,
) -> Line:
    measured = [one for one in years if (measure.code, one) in own]
    breaks = [
        at
        for at, (before, after) in enumerate(pairwise(measured), 1)
        if measure.code in broken.get((before, after), ())
        or not _same_way(measure, versions[measure.code, before], versions[measure.code, after])
    ]
    earlier = [] if breaks and breaks[-1] == len(measured) - 1 else measured[:-1]
    return Line(
        measure=measure,
        own=own[measure.code, year],
        before=own[measure.code, earlier[-1]] if earlier else None,
        comparable=like.get((measure.code, year)),
        years=tuple((one, own[measure.code, one]) for one in measured),
        groups=groups,
        levels=levels,
        breaks=tuple(breaks),
    )


def _same_way(measure: Measure, before: int, after: int) -> bool:
    """Whether two versions of a measure may stand in one line: the same, or ones that its file says are comparable."""
    return before == after or {before, after} <= set(measure.chain)
