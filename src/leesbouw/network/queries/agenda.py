"""The relation agenda: what is due from the rhythms, what is planned, and what was held lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any

from django.db.models import Max

from leesbouw.core.access import Actor
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import Municipality, Unit
from leesbouw.people.models import ConsultantAssignment, Contact, Relation, StaffMember
from leesbouw.people.queries import my_staff_ids

from ..domain import URGENCY, DueState, due_state, next_due
from ..models import Conversation
from .guides import DueRules, due_rules
from .rhythms import Party, Rhythm, parties_of, rhythms_for
from .talks import RECENT, held_talks, open_talks, state_of

FAR = date(9999, 12, 31)


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """A line of the relation agenda: a talk that is due by a rhythm, one that is planned, or one that was held."""

    unit: Unit
    level: str
    kind: str
    state: DueState
    due_on: date | None = None
    planned_on: date | None = None
    planned_at: time | None = None
    last_held_on: date | None = None
    talk_id: int | None = None
    per_year: int | None = None
    status: str = ""
    guide: str = ""
    owner_id: int | None = None
    owner: str = ""
    municipality_id: int | None = None
    municipality: str = ""
    sector: str = ""

    @property
    def pk(self) -> str:
        return f"{self.unit.pk}-{self.level}-{self.kind}-{self.talk_id or ''}"

    @property
    def day(self) -> date | None:
        """The day that counts: of the talk, else the day it is due."""
        return self.planned_on or (self.last_held_on if self.state == DueState.HELD else None) or self.due_on

    @property
    def waits_since_ever(self) -> bool:
        """Due, and never spoken: the day by the rhythm lies in a past that tells nothing."""
        return self.state == DueState.DUE and self.last_held_on is None

    @property
    def urgency(self) -> tuple[int, date, str]:
        """Red rows first; within a state the oldest first, and of what was held the newest."""
        day = self.day or FAR
        if self.state == DueState.HELD:
            day = date.fromordinal(FAR.toordinal() - day.toordinal())
        return URGENCY[self.state], day, self.unit.name


def agenda_for(actor: Actor, *, unit: Unit | None = None, recent: timedelta = RECENT) -> list[AgendaRow]:
    """The agenda of the actor's libraries, most urgent first. A dozen queries, whatever the number of rows."""
    parties = parties_of(actor, unit)
    rhythms = rhythms_for(actor, parties)
    held, coming = _talks(actor, unit, recent)
    staff_of = _staff_of(talk.pk for talk in [*held, *coming])
    last, rules = _last_held(actor, unit), due_rules()
    open_at: dict[tuple[int, int, str], list[Conversation]] = {}
    for talk in coming:
        open_at.setdefault((talk.library_id, talk.unit_id, talk.level), []).append(talk)
    rows: list[AgendaRow] = []
    taken: set[int] = set()
    for rhythm in rhythms:
        at = open_at.get((rhythm.party.library_id, rhythm.party.unit.pk, rhythm.level), [])
        met = (one for one in at if one.pk not in taken and rules.met_by(rhythm.kind, one.kind))
        first = next(met, None)
        if first is not None:
            taken.add(first.pk)
        row = _due_row(rhythm, last, first, rules)
        if row is not None:
            rows.append(row)
    rows += [_talk_row(talk) for talk in coming if talk.pk not in taken]
    rows += [_talk_row(talk) for talk in held]
    rows = _with_owners(actor, rows, parties, staff_of)
    return sorted(_with_places(rows, parties), key=lambda row: row.urgency)


def _talks(
    actor: Actor, unit: Unit | None, recent: timedelta
) -> tuple[list[Conversation], list[Conversation]]:
    held, coming = held_talks(actor).filter(held_on__gte=today() - recent), open_talks(actor)
    if unit is not None:
        held, coming = held.filter(unit=unit.pk), coming.filter(unit=unit.pk)
    return list(held), list(coming)


def _staff_of(talk_ids: Iterable[int]) -> dict[int, int]:
    """Talk → the first colleague on it: whoever made the appointment."""
    pairs = Conversation.staff.through.objects.filter(conversation__in=list(talk_ids)).order_by("-pk")
    return dict(pairs.values_list("conversation_id", "staffmember_id"))


Held = dict[tuple[int, int, str], dict[str, date]]


def _last_held(actor: Actor, unit: Unit | None) -> Held:
    """(library, unit, level) → kind → the day of the last talk."""
    rows = Conversation.objects.visible_to(actor).filter(held_on__isnull=False)
    if unit is not None:
        rows = rows.filter(unit=unit.pk)
    found: Held = {}
    for library, unit_id, level, kind, day in (
        rows.order_by().values_list("library", "unit", "level", "kind").annotate(last=Max("held_on"))
    ):
        found.setdefault((library, unit_id, level), {})[kind] = day
    return found


