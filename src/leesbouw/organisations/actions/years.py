"""What a location was in a school year: written once, corrected until the year is closed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import in_chunks, write_transaction
from leesbouw.core.time import SchoolYear, on_day

from ..models import LibraryArea, Location, LocationYear


@dataclass(frozen=True, slots=True)
class YearRow:
    """Numbers of one location in one year. Empty fields leave what is known."""

    location_id: int
    pupils: int | None = None
    by_year_group: dict[str, int] = field(default_factory=dict)
    by_age: dict[str, int] = field(default_factory=dict)
    weight: Decimal | None = None
    counted_on: date | None = None
    board_id: int | None = None  # whose it was then, where a file of an earlier year says so
    municipality_id: int | None = None


def write_location_years(
    rows: Iterable[YearRow], *, year: SchoolYear, by: Actor, source: str = "", run: str = ""
) -> dict[int, int]:
    """Writes the year of each location with the board, municipality and library it has now, unless the row says others.

    Returns ids by location. A year that is closed stays as it was, and so does who a location belonged to in a year
    that was written before.
    """
    rows = list({row.location_id: row for row in rows}.values())
    written: dict[int, int] = {}
    for chunk in in_chunks(rows):
        with write_transaction():
            written.update(_write(chunk, year, source))
    if written:
        with write_transaction():
            record(
                by=by,
                verb="organisations.write_location_years",
                count=len(written),
                run=run,
                data={"year": str(year)},
            )
    return written


def years_to_come(locations: Sequence[Location]) -> None:
    """School years that were written and have not begun follow the board and municipality of now, inside the caller's
    write; what has begun stays as it was."""
    rows = LocationYear.objects.filter(
        location__in=locations, year__gt=SchoolYear.running(), closed_on=None
    ).select_related("location")
    changed = []
    for row in rows:
        now = (row.location.board_id, row.location.municipality_id)
        if (row.board_id, row.municipality_id) != now:
            row.board_id, row.municipality_id = now
            changed.append(row)
    if changed:
        LocationYear.objects.bulk_update(changed, ["board", "municipality"])


def _write(rows: Iterable[YearRow], year: SchoolYear, source: str) -> dict[int, int]:
    rows = list(rows)
    ids = [row.location_id for row in rows]
    places = (
        Location.objects.filter(pk__in=ids)
        .order_by()
        .values_list("pk", "board_id", "municipality_id", named=True)
    )
    locations = {place.pk: place for place in places}
    known = {row.location_id: row for row in LocationYear.objects.filter(location__in=ids, year=year)}
    day = max(year.starts_on, min(year.ends_on, date(year.first, 10, 1)))
    serving = dict(LibraryArea.objects.filter(on_day(day)).values_list("municipality_id", "library_id"))
    fresh, changed = [], []
    for row in rows:
        location = locations[row.location_id]
        item = known.get(row.location_id)
        if item is None:
            item = LocationYear(
                location_id=location.pk,
                year=year,
                board_id=row.board_id or location.board_id,
                municipality_id=row.municipality_id or location.municipality_id,
                library_id=serving.get(row.municipality_id or location.municipality_id),
            )
            fresh.append(item)
        elif item.closed_on is None:
            changed.append(item)
        else:
            continue
        _fill(item, row, source)
    LocationYear.objects.bulk_create(fresh)
    LocationYear.objects.bulk_update(
        changed, ["pupils", "pupils_by_year_group", "pupils_by_age", "weight", "counted_on", "source"]
    )
    return {item.location_id: item.pk for item in [*fresh, *changed]}


def _fill(item: LocationYear, row: YearRow, source: str) -> None:
    item.pupils = row.pupils if row.pupils is not None else item.pupils
    item.pupils_by_year_group = row.by_year_group or item.pupils_by_year_group
    item.pupils_by_age = row.by_age or item.pupils_by_age
    item.weight = row.weight if row.weight is not None else item.weight
    item.counted_on = row.counted_on or item.counted_on
    item.source = source or item.source
