"""A whole school to its new year in one action, and back again."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import F, Max
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, enqueue
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import (
    drop_trace,
    held_transition,
    keep_trace,
    refuse,
    running_transition,
)
from leesbouw.organisations.models import Location, YearTransition
from leesbouw.organisations.queries import trace_of

from ..domain.moving import Choices, Plan, as_args
from ..holders import used
from ..models import Enrolment, Pupil, PupilMove
from ..permissions import EDIT
from ..queries.moving import STEP, Moving, move_blocks, moving, slim_images
from .storing import require_agreement

AT_ONCE = 400  # pupils a page may move itself within 200 ms; see bench_new_year
MOVE_UP_JOB = "pupils.move_up"


def ask_to_move_up(
    *, location: Location, year: SchoolYear, by: Actor, choices: Choices | None = None, url: str = ""
) -> Plan | Job:
    """As `move_up_pupils`, which it does at once for a school of the usual size and leaves to a job for a large one."""
    require(by, EDIT)
    with write_transaction():
        transition = running_transition(location=location, year=year, by=by)
        require_agreement(location)
        todo, _plan = _planned(location, year, by, choices)
        if len(todo.children) <= AT_ONCE:
            return move_up_pupils(location=location, year=year, by=by, choices=choices)
        return enqueue(
            MOVE_UP_JOB,
            by=by,
            args={"transition_id": transition.pk, **as_args(choices or Choices())},
            subject=transition,
            unit_id=location.pk,
            url=url,
        )


def _planned(location: Location, year: SchoolYear, by: Actor, choices: Choices | None) -> tuple[Moving, Plan]:
    """Who goes where. Raises Sentence when nobody has to go, and while it is not clear where somebody goes."""
    todo = moving(by, location, year)
    plan = todo.plan(choices)
    if not todo.children:
        raise Sentence(_("Everybody is in a group of the new year already."))
    if plan.doubts:
        raise Sentence(_("Choose first where these pupils go."))
    return todo, plan


def move_up_pupils(
    *, location: Location, year: SchoolYear, by: Actor, choices: Choices | None = None
) -> Plan:
    """Everybody who is at school goes to the new year with her group; the top year leaves on the last day of the old.

    Raises Sentence without an agreement or a list, and while it is not clear where somebody goes.
    """
    require(by, EDIT)
    with write_transaction():
        transition = running_transition(location=location, year=year, by=by)
        require_agreement(location)
        todo, plan = _planned(location, year, by, choices)
        ids = [child.id for child in todo.children]
        before, earlier = slim_images(by, ids), used(ids)
        _write(plan, year, ids)
        batch = _keep_moves(transition, before, slim_images(by, ids), earlier)
        keep_trace(transition=transition, step=STEP, data={"batches": batch}, by=by)
        record(
            by=by,
            verb="pupils.move_up_pupils",
            subject=transition,
            unit_id=location.pk,
            count=len(ids),
            data={"year": str(year), "left": len(plan.leaves)},
            undo=Undo("pupils.take_back_moves", {"transition_id": transition.pk, "batch": batch}),
        )
        return plan


def _write(plan: Plan, year: SchoolYear, ids: list[int]) -> None:
    """Ends what is open, on the last day of the old year, and opens the new. A fixed number of queries."""
    last_day = year.previous.ends_on
    open_ = Enrolment.objects.trusted("of pupils that were opened before").filter(pupil__in=ids, ends_on=None)
    open_.filter(starts_on__gt=last_day).delete()  # it came after the old year was over: it never held
    open_.update(ends_on=last_day)
    pupils = Pupil.objects.trusted("of pupils that were opened before").filter(pk__in=ids)
    joined = dict(pupils.values_list("pk", "joined_on"))
    Enrolment.objects.bulk_create(
        Enrolment(pupil_id=pk, group_id=group, year_group=number, starts_on=_first_day(joined[pk], year))
        for pk, (group, number) in plan.moves.items()
    )
    leavers = pupils.filter(pk__in=plan.leaves)
    leavers.filter(joined_on__lte=last_day).update(left_on=last_day)
    leavers.filter(joined_on__gt=last_day).update(left_on=F("joined_on"))
    pupils.update(version=F("version") + 1)


def _first_day(joined_on: date, year: SchoolYear) -> date:
    return max(year.starts_on, joined_on)


def _keep_moves(
    transition: YearTransition,
    before: dict[int, dict[str, object]],
    after: dict[int, dict[str, object]],
    earlier: set[int],
) -> int:
    """Keeps what each pupil was, for the way back; what an older list of this school kept, goes. Returns the batch."""
    mine = PupilMove.objects.trusted("moves of a location that is held")
    mine.filter(transition__location=transition.location_id).exclude(transition=transition).delete()
    batch = (mine.filter(transition=transition).aggregate(last=Max("batch"))["last"] or 0) + 1
    PupilMove.objects.bulk_create(
        PupilMove(
            transition=transition,
            pupil_id=pk,
            batch=batch,
            before=before[pk],
            after=after[pk],
            was_used=pk in earlier,
        )
        for pk in before
    )
    return batch


@undo.register("pupils.take_back_moves")
def take_back_moves(*, transition_id: int, by: Actor, batch: int | None = None) -> None:
    """Puts everybody back who moved, exactly as it was. Raises Sentence when somebody works with a new group."""
    require(by, EDIT)
    with write_transaction():
        transition = held_transition(transition_id, by)
        refuse(move_blocks(by, transition))
        _put_back(transition, by, batch)


def take_back_all_moves(*, transition: YearTransition, by: Actor) -> None:
    """The step's way back, inside the write that takes the whole list back."""
    if trace_of(transition, STEP):
        require(by, EDIT)
        _put_back(transition, by, None)


