"""Visits: planned, changed, moved, cancelled and opened again, taken over by a colleague."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import AMSTERDAM, SchoolYear, now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.queries import units_in_scope
from leesbouw.people.models import StaffMember
from leesbouw.people.queries import library_id_for
from leesbouw.plans.actions import classes_named, keep_classes, year_groups_of
from leesbouw.plans.enums import Audience
from leesbouw.plans.models import PlannedActivity

from ..enums import TeachersPart
from ..models import Visit, VisitCancellation, VisitReport, VisitTakeover
from ..permissions import EDIT_VISITS

REPORTED = _("This visit has a report already, so it stays as it was.")
CANCELLED = _("This visit is cancelled.")


@dataclass(frozen=True, slots=True)
class VisitRow:
    """A visit as a form, a proposal or the demo gives it; `take` is one thing on each line."""

    unit_id: int
    starts_at: datetime
    ends_at: datetime
    what: str
    staff_id: int | None = None
    library_id: int | None = None
    activity_id: int | None = None
    take: str = ""
    groups: Sequence[int] = ()
    class_ids: Sequence[int] = ()  # with these it is for those classes, and its year groups are theirs
    audience: str = Audience.CHILDREN
    part: str = TeachersPart.PRESENT
    created_at: datetime | None = None


def plan_visit(row: VisitRow, *, by: Actor) -> Visit:
    """Plans one visit; see plan_visits."""
    return plan_visits([row], by=by)[0]


def plan_visits(rows: Sequence[VisitRow], *, by: Actor, run: str = "") -> list[Visit]:
    """Plans visits with one event for all, in the order of `rows`.

    Raises NotAllowed for a unit, colleague or activity out of reach, Sentence for hours the wrong way round.
    """
    check_may(by)
    if not rows:
        return []
    with write_transaction():
        check_reach(by, rows)
        visits = [_made(row, by) for row in rows]
        Visit.objects.bulk_create(visits)
        keep_classes(Visit, {visit.pk: row.class_ids for visit, row in zip(visits, rows, strict=True)})
        record(
            by=by,
            verb="activities.plan_visits",
            subject=visits[0] if len(visits) == 1 else None,
            unit_id=visits[0].unit_id if len(visits) == 1 else None,
            count=len(visits),
            run=run,
            undo=Undo("activities.unplan_visits", {"ids": [visit.pk for visit in visits]}),
        )
        return visits


def check_may(by: Actor) -> None:
    """Visits are the library's: somebody of a location sees them and plans none."""
    require(by, EDIT_VISITS)
    if by.unit_kind == UnitKind.LOCATION:
        raise NotAllowed(EDIT_VISITS)


def check_reach(by: Actor, rows: Iterable[VisitRow]) -> None:
    """Every unit, colleague and activity of these rows is within reach, and an activity is of its own unit."""
    rows = list(rows)
    units = {row.unit_id for row in rows}
    staff = {row.staff_id for row in rows if row.staff_id}
    pairs = {(row.activity_id, row.unit_id) for row in rows if row.activity_id}
    known = PlannedActivity.objects.visible_to(by).filter(pk__in={activity for activity, _unit in pairs})
    if (
        units_in_scope(by).filter(kind=UnitKind.LOCATION, pk__in=units).count() != len(units)
        or StaffMember.objects.visible_to(by).filter(pk__in=staff).count() != len(staff)
        or (pairs and not pairs <= set(known.values_list("pk", "unit_id")))
    ):
        raise NotAllowed(EDIT_VISITS)


def _made(row: VisitRow, by: Actor) -> Visit:
    _check_hours(row.starts_at, row.ends_at)
    library_id = row.library_id or library_id_for(by, row.unit_id)
    if library_id is None or library_id not in by.libraries:
        raise NotAllowed(EDIT_VISITS)
    visit = Visit(library_id=library_id, created_at=row.created_at or now(), **_values(row, by))
    visit.unit_id = row.unit_id
    return visit


def _values(row: VisitRow, by: Actor) -> dict[str, object]:
    names = ("staff_id", "activity_id", "starts_at", "ends_at", "what", "take", "audience", "part")
    year = SchoolYear.of(row.starts_at.astimezone(AMSTERDAM).date())
    classes = classes_named(by, row.unit_id, year, row.class_ids)
    return {name: getattr(row, name) for name in names} | {"groups": year_groups_of(classes, row.groups)}


def _check_hours(starts_at: datetime, ends_at: datetime) -> None:
    if ends_at <= starts_at:
        raise Sentence(_("A visit ends later than it begins."))


@undo.register("activities.unplan_visits")
def unplan_visits(*, ids: Sequence[int], by: Actor) -> None:
    """Takes back visits that were just planned. Raises Sentence when one has a report."""
    check_may(by)
    with write_transaction():
        rows = Visit.objects.visible_to(by).filter(pk__in=ids)
        if VisitReport.objects.visible_to(by).filter(visit__in=ids).exists():
            raise Sentence(REPORTED)
        unit = rows.values_list("unit_id", flat=True).first()
        count = rows.count()
        rows.delete()
        record(by=by, verb="activities.unplan_visits", unit_id=unit, count=count)


