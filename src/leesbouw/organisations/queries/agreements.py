"""Which processing agreement holds on a day, and how that stands for whoever may see it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, ContentItem, content_kinds, current
from leesbouw.core.time import today

from ..domain import agreement_state
from ..enums import AgreementState
from ..models import Location, Partnership, ProcessingAgreement


class ModelVersion(Body):
    code: str
    name: str
    description: str = ""
    current: bool


class AgreementModelBody(Body):
    """The versions of the model that are known; days before the end to warn; months that one usually lasts."""

    usual: str
    warn_days: int
    usual_months: int
    versions: tuple[ModelVersion, ...]


content_kinds.add("agreement-model", AgreementModelBody)


def agreement_models() -> ContentItem:
    """The known versions of the model agreement, with their source and status."""
    return current("agreement-model", "processing-agreement")


def agreement_on(location: Location | int, day: date) -> ProcessingAgreement | None:
    """The agreement of a location that holds on a day, or None. One query.

    The gate for pupils: asked on nobody's behalf, so what it gives is not to be shown. Of several the newest counts.
    """
    location_id = location if isinstance(location, int) else location.pk
    return ProcessingAgreement.objects.on(day).filter(location=location_id).first()


def has_agreement(location: Location | int, day: date) -> bool:
    """Whether pupils of a location may be kept on a day. One query, see `agreement_on`."""
    return agreement_on(location, day) is not None


def agreements_on(locations: Collection[Location | int], day: date) -> dict[int, ProcessingAgreement]:
    """By id of its location, what holds on a day; a location without one is absent. One query for all of them."""
    ids = [one if isinstance(one, int) else one.pk for one in locations]
    found: dict[int, ProcessingAgreement] = {}
    for row in ProcessingAgreement.objects.on(day).filter(location__in=ids):
        found.setdefault(row.location_id, row)
    return found


def agreements_of(actor: Actor, location: Location) -> QuerySet[ProcessingAgreement]:
    """Every agreement of a location that the actor may see, newest first."""
    rows = ProcessingAgreement.objects.visible_to(actor).filter(location=location)
    return rows.select_related("library", "location", "file")


@dataclass(frozen=True, slots=True)
class AgreementStanding:
    """How the agreement of one location stands on a day. `row` is the one it is about, if there is any."""

    state: AgreementState
    row: ProcessingAgreement | None = None
    history: list[ProcessingAgreement] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether pupils may be kept now."""
        return self.state in {AgreementState.VALID, AgreementState.ENDS_SOON}


def agreement_standing(actor: Actor, location: Location, day: date | None = None) -> AgreementStanding:
    """How it stands for a location, from what the actor may see. One query."""
    if not location.is_school:
        return AgreementStanding(AgreementState.NOT_NEEDED)
    return standing_of(list(agreements_of(actor, location)), day or today())


def agreement_states(actor: Actor) -> dict[int, AgreementState]:
    """The state of today by location id, of every location that ever had an agreement. One query."""
    rows = _by_location(ProcessingAgreement.objects.visible_to(actor))
    return {location_id: standing_of(group, today()).state for location_id, group in rows.items()}


def _by_location(found: QuerySet[ProcessingAgreement]) -> dict[int, list[ProcessingAgreement]]:
    rows: dict[int, list[ProcessingAgreement]] = {}
    for row in found:
        rows.setdefault(row.location_id, []).append(row)
    return rows


def standing_of(rows: list[ProcessingAgreement], day: date) -> AgreementStanding:
    """How rows of one location, newest first, stand on a day."""
    holding = [row for row in rows if _holds(row, day)]
    row = max(holding, key=lambda one: one.last_day or date.max, default=None)
    coming = [one for one in rows if one.starts_on > day and (one.last_day is None or one.last_day > day)]
    state = agreement_state(
        last_day=_covered_until(row, coming) if row else None,
        holds=row is not None,
        later=bool(coming),
        had_one=bool(rows),
        today=day,
        warn_days=agreement_models().body.warn_days,
    )
    shown = row or (coming[-1] if coming else None) or next(iter(rows), None)
    return AgreementStanding(AgreementState(state), shown, rows)


def _covered_until(row: ProcessingAgreement, coming: list[ProcessingAgreement]) -> date | None:
    """The last day when what comes next without a gap counts too: who signed in time is not warned."""
    last = row.last_day
    for one in sorted(coming, key=lambda later: later.starts_on):
        if last is None or one.starts_on > last + timedelta(days=1):
            break
        last = None if one.last_day is None else max(last, one.last_day)
    return last


def _holds(row: ProcessingAgreement, day: date) -> bool:
    return row.starts_on <= day and (row.last_day is None or row.last_day >= day)


def agreements_ending(actor: Actor) -> list[ProcessingAgreement]:
    """Of open schools that are worked with: what ends within the days of warning or ran out, with nothing after it.

    What was ended early on purpose is not among them. The first to end first. One query, whatever their number.
    """
    day = today()
    working = Partnership.objects.on(day).filter(library=OuterRef("library"), location=OuterRef("location"))
    rows = ProcessingAgreement.objects.visible_to(actor).filter(Exists(working), location__closed_on=None)
    by_location = _by_location(rows.select_related("location"))
    found = [standing_of(group, day) for group in by_location.values()]
    ending = [one.row for one in found if one.row and _asks_for_another(one.state, one.row)]
    return sorted(ending, key=lambda row: (row.last_day or day, row.pk))


def _asks_for_another(state: AgreementState, row: ProcessingAgreement) -> bool:
    ran_out = state == AgreementState.OVER and row.ended_on is None
    return ran_out or state == AgreementState.ENDS_SOON


def last_agreed_days(before: date) -> dict[int, date]:
    """By id of its location the last day of all its agreements, where that lies before this day. One query.

    For a school that closed that is the day of closing, or the day on which somebody told it when that came later.
    Asked on nobody's behalf, for the wiping of what may no longer be kept.
    """
    last: dict[int, date] = {}
    closed: dict[int, date] = {}
    for row in ProcessingAgreement.objects.select_related("location"):
        last[row.location_id] = max(last.get(row.location_id, date.min), row.last_day or date.max)
        if row.location.closed_on and row.location.closing_told_on:
            closed[row.location_id] = max(row.location.closed_on, row.location.closing_told_on)
    days = {location_id: min(day, closed.get(location_id, date.max)) for location_id, day in last.items()}
    return {location_id: day for location_id, day in days.items() if day < before}
