"""Who is at a desk, and what it shows: the children of the school, what somebody has now, and the words of a scan."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from leesbouw.accounts.domain import hashed
from leesbouw.core.access import Actor
from leesbouw.core.db import Asked
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.domain import display_names
from leesbouw.pupils.models import Enrolment, Pupil
from leesbouw.pupils.queries import present

from ..domain.borrowers import Borrower
from ..enums import BorrowerKind
from ..models import DeskDevice, DeskVolunteer, Loan
from ..permissions import LEND
from .words import group_words

SHOWN = 60  # open loans on the screen; a teacher's stack is longer


@dataclass(frozen=True, slots=True)
class Desk:
    """Where somebody stands: the school, and the actor for whom everything is done. `device` 0 is a signed-in user."""

    actor: Actor
    location_id: int
    code: str
    name: str
    device: int = 0
    volunteer: int = 0


NAMES = ("pk", "location_id", "location__base__code", "location__base__name", "volunteer_name")
DEVICES = Asked(
    lambda: (
        DeskDevice.objects.trusted("which desk this is")
        .annotate(
            volunteer_name=Subquery(
                DeskVolunteer.objects.trusted("which desk this is")
                .filter(pk=0)
                .filter(location=OuterRef("location_id"))
                .order_by()
                .values("name")
            )
        )
        .filter(token_hash="")
        .filter(is_self=False)
        .filter(revoked_at=None)
        .filter(location__closed_on=None)
        .order_by()
        .values_list(*NAMES)
    )
)


def desk_of_device(token: str, volunteer_id: int) -> tuple[Desk, bool] | None:
    """The desk with this secret, and whether this volunteer may be there. One query."""
    rows = DEVICES.rows(volunteer_id, hashed(token)) if token else []
    if not rows:
        return None
    pk, location_id, code, name, volunteer = rows[0]
    actor = device_actor(pk, location_id, code, volunteer or "")
    return Desk(actor, location_id, code, name, pk, volunteer_id), volunteer is not None


def device_actor(pk: int, location_id: int, code: str, name: str = "") -> Actor:
    """A paired device: it lends at its own school and nothing else."""
    return Actor(
        kind="device",
        role=f"desk-{pk}",
        permissions=frozenset({LEND}),
        unit_id=location_id,
        unit_kind=UnitKind.LOCATION,
        unit_code=code,
        locations=frozenset({location_id}),
        name=name,
    )


def desk_of_actor(actor: Actor, code: str = "") -> Desk | None:
    """The desk of who signed in: her own school, or the one of her library that she chose."""
    if not actor.may(LEND) or not isinstance(actor.locations, frozenset):
        return None
    if actor.unit_kind == UnitKind.LOCATION:
        code = actor.unit_code
    rows = Location.objects.visible_to(actor).filter(pk__in=actor.locations, closed_on=None)
    row = rows.filter(code=code).first() if code else None
    return Desk(actor, row.pk, row.code, row.name) if row else None


def places_for_desk(actor: Actor) -> list[Location]:
    """Where somebody of a library may stand at the desk."""
    if not actor.may(LEND) or not isinstance(actor.locations, frozenset):
        return []
    rows = Location.objects.visible_to(actor).filter(pk__in=actor.locations, closed_on=None)
    return list(rows.order_by("name"))


def device_with(token: str) -> DeskDevice | None:
    """The row of a desk, for opening it."""
    rows = DeskDevice.objects.trusted("which desk this is").select_related("location")
    return rows.filter(token_hash=hashed(token), is_self=False, revoked_at=None).first() if token else None


def volunteers_at(device: DeskDevice) -> list[DeskVolunteer]:
    """Who may open this desk, by name."""
    rows = DeskVolunteer.objects.trusted("who may open a desk of this school")
    return list(rows.filter(location=device.location_id).order_by("name", "pk"))


def desks_at(actor: Actor, location: Location) -> list[DeskDevice]:
    """The desks of a school that hold or wait to be paired."""
    return list(DeskDevice.objects.visible_to(actor).filter(location=location, revoked_at=None))


def volunteers_of(actor: Actor, location: Location) -> list[DeskVolunteer]:
    return list(DeskVolunteer.objects.visible_to(actor).filter(location=location))


@dataclass(frozen=True, slots=True)
class Face:
    """A name to press: a child, or a class as a whole."""

    id: str  # a borrower in words
    name: str
    group: int | None
    year_group: int | None = None  # of a child


@dataclass(frozen=True, slots=True)
class Room:
    """Everybody who borrows at a school: groups with their names, and who is in them."""

    groups: list[tuple[int, str]]
    faces: list[Face]

    def in_group(self, group: int | None) -> list[Face]:
        return [face for face in self.faces if face.group == group]


def room_of(desk: Desk, *, with_children: bool = True) -> Room:
    """Names for a desk of this school: what to call each child among all of the school. Three queries."""
    groups = ClassGroup.objects.filter(location=desk.location_id, year=SchoolYear.running())
    named = [(group.pk, group_words(group.name)) for group in groups]
    faces: list[Face] = []
    if with_children:
        children = Pupil.objects.trusted("names of the children for the desk of their own school")
        rows = children.filter(present(), location=desk.location_id)
        names = display_names((row.pk, row.first_name, row.infix, row.last_name) for row in rows)
        where = Enrolment.objects.trusted("names of the children for the desk of their own school")
        columns = ("pupil", "group", "year_group", "group__year_groups")
        rooms = where.filter(on_day(today()), pupil__in=list(names)).order_by("starts_on", "pk")
        at = {
            pk: (group, year or (years[0] if len(years) == 1 else None))
            for pk, group, year, years in rooms.values_list(*columns)
        }
        faces = [
            Face(str(Borrower(BorrowerKind.PUPIL, pk)), name, *at.get(pk, (None, None)))
            for pk, name in names.items()
        ]
    faces += [Face(str(Borrower(BorrowerKind.GROUP, pk)), name, pk) for pk, name in named]
    return Room(named, faces)


def open_loans_of(desk: Desk, who: Borrower) -> list[dict[str, Any]]:
    """What who stands in front of the desk has now: title, barcode and day, the first to come back on top."""
    rows = Loan.objects.visible_to(desk.actor).filter(
        location=desk.location_id, ended_at=None, **{who.kind.value: who.id}
    )
    rows = rows.order_by("due_on", "pk").values_list(
        "copy", "copy__barcode", "title__title", "due_on", "lost_on"
    )
    return [
        {
            "copy": copy,
            "barcode": code,
            "title": title,
            "due": due_on,
            "late": due_on < today(),
            "lost": bool(lost),
        }
        for copy, code, title, due_on, lost in rows[:SHOWN]
    ]
