"""Setting up a new school year: begun once, step by step, and taken back as long as nobody works with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear, now

from ..models import ClassGroup, Location, LocationYear, YearTrace, YearTransition
from ..permissions import EDIT_GROUPS
from ..queries.transition import blocks_of, may_begin, trace_of, transition_of
from ..year_steps import in_order
from .years import YearRow, write_location_years

YEAR = "year"  # the first step


def begin_transition(*, location: Location, year: SchoolYear, by: Actor) -> YearTransition:
    """Begins the list and makes the location's new year. Who comes second gets the one that was begun.

    Raises NotAllowed out of reach, Sentence for a closed location and for a year that is far away.
    """
    require(by, EDIT_GROUPS)
    with write_transaction():
        location = _locked(location, by)
        if begun := transition_of(by, location, year):
            return begun
        if location.closed_on is not None:
            raise Sentence(_("This location is closed."))
        if not may_begin(year):
            raise Sentence(_("Only this school year and the next can be set up."))
        transition = YearTransition.objects.create(location=location, year=year, begun_by_id=by.user_id)
        there = LocationYear.objects.filter(location=location, year=year).exists()
        made = {} if there else write_location_years([YearRow(location.pk)], year=year, by=by)
        keep_trace(transition=transition, step=YEAR, data={"made": list(made.values())}, by=by)
        record(
            by=by,
            verb="organisations.begin_transition",
            subject=transition,
            unit_id=location.pk,
            data={"year": str(year)},
            undo=Undo("organisations.take_back_transition", {"transition_id": transition.pk}),
        )
        return transition


def keep_trace(*, transition: YearTransition, step: str, data: dict[str, Any], by: Actor) -> YearTrace:
    """Keeps what a step did, inside the caller's write; the transition gets a new version."""
    trace, _made = YearTrace.objects.update_or_create(
        transition=transition, step=step, defaults={"data": data, "at": now(), "by_user_id": by.user_id}
    )
    _new_version(transition)
    return trace


def drop_trace(*, transition: YearTransition, step: str) -> None:
    """The step was taken back; inside the caller's write."""
    YearTrace.objects.filter(transition=transition, step=step).delete()
    _new_version(transition)


def running_transition(*, location: Location, year: SchoolYear, by: Actor) -> YearTransition:
    """The transition that a step works for, with its location held. Raises Sentence when it is over or not begun."""
    location = _locked(location, by)
    transition = transition_of(by, location, year)
    if transition is None:
        raise Sentence(_("First begin the new school year."))
    if transition.finished_at is not None and by.kind != "system":
        raise Sentence(_("The new school year is finished. Change it on the page of the location."))
    return transition


def take_back_year(*, transition: YearTransition, by: Actor) -> None:
    """The location's year goes, unless numbers were written into it since."""
    require(by, EDIT_GROUPS)
    trace = trace_of(transition, YEAR)
    if trace is not None:
        empty = LocationYear.objects.filter(pk__in=trace.data["made"], pupils=None, counted_on=None)
        empty.filter(closed_on=None).delete()
        drop_trace(transition=transition, step=YEAR)


@undo.register("organisations.take_back_transition")
def take_back_transition(*, transition_id: int, by: Actor) -> None:
    """Takes back everything the list did, last step first. Raises Sentence that names all that stands in the way."""
    require(by, EDIT_GROUPS)
    with write_transaction():
        transition = held_transition(transition_id, by)
        if transition.taken_back_at is not None:
            raise Sentence(_("This was already undone."))
        refuse(blocks_of(by, transition))
        for _code, step in reversed(in_order()):
            step.take_back(transition=transition, by=by)
        transition.refresh_from_db()
        transition.taken_back_at, transition.taken_back_by_id = now(), by.user_id
        transition.save(update_fields=["taken_back_at", "taken_back_by_id"])
        record(
            by=by,
            verb="organisations.take_back_transition",
            subject=transition,
            unit_id=transition.location_id,
            data={"year": str(transition.year)},
        )


def finish_transition(*, transition: YearTransition, by: Actor) -> YearTransition:
    """The list is ready; it leaves everybody's first page. Raises Sentence before the groups are there."""
    require(by, EDIT_GROUPS)
    with write_transaction():
        transition = held_transition(transition.pk, by)
        if transition.finished_at is not None or transition.taken_back_at is not None:
            raise Sentence(_("The new school year is finished already."))
        if not ClassGroup.objects.filter(location=transition.location_id, year=transition.year).exists():
            raise Sentence(_("First take over the groups."))
        transition.finished_at, transition.finished_by_id = now(), by.user_id
        transition.version += 1
        transition.save(update_fields=["finished_at", "finished_by_id", "version"])
        record(
            by=by,
            verb="organisations.finish_transition",
            subject=transition,
            unit_id=transition.location_id,
            undo=Undo("organisations.reopen_transition", {"transition_id": transition.pk}),
        )
        return transition


@undo.register("organisations.reopen_transition")
def reopen_transition(*, transition_id: int, by: Actor) -> None:
    """The list was not ready after all."""
    require(by, EDIT_GROUPS)
    with write_transaction():
        transition = held_transition(transition_id, by)
        transition.finished_at, transition.finished_by_id = None, None
        transition.version += 1
        transition.save(update_fields=["finished_at", "finished_by_id", "version"])
        record(
            by=by,
            verb="organisations.reopen_transition",
            subject=transition,
            unit_id=transition.location_id,
        )


def refuse(blocks: Sequence[Any]) -> None:
    """Raises a Sentence that names all that stands in the way."""
    if blocks:
        raise Sentence(" ".join(str(text) for text in blocks))


def held_transition(transition_id: int, by: Actor) -> YearTransition:
    """The transition within reach, with its location, held until the write ends."""
    transition = lock_row(YearTransition.objects.visible_to(by), pk=transition_id)
    _locked(transition.location, by)
    return transition


def _locked(location: Location, by: Actor) -> Location:
    """The location within reach, held until the write ends, so that two people never begin at once."""
    try:
        return lock_row(Location.objects.visible_to(by), pk=location.pk)
    except Location.DoesNotExist:
        raise NotAllowed(EDIT_GROUPS) from None


def _new_version(transition: YearTransition) -> None:
    transition.version += 1
    transition.save(update_fields=["version"])
