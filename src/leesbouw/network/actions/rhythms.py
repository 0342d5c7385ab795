"""How often the library wants to talk with whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import today
from leesbouw.organisations.models import Unit
from leesbouw.organisations.queries import units_in_scope
from leesbouw.people.models import StaffMember

from ..models import TalkRhythm
from ..permissions import SET_RHYTHM
from ..queries import sector_of, usual_kind

MOST_A_YEAR = 52


@dataclass(frozen=True, slots=True)
class RhythmRow:
    """So many talks a year with a unit at a level; 0 means none at all."""

    library_id: int
    unit_id: int
    level: str
    per_year: int
    kind: str = ""  # empty: the kind that is usual at this level
    staff_id: int | None = None
    guide: str = ""
    starts_on: date | None = None


def set_rhythm(row: RhythmRow, *, by: Actor) -> TalkRhythm:
    """Sets one rhythm; see set_rhythms."""
    return set_rhythms([row], by=by)[0]


def set_rhythms(rows: Sequence[RhythmRow], *, by: Actor, run: str = "") -> list[TalkRhythm]:
    """Sets rhythms; one that held for the same unit, level and kind changes. One event for all.

    Raises NotAllowed out of reach, Sentence for a number that cannot be meant.
    """
    require(by, SET_RHYTHM)
    with write_transaction():
        units = _units_in_reach(rows, by)
        rows = [row if row.kind else replace(row, kind=_usual(row, units)) for row in rows]
        known = {
            (row.library_id, row.unit_id, row.level, row.kind): row
            for row in TalkRhythm.objects.visible_to(by).filter(
                ends_on=None, unit__in={row.unit_id for row in rows}
            )
        }
        result = []
        for row in rows:
            key = (row.library_id, row.unit_id, row.level, row.kind)
            result.append(_filled(row, known.get(key)))
            known[key] = result[-1]
        TalkRhythm.objects.bulk_create(list({id(row): row for row in result if row.pk is None}.values()))
        for rhythm in result:
            rhythm.save()
        record(
            by=by,
            verb="network.set_rhythms",
            subject=result[0] if len(result) == 1 else None,
            unit_id=next(iter(units)) if len(units) == 1 else None,
            count=len(result),
            run=run,
            data={"per_year": [row.per_year for row in rows][:20]},
        )
        return result


def _usual(row: RhythmRow, units: dict[int, Unit]) -> str:
    unit = units[row.unit_id]
    return usual_kind(unit.kind, sector_of(unit), row.level)


def _units_in_reach(rows: Sequence[RhythmRow], by: Actor) -> dict[int, Unit]:
    staff = {row.staff_id for row in rows if row.staff_id}
    for row in rows:
        if by.kind != "system" and row.library_id not in by.libraries:
            raise NotAllowed(SET_RHYTHM)
        if not 0 <= row.per_year <= MOST_A_YEAR:
            raise Sentence(_("Choose a number from 0 to 52 talks a year."))
    units = {unit.pk: unit for unit in units_in_scope(by).filter(pk__in={row.unit_id for row in rows})}
    if {row.unit_id for row in rows} - set(units):
        raise NotAllowed(SET_RHYTHM)
    if staff and StaffMember.objects.visible_to(by).filter(pk__in=staff).count() != len(staff):
        raise NotAllowed(SET_RHYTHM)
    return units


def _filled(row: RhythmRow, known: TalkRhythm | None) -> TalkRhythm:
    rhythm = known or TalkRhythm(
        library_id=row.library_id,
        unit_id=row.unit_id,
        level=row.level,
        kind=row.kind,
        starts_on=row.starts_on or today(),
    )
    if known is not None:
        rhythm.version += 1
    rhythm.per_year, rhythm.staff_id, rhythm.guide = row.per_year, row.staff_id, row.guide
    return rhythm


def end_rhythms(*, ids: Sequence[int], by: Actor) -> int:
    """Back to the shipped rhythm: these choices of the library end today. Returns how many."""
    require(by, SET_RHYTHM)
    with write_transaction():
        rows = TalkRhythm.objects.visible_to(by).filter(pk__in=ids, ends_on=None)
        ended = list(rows.values_list("pk", "unit"))
        yesterday = today() - timedelta(days=1)
        TalkRhythm.objects.visible_to(by).filter(pk__in=[pk for pk, _unit in ended]).update(ends_on=yesterday)
        if ended:
            record(
                by=by,
                verb="network.end_rhythms",
                unit_id=ended[0][1],
                count=len(ended),
                undo=Undo("network.go_on_with_rhythms", {"ids": [pk for pk, _unit in ended]}),
            )
        return len(ended)


@undo.register("network.go_on_with_rhythms")
def _go_on_with_rhythms(*, ids: Sequence[int], by: Actor) -> None:
    require(by, SET_RHYTHM)
    with write_transaction():
        count = TalkRhythm.objects.visible_to(by).filter(pk__in=ids).update(ends_on=None)
        record(by=by, verb="network.go_on_with_rhythms", count=count)
