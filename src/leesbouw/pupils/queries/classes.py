"""Classes that their teacher opens, the tiles of their children, and who a child is once it came in."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.codes import read_code
from leesbouw.core.registry import own_groups
from leesbouw.core.time import SchoolYear, now, on_day, today
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.organisations.queries import agreements_on

from ..domain import CODE_LENGTH, MISSES, read_back, tile_names
from ..enums import ANIMALS, Picture
from ..models import ClassSession, Enrolment, PictureKey, Pupil
from ..permissions import KEEP_BOOKS, OPEN_CLASS
from .lists import group_sizes, present

YOUNG = 4  # up to this year group a page must do without reading


@dataclass(frozen=True, slots=True)
class ClassLine:
    """A group that somebody may open, and the class of now when it is open. `is_own`: she teaches it."""

    group: ClassGroup
    pupils: int
    session: ClassSession | None = None
    is_own: bool = False

    @property
    def is_open(self) -> bool:
        return self.session is not None and self.session.is_open()


@dataclass(frozen=True, slots=True)
class Tile:
    """A child as its class sees it. `token` names it in addresses of this class alone; outside it says nothing."""

    token: str
    name: str
    pupil: Pupil
    key: PictureKey | None

    @property
    def animal(self) -> str:
        return ANIMALS[(self.key.avatar if self.key else 0) % len(ANIMALS)]

    @property
    def colour(self) -> int:
        return (self.key.avatar if self.key else 0) // len(ANIMALS) + 1

    @property
    def has_card(self) -> bool:
        """Whether the pictures stand on a card, so that somebody can have told them to the child."""
        return self.key is not None and self.key.printed_at is not None

    @property
    def asks(self) -> bool:
        """Whether the child tried so often that the teacher must let it in."""
        return self.key is not None and self.key.misses >= MISSES

    def may_come_in(self, at: datetime | None = None) -> bool:
        """Whether the teacher let the child in a moment ago."""
        until = self.key.let_in_until if self.key else None
        return until is not None and (at or now()) < until


def picture_secret() -> bytes:
    """The key of every digest of pictures; made from the secret of this installation."""
    return hmac.new(settings.SECRET_KEY.encode(), b"pictures of pupils", hashlib.sha256).digest()


def class_lines(actor: Actor) -> list[ClassLine]:
    """The groups of this year at one's own school, those one teaches on top. Nothing where no child may be kept."""
    if not actor.may(OPEN_CLASS) or actor.unit_kind != UnitKind.LOCATION:
        return []
    places = agreements_on(list(actor.locations), today())  # type: ignore[arg-type]
    groups = list(
        ClassGroup.objects.visible_to(actor)
        .filter(location__in=list(places), location=actor.unit_id, year=SchoolYear.running())
        .select_related("location")
        .order_by("name", "pk")
    )
    sizes = group_sizes([group.pk for group in groups])
    running = {
        row.group_id: row
        for row in ClassSession.objects.visible_to(actor).filter(
            group__in=groups, ended_at=None, ends_at__gt=now()
        )
    }
    taught = {pk for source in own_groups.values() for pk in source(actor)}
    lines = [
        ClassLine(group, sizes.get(group.pk, 0), running.get(group.pk), group.pk in taught)
        for group in groups
    ]
    return sorted(lines, key=lambda line: not line.is_own)


def class_line(actor: Actor, group_id: int) -> ClassLine:
    """One of them. Raises ClassGroup.DoesNotExist."""
    line = next((line for line in class_lines(actor) if line.group.pk == group_id), None)
    if line is None:
        raise ClassGroup.DoesNotExist
    return line


def may_see_reading(actor: Actor, line: ClassLine) -> bool:
    """Whether what the children of a group read is for this actor: her own group, or she keeps the books of the school.

    Any teacher of the school may open a class, because somebody has to when another is ill; that shows no reading.
    """
    return line.is_own or actor.may(KEEP_BOOKS)


def reading_line(actor: Actor, group_id: int) -> ClassLine:
    """A group with what its children read. Raises ClassGroup.DoesNotExist for a group that is not hers."""
    line = class_line(actor, group_id)
    if not may_see_reading(actor, line):
        raise ClassGroup.DoesNotExist
    return line


