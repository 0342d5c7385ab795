"""The relation agenda: what is due from the rhythms, what is planned, and what was held lately."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any, NamedTuple

from django.db.models import Max

from leesbouw.core.access import Actor
from leesbouw.core.registry import OtherTalk, other_talks
from leesbouw.core.time import today
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import Municipality, Unit
from leesbouw.people.models import Contact, Relation, StaffMember

from ..domain import URGENCY, DueState, due_state, next_due, talk_state
from ..models import Conversation
from .guides import DueRules, due_rules
from .mine import mine_of
from .rhythms import Party, Rhythm, UnitLine, Units, line_of, parties_with_rhythms
from .talks import RECENT, held_talks, open_talks, state_of, with_makers

FAR = date(9999, 12, 31)


class AgendaRow(NamedTuple):
    """A line of the relation agenda: a talk that is due by a rhythm, one that is planned, or one that was held."""

    unit: Unit | UnitLine
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
    other: OtherTalk | None = None  # of a room of its own; `kind` is the code of that room

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
    """The agenda of the actor's libraries, most urgent first, with the talks that other rooms keep. Twelve queries at
    most, whatever the number of rows."""
    units = None if unit is None else {unit.pk: line_of(unit)}
    held, coming = held_talks(actor).filter(held_on__gte=today() - recent), open_talks(actor)
    if unit is not None:
        held, coming = held.filter(unit=unit.pk), coming.filter(unit=unit.pk)
    since = today() - recent
    others = [line for line in _others(actor, unit) if line[1].held_on is None or line[1].held_on >= since]
    return _agenda(actor, units, list(with_makers(held)), list(with_makers(coming)), others, named=True)


def _others(actor: Actor, unit: Unit | None) -> list[tuple[str, OtherTalk]]:
    """Talks that other rooms keep, with the code of the room; nobody but a library has an agenda."""
    if actor.unit_kind not in {UnitKind.LIBRARY, UnitKind.BRANCH}:
        return []
    at = None if unit is None else unit.pk
    return [(code, talk) for code, source in other_talks.items() for talk in source.find(actor, unit=at)]


def _agenda(
    actor: Actor,
    units: Units | None,
    held: Sequence[Conversation],
    coming: Sequence[Conversation],
    others: Sequence[tuple[str, OtherTalk]] = (),
    *,
    named: bool,
) -> list[AgendaRow]:
    parties, rhythms = parties_with_rhythms(actor, units)
    found = _lookup(actor, parties, rhythms, [*held, *coming], named=named)
    last, due = _last_held(actor, units), Due(due_rules(), today())
    open_at: dict[tuple[int, int, str], list[Conversation]] = {}
    for talk in coming:
        open_at.setdefault((talk.library_id, talk.unit_id, talk.level), []).append(talk)
    rows: list[AgendaRow] = []
    taken: set[int] = set()
    for rhythm in rhythms:
        first = None
        if at := open_at.get((rhythm.party.library_id, rhythm.party.unit.pk, rhythm.level)):
            met = (one for one in at if one.pk not in taken and due.rules.met_by(rhythm.kind, one.kind))
            first = next(met, None)
        if first is not None:
            taken.add(first.pk)
        row = _due_row(rhythm, last, first, due, found)
        if row is not None:
            rows.append(row)
    rows += [_talk_row(talk, found) for talk in coming if talk.pk not in taken]
    rows += [_talk_row(talk, found) for talk in held]
    rows += [row for code, talk in others for row in _other_rows(code, talk, found, due)]
    return sorted(rows, key=lambda row: row.urgency)


@dataclass(frozen=True, slots=True)
class Due:
    """When the next talk is due and how that stands today. Thousands of lines share a few hundred days."""

    rules: DueRules
    today: date
    known: dict[tuple[date | None, date, int, date | None], tuple[date, DueState] | None] = field(
        default_factory=dict
    )

    def after(
        self, last_on: date | None, starts_on: date, per_year: int, planned_on: date | None
    ) -> tuple[date, DueState] | None:
        """The day and the state; None for a rhythm of no talks."""
        key = (last_on, last_on or starts_on, per_year, planned_on)
        if key not in self.known:
            margins = self.rules.margins
            day = next_due(last_held=last_on, starts_on=starts_on, per_year=per_year, margins=margins)
            self.known[key] = None if day is None else (day, self.state(day, last_on, planned_on))
        return self.known[key]

    def state(self, day: date, last_on: date | None, planned_on: date | None) -> DueState:
        return due_state(
            day, last_held=last_on, planned_on=planned_on, today=self.today, margins=self.rules.margins
        )


@dataclass(frozen=True, slots=True)
class Lookup:
    """Who of us sees to a line, and where it is; gathered once for the whole agenda."""

    staff_of: dict[int, int]  # talk → colleague
    talkers: dict[tuple[int, str], int]  # (unit, level) → colleague
    consultants: dict[int, int]  # location → colleague
    names: dict[int, str]  # of colleagues
    towns: dict[int, int | None]  # unit → municipality
    town_names: dict[int, str]

    def owner(
        self, unit_id: int, level: str, named: int | None, talk_id: int | None
    ) -> tuple[int | None, str]:
        """Whoever made the appointment, is named in the rhythm, talks to them, or else the consultant."""
        owner = (
            (self.staff_of.get(talk_id) if talk_id else None)
            or named
            or self.talkers.get((unit_id, level))
            or self.consultants.get(unit_id)
        )
        return owner, self.names.get(owner, "") if owner else ""

    def town(self, unit_id: int, own: int | None) -> tuple[int | None, str]:
        town = own or self.towns.get(unit_id)
        return town, self.town_names.get(town, "") if town else ""


def _lookup(
    actor: Actor,
    parties: Sequence[Party],
    rhythms: Sequence[Rhythm],
    talks: Sequence[Conversation],
    *,
    named: bool,
) -> Lookup:
    """Without names where only her own lines are wanted: nobody needs to be told who she is."""
    staff_of: dict[int, int] = {talk.pk: talk.made_by for talk in talks if talk.made_by}  # type: ignore[attr-defined]
    talkers = _talkers(actor)
    consultants = {party.unit.pk: party.consultant_id for party in parties if party.consultant_id}
    towns = {party.unit.pk: party.municipality_id for party in parties}
    if not named:
        return Lookup(staff_of, talkers, consultants, {}, towns, {})
    in_rhythms = {rhythm.staff_id for rhythm in rhythms if rhythm.staff_id}
    staff = {*staff_of.values(), *talkers.values(), *consultants.values(), *in_rhythms}
    of_talks = {talk.municipality_id for talk in talks}  # type: ignore[attr-defined]
    return Lookup(
        staff_of,
        talkers,
        consultants,
        dict(StaffMember.objects.visible_to(actor).filter(pk__in=staff).values_list("pk", "name")),
        towns,
        dict(
            Municipality.objects.filter(pk__in={*towns.values(), *of_talks} - {None}).values_list(
                "pk", "name"
            )
        ),
    )


Held = dict[tuple[int, int, str], dict[str, date]]


def _last_held(actor: Actor, units: Units | None) -> Held:
    """(library, unit, level) → kind → the day of the last talk."""
    rows = Conversation.objects.visible_to(actor).filter(held_on__isnull=False)
    if units is not None:
        rows = rows.filter(unit__in=list(units))
    found: Held = {}
    for library, unit_id, level, kind, day in (
        rows.order_by().values_list("library", "unit", "level", "kind").annotate(last=Max("held_on"))
    ):
        found.setdefault((library, unit_id, level), {})[kind] = day
    return found


def _due_row(
    rhythm: Rhythm, last: Held, talk: Conversation | None, due: Due, found: Lookup
) -> AgendaRow | None:
    """The line of one rhythm; None when the library decided on no talks here and none is planned."""
    unit, met_by = rhythm.party.unit, due.rules.met_by
    last_on = None
    if days := last.get((rhythm.party.library_id, unit.pk, rhythm.level)):
        last_on = max((day for kind, day in days.items() if met_by(rhythm.kind, kind)), default=None)
    planned_on = talk.planned_on if talk else None
    stands = due.after(last_on, rhythm.starts_on, rhythm.per_year, planned_on)
    if stands is None:
        return _talk_row(talk, found) if talk else None
    owner_id, owner = found.owner(unit.pk, rhythm.level, rhythm.staff_id, talk.pk if talk else None)
    town_id = rhythm.party.municipality_id
    return AgendaRow(
        unit=unit,
        level=rhythm.level,
        kind=talk.kind if talk else rhythm.kind,
        state=stands[1],
        due_on=stands[0],
        planned_on=planned_on,
        planned_at=talk.planned_at if talk else None,
        last_held_on=last_on,
        talk_id=talk.pk if talk else None,
        per_year=rhythm.per_year,
        status=rhythm.status,
        guide=talk.guide if talk else rhythm.guide,
        owner_id=owner_id,
        owner=owner,
        municipality_id=town_id,
        municipality=found.town_names.get(town_id, "") if town_id else "",
        sector=rhythm.party.sector,
    )


def _talk_row(talk: Conversation, found: Lookup) -> AgendaRow:
    location = getattr(talk.unit, "as_location", None)
    owner_id, owner = found.owner(talk.unit_id, talk.level, None, talk.pk)
    town_id, town = found.town(talk.unit_id, talk.municipality_id)  # type: ignore[attr-defined]
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
        owner_id=owner_id,
        owner=owner,
        municipality_id=town_id,
        municipality=town,
        sector=location.sector if location else "",
    )


def _other_rows(code: str, talk: OtherTalk, found: Lookup, due: Due) -> Iterable[AgendaRow]:
    """The line of a talk of another room, and one for when it comes again."""
    unit = UnitLine(*talk.unit)
    owner_id, owner = found.owner(unit.pk, "", None, None)
    town_id, town = found.town(unit.pk, talk.municipality_id)
    line = AgendaRow(
        unit=unit,
        level="",
        kind=code,
        state=talk_state(
            planned_on=talk.planned_on,
            held_on=talk.held_on,
            written_up=talk.held_on is not None,
            today=due.today,
        ),
        planned_on=talk.planned_on if talk.held_on is None else None,
        last_held_on=talk.held_on,
        talk_id=talk.id,
        owner_id=owner_id,
        owner=owner,
        municipality_id=town_id,
        municipality=town,
        sector=talk.sector,
        other=talk,
    )
    yield line
    if talk.again_on:
        state = due.state(talk.again_on, talk.held_on, None)
        yield line._replace(state=state, due_on=talk.again_on, talk_id=None)


def _talkers(actor: Actor) -> dict[tuple[int, str], int]:
    """(unit, level) → the colleague who has talked there longest."""
    present = Contact.objects.visible_to(actor).filter(left_on=None).values("pk")
    rows = Relation.objects.visible_to(actor).filter(ends_on=None, contact__in=present)
    lines = rows.order_by("-contact_id", "-starts_on", "-pk")
    return {
        (unit, level): staff
        for unit, level, staff in lines.values_list("contact__unit", "contact__level", "staff")
    }


def my_agenda(actor: Actor, states: Iterable[DueState]) -> list[AgendaRow]:
    """Lines in these states that the actor herself sees to; of talks that were held there are none.

    Only where a line could be hers is read: seven queries at most, whatever the number of locations of the library.
    """
    mine, wanted = mine_of(actor), set(states)
    if not mine.units:
        return []
    rows = _agenda(actor, mine.units, (), mine.talks, named=False)
    return [row for row in rows if row.owner_id in mine.staff and row.state in wanted]


def next_talk_of(actor: Actor, unit: Unit) -> AgendaRow | None:
    """The most urgent line of a unit that is not a talk of the past."""
    return next((row for row in agenda_for(actor, unit=unit) if row.state != DueState.HELD), None)


def unit_kind_label(row: AgendaRow) -> Any:
    """“Board”, “Municipality” or the kind of location."""
    if row.unit.kind == UnitKind.LOCATION and row.sector:
        return Sector(row.sector).label
    return row.unit.get_kind_display()
