"""Every write about who does what between library and school."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import uuid4

from leesbouw.core.access import Actor
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, write_transaction
from leesbouw.core.time import SchoolYear, now
from leesbouw.organisations.models import Location, Unit

from ..domain.tasks import Said, changed_tasks
from ..enums import Side
from ..models import TaskAgreement, TaskShare
from ..queries import Begun, Division, division_of, my_side
from .goals import check_plan_reach

OWN_TASK = "eigen-"  # before the code of a task that a location added


def divide_tasks(
    *,
    unit: Location,
    year: SchoolYear,
    said: Mapping[str, Said],
    by: Actor,
    own: str = "",
    own_side: Side = Side.TOGETHER,
) -> Division:
    """Writes down whose each task is in a year; a task that `said` leaves out stays as it is. `own` adds a task of the
    location itself; an own task that nobody does any more goes.

    The first time the whole list is written, as it was carried or shipped. Only what is different gets the name and the
    moment of who changed it. Raises NotAllowed for a location out of reach or a year that is over.
    """
    check_plan_reach(by, unit, year)
    with write_transaction():
        hold_row(Unit, unit.pk)
        before = division_of(by, unit, year)
        stood = {line.code: Said(line.side, line.note) for line in before.lines}
        after = stood | {code: one for code, one in said.items() if code in stood}
        changed = changed_tasks(stood, after)
        if before.begun is not Begun.WRITTEN:
            _write_out(before, unit, by)
        rows = {row.code: row for row in TaskShare.objects.visible_to(by).filter(unit=unit.pk, year=year)}
        for line in before.lines:
            if line.code not in changed and line.code in rows:
                continue
            if line.is_own and not after[line.code].side:
                rows[line.code].delete()
                continue
            row = rows.get(line.code) or TaskShare(unit_id=unit.pk, year=year, code=line.code)
            row.side, row.note = after[line.code].side, after[line.code].note
            _signed(row, by)
        if own:
            code = f"{OWN_TASK}{uuid4().hex[:12]}"
            _signed(TaskShare(unit_id=unit.pk, year=year, code=code, text=own, side=own_side), by)
        count = len(changed) + bool(own)
        if count or before.begun is not Begun.WRITTEN:
            data = {"year": str(year), "tasks": sorted(changed)}
            record(by=by, verb="plans.divide_tasks", subject=unit, unit_id=unit.pk, count=count, data=data)
        return division_of(by, unit, year)


def _signed(row: TaskShare, by: Actor) -> None:
    row.changed_at, row.changed_by_id, row.changed_by = now(), by.user_id, by.name
    row.save()


def _write_out(division: Division, unit: Location, by: Actor) -> None:
    """A list that was carried or shipped becomes that of this year. What was carried keeps who said it."""
    TaskShare.objects.bulk_create(
        TaskShare(
            unit_id=unit.pk,
            year=division.year,
            code=line.code,
            text=line.text if line.is_own else "",
            side=line.side,
            note=line.note,
            changed_at=line.changed_at or now(),
            changed_by_id=None if line.changed_at else by.user_id,
            changed_by=line.changed_by or by.name,
        )
        for line in division.lines
    )


def agree_tasks(*, unit: Location, year: SchoolYear, by: Actor) -> TaskAgreement:
    """The side of the actor agrees with the list as it is; the first time it becomes that of this year. Raises
    NotAllowed for a location out of reach or a year that is over."""
    check_plan_reach(by, unit, year)
    with write_transaction():
        if division_of(by, unit, year).begun is not Begun.WRITTEN:
            divide_tasks(unit=unit, year=year, said={}, by=by)
        side = my_side(by)
        hold_row(Unit, unit.pk)
        told = TaskAgreement.objects.visible_to(by).filter(unit=unit.pk, year=year, side=side).first()
        row = told or TaskAgreement(unit_id=unit.pk, year=year, side=side)
        row.agreed_at, row.agreed_by_id, row.agreed_by = now(), by.user_id, by.name
        row.save()
        data = {"year": str(year), "side": str(side)}
        record(by=by, verb="plans.agree_tasks", subject=unit, unit_id=unit.pk, data=data)
        return row