def class_with(typed: str) -> ClassSession | None:
    """The class with this code while it is open, whoever typed it."""
    code = read_code(typed, CODE_LENGTH)
    if not code:
        return None
    return _open_classes().filter(code=code).first()


def class_of_group(group_id: int) -> ClassSession | None:
    """The class of a group while it is open, for a device that belongs to the group."""
    return _open_classes().filter(group=group_id).first()


def _open_classes() -> QuerySet[ClassSession]:
    rows = ClassSession.objects.filter(ended_at=None, ends_at__gt=now())
    return rows.select_related("group__location")


def children_of_group(group: ClassGroup) -> list[Pupil]:
    """Who is in a group today, by name; for the teacher of the group and the class she opened. One query."""
    there = Enrolment.objects.trusted("children of a class that its teacher opens").filter(
        on_day(today()), group=group.pk
    )
    rows = Pupil.objects.trusted("children of a class that its teacher opens").filter(
        present(), pk__in=there.order_by().values("pupil")
    )
    return list(rows.order_by("first_name", "last_name", "pk"))


def tiles_of(group: ClassGroup, session: ClassSession | None = None) -> list[Tile]:
    """A tile for each child of a group. Two queries, whatever the number of children."""
    children = children_of_group(group)
    names = tile_names((row.pk, row.first_name, row.infix, row.last_name) for row in children)
    keys = keys_of([row.pk for row in children])
    return [
        Tile(token_of(session, row.pk) if session else "", names[row.pk], row, keys.get(row.pk))
        for row in sorted(children, key=lambda row: names[row.pk].casefold())
    ]


def tile_with(session: ClassSession, token: str) -> Tile | None:
    """The child with this token in a class that is open."""
    return next(
        (one for one in tiles_of(session.group, session) if hmac.compare_digest(one.token, token)), None
    )


def token_of(session: ClassSession, pupil_id: int) -> str:
    """What names a child in the addresses of one class."""
    text = f"{session.code}:{pupil_id}".encode()
    return hmac.new(picture_secret(), text, hashlib.sha256).hexdigest()[:16]


def keys_of(ids: Sequence[int]) -> dict[int, PictureKey]:
    """Pupil id → what is kept of its pictures."""
    rows = PictureKey.objects.trusted("children of a class that its teacher opens").filter(
        pupil__in=list(ids)
    )
    return {row.pupil_id: row for row in rows}


def pictures_of(tile: Tile) -> list[Picture]:
    """The three pictures of a child, for its card; empty when they were made with another secret."""
    if tile.key is None:
        return []
    three = read_back(picture_secret(), str(tile.pupil.ref), tile.key.digest, Picture.values)
    return [Picture(code) for code in three or ()]


def child_actor(session: ClassSession, pupil: Pupil) -> Actor:
    """A child that came in: it sees its own things and nothing of anybody else."""
    location: Location = session.group.location
    return Actor(
        kind="pupil",
        role="pupil",
        unit_id=location.pk,
        unit_kind=UnitKind.LOCATION,
        unit_code=location.code,
        pupil_id=pupil.pk,
    )


@dataclass(frozen=True, slots=True)
class Child:
    """A child that came in, with its class."""

    actor: Actor
    pupil: Pupil
    session: ClassSession
    year_group: int | None

    @property
    def is_young(self) -> bool:
        """Whether its pages must do without reading."""
        secondary = self.session.group.location.sector in {Sector.VO, Sector.PRO, Sector.MBO}
        return self.year_group is not None and self.year_group <= YOUNG and not secondary


def child_in(session_id: int, pupil_id: int) -> Child | None:
    """Who came in with a class that is still open and whose group the child is still in. Two queries."""
    session = _open_classes().filter(pk=session_id).first()
    if session is None:
        return None
    there = Enrolment.objects.trusted("children of a class that its teacher opens").filter(
        on_day(today()), group=session.group_id, pupil=pupil_id
    )
    row = there.filter(pupil__left_on=None).select_related("pupil__location").first()
    if row is None:
        return None
    years = session.group.year_groups
    year = row.year_group or (years[0] if len(years) == 1 else None)
    return Child(child_actor(session, row.pupil), row.pupil, session, year)
