"""From the cells of all locations to the rows of every level: one measure at a time, in chunks."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.db.models import Q

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import Asked, add_rows, in_chunks, insert_rows, write_transaction
from leesbouw.core.jobs import Job, State, enqueue
from leesbouw.core.registry import Registry
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import UnitKind

from ..domain.suppression import (
    ALONE,
    TREE,
    Counted,
    MadeBy,
    Place,
    Publication,
    Publisher,
    Row,
    counting,
    enough_makers,
    key_of,
    kind_of,
    makers_of,
    panel,
    pool_of,
    standing_alone,
)
from ..enums import Reason
from ..models import BlockMember, Published
from ..queries.cells import SUMS, RawCell, blocks_of, cells_of, codes_of_year, places_of, year_groups_at
from ..queries.measures import measure
from ..queries.parameters import publisher_of
from .findings import finders
from .linking import publish_links

PUBLISH_JOB = "indicators.publish"
KEY = ("unit", "year", "code", "measure_version", "breakdown", "band", "panel")
STORED = (*KEY, *SUMS, "hidden", "locations", "left_out")
PANELS = (1, 2)  # years back: who measures every year, and who measures every other year
LEVELS = Asked(  # the rows above the locations that a publication of a year writes
    lambda: (
        Published.objects.filter(code="")
        .filter(year__in=[SchoolYear(2000 - back) for back in (0, *PANELS)])
        .exclude(unit__kind=UnitKind.LOCATION)
        .filter(Q(year=SchoolYear(2000), panel__lt=0) | Q(year__lt=SchoolYear(2000), panel=0))
        .order_by()
        .values_list("pk", *STORED)
    )
)
# Of a measure that is somebody's work: from a year to whose work the number of each location is.
makers: Registry[Callable[[SchoolYear], MadeBy]] = Registry("whose work a measure is")
Numbers = Mapping[tuple[int, str], RawCell]  # by location and breakdown


def queue_publication(*, year: SchoolYear, by: Actor) -> Job:
    """Has every measure of a year published by the worker.

    Sixty schools that close together are one publication: one that waits still sees all that is there when it begins.
    """
    args = {"year": year.first}
    with write_transaction():
        waiting = Job.objects.select_for_update(skip_locked=True).filter(kind=PUBLISH_JOB, state=State.QUEUED)
        found = next((one for one in waiting.order_by("pk") if one.args == args), None)
        return found or enqueue(PUBLISH_JOB, by=by, args=args)


def publish(
    *,
    year: SchoolYear,
    by: Actor,
    measures: Sequence[str] | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> int:
    """Makes the blocks and the rows of every level of these measures, or of all that have cells in the year; then what
    stands out in them.

    A location counts as soon as its cells are there, which is when it has closed. Returns how many rows there are.
    """
    codes = list(measures) if measures is not None else codes_of_year(year)
    places = {one: places_of(one) for one in (year, *(SchoolYear(year.first - back) for back in PANELS))}
    measured = {one: frozenset(codes_of_year(one)) for one in places if one != year}
    years, count = year_groups_at(places[year], year), 0
    moved: dict[str, set[str]] = {}  # code → the bands of comparable schools whose figures changed
    for number, code in enumerate(codes):
        if progress:
            progress(number, len(codes))
        rows: list[Published] = []
        now = cells_of(code, year)
        for version, cells in sorted(now.items()):
            rows += _version_rows(code, version, year, cells, places[year], years)
        if code not in makers:  # there are no panels of what is somebody's work
            rows += _panel_rows(code, year, now, places, [one for one in measured if code in measured[one]])
        count += len(rows)
        if bands := _write(code, year, rows):
            moved[code] = bands
    publish_links(year=year, places=places[year], codes=codes)
    with write_transaction():
        record(
            by=by, verb="indicators.publish", count=count, data={"year": str(year), "measures": len(codes)}
        )
    bands = {band for those in moved.values() for band in those}
    beside = {one.location for one in places[year].values() if one.band in bands}
    for find in finders.values():
        find(year=year, locations=beside, codes=frozenset(moved), by=by)
    return count


def _version_rows(
    code: str,
    version: int,
    year: SchoolYear,
    cells: list[RawCell],
    places: Mapping[int, Place],
    years: Mapping[str, frozenset[int]],
) -> list[Published]:
    numbers = {(cell.location_id, cell.breakdown): cell for cell in cells}
    publisher = publisher_of(measure(code, version))
    told = makers.get(code)
    made_by = told(year) if told else None
    if made_by is not None:
        kept = counting(places, made_by, publisher.fewest_makers)
        cells = [cell for cell in cells if cell.location_id in kept]
    blocks = blocks_of(code, version, year)
    found = publisher.publish(_persons(cells), years, places, blocks)
    _keep_blocks(code, version, year, found, are_there=bool(blocks))
    return list(_level_rows(code, version, year, numbers, found, publisher, places, made_by))


def _persons(cells: Iterable[RawCell]) -> dict[int, dict[str, int]]:
    persons: dict[int, dict[str, int]] = {}
    for cell in cells:
        persons.setdefault(cell.location_id, {})[cell.breakdown] = cell.persons
    return persons


def _keep_blocks(code: str, version: int, year: SchoolYear, found: Publication, *, are_there: bool) -> None:
    members = [
        BlockMember(
            location_id=location, year=year, code=code, measure_version=version, kind=kind, block=min(block)
        )
        for kind, blocks in found.blocks.items()
        for block in blocks
        for location in sorted(block)
    ]
    if not members and not are_there:
        return
    with write_transaction():
        known = BlockMember.objects.trusted("blocks stay as they were")
        known.filter(code=code, measure_version=version, year=year).delete()
        add_rows(members)


def _level_rows(
    code: str,
    version: int,
    year: SchoolYear,
    numbers: Numbers,
    found: Publication,
    publisher: Publisher,
    places: Mapping[int, Place],
    made_by: MadeBy | None,
) -> Iterator[Published]:
    """The rows that are there, and a hidden one for every unit whose locations took part and do not count."""
    blank = {"year": year, "code": code, "measure_version": version}
    there: dict[tuple[object, object, str], Row] = {
        (row.level, row.key, row.breakdown): row for row in found.rows
    }
    for (level, key, breakdown), took_part in _took_part(numbers, places, publisher).items():
        row = there.get((level, key, breakdown))
        unit_id = key if isinstance(key, int) else places[min(took_part)].nation
        result = Published(
            unit_id=unit_id, band=key if isinstance(key, str) else "", breakdown=breakdown, **blank
        )
        whose = makers_of(row.locations if row else took_part, made_by or {})
        if made_by is not None and not enough_makers(whose, publisher.fewest_makers):
            result.hidden, result.locations = Reason.FEW_MAKERS, 0
            result.left_out = len(took_part)
        elif row is None or row.too_few:
            result.hidden, result.locations = Reason.FEW_LOCATIONS, 0
            result.left_out = len(took_part)
        else:
            _add_up(result, [numbers[location, breakdown] for location in sorted(row.locations)])
            result.left_out = len(took_part - row.locations)
        yield result


def _took_part(
    numbers: Numbers, places: Mapping[int, Place], publisher: Publisher
) -> dict[tuple[str, int | str, str], set[int]]:
    """The locations with a cell, by level, key and breakdown, where such a figure may be shown at all."""
    result: dict[tuple[str, int | str, str], set[int]] = {}
    levels = {
        kind: publisher.minima(kind) for kind in {kind_of(breakdown) for _location, breakdown in numbers}
    }
    for (location, breakdown), cell in numbers.items():
        place = places.get(location)
        if place is None or not cell.persons:
            continue
        for level in levels[kind_of(breakdown)]:
            if key := key_of(place, level):
                result.setdefault((level, key, breakdown), set()).add(location)
    return result


def _add_up(row: Published, cells: Sequence[RawCell]) -> None:
    for name in SUMS[:-1]:
        setattr(row, name, sum(getattr(cell, name) for cell in cells))
    known = [cell.population for cell in cells]
    row.population = None if None in known else sum(known)  # type: ignore[arg-type]
    row.locations = len(cells)


def _panel_rows(
    code: str,
    year: SchoolYear,
    now: Mapping[int, list[RawCell]],
    places: Mapping[SchoolYear, Mapping[int, Place]],
    before_it: Iterable[SchoolYear],
) -> Iterator[Published]:
    """Equal panels: figures of this year and an earlier one, each of the same locations (`suppression.panels`)."""
    for earlier in sorted(before_it):
        before = cells_of(code, earlier)
        for version, cells in sorted(now.items()):
            old = next(
                (one for one in sorted(before, reverse=True) if one in measure(code, version).chain), None
            )
            if old is not None:
                one = _Side(code, year, version, cells, places[year])
                yield from _panel(one, _Side(code, earlier, old, before[old], places[earlier]))


@dataclass(frozen=True, slots=True)
class _Side:
    """One of the two years of a panel."""

    code: str
    year: SchoolYear
    version: int
    cells: list[RawCell]
    places: Mapping[int, Place]

    def counted(self, publisher: Publisher) -> Counted:
        persons = max((one.persons for one in publisher.minima(ALONE).values()), default=0)
        inside = {one: publisher.look_inside(counts, {}) for one, counts in _persons(self.cells).items()}
        alone = {one: inside[one].parts[ALONE][ALONE] for one in standing_alone(inside, persons)}
        blocks = blocks_of(self.code, self.version, self.year).get(ALONE, [])
        return Counted(alone, blocks, self.places)


def _panel(one: _Side, other: _Side) -> Iterator[Published]:
    publisher = publisher_of(measure(one.code, one.version))
    minima = {level: minimum.locations for level, minimum in publisher.minima(ALONE).items()}
    sides = (one.counted(publisher), other.counted(publisher))
    in_tree = panel(*sides, partial(pool_of, within_library=False), publisher.fewest_in_pool)
    of_boards = panel(*sides, partial(key_of, level="board"), minima.get("board", 1))
    for level, fewest in minima.items():
        if level not in TREE and level != "board":
            continue
        by_key: dict[int, set[int]] = {}
        for location in sorted(frozenset().union(*(in_tree if level in TREE else of_boards).values())):
            if (key := key_of(one.places[location], level)) and isinstance(key, int):
                by_key.setdefault(key, set()).add(location)
        for key, members in by_key.items():
            if len(members) >= fewest:
                yield _panel_row(key, one, other, members)
                yield _panel_row(key, other, one, members)


def _panel_row(unit_id: int, one: _Side, other: _Side, members: Container[int]) -> Published:
    row = Published(
        unit_id=unit_id, year=one.year, panel=other.year.first, code=one.code, measure_version=one.version
    )
    _add_up(row, [cell for cell in one.cells if cell.breakdown == ALONE and cell.location_id in members])
    return row


def _write(code: str, year: SchoolYear, rows: list[Published]) -> set[str]:
    """Writes what changed over what was there; what is no row any more goes. Returns the bands of comparable schools
    whose figures changed."""
    fresh = {_values(row): row for row in rows}
    was = {tuple(values): pk for pk, *values in _there(code, year)}
    new = [row for row in fresh if row not in was]
    keys = {row[: len(KEY)] for row in fresh}
    gone = {row: pk for row, pk in was.items() if row[: len(KEY)] not in keys}
    for chunk in in_chunks(new):
        with write_transaction():
            insert_rows(Published, STORED, chunk, over=KEY)
    for stale in in_chunks(sorted(gone.values())):
        with write_transaction():
            Published.objects.filter(pk__in=stale).delete()
    band = KEY.index("band")
    return {row[band] for row in (*new, *gone) if row[band]}


def _values(row: Published) -> tuple[Any, ...]:
    """The values of a row as they are stored, in the order of `STORED`."""
    year: SchoolYear = row.year  # type: ignore[assignment]
    hidden = str(row.hidden)  # a reason and its text are equal, and have different places in a set
    return (
        row.unit_id,
        year.first,
        *(getattr(row, name) for name in STORED[2:-3]),
        hidden,
        row.locations,
        row.left_out,
    )


def _there(code: str, year: SchoolYear) -> list[tuple[Any, ...]]:
    now = year.first
    years = [now - back for back in (0, *PANELS)]
    return LEVELS.rows(code, *years, UnitKind.LOCATION.value, now, now, now, now)
