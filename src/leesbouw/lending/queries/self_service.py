"""A tablet on which children help themselves: which one it is, the classes and tiles of its school, and one child's books."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from leesbouw.accounts.domain import hashed
from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.models import ClassGroup
from leesbouw.organisations.queries import agreements_on
from leesbouw.pupils.models import ClassSession, Enrolment
from leesbouw.pupils.queries.classes import YOUNG, Tile, class_lines, tile_with
from leesbouw.pupils.queries.pictures import without_cards

from ..domain.borrowers import Borrower
from ..enums import BorrowerKind
from ..models import DeskDevice
from .desk import Desk, device_actor, open_loans_of
from .words import day_words, group_words


def tablet_of(token: str) -> Desk | None:
    """The tablet with this secret, while the school works with Leesbouw and nobody closed it."""
    if not token:
        return None
    rows = DeskDevice.objects.trusted("which desk this is").select_related("location")
    row = rows.filter(
        token_hash=hashed(token), is_self=True, revoked_at=None, location__closed_on=None
    ).first()
    if row is None or not agreements_on([row.location_id], today()):
        return None
    place = row.location
    return Desk(device_actor(row.pk, place.pk, place.code), place.pk, place.code, place.name, row.pk)


def class_at(desk: Desk) -> list[tuple[int, str]]:
    """The groups of this year, as the tablet shows them."""
    rows = ClassGroup.objects.filter(location=desk.location_id, year=SchoolYear.running())
    return [(group.pk, group_words(group.name)) for group in rows.order_by("name", "pk")]


def opened(desk: Desk, group_id: int) -> ClassSession | None:
    """A group as this tablet sees it: a class that no teacher opened, with tokens of this device alone. Never stored."""
    rows = ClassGroup.objects.filter(location=desk.location_id, year=SchoolYear.running())
    group = rows.filter(pk=group_id).select_related("location").first()
    return ClassSession(group=group, code=f"t{desk.device}"[:8]) if group else None


def tile_at(desk: Desk, group_id: int, token: str) -> Tile | None:
    session = opened(desk, group_id)
    return tile_with(session, token) if session else None


@dataclass(frozen=True, slots=True)
class Helper:
    """A child that is in at a tablet."""

    pupil_id: int
    name: str
    year_group: int | None

    @property
    def is_young(self) -> bool:
        """Whether its page must do without reading."""
        return self.year_group is not None and self.year_group <= YOUNG

    def books(self, desk: Desk) -> list[dict[str, Any]]:
        """What it has now."""
        lines = open_loans_of(desk, Borrower(BorrowerKind.PUPIL, self.pupil_id))
        return [{"title": one["title"], "day": day_words(one["due"]), "late": one["late"]} for one in lines]


def helper_of(desk: Desk, pupil_id: int) -> Helper | None:
    """The child, as long as it is in a group of this school."""
    there = Enrolment.objects.trusted("who is in front of the desk of her own school").filter(
        on_day(today()), pupil=pupil_id, pupil__location=desk.location_id, pupil__left_on=None
    )
    row = there.select_related("pupil", "group").first()
    if row is None:
        return None
    years = row.group.year_groups
    year = row.year_group or (years[0] if len(years) == 1 else None)
    return Helper(row.pupil_id, row.pupil.first_name, year)


def has_tablet(location_id: int) -> bool:
    """Whether children of a school help themselves at a tablet."""
    rows = DeskDevice.objects.trusted("whether a school has a tablet for its children")
    return rows.filter(location=location_id, is_self=True, revoked_at=None).exclude(paired_at=None).exists()


def tablet_waits_for(location_id: int, groups: Sequence[int]) -> dict[int, int]:
    """Group id → how many of its children cannot come in at the tablet of their school, since they have no card."""
    return without_cards(groups) if has_tablet(location_id) else {}


def groups_tablet_waits_for(actor: Actor) -> list[tuple[ClassGroup, int]]:
    """The groups somebody teaches of which children have no card yet, while a tablet asks for their pictures."""
    if not has_tablet(actor.unit_id or 0):
        return []
    own = [line.group for line in class_lines(actor) if line.is_own]
    waiting = without_cards([group.pk for group in own])
    return [(group, waiting[group.pk]) for group in own if group.pk in waiting]
