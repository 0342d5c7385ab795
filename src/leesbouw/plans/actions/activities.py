"""Every write about planned activities and what is structural in the timetable."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import create_rows, hold_row, update_rows, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear, now, today
from leesbouw.organisations.models import Unit
from leesbouw.people.models import Contact, StaffMember
from leesbouw.people.queries import library_id_for

from ..enums import Audience, Habit, Side
from ..models import Goal, PlannedActivity, Structural
from ..permissions import EDIT_PLANS
from ..queries import learning_goals
from .classes import classes_called, classes_named, keep_classes, year_groups_of
from .goals import check_plan_reach


@dataclass(frozen=True, slots=True)
class ActivityRow:
    """A line of the year plan. `hours` are the library's for all `times` together, `cost_cents` the extra costs.

    With classes (`class_ids`) it is for those, and its year groups are theirs.
    """

    what: str
    side: Side
    goal_id: int | None = None
    form: str = ""
    aim: str = ""
    steps: str = ""
    audience: Audience = Audience.CHILDREN
    groups: Sequence[int] = ()
    class_ids: Sequence[int] = ()
    from_on: date | None = None
    until_on: date | None = None
    staff_id: int | None = None
    contact_id: int | None = None
    how: str = ""
    evaluation: str = ""
    times: int = 0
    hours: Decimal = Decimal(0)
    school_hours: Decimal = Decimal(0)
    cost_cents: int | None = None
    learning: Sequence[str] | None = None  # learning goals; None for those of its form


def add_activity(*, unit: Unit, year: SchoolYear, row: ActivityRow, by: Actor) -> PlannedActivity:
    """Adds one activity to the year plan of a unit; see add_activities."""
    return add_activities(unit=unit, year=year, rows=[row], by=by)[0]


def add_activities(
    *, unit: Unit, year: SchoolYear, rows: Sequence[ActivityRow], by: Actor, library_id: int | None = None
) -> list[PlannedActivity]:
    """Adds activities with one event for all. Raises NotAllowed for a unit, goal or person out of reach, or a year that
    is over; Sentence for days that lie the wrong way round or outside the year."""
    check_plan_reach(by, unit, year)
    if not rows:
        return []
    with write_transaction():
        library = library_id or library_id_for(by, unit.pk)
        made = [
            PlannedActivity(unit_id=unit.pk, year=year, library_id=library, **_values(by, unit, year, row))
            for row in rows
        ]
        PlannedActivity.objects.bulk_create(made)
        keep_classes(PlannedActivity, {one.pk: row.class_ids for one, row in zip(made, rows, strict=True)})
        record(
            by=by,
            verb="plans.add_activities",
            subject=made[0] if len(made) == 1 else None,
            unit_id=unit.pk,
            count=len(made),
            undo=Undo("plans.drop_activities", {"ids": [one.pk for one in made]}),
        )
        return made


def change_activity(
    *, activity: PlannedActivity, change: ActivityRow, by: Actor, version: int | None = None
) -> PlannedActivity:
    """Changes a planned activity. Raises Stale when somebody else did in the meantime."""
    with write_transaction():
        row = _held(by, [activity.pk])[0]
        check_version(row, version)
        for name, value in _values(by, row.unit, row.year, change).items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        row.classes.set(change.class_ids)
        record(by=by, verb="plans.change_activity", subject=row, unit_id=row.unit_id)
        return row


def _values(by: Actor, unit: Unit, year: SchoolYear, row: ActivityRow) -> dict[str, Any]:
    for day in (row.from_on, row.until_on):
        if day is not None and day not in year:
            raise Sentence(_("Choose days in school year %(year)s."), year=year)
    if row.until_on and (row.from_on is None or row.until_on < row.from_on):
        raise Sentence(_("The last day lies before the first."))
    _check_named(by, unit, row)
    learning = None if row.learning is None else _known_goals(unit, row.learning)
    classes = classes_named(by, unit.pk, year, row.class_ids)
    values = asdict(row) | {"groups": year_groups_of(classes, row.groups), "learning": learning}
    del values["class_ids"]
    return values


def _known_goals(unit: Unit, codes: Sequence[str]) -> list[str]:
    """Of these codes the learning goals that the school has, in their order."""
    sector = getattr(unit, "sector", "") or unit.as_location.sector
    return [code for code in learning_goals(sector) if code in set(codes)]


def _check_named(by: Actor, unit: Unit, row: ActivityRow) -> None:
    """A goal is of this unit, and who is named is somebody the actor may see."""
    goals = Goal.objects.visible_to(by).filter(unit=unit.pk)
    named = (
        (row.goal_id, goals),
        (row.staff_id, StaffMember.objects.visible_to(by)),
        (row.contact_id, Contact.objects.visible_to(by)),
    )
    if any(pk and not rows.filter(pk=pk).exists() for pk, rows in named):
        raise NotAllowed(EDIT_PLANS)


def finish_activity(*, activity: PlannedActivity, by: Actor, done_on: date | None = None) -> PlannedActivity:
    """The activity is over. Raises Sentence for a day that is still to come."""
    day = done_on or today()
    if day > today():
        raise Sentence(_("Something that is done lies in the past."))
    return _set(
        activity.pk, by, "plans.finish_activity", day, Undo("plans.reopen_activity", {"id": activity.pk})
    )


@undo.register("plans.reopen_activity")
def reopen_activity(*, id: int, by: Actor) -> PlannedActivity:
    """It is not over after all."""
    return _set(id, by, "plans.reopen_activity", None, None)


def _set(id: int, by: Actor, verb: str, day: date | None, undo: Undo | None) -> PlannedActivity:
    with write_transaction():
        row = _held(by, [id])[0]
        row.done_on = day
        row.version += 1
        row.save(update_fields=["done_on", "version"])
        record(by=by, verb=verb, subject=row, unit_id=row.unit_id, undo=undo)
        return row


@undo.register("plans.drop_activities")
def drop_activities(*, ids: Sequence[int], by: Actor) -> list[PlannedActivity]:
    """These leave the plan, and can be taken back."""
    return _drop(ids, by, "plans.drop_activities", Undo("plans.take_back_activities", {"ids": list(ids)}))


@undo.register("plans.take_back_activities")
def take_back_activities(*, ids: Sequence[int], by: Actor) -> list[PlannedActivity]:
    """They stand in the plan again."""
    return _drop(ids, by, "plans.take_back_activities", None)


def _drop(ids: Sequence[int], by: Actor, verb: str, undo: Undo | None) -> list[PlannedActivity]:
    with write_transaction():
        rows = _held(by, ids)
        for row in rows:
            row.dropped_at = now() if undo else None
            row.version += 1
            row.save(update_fields=["dropped_at", "version"])
        subject = rows[0] if len(rows) == 1 else None
        record(by=by, verb=verb, subject=subject, unit_id=rows[0].unit_id, count=len(rows), undo=undo)
        return rows


def _held(by: Actor, ids: Sequence[int]) -> list[PlannedActivity]:
    """These activities of one unit, held until the write ends. Raises NotAllowed for one out of reach."""
    rows = list(
        PlannedActivity.objects.visible_to(by)
        .filter(pk__in=ids)
        .select_related("unit")
        .select_for_update(of=("self",))
        .order_by("pk")
    )
    if not rows or len(rows) != len(set(ids)):
        raise NotAllowed(EDIT_PLANS)
    for row in rows:
        check_plan_reach(by, row.unit, row.year)
    return rows


@dataclass(frozen=True, slots=True)
class Minutes:
    """Minutes a week of one habit in one year group; `real` None when nobody knows."""

    agreed: int
    real: int | None = None


def set_structural(
    *, unit: Unit, year: SchoolYear, minutes: Mapping[tuple[int, Habit], Minutes], by: Actor
) -> list[Structural]:
    """Writes down what each year group does every week. Raises NotAllowed for a unit out of reach or a year that is
    over."""
    check_plan_reach(by, unit, year)
    with write_transaction():
        hold_row(Unit, unit.pk)
        kept = Structural.objects.visible_to(by).filter(unit=unit.pk, year=year)
        known = {(row.group, Habit(row.habit)): row for row in kept}
        rows = []
        for (group, habit), told in minutes.items():
            row = known.get((group, habit)) or Structural(
                unit_id=unit.pk, year=year, group=group, habit=habit
            )
            row.agreed, row.real = told.agreed, told.real
            rows.append(row)
        update_rows([row for row in rows if row.pk is not None], ("agreed", "real"))
        create_rows([row for row in rows if row.pk is None])
        record(by=by, verb="plans.set_structural", subject=unit, unit_id=unit.pk, data={"year": str(year)})
        return rows


def copy_activities(*, unit: Unit, year: SchoolYear, by: Actor) -> list[PlannedActivity]:
    """Copies last year's activities into this year, a year later and not done; each once, and without their evaluation.

    An activity keeps its goal where that goal runs on, or gets the goal that follows it. Who did it is asked anew.
    """
    check_plan_reach(by, unit, year)
    with write_transaction():
        hold_row(Unit, unit.pk)
        taken = PlannedActivity.objects.visible_to(by).filter(unit=unit.pk, year=year).values("follows")
        before = PlannedActivity.objects.visible_to(by).filter(
            unit=unit.pk, year=year.previous, dropped_at=None
        )
        goals = _goals_in(by, unit, year)
        earlier = list(before.exclude(pk__in=taken.exclude(follows=None)).prefetch_related("classes"))
        made = [_copied(row, year, goals.get(row.goal_id or 0)) for row in earlier]
        PlannedActivity.objects.bulk_create(made)
        if made:
            _carry_classes(by, year, earlier, made)
            data = {"year": str(year)}
            ids = [one.pk for one in made]
            back = Undo("plans.drop_activities", {"ids": ids})
            record(
                by=by,
                verb="plans.copy_activities",
                subject=unit,
                unit_id=unit.pk,
                count=len(made),
                data=data,
                undo=back,
            )
        return made


def _goals_in(by: Actor, unit: Unit, year: SchoolYear) -> dict[int, int]:
    """Which goal of this year stands for a goal of last year."""
    running = Goal.objects.visible_to(by).filter(
        unit=unit.pk, dropped_at=None, first_year__lte=year, last_year__gte=year
    )
    return {follows or pk: pk for pk, follows in running.values_list("pk", "follows")}


def _copied(row: PlannedActivity, year: SchoolYear, goal_id: int | None) -> PlannedActivity:
    names = (
        "unit_id library_id form what aim steps audience groups side how times hours school_hours cost_cents"
        " learning"
    )
    copy = PlannedActivity(**{name: getattr(row, name) for name in names.split()})
    copy.year, copy.goal_id, copy.follows = year, goal_id, row
    copy.from_on, copy.until_on = _a_year_on(row.from_on, year), _a_year_on(row.until_on, year)
    return copy


def _carry_classes(
    by: Actor, year: SchoolYear, earlier: Sequence[PlannedActivity], made: Sequence[PlannedActivity]
) -> None:
    """What was for 5a is for the 5a of the new year, with other children; where there is none, for its year groups."""
    before = {row.pk: list(row.classes.all()) for row in earlier}
    called = classes_called(by, made[0].unit_id, year, {one for some in before.values() for one in some})
    kept = {}
    for row, copy in zip(earlier, made, strict=True):
        same = [called.get(one.name) for one in before[row.pk]]
        kept[copy.pk] = [one.pk for one in same if one] if all(same) else []
    keep_classes(PlannedActivity, kept)


def _a_year_on(day: date | None, year: SchoolYear) -> date | None:
    """The same day of the week 52 weeks later, as long as that lies in the year."""
    moved = day + timedelta(weeks=52) if day else None
    return moved if moved and moved in year else None
