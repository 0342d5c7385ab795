"""The groups of a new school year: taken over from last year in one table, and given back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear

from ..domain import SCHOOL_YEAR_GROUPS, names_wrong
from ..models import ClassGroup, Location, YearTrace, YearTransition
from ..permissions import EDIT_GROUPS
from ..queries.transition import trace_of
from ..year_steps import in_order
from .transition import drop_trace, held_transition, keep_trace, refuse, running_transition

GROUPS = "groups"  # the step


@dataclass(frozen=True, slots=True)
class NextGroupRow:
    """A group of the new year as it must be. `id`: one that is there; `follows_id`: the group it was last year."""

    name: str
    year_groups: tuple[int, ...] = ()
    follows_id: int | None = None
    id: int | None = None


def take_over_groups(
    rows: Sequence[NextGroupRow], *, location: Location, year: SchoolYear, by: Actor
) -> dict[str, ClassGroup]:
    """Makes these the groups of the new year; a group that this list made and that is not named goes again.

    Raises Sentence for a missing or double name, a year group the location has not, or a group in use.
    """
    require(by, EDIT_GROUPS)
    with write_transaction():
        transition = running_transition(location=location, year=year, by=by)
        _check_rows(rows, location)
        there = {group.pk: group for group in ClassGroup.objects.filter(location=location, year=year)}
        last = set(
            ClassGroup.objects.filter(location=location, year=year.previous).values_list("pk", flat=True)
        )
        if any(row.id and row.id not in there for row in rows) or any(
            row.follows_id and row.follows_id not in last for row in rows
        ):
            raise Sentence(_("Choose a group of this location."))
        earlier = trace_of(transition, GROUPS)
        data: dict[str, Any] = earlier.data if earlier else {"made": [], "before": _image(there.values())}
        named = {row.id for row in rows if row.id}
        _remove([group for pk, group in there.items() if pk not in named], set(data["made"]))
        saved = _save(rows, there, location, year)
        made = {*data["made"], *(group.pk for group in saved if group.pk not in there)}
        after = ClassGroup.objects.filter(location=location, year=year)
        data |= {"made": sorted(made & {group.pk for group in after}), "after": _image(after)}
        keep_trace(transition=transition, step=GROUPS, data=data, by=by)
        record(
            by=by,
            verb="organisations.take_over_groups",
            subject=transition,
            unit_id=location.pk,
            count=len(saved),
            data={"year": str(year)},
            undo=None
            if earlier
            else Undo("organisations.give_back_groups", {"transition_id": transition.pk}),
        )
        return {group.name: group for group in saved}


def _check_rows(rows: Sequence[NextGroupRow], location: Location) -> None:
    missing, double = names_wrong(row.name for row in rows)
    if missing:
        raise Sentence(_("Give every group a name."))
    if double:
        raise Sentence(_("Two groups are called %(name)s. Give each a name of its own."), name=double[0])
    allowed = SCHOOL_YEAR_GROUPS[location.sector]
    if any(number not in allowed for row in rows for number in row.year_groups):
        raise Sentence(_("This location has no such year group."))


def _remove(groups: Sequence[ClassGroup], made: set[int]) -> None:
    """Groups that nobody wants any more; what others made stays theirs."""
    if any(group.pk not in made for group in groups):
        raise Sentence(_("A group that was there before this list cannot be left out here."))
    try:
        ClassGroup.objects.filter(pk__in=[group.pk for group in groups]).delete()
    except ProtectedError:
        raise Sentence(_("There are pupils in a group that you leave out.")) from None


def _save(
    rows: Sequence[NextGroupRow], there: dict[int, ClassGroup], location: Location, year: SchoolYear
) -> list[ClassGroup]:
    """Stores the rows in their order. Names may change places: first each gets a name that nobody has."""
    saved, renamed = [], []
    for row in rows:
        group = there[row.id] if row.id else ClassGroup(location=location, year=year)
        name = " ".join(row.name.split())
        if group.pk and group.name != name:
            renamed.append(group.pk)
        group.name, group.year_groups, group.follows_id = name, sorted(row.year_groups), row.follows_id
        saved.append(group)
    for pk in renamed:
        ClassGroup.objects.filter(pk=pk).update(name=f"~{pk}")
    for group in saved:
        group.save()
    return saved


def _image(groups: Any) -> dict[str, list[Any]]:
    return {str(group.pk): [group.name, list(group.year_groups), group.follows_id] for group in groups}


def group_blocks(actor: Actor, transition: YearTransition) -> list[Any]:
    """What stands in the way of giving the groups back: somebody changed them since."""
    trace = trace_of(transition, GROUPS)
    there = ClassGroup.objects.filter(location=transition.location_id, year=transition.year)
    now_there = _image(there)
    if trace is None or now_there == trace.data["after"]:
        return []
    return [_("The groups of the new year were changed by hand since.")]


@undo.register("organisations.give_back_groups")
def give_back_groups(*, transition_id: int, by: Actor) -> None:
    """The new year's groups as they were before the list. Raises Sentence when they are in use."""
    require(by, EDIT_GROUPS)
    with write_transaction():
        transition = held_transition(transition_id, by)
        refuse(step_blocks(by, transition, from_step=GROUPS))
        count = _give_back(transition)
        record(
            by=by,
            verb="organisations.give_back_groups",
            subject=transition,
            unit_id=transition.location_id,
            count=count,
        )


def step_blocks(actor: Actor, transition: YearTransition, *, from_step: str) -> list[Any]:
    """What stands in the way of taking back a step, and whether a later step was done on top of it."""
    codes = [code for code, _step in in_order()]
    later = set(codes[codes.index(from_step) + 1 :])
    blocks = [
        text for code, step in in_order() if code == from_step for text in step.blocks(actor, transition)
    ]
    if YearTrace.objects.filter(transition=transition, step__in=later).exists():
        blocks.append(_("A later step was done already. Take back the whole list, or that step first."))
    return blocks


def _give_back(transition: YearTransition) -> int:
    trace = trace_of(transition, GROUPS)
    if trace is None:
        return 0
    try:
        ClassGroup.objects.filter(pk__in=trace.data["made"]).delete()
    except ProtectedError:
        raise Sentence(_("Somebody works with the new groups already.")) from None
    groups = list(ClassGroup.objects.filter(pk__in=[int(pk) for pk in trace.data["before"]]))
    for group in groups:
        ClassGroup.objects.filter(pk=group.pk).update(name=f"~{group.pk}")
    for group in groups:
        group.name, group.year_groups, group.follows_id = trace.data["before"][str(group.pk)]
        group.save()
    drop_trace(transition=transition, step=GROUPS)
    return len(trace.data["made"]) + len(groups)


def take_back_groups(*, transition: YearTransition, by: Actor) -> None:
    """The step's way back, inside the write that takes the whole list back."""
    require(by, EDIT_GROUPS)
    _give_back(transition)
