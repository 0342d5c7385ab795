"""The library's own year plan: its own work beside the sum of its locations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Library

from ..enums import LibraryWorkKind
from ..models import LibraryWork
from ..permissions import EDIT_PLANS
from .routes import library_of, works_at_library
from .yearplans import ConsultantLoad


@dataclass(frozen=True, slots=True)
class WorkOfKind:
    """The lines of one kind; empty for what nobody planned, so that one sees it is missing."""

    kind: LibraryWorkKind
    rows: Sequence[LibraryWork]

    @property
    def hours(self) -> Decimal:
        return sum((row.hours for row in self.rows), Decimal(0))


@dataclass(frozen=True, slots=True)
class LibraryPlan:
    """What a year asks of the library: for its locations, and of its own; `available` hours were agreed for locations."""

    library_id: int
    kinds: Sequence[WorkOfKind]
    of_locations: Decimal
    available: Decimal

    @property
    def own(self) -> Decimal:
        return sum((one.hours for one in self.kinds), Decimal(0))

    @property
    def total(self) -> Decimal:
        return self.own + self.of_locations


def library_plan(actor: Actor, year: SchoolYear, loads: Sequence[ConsultantLoad]) -> LibraryPlan | None:
    """The plan of the actor's library; None for who works elsewhere. Two queries beside `loads`."""
    library = library_of(actor) if works_at_library(actor) else None
    if library is None:
        return None
    rows = list(LibraryWork.objects.visible_to(actor).filter(unit=library, year=year, dropped_at=None))
    kinds = [WorkOfKind(kind, [row for row in rows if row.kind == kind]) for kind in LibraryWorkKind]
    needed = sum((one.needed for one in loads), Decimal(0))
    available = sum((one.available or Decimal(0) for one in loads), Decimal(0))
    return LibraryPlan(library, kinds, needed, available)


def library_to_plan(actor: Actor, year: SchoolYear) -> Library | None:
    """The actor's own library, if she may write at its year plan of this year."""
    library = library_of(actor)
    if library is None or not may_plan_library(actor, library, year):
        return None
    return Library.objects.visible_to(actor).filter(pk=library).first()


def library_work_by_id(actor: Actor, pk: int) -> LibraryWork:
    """A line of the library's own work that stands. Raises LibraryWork.DoesNotExist."""
    return LibraryWork.objects.visible_to(actor).get(pk=pk, dropped_at=None)


def may_plan_library(actor: Actor, library_id: int, year: object) -> bool:
    """Who works at the library and writes plans, in the running school year and the next."""
    own = works_at_library(actor) and library_id in actor.libraries
    return actor.may(EDIT_PLANS) and own and year in (SchoolYear.running(), SchoolYear.running().next)
