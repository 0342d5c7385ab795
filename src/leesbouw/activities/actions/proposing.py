"""From year plans to a diary: proposed by a job, and shifted, split, dropped or accepted by whoever goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime, time, timedelta

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.jobs import Job, enqueue
from leesbouw.core.time import AMSTERDAM, SchoolYear, now, today
from leesbouw.people.models import StaffMember

from ..domain import Found, propose
from ..models import Proposal, Visit, WorkRhythm
from ..permissions import EDIT_VISITS
from ..queries import as_rhythm, busy_of, map_of, public_holidays_in, rhythm_of, wishes_of
from .visits import VisitRow, check_may, plan_visits

PROPOSE_JOB = "activities.propose"
SMALLEST_HALF = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class RhythmRow:
    """How somebody works: ISO weekdays, from when to when, visits a day, minutes between schools in one municipality,
    holiday region (empty: that of each school), and minutes in one neighbourhood and between municipalities."""

    days: Sequence[int]
    begins: time
    ends: time
    most: int
    travel: int
    region: str = ""
    travel_near: int | None = None
    travel_far: int | None = None


def keep_rhythm(*, staff: StaffMember, rhythm: RhythmRow, by: Actor) -> WorkRhythm:
    """Keeps how a colleague works. Raises NotAllowed for one of another library, Sentence for a day without hours."""
    check_may(by)
    if staff.library_id not in by.libraries:
        raise NotAllowed(EDIT_VISITS)
    if rhythm.ends <= rhythm.begins or not rhythm.days:
        raise Sentence(_("Choose at least one day, and an end later than the beginning."))
    with write_transaction():
        values = asdict(rhythm) | {
            "days": sorted(rhythm.days),
            "library_id": staff.library_id,
            "changed_at": now(),
        }
        row, _made = WorkRhythm.objects.visible_to(by).update_or_create(pk=staff.pk, defaults=values)
        record(by=by, verb="activities.keep_rhythm", subject=staff, unit_id=staff.library_id)
        return row


def order_proposal(*, staff: StaffMember, rhythm: RhythmRow, by: Actor, url: str = "") -> Job:
    """Keeps how a colleague works and has a proposal made for her diary; a job, because a year can be a lot."""
    with write_transaction():
        keep_rhythm(staff=staff, rhythm=rhythm, by=by)
        return enqueue(PROPOSE_JOB, by=by, args={"staff_id": staff.pk}, subject=staff, url=url)


def make_proposal(
    *, staff: StaffMember, by: Actor, progress: Callable[[int, int], None] | None = None
) -> list[Proposal]:
    """Proposes a day for every visit that the year plans still ask of a colleague; replaces what was proposed before.

    Raises LookupError for a colleague who never said how she works.
    """
    require(by, EDIT_VISITS)
    row = rhythm_of(by, staff)
    if row is None:
        raise LookupError("no rhythm")
    year = SchoolYear.running()
    wishes = wishes_of(by, staff, year)
    busy = busy_of(by, staff)
    where = map_of(by, {one.unit for one in wishes} | {slot.unit for _day, slot in busy}, row.region, year)
    closed = public_holidays_in(year)
    found = propose(wishes, as_rhythm(row), busy, closed, today=today(), where=where)
    if progress:
        progress(len(wishes), len(wishes))
    with write_transaction():
        lock_row(StaffMember.objects.visible_to(by), pk=staff.pk)
        Proposal.objects.visible_to(by).filter(staff=staff.pk).delete()
        made = Proposal.objects.bulk_create(_row(one, staff) for one in found)
        record(
            by=by, verb="activities.make_proposal", subject=staff, unit_id=staff.library_id, count=len(made)
        )
        return made


def _row(found: Found, staff: StaffMember) -> Proposal:
    placed = found.day is not None
    return Proposal(
        library_id=staff.library_id,
        staff=staff,
        unit_id=found.wish.unit,
        activity_id=found.wish.key,
        starts_at=_moment(found.day, found.begin) if placed else None,
        ends_at=_moment(found.day, found.end) if placed else None,
        refusal=str(found.refusal or ""),
    )


def _moment(day: date | None, minute: int) -> datetime:
    assert day is not None
    return datetime.combine(day, time(minute // 60, minute % 60), AMSTERDAM)


def accept_proposals(*, ids: Sequence[int], by: Actor) -> list[Visit]:
    """These become visits, all or none; what was not placed is left alone. Undo takes the visits back."""
    check_may(by)
    with write_transaction():
        rows = [row for row in _held(by, ids) if row.starts_at]
        if not rows:
            raise Sentence(_("There is nothing to accept any more."))
        visits = plan_visits([_visit(row) for row in rows], by=by)
        Proposal.objects.visible_to(by).filter(pk__in=[row.pk for row in rows]).delete()
        return visits


def _visit(row: Proposal) -> VisitRow:
    assert row.starts_at
    assert row.ends_at
    return VisitRow(
        unit_id=row.unit_id,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        what=row.activity.what[:160],
        staff_id=row.staff_id,
        library_id=row.library_id,
        activity_id=row.activity_id,
        groups=row.activity.groups,
        class_ids=_classes(row),
        audience=row.activity.audience,
    )


def _classes(row: Proposal) -> list[int]:
    """The classes of the activity, as far as they are of the school year of the day."""
    assert row.day
    year = SchoolYear.of(row.day)
    return [one.pk for one in row.activity.classes.all() if one.year == year]


def shift_proposal(
    *, proposal: Proposal, starts_at: datetime, ends_at: datetime, by: Actor, version: int | None = None
) -> Proposal:
    """Another day or hour, also for one that got no place. Raises Stale when somebody else shifted it meanwhile."""
    check_may(by)
    if ends_at <= starts_at:
        raise Sentence(_("A visit ends later than it begins."))
    with write_transaction():
        (row,) = _held(by, [proposal.pk])
        check_version(row, version)
        row.starts_at, row.ends_at, row.refusal = starts_at, ends_at, ""
        return _saved(row, by, "activities.shift_proposal")


def split_proposal(*, proposal: Proposal, by: Actor) -> Proposal:
    """Two visits of half the length, the second a week later. Gives the second. Raises Sentence for one too short."""
    check_may(by)
    with write_transaction():
        (row,) = _held(by, [proposal.pk])
        if not row.starts_at or not row.ends_at or row.ends_at - row.starts_at < 2 * SMALLEST_HALF:
            raise Sentence(_("This is too short to split."))
        half = (row.ends_at - row.starts_at) / 2
        begin = (row.starts_at.astimezone(AMSTERDAM).replace(tzinfo=None) + timedelta(weeks=1)).replace(
            tzinfo=AMSTERDAM
        )
        other = Proposal(
            library_id=row.library_id,
            staff_id=row.staff_id,
            unit_id=row.unit_id,
            activity_id=row.activity_id,
            starts_at=begin,
            ends_at=begin + half,
        )
        other.save()
        row.ends_at = row.starts_at + half
        _saved(row, by, "activities.split_proposal")
        return other


def drop_proposals(*, ids: Sequence[int], by: Actor) -> int:
    """These are not wanted; a next proposal brings them again. Gives how many went."""
    check_may(by)
    with write_transaction():
        rows = _held(by, ids)
        Proposal.objects.visible_to(by).filter(pk__in=[row.pk for row in rows]).delete()
        record(by=by, verb="activities.drop_proposals", unit_id=rows[0].unit_id, count=len(rows))
        return len(rows)


def _saved(row: Proposal, by: Actor, verb: str) -> Proposal:
    row.version += 1
    row.save()
    record(by=by, verb=verb, subject=row, unit_id=row.unit_id)
    return row


def _held(by: Actor, ids: Sequence[int]) -> list[Proposal]:
    """These proposals, held until the write ends. Raises NotAllowed where none of them is within reach."""
    rows = list(
        Proposal.objects.visible_to(by)
        .filter(pk__in=ids)
        .select_related("activity")
        .prefetch_related("activity__classes")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if not rows:
        raise NotAllowed(EDIT_VISITS)
    return rows