def _put_back(transition: YearTransition, by: Actor, batch: int | None) -> None:
    """The last move first: a pupil who moved twice becomes what she was before the first."""
    rows = PupilMove.objects.visible_to(by).filter(transition=transition).order_by("-batch")
    if batch is not None:
        rows = rows.filter(batch__gte=batch)
    before = {move.pupil_id: move.before for move in rows}
    _restore(before, by)
    record(
        by=by,
        verb="pupils.take_back_moves",
        subject=transition,
        unit_id=transition.location_id,
        count=len(before),
    )
    PupilMove.objects.visible_to(by).filter(pk__in=[move.pk for move in rows]).delete()
    if not PupilMove.objects.visible_to(by).filter(transition=transition).exists():
        drop_trace(transition=transition, step=STEP)


def _restore(before: dict[int, dict[str, Any]], by: Actor) -> None:
    """As `restore_pupils`, for what a move changes alone: a handful of queries, where that writes every field."""
    pupils = Pupil.objects.visible_to(by).filter(pk__in=list(before))
    days: dict[str | None, list[int]] = defaultdict(list)
    for pk in pupils.values_list("pk", flat=True):
        days[before[pk]["left_on"]].append(pk)
    for day, ids in days.items():
        left_on = date.fromisoformat(day) if day else None
        pupils.filter(pk__in=ids).update(left_on=left_on, version=F("version") + 1)
    _restore_enrolments({pk: before[pk]["enrolments"] for ids in days.values() for pk in ids}, by)


def _restore_enrolments(wanted: dict[int, list[list[Any]]], by: Actor) -> None:
    """Only what differs is written: a year ago stays as it is."""
    rows = Enrolment.objects.visible_to(by)
    missing = {(pk, group, number, day): end for pk, own in wanted.items() for group, number, day, end in own}
    gone: list[int] = []
    ends: dict[str | None, list[int]] = defaultdict(list)
    there = rows.filter(pupil__in=list(wanted)).values_list(
        "pk", "pupil_id", "group_id", "year_group", "starts_on", "ends_on"
    )
    for pk, pupil, group, number, starts_on, ends_on in there:
        key = (pupil, group, number, starts_on.isoformat())
        if key not in missing:
            gone.append(pk)
            continue
        end = missing.pop(key)
        if end != (ends_on.isoformat() if ends_on else None):
            ends[end].append(pk)
    rows.filter(pk__in=gone).delete()
    for end, ids in ends.items():
        rows.filter(pk__in=ids).update(ends_on=date.fromisoformat(end) if end else None)
    Enrolment.objects.bulk_create(
        Enrolment(
            pupil_id=pupil,
            group_id=group,
            year_group=number,
            starts_on=date.fromisoformat(starts_on),
            ends_on=date.fromisoformat(end) if end else None,
        )
        for (pupil, group, number, starts_on), end in missing.items()
    )
