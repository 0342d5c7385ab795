"""Every way in which pupils come, change group and leave. Whatever the door is, the gate is here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import add_rows, create_rows, lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.organisations.queries import has_agreement

from ..models import Enrolment, Pupil
from ..permissions import EDIT, IMPORT
from ..queries.gate import keeps_birth_years, refusal

FIELDS = ("key", "eck_id", "first_name", "infix", "last_name", "birth_year")
NUMBERS = frozenset(("key", "eck_id"))
STORED = (*FIELDS, "left_on", "location")


@dataclass(frozen=True, slots=True)
class PupilRow:
    """A child as a door gives it. With `id` a child that is there changes; a child who had left is back.

    `group_id` None leaves the group as it is. `starts_on`: from which day the child is in that group.
    """

    first_name: str = ""
    infix: str = ""
    last_name: str = ""
    key: str = ""
    eck_id: str = ""
    birth_year: int | None = None
    group_id: int | None = None
    year_group: int | None = None
    starts_on: date | None = None
    id: int | None = None


def require_agreement(location: Location) -> None:
    """Raises Sentence unless pupils of this location may be kept today."""
    if location.sector == Sector.CHILDCARE:
        raise Sentence(_("Of child care we keep no children's names. There the group borrows."))
    if not has_agreement(location, today()):
        raise Sentence(
            _(
                "There is no processing agreement with this school yet. Record it first; then pupils may come in."
            )
        )


def require_reach(location: Location, by: Actor, permission: str) -> None:
    """Raises NotAllowed for a location that is out of this actor's reach."""
    if location.pk not in by.locations:
        raise NotAllowed(permission)


def put_pupils(rows: Sequence[PupilRow], *, location: Location, by: Actor, run: str = "") -> list[int]:
    """Makes or changes pupils of one location; returns their ids in the order of `rows`. One event for all. A year of
    birth is kept only where the school wants that, whatever the door gives.

    Raises NotAllowed out of reach, Sentence without an agreement, for a child that was erased on request, or for a key
    that another child has.
    """
    require_write(by)
    with write_transaction():
        location = _locked(location, by)
        require_agreement(location)
        _refuse_erased(rows, location)
        known = _known(by, [row.id for row in rows if row.id], location)
        before = {pk: _stored(pupil) for pk, pupil in known.items()}
        pupils = [_merged(row, known, location) for row in rows]
        drop_birth_years(pupils)
        refuse_double_keys(pupils, location)
        fresh = [pupil for pupil in pupils if pupil.pk is None]
        _update(known.values(), before)
        create_rows(fresh)
        _enrol(list(zip(pupils, rows, strict=True)), location)
        record(
            by=by,
            verb="pupils.put_pupils",
            subject=location,
            unit_id=location.pk,
            count=len(pupils),
            run=run,
            data={"new": len(fresh)},
        )
        return [pupil.pk for pupil in pupils]


def leave_pupils(ids: Sequence[int], *, left_on: date, location: Location, by: Actor, run: str = "") -> None:
    """These children are no longer at this school from the day after; nothing is deleted."""
    require_write(by)
    with write_transaction():
        location = _locked(location, by)
        ids = list(_known(by, ids, location))
        open_ = _open_enrolments(ids)
        dropped = {
            row.pk for row in open_ if row.starts_on > left_on
        }  # gone before it began: never in that group
        enrolments = Enrolment.objects.trusted("of pupils that were opened before")
        enrolments.filter(pk__in=dropped).delete()
        enrolments.filter(pk__in={row.pk for row in open_} - dropped).update(ends_on=left_on)
        opened = Pupil.objects.trusted("rows that were opened before").filter(pk__in=ids)
        opened.update(left_on=left_on, version=F("version") + 1)
        record(
            by=by,
            verb="pupils.leave_pupils",
            subject=location,
            unit_id=location.pk,
            count=len(ids),
            run=run,
        )


def require_write(by: Actor) -> None:
    if not by.may(EDIT):
        require(by, IMPORT)


def _locked(location: Location, by: Actor) -> Location:
    """The location, held until the write ends, so that two doors never bring one child twice."""
    require_reach(location, by, EDIT)
    return lock_row(Location.objects.all(), pk=location.pk)


def _known(by: Actor, ids: Iterable[int], location: Location) -> dict[int, Pupil]:
    """Pupils by id; of this location, or of a school that was merged with it. Raises NotAllowed for any other."""
    ids = set(ids)
    known = {pupil.pk: pupil for pupil in Pupil.objects.visible_to(by).filter(pk__in=ids)}
    if ids - set(known):
        raise NotAllowed(EDIT)
    elsewhere = {pupil.location_id for pupil in known.values()} - {location.pk}
    if elsewhere and Location.objects.filter(pk__in=elsewhere, closed_on=None).exists():
        raise Sentence(_("This child is at another school. Only pupils of a closed school can come along."))
    return known


def _refuse_erased(rows: Sequence[PupilRow], location: Location) -> None:
    is_refused = refusal(location)
    if any(row.id is None and is_refused(row.key, row.eck_id) for row in rows):
        raise Sentence(_("This child was erased on request. First take that request back."))


