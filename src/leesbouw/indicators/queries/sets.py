"""Figures of a set that the actor chose: sums of figures that she sees one by one, and of nothing else.

So a set says nothing that she could not add up herself: no choice, no number of choices and no panel of them opens a
cell that is hidden from her.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit

from ..domain.suppression import kind_of
from ..enums import Reason
from ..models import Published
from .figures import Figure, Hidden, Shown, ids_of, of_breakdown, rows_of, shown_of, visible_units
from .measures import measure
from .parameters import suppression_rules

Side = Mapping[int, Published]  # what each unit of a set shows of a measure in one year
NO_UNIT = 0  # a set is no unit


def chosen_figures(
    actor: Actor,
    code: str | Sequence[str],
    units: Iterable[Unit | int],
    years: Iterable[SchoolYear],
    breakdown: str = "",
    *,
    panel: bool = False,
) -> list[Figure]:
    """As `figures`, of these units together: by code, year and breakdown, where one of them shows something.

    With `panel` the units that show one in both years: of locations their own figures, of levels their own panels. Units
    that lie in one another are counted once only when the set is of one kind; a set of several kinds raises ValueError.
    `left_out` are the units of the set that show nothing. Two queries, whatever the number of figures.
    """
    units = list(units)
    seen, wanted = visible_units(actor, units), ids_of(units)
    kinds = {*seen.values_list("kind", flat=True)}
    if len(kinds) > 1:
        raise ValueError("a set is of one kind of unit")
    rows = rows_of(code, years).filter(of_breakdown(breakdown), band="", hidden="", unit__in=seen)
    by_panel = panel and UnitKind.LOCATION not in kinds
    rows = rows.exclude(panel=0) if by_panel else rows.filter(panel=0)
    sides: dict[tuple[str, SchoolYear, int, str], dict[int, Published]] = {}
    for row in rows:
        side = sides.setdefault((row.code, row.year, row.panel, row.breakdown), {})  # type: ignore[arg-type]
        side[row.unit_id] = row
    if panel:
        return [one for pair in _pairs(sides, by_panel) for one in _panel(*pair, len(wanted))]
    return [
        replace(_figure(part, len(wanted)), is_mixed=len(part) < len(side))
        for _key, side in sorted(sides.items())
        if (part := _of_version(side, {_newest(side)}))
    ]


def _pairs(
    sides: Mapping[tuple[str, SchoolYear, int, str], Side], by_panel: bool
) -> Iterator[tuple[Side, Side]]:
    """What a set shows in a year, and in each year before it."""
    for (code, year, panel, breakdown), now in sorted(sides.items()):
        for earlier in sorted({other for _code, other, *_rest in sides if other < year}):
            if by_panel and panel != earlier.first:
                continue
            before = sides.get((code, earlier, year.first if by_panel else 0, breakdown))
            if before:
                yield now, before


def _panel(now: Side, before: Side, wanted: int) -> Iterator[Figure]:
    """The units that are in both years, when they are enough in both."""
    newest = _newest(now)
    code = next(iter(now.values())).code
    older = {row.measure_version for row in before.values()} & {*measure(code, newest).chain}
    now, before = _of_version(now, {newest}), _of_version(before, {max(older, default=0)})
    both = now.keys() & before.keys()
    if both:
        sides = [{pk: side[pk] for pk in both} for side in (now, before)]
        years: list[SchoolYear] = [next(iter(side.values())).year for side in sides]  # type: ignore[misc]
        found = [_figure(sides[0], wanted, years[1]), _figure(sides[1], wanted, years[0])]
        if all(isinstance(one.result, Shown) for one in found):
            yield from found


def _newest(side: Side) -> int:
    return max(row.measure_version for row in side.values())


def _of_version(side: Side, versions: Collection[int]) -> Side:
    return {pk: row for pk, row in side.items() if row.measure_version in versions}


def _figure(side: Side, wanted: int, panel: SchoolYear | None = None) -> Figure:
    one = next(iter(side.values()))
    result = _of_set(list(side.values()), wanted - len(side))
    return Figure(one.code, one.measure_version, NO_UNIT, one.year, one.breakdown, result, panel)  # type: ignore[arg-type]


def _of_set(rows: Sequence[Published], left_out: int) -> Shown | Hidden:
    of = measure(rows[0].code, rows[0].measure_version)
    minimum = suppression_rules().minimum(
        "library", of.body.population, kind_of(rows[0].breakdown), main=of.body.main
    )
    if not minimum or sum(row.locations for row in rows) < minimum.locations:
        return Hidden(Reason.FEW_LOCATIONS, left_out)
    if sum(row.persons for row in rows) < minimum.persons:
        return Hidden(Reason.FEW_PERSONS, left_out)
    return shown_of(_sum(rows, left_out), of)


def _sum(rows: Sequence[Published], left_out: int) -> Published:
    known = [row.population for row in rows]
    return Published(
        numerator=sum(row.numerator for row in rows),
        denominator=sum(row.denominator for row in rows),
        persons=sum(row.persons for row in rows),
        total=sum(row.total for row in rows),
        sum_squares=sum(row.sum_squares for row in rows),
        population=None if None in known else sum(known),  # type: ignore[arg-type]
        locations=sum(row.locations for row in rows),
        left_out=left_out,
    )