def change_visit(*, visit: Visit, row: VisitRow, by: Actor, version: int | None = None) -> Visit:
    """Changes a visit that has no report yet. Raises Stale when somebody else did in the meantime."""
    check_may(by)
    _check_hours(row.starts_at, row.ends_at)
    with write_transaction():
        held = _open(by, visit.pk, version)
        check_reach(by, [row])
        for name, value in _values(row, by).items():
            setattr(held, name, value)
        _save(held)
        held.classes.set(row.class_ids)
        record(by=by, verb="activities.change_visit", subject=held, unit_id=held.unit_id)
        return held


def move_visit(
    *, visit: Visit, starts_at: datetime, ends_at: datetime, by: Actor, version: int | None = None
) -> Visit:
    """Another day or hour. Raises Stale when somebody else moved it in the meantime."""
    check_may(by)
    _check_hours(starts_at, ends_at)
    with write_transaction():
        held = _open(by, visit.pk, version)
        before = (held.starts_at.isoformat(), held.ends_at.isoformat())
        held.starts_at, held.ends_at = starts_at, ends_at
        _save(held)
        back = Undo(
            "activities.move_back", {"visit_id": held.pk, "starts_at": before[0], "ends_at": before[1]}
        )
        record(by=by, verb="activities.move_visit", subject=held, unit_id=held.unit_id, undo=back)
        return held


@undo.register("activities.move_back")
def _move_back(*, visit_id: int, starts_at: str, ends_at: str, by: Actor) -> None:
    visit = _held(by, visit_id)
    begin, end = datetime.fromisoformat(starts_at), datetime.fromisoformat(ends_at)
    move_visit(visit=visit, starts_at=begin, ends_at=end, by=by)


def cancel_visit(*, visit: Visit, by: Actor, reason: str = "", version: int | None = None) -> Visit:
    """The visit does not go on; calendars show that it is cancelled."""
    check_may(by)
    with write_transaction():
        held = _open(by, visit.pk, version)
        VisitCancellation.objects.create(visit=held, reason=reason, by_user_id=by.user_id)
        _save(held)
        back = Undo("activities.reopen_visit", {"visit_id": held.pk})
        record(by=by, verb="activities.cancel_visit", subject=held, unit_id=held.unit_id, undo=back)
        return held


@undo.register("activities.reopen_visit")
def reopen_visit(*, visit_id: int, by: Actor) -> Visit:
    """It goes on after all."""
    check_may(by)
    with write_transaction():
        held = _held(by, visit_id)
        VisitCancellation.objects.filter(visit=held).delete()
        _save(held)
        record(by=by, verb="activities.reopen_visit", subject=held, unit_id=held.unit_id)
        return held


def take_over_visit(
    *, visit: Visit, staff: StaffMember, by: Actor, why: str = "", version: int | None = None
) -> Visit:
    """Somebody goes in the place of who would go. Raises Stale when a colleague was first."""
    check_may(by)
    with write_transaction():
        held = _open(by, visit.pk, version)
        if staff.library_id != held.library_id:
            raise NotAllowed(EDIT_VISITS)
        if staff.pk == held.staff_id:
            raise Sentence(_("This visit is hers already."))
        VisitTakeover.objects.create(visit=held, from_staff_id=held.staff_id, to_staff=staff, why=why)
        back = Undo("activities.give_back", {"visit_id": held.pk, "staff_id": held.staff_id, "to": staff.pk})
        held.staff = staff
        _save(held)
        record(by=by, verb="activities.take_over_visit", subject=held, unit_id=held.unit_id, undo=back)
        return held


@undo.register("activities.give_back")
def _give_back(*, visit_id: int, staff_id: int | None, to: int, by: Actor) -> Visit:
    """The colleague goes herself after all, unless somebody else took it over since."""
    check_may(by)
    with write_transaction():
        held = _open(by, visit_id)
        if held.staff_id != to:
            raise Sentence(_("Somebody else has taken this visit over since."))
        last = held.takeovers.filter(to_staff=to).last()
        if last is not None:
            last.delete()
        held.staff_id = staff_id
        _save(held)
        record(by=by, verb="activities.give_back", subject=held, unit_id=held.unit_id)
        return held


def _held(by: Actor, visit_id: int) -> Visit:
    try:
        held: Visit = lock_row(Visit.objects.visible_to(by), pk=visit_id)
    except Visit.DoesNotExist:
        raise NotAllowed(EDIT_VISITS) from None
    return held


def _open(by: Actor, visit_id: int, version: int | None = None) -> Visit:
    """A visit that still can change, held until the write ends."""
    held = _held(by, visit_id)
    check_version(held, version)
    if VisitReport.objects.visible_to(by).filter(visit=held.pk).exists():
        raise Sentence(REPORTED)
    if VisitCancellation.objects.filter(visit=held.pk).exists():
        raise Sentence(CANCELLED)
    return held


def _save(visit: Visit) -> None:
    """Writes a change, and lets calendars know that there is one."""
    visit.version += 1
    visit.sequence += 1
    visit.changed_at = now()
    visit.save()
