"""Every write of actions: made, changed, done, opened again and dropped; one or many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from leesbouw.core import search
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import now, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.organisations.queries import units_in_scope
from leesbouw.people.models import Contact, StaffMember
from leesbouw.people.queries import library_id_for

from ..enums import Side
from ..models import Action, ActionCompletion
from ..permissions import EDIT_ACTIONS
from ..queries import KIND, action_entry, editable_by, may_write, still_open

OWN = "own"  # source of an action that somebody thought of by herself


@dataclass(frozen=True, slots=True)
class ActionRow:
    """An action as a form, a talk or the demo gives it. `done_on` makes it done at once, for what is told afterwards."""

    unit_id: int
    what: str
    side: str
    library_id: int | None = None
    staff_id: int | None = None
    contact_id: int | None = None
    due_on: date | None = None
    done_on: date | None = None
    source: str = OWN


def add_action(row: ActionRow, *, by: Actor) -> Action:
    """Adds one action; see add_actions."""
    return add_actions([row], by=by)[0]


def add_actions(rows: Sequence[ActionRow], *, by: Actor, run: str = "", tell: bool = True) -> list[Action]:
    """Adds actions with one event for all; returns them in the order of `rows`.

    With `tell=False` the caller's own event tells it. Raises NotAllowed for a unit or person out of reach.
    """
    require(by, EDIT_ACTIONS)
    if not rows:
        return []
    with write_transaction():
        units = _units(by, {row.unit_id for row in rows})
        _check_people(by, rows)
        if by.unit_kind == UnitKind.LOCATION and any(row.side == Side.LIBRARY for row in rows):
            raise Sentence(_("Only the library sets itself a task."))
        made = [_made(row, units, by) for row in rows]
        Action.objects.bulk_create(made)
        finished = [
            ActionCompletion(action=action, done_on=row.done_on, by_user_id=by.user_id)
            for action, row in zip(made, rows, strict=True)
            if row.done_on
        ]
        ActionCompletion.objects.bulk_create(finished)
        search.put(action_entry(action) for action, row in zip(made, rows, strict=True) if not row.done_on)
        if tell:
            record(
                by=by,
                verb="plans.add_actions",
                subject=made[0] if len(made) == 1 else None,
                unit_id=made[0].unit_id if len(units) == 1 else None,
                count=len(made),
                run=run,
                undo=Undo("plans.drop_actions", {"ids": [action.pk for action in made]}),
            )
        return made


def _units(by: Actor, ids: set[int]) -> dict[int, Unit]:
    units = {unit.pk: unit for unit in units_in_scope(by).filter(pk__in=ids)}
    if ids - set(units):
        raise NotAllowed(EDIT_ACTIONS)
    return units


def _check_people(by: Actor, rows: Iterable[ActionRow]) -> None:
    """Who is named must be somebody the actor may see."""
    staff = {row.staff_id for row in rows if row.staff_id}
    contacts = {row.contact_id for row in rows if row.contact_id}
    for model, ids in ((StaffMember, staff), (Contact, contacts)):
        if ids and model.objects.visible_to(by).filter(pk__in=ids).count() != len(ids):  # type: ignore[attr-defined]
            raise NotAllowed(EDIT_ACTIONS)


def _made(row: ActionRow, units: dict[int, Unit], by: Actor) -> Action:
    action = Action(
        library_id=_library_id(row, by),
        what=row.what,
        side=Side(row.side),
        staff_id=row.staff_id,
        contact_id=row.contact_id,
        due_on=row.due_on,
        source=row.source,
        created_by_id=by.user_id,
    )
    action.unit = units[row.unit_id]
    return action


def _library_id(row: ActionRow, by: Actor) -> int:
    if row.library_id is not None and (by.kind == "system" or row.library_id in by.libraries):
        return row.library_id
    found = library_id_for(by, row.unit_id) if row.library_id is None else None
    if found is None:
        raise Sentence(_("No library works with this organisation yet."))
    return found


@dataclass(frozen=True, slots=True)
class ActionChange:
    """What of an action may change later."""

    what: str
    side: str
    staff_id: int | None = None
    contact_id: int | None = None
    due_on: date | None = None


def change_action(*, action: Action, change: ActionChange, by: Actor, version: int | None = None) -> Action:
    """Changes an open action. Raises Stale when somebody else did in the meantime."""
    require(by, EDIT_ACTIONS)
    with write_transaction():
        row = lock_row(Action.objects.visible_to(by).select_related("unit"), pk=action.pk)
        if not may_write(by, row):
            raise NotAllowed(EDIT_ACTIONS)
        check_version(row, version)
        probe = ActionRow(row.unit_id, change.what, change.side, None, change.staff_id, change.contact_id)
        if (change.staff_id, change.contact_id) != (row.staff_id, row.contact_id):
            _check_people(by, [probe])
        row.what, row.side, row.due_on = change.what, Side(change.side), change.due_on
        row.staff_id, row.contact_id = change.staff_id, change.contact_id
        row.version += 1
        row.save()
        search.put([action_entry(row)])
        record(by=by, verb="plans.change_action", subject=row, unit_id=row.unit_id)
        return row


def complete_action(*, action: Action, by: Actor, done_on: date | None = None, note: str = "") -> Action:
    """One action is done; see complete_actions. Raises Sentence when it was already."""
    done = complete_actions([action.pk], by=by, done_on=done_on, note=note)
    if not done:
        raise Sentence(_("This was already done."))
    return done[0]


def complete_actions(
    ids: Iterable[int], *, by: Actor, done_on: date | None = None, note: str = ""
) -> list[Action]:
    """These actions are done, by this actor; what was done before is left alone. One event, undone with one press."""
    require(by, EDIT_ACTIONS)
    day = done_on or today()
    if day > today():
        raise Sentence(_("Something that is done lies in the past."))
    with write_transaction():
        rows = list(_locked(by, ids).filter(still_open()))
        ActionCompletion.objects.bulk_create(
            [ActionCompletion(action=row, done_on=day, note=note, by_user_id=by.user_id) for row in rows]
        )
        search.remove(KIND, [row.pk for row in rows])
        _tell(
            rows,
            by,
            verb="plans.complete_actions",
            undo=Undo("plans.reopen_actions", {"ids": [row.pk for row in rows]}),
        )
        return rows


@undo.register("plans.reopen_actions")
def reopen_actions(*, ids: Iterable[int], by: Actor) -> list[Action]:
    """They are not done after all."""
    require(by, EDIT_ACTIONS)
    with write_transaction():
        rows = list(_locked(by, ids).exclude(still_open()).select_related("unit"))
        ActionCompletion.objects.filter(action__in=[row.pk for row in rows]).delete()
        search.put(action_entry(row) for row in rows)
        _tell(rows, by, verb="plans.reopen_actions")
        return rows


@undo.register("plans.drop_actions")
def drop_actions(*, ids: Iterable[int], by: Actor) -> list[Action]:
    """Nobody will do these: they leave the lists, and can be taken back."""
    require(by, EDIT_ACTIONS)
    with write_transaction():
        rows = list(_locked(by, ids).filter(dropped_at=None))
        for row in rows:
            row.dropped_at = now()
            row.version += 1
            row.save(update_fields=["dropped_at", "version"])
        search.remove(KIND, [row.pk for row in rows])
        _tell(
            rows,
            by,
            verb="plans.drop_actions",
            undo=Undo("plans.take_back_actions", {"ids": [row.pk for row in rows]}),
        )
        return rows


@undo.register("plans.take_back_actions")
def take_back_actions(*, ids: Iterable[int], by: Actor) -> list[Action]:
    """Dropped actions stand on the lists again."""
    require(by, EDIT_ACTIONS)
    with write_transaction():
        rows = list(_locked(by, ids).exclude(dropped_at=None).select_related("unit", "completion"))
        for row in rows:
            row.dropped_at = None
            row.version += 1
            row.save(update_fields=["dropped_at", "version"])
        search.put(action_entry(row) for row in rows if not hasattr(row, "completion"))
        _tell(rows, by, verb="plans.take_back_actions")
        return rows


def _locked(by: Actor, ids: Iterable[int]):  # type: ignore[no-untyped-def]
    """These actions as far as the actor may write them, held until the write ends."""
    rows = Action.objects.visible_to(by).filter(editable_by(by), pk__in=list(ids))
    return rows.select_for_update(of=("self",)).order_by("pk")


def _tell(rows: Sequence[Action], by: Actor, *, verb: str, undo: Undo | None = None) -> None:
    if rows:
        record(
            by=by,
            verb=verb,
            subject=rows[0] if len(rows) == 1 else None,
            unit_id=rows[0].unit_id if len({row.unit_id for row in rows}) == 1 else None,
            count=len(rows),
            undo=undo,
        )


def wipe_actions(*, ids: Sequence[int], by: Actor) -> None:
    """Takes actions out for good, with what was written when they were done."""
    with write_transaction():
        search.remove(KIND, ids)
        Action.objects.trusted("wiping actions").filter(pk__in=ids).delete()
