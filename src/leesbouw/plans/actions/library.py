"""Every write of the library's own year plan."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear, now
from leesbouw.organisations.models import Library

from ..models import LibraryWork
from ..permissions import EDIT_PLANS
from ..queries import may_plan_library


@dataclass(frozen=True, slots=True)
class WorkRow:
    """A line of the library's own year plan as a form or the demo gives it."""

    kind: str
    what: str
    hours: Decimal


def add_library_work(*, library: Library, year: SchoolYear, row: WorkRow, by: Actor) -> LibraryWork:
    """Adds a line. Raises NotAllowed for another library or a year that is over."""
    _check(by, library.pk, year)
    with write_transaction():
        work = LibraryWork.objects.create(unit_id=library.pk, year=year, **asdict(row))
        _tell(by, "plans.add_library_work", work, Undo("plans.drop_library_work", {"id": work.pk}))
        return work


@undo.register("plans.drop_library_work")
def drop_library_work(*, id: int, by: Actor) -> LibraryWork:
    """Takes a line out of the plan. Raises LibraryWork.DoesNotExist or NotAllowed."""
    with write_transaction():
        work = _held(by, id)
        work.dropped_at = now()
        work.save(update_fields=["dropped_at"])
        _tell(by, "plans.drop_library_work", work, Undo("plans.restore_library_work", {"id": work.pk}))
        return work


@undo.register("plans.restore_library_work")
def restore_library_work(*, id: int, by: Actor) -> LibraryWork:
    """Puts a line back."""
    with write_transaction():
        work = _held(by, id)
        work.dropped_at = None
        work.save(update_fields=["dropped_at"])
        _tell(by, "plans.restore_library_work", work)
        return work


def _held(by: Actor, pk: int) -> LibraryWork:
    work: LibraryWork = lock_row(LibraryWork.objects.visible_to(by), pk=pk)
    _check(by, work.unit_id, work.year)
    return work


def _check(by: Actor, library_id: int, year: object) -> None:
    require(by, EDIT_PLANS)
    if by.kind != "system" and not may_plan_library(by, library_id, year):
        raise NotAllowed(EDIT_PLANS)


def _tell(by: Actor, verb: str, work: LibraryWork, undo: Undo | None = None) -> None:
    record(
        by=by,
        verb=verb,
        subject=work,
        unit_id=work.unit_id,
        data={"kind": work.kind, "year": str(work.year)},
        undo=undo,
    )