def _merged(row: PupilRow, known: Mapping[int, Pupil], location: Location) -> Pupil:
    """The pupil with the values of the row, not yet stored. A number or year that the row lacks stays as it was."""
    pupil = known[row.id] if row.id is not None else Pupil()
    had = (
        pupil.key if pupil.location_id == location.pk else ""
    )  # a number of another school says nothing here
    pupil.location = location
    for name in ("first_name", "infix", "last_name"):
        setattr(pupil, name, getattr(row, name))
    pupil.key = row.key or had
    pupil.eck_id = row.eck_id or pupil.eck_id
    pupil.birth_year = row.birth_year or pupil.birth_year
    pupil.left_on = None
    if row.id is not None:
        pupil.version += 1
    elif row.starts_on:
        pupil.joined_on = row.starts_on
    return pupil


def drop_birth_years(pupils: Sequence[Pupil]) -> None:
    """A school may have chosen not to keep them after the file was checked, or after what is put back was kept."""
    keeping = {pk for pk in {pupil.location_id for pupil in pupils} if keeps_birth_years(pk)}
    for pupil in pupils:
        if pupil.location_id not in keeping:
            pupil.birth_year = None


def _stored(pupil: Pupil) -> tuple[Any, ...]:
    return tuple(getattr(pupil, "location_id" if name == "location" else name) for name in STORED)


def _update(pupils: Collection[Pupil], before: Mapping[int, tuple[Any, ...]]) -> None:
    """Writes only what became different, and a version: what a bulk update costs is a field of a child."""
    opened = Pupil.objects.trusted("rows that were opened before")
    opened.filter(pk__in=[pupil.pk for pupil in pupils]).update(version=F("version") + 1)
    changed = [pupil for pupil in pupils if _stored(pupil) != before[pupil.pk]]
    pairs = [zip(STORED, before[pupil.pk], _stored(pupil), strict=True) for pupil in changed]
    names = {name for fields in pairs for name, was, now in fields if was != now}
    if numbers := names & NUMBERS:
        let_go_of_numbers([pupil.pk for pupil in changed], numbers)
    if changed:
        opened.bulk_update(changed, sorted(names))


def let_go_of_numbers(ids: Collection[int], names: Collection[str] = NUMBERS) -> None:
    """Before numbers pass from one child to another: the database allows none twice, not for a moment either."""
    opened = Pupil.objects.trusted("rows that were opened before").filter(pk__in=ids)
    opened.update(**dict.fromkeys(names, ""))


def refuse_double_keys(pupils: Sequence[Pupil], location: Location) -> None:
    """The database would refuse them too; here with a sentence."""
    mine = {pupil.pk for pupil in pupils if pupil.pk}
    there = Pupil.objects.trusted("no key twice").filter(location=location, left_on=None).exclude(pk__in=mine)
    for name in ("key", "eck_id"):
        values = [getattr(pupil, name) for pupil in pupils if getattr(pupil, name)]
        if len(values) != len(set(values)) or there.filter(**{f"{name}__in": values}).exists():
            raise Sentence(_("Another child of this school already has this number."))


def _open_enrolments(ids: Sequence[int]) -> list[Enrolment]:
    return list(
        Enrolment.objects.trusted("of pupils that were opened before").filter(pupil__in=ids, ends_on=None)
    )


def _enrol(pairs: Sequence[tuple[Pupil, PupilRow]], location: Location) -> None:
    """Moves pupils to their group from a day on; one who is in it already stays as she is."""
    wanted = [(pupil, row) for pupil, row in pairs if row.group_id]
    groups = {row.group_id for _, row in wanted}
    if ClassGroup.objects.filter(pk__in=groups, location=location).count() != len(groups):
        raise Sentence(_("Choose a group of this school."))
    now_in = {row.pupil_id: row for row in _open_enrolments([pupil.pk for pupil, _ in wanted])}
    ended: dict[date, list[int]] = defaultdict(list)
    dropped, fresh, bettered = [], [], []
    for pupil, row in wanted:
        starts_on = row.starts_on or today()
        current = now_in.get(pupil.pk)
        if current and current.group_id == row.group_id:
            if row.year_group and current.year_group != row.year_group:
                current.year_group = row.year_group
                bettered.append(current)
            continue
        if current and current.starts_on >= starts_on:
            dropped.append(current.pk)  # it never held: the move came before it began
        elif current:
            ended[starts_on - timedelta(days=1)].append(current.pk)
        fresh.append(
            Enrolment(
                pupil_id=pupil.pk, group_id=row.group_id, year_group=row.year_group, starts_on=starts_on
            )
        )
    opened = Enrolment.objects.trusted("of pupils that were opened before")
    opened.filter(pk__in=dropped).delete()
    for day, ids in ended.items():
        opened.filter(pk__in=ids).update(ends_on=day)
    opened.bulk_update(bettered, ["year_group"])
    add_rows(fresh)