def _due_row(rhythm: Rhythm, last: Held, talk: Conversation | None, rules: DueRules) -> AgendaRow | None:
    """The line of one rhythm; None when the library decided on no talks here and none is planned."""
    days = last.get((rhythm.party.library_id, rhythm.party.unit.pk, rhythm.level), {})
    last_on = max((day for kind, day in days.items() if rules.met_by(rhythm.kind, kind)), default=None)
    due_on = next_due(
        last_held=last_on, starts_on=rhythm.starts_on, per_year=rhythm.per_year, margins=rules.margins
    )
    if due_on is None:
        return _talk_row(talk) if talk else None
    planned_on = talk.planned_on if talk else None
    state = due_state(due_on, last_held=last_on, planned_on=planned_on, today=today(), margins=rules.margins)
    return AgendaRow(
        unit=rhythm.party.unit,
        level=rhythm.level,
        kind=talk.kind if talk else rhythm.kind,
        state=state,
        due_on=due_on,
        planned_on=planned_on,
        planned_at=talk.planned_at if talk else None,
        last_held_on=last_on,
        talk_id=talk.pk if talk else None,
        per_year=rhythm.per_year,
        status=rhythm.status,
        guide=talk.guide if talk else rhythm.guide,
        owner_id=rhythm.staff_id,
        sector=rhythm.party.sector,
    )


def _talk_row(talk: Conversation) -> AgendaRow:
    location = getattr(talk.unit, "as_location", None)
    return AgendaRow(
        unit=talk.unit,
        level=talk.level,
        kind=talk.kind,
        state=state_of(talk),
        planned_on=talk.planned_on if talk.held_on is None else None,
        planned_at=talk.planned_at if talk.held_on is None else None,
        last_held_on=talk.held_on,
        talk_id=talk.pk,
        guide=talk.guide,
        municipality_id=talk.municipality_id,  # type: ignore[attr-defined]
        sector=location.sector if location else "",
    )


def _with_owners(
    actor: Actor, rows: list[AgendaRow], parties: Sequence[Party], staff_of: dict[int, int]
) -> list[AgendaRow]:
    """Who of us sees to each line: named in the rhythm or on the talk, else who talks to them, else the consultant."""
    talkers, consultants = _talkers(actor), _consultants(actor, parties)
    owners = []
    for row in rows:
        owner = row.owner_id
        if row.talk_id in staff_of:
            owner = staff_of[row.talk_id]
        owner = owner or talkers.get((row.unit.pk, row.level)) or consultants.get(row.unit.pk)
        owners.append(owner)
    names = dict(
        StaffMember.objects.visible_to(actor)
        .filter(pk__in={owner for owner in owners if owner})
        .values_list("pk", "name")
    )
    return [
        replace(row, owner_id=owner, owner=names.get(owner, "")) if owner else row
        for row, owner in zip(rows, owners, strict=True)
    ]


def _talkers(actor: Actor) -> dict[tuple[int, str], int]:
    """(unit, level) → the colleague who has talked there longest."""
    rows = Relation.objects.visible_to(actor).filter(ends_on=None).order_by("-starts_on", "-pk")
    pairs = dict(rows.values_list("contact", "staff"))
    contacts = Contact.objects.visible_to(actor).filter(pk__in=pairs, left_on=None)
    return {
        (unit, level): pairs[contact]
        for contact, unit, level in contacts.order_by("-pk").values_list("pk", "unit", "level")
    }


def _consultants(actor: Actor, parties: Sequence[Party]) -> dict[int, int]:
    """Location → the colleague with most hours there."""
    unit_of = {party.partnership_id: party.unit.pk for party in parties if party.partnership_id}
    rows = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today()), partnership__in=unit_of)
    return {
        unit_of[partnership]: staff
        for partnership, staff in rows.order_by("hours_per_year", "-pk").values_list("partnership", "staff")
    }


def _with_places(rows: list[AgendaRow], parties: Sequence[Party]) -> list[AgendaRow]:
    of_party = {party.unit.pk: party.municipality_id for party in parties}
    places = [row.municipality_id or of_party.get(row.unit.pk) for row in rows]
    names = dict(Municipality.objects.filter(pk__in={pk for pk in places if pk}).values_list("pk", "name"))
    return [
        replace(row, municipality_id=place, municipality=names.get(place, "")) if place else row
        for row, place in zip(rows, places, strict=True)
    ]


def my_agenda(actor: Actor, states: Iterable[DueState]) -> list[AgendaRow]:
    """Lines in these states that the actor herself sees to."""
    mine, wanted = set(my_staff_ids(actor)), set(states)
    if not mine:
        return []
    return [row for row in agenda_for(actor) if row.owner_id in mine and row.state in wanted]


def next_talk_of(actor: Actor, unit: Unit) -> AgendaRow | None:
    """The most urgent line of a unit that is not a talk of the past."""
    return next((row for row in agenda_for(actor, unit=unit) if row.state != DueState.HELD), None)


def unit_kind_label(row: AgendaRow) -> Any:
    """“Board”, “Municipality” or the kind of location."""
    if row.unit.kind == UnitKind.LOCATION and row.sector:
        return Sector(row.sector).label
    return row.unit.get_kind_display()
