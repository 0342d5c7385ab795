"""The partnership of a library with a location: starting, phases, gates, decisions and checks (promise N5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear, today

from ..domain import PHASES
from ..enums import CheckOutcome, DecisionKind, Outcome, PartnershipType, Phase
from ..models import (
    CooperationCheck,
    ExploratoryTalk,
    GateDecision,
    Library,
    Location,
    Partnership,
    PartnershipDecision,
)
from ..permissions import DECIDE_PARTNERSHIP, EDIT_PARTNERSHIP
from .units import reindex


def start_partnership(
    *,
    library: Library,
    location: Location,
    by: Actor,
    starts_on: date | None = None,
    type: str = PartnershipType.DBOS,
    domains: Iterable[str] = (),
    programme: str = "",
    scenario: str = "",
    phase: str = Phase.ACQUISITION,
    hours_per_year: Decimal | None = None,
    agreed_until: date | None = None,
    waiting_since: date | None = None,
    start_wave: SchoolYear | None = None,
    ends_on: date | None = None,
) -> Partnership:
    """Starts working together from a day; `ends_on` is for one of the past that is written down afterwards.

    Raises Sentence while another partnership of the two still holds.
    """
    require(by, EDIT_PARTNERSHIP)
    starts_on = starts_on or today()
    with write_transaction():
        going_on = Partnership.objects.filter(library=library, location=location, ends_on=None)
        if ends_on is None and going_on.exists():
            raise Sentence(_("The library already works with this location."))
        partnership = Partnership.objects.create(
            library=library,
            location=location,
            type=type,
            domains=sorted(set(domains)),
            programme=programme,
            scenario=scenario,
            phase=phase,
            phase_since=starts_on,
            hours_per_year=hours_per_year,
            agreed_until=agreed_until,
            waiting_since=waiting_since,
            start_wave=start_wave,
            starts_on=starts_on,
            ends_on=ends_on,
        )
        _event(by, "start_partnership", partnership, {"type": type})
        reindex(location_ids=[location.pk], units=False)
        return partnership


CHANGEABLE = frozenset(
    {"type", "domains", "programme", "scenario", "agreed_until", "waiting_since", "start_wave", "starts_on"}
)


def change_partnership(*, partnership: Partnership, by: Actor, **values: Any) -> Partnership:
    """Changes what was agreed about the form: type, domains, programme, scenario, dates, waiting list."""
    require(by, EDIT_PARTNERSHIP)
    unknown = set(values) - CHANGEABLE
    if unknown:
        raise TypeError(f"not changed here: {sorted(unknown)}")
    with write_transaction():
        row = lock_row(Partnership.objects.all(), pk=partnership.pk)
        before = {name: _plain(getattr(row, name)) for name in values}
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        _event(by, "change_partnership", row, {"fields": sorted(values), "before": before})
        return row


def enter_phase(*, partnership: Partnership, phase: str, by: Actor, since: date | None = None) -> Partnership:
    """Moves to a phase; back is allowed, and undone with one press."""
    require(by, EDIT_PARTNERSHIP)
    if phase not in PHASES:
        raise Sentence(_("There is no such phase."))
    with write_transaction():
        row = lock_row(Partnership.objects.all(), pk=partnership.pk)
        inverse = Undo(
            "organisations.enter_phase",
            {"partnership_id": row.pk, "phase": row.phase, "since": row.phase_since.isoformat()},
        )
        before, row.phase, row.phase_since = row.phase, phase, since or today()
        row.version += 1
        row.save()
        _event(by, "enter_phase", row, {"phase": phase, "before": before}, undo=inverse)
        return row


@undo.register("organisations.enter_phase")
def _back_to_phase(*, partnership_id: int, phase: str, since: str, by: Actor) -> None:
    partnership = Partnership.objects.visible_to(by).get(pk=partnership_id)
    enter_phase(partnership=partnership, phase=phase, since=date.fromisoformat(since), by=by)


def decide_gate(
    *,
    library: Library,
    gate: str,
    outcome: str,
    by: Actor,
    location: Location | None = None,
    decided_on: date | None = None,
    reason: str = "",
    review_on: date | None = None,
) -> GateDecision:
    """Answers a go / no-go question. A "no" needs a day to look again. It settles an earlier "no" that waited."""
    require(by, DECIDE_PARTNERSHIP)
    decided_on = decided_on or today()
    if outcome == Outcome.NO and review_on is None:
        raise Sentence(_("Choose a day on which you look at this again."))
    if review_on is not None and review_on <= decided_on:
        raise Sentence(_("The day to look again comes after the decision."))
    with write_transaction():
        decision = GateDecision.objects.create(
            library=library,
            location=location,
            gate=gate,
            outcome=outcome,
            decided_on=decided_on,
            reason=reason,
            review_on=review_on if outcome == Outcome.NO else None,
            by_user_id=by.user_id,
        )
        GateDecision.objects.filter(
            library=library, location=location, gate=gate, outcome=Outcome.NO, reviewed_by=None
        ).exclude(pk=decision.pk).update(reviewed_by=decision)
        record(
            by=by,
            verb="organisations.decide_gate",
            subject=decision,
            unit_id=location.pk if location else library.pk,
            data={"gate": gate, "outcome": outcome},
        )
        return decision


def decide_partnership(
    *,
    partnership: Partnership,
    kind: str,
    by: Actor,
    decided_on: date | None = None,
    hours_per_year: Decimal | None = None,
    contribution_cents: int | None = None,
    agreed_until: date | None = None,
    reason: str = "",
) -> PartnershipDecision:
    """Intensify, continue, scale down or end; hours, money and agreement go along.

    Raises Sentence when the hours contradict the decision, or when the partnership has ended.
    """
    require(by, DECIDE_PARTNERSHIP)
    decided_on = decided_on or today()
    with write_transaction():
        row = lock_row(Partnership.objects.all(), pk=partnership.pk)
        if row.ends_on is not None:
            raise Sentence(_("This partnership has ended."))
        _check_hours(row, kind, hours_per_year)
        decision = PartnershipDecision.objects.create(
            partnership=row,
            kind=kind,
            decided_on=decided_on,
            hours_per_year=hours_per_year,
            contribution_cents=contribution_cents,
            agreed_until=agreed_until,
            reason=reason,
            by_user_id=by.user_id,
        )
        if kind == DecisionKind.END:
            row.ends_on = max(agreed_until or decided_on, row.starts_on)
        if hours_per_year is not None:
            row.hours_per_year = hours_per_year
        if agreed_until is not None:
            row.agreed_until = agreed_until
        row.version += 1
        row.save()
        _event(by, "decide_partnership", row, {"kind": kind, "decision": decision.pk})
        return decision


def _check_hours(row: Partnership, kind: str, hours: Decimal | None) -> None:
    if hours is None or row.hours_per_year is None:
        return
    if kind == DecisionKind.INTENSIFY and hours < row.hours_per_year:
        raise Sentence(_("Intensifying cannot mean fewer hours."))
    if kind == DecisionKind.SCALE_DOWN and hours > row.hours_per_year:
        raise Sentence(_("Scaling down cannot mean more hours."))


def record_exploratory_talk(
    *, library: Library, location: Location, held_on: date, by: Actor, note: str = ""
) -> ExploratoryTalk:
    """A first talk about cooperation; it needs no partnership."""
    require(by, EDIT_PARTNERSHIP)
    if held_on > today():
        raise Sentence(_("A talk that was held lies in the past."))
    with write_transaction():
        talk = ExploratoryTalk.objects.create(
            library=library, location=location, held_on=held_on, note=note, by_user_id=by.user_id
        )
        record(
            by=by,
            verb="organisations.record_exploratory_talk",
            subject=talk,
            unit_id=location.pk,
            undo=Undo("organisations.remove_exploratory_talk", {"talk_id": talk.pk}),
        )
        return talk


@undo.register("organisations.remove_exploratory_talk")
def _remove_exploratory_talk(*, talk_id: int, by: Actor) -> None:
    with write_transaction():
        talk = ExploratoryTalk.objects.visible_to(by).get(pk=talk_id)
        record(by=by, verb="organisations.remove_exploratory_talk", subject=talk, unit_id=talk.location_id)
        talk.delete()


def record_cooperation_check(
    *,
    partnership: Partnership,
    year: SchoolYear,
    outcome: str,
    by: Actor,
    note: str = "",
    checked_on: date | None = None,
) -> CooperationCheck:
    """The yearly answer: cooperation or service? Answering again in the same year replaces the answer."""
    require(by, EDIT_PARTNERSHIP)
    with write_transaction():
        check, _made = CooperationCheck.objects.update_or_create(
            partnership=partnership,
            year=year,
            defaults={
                "outcome": CheckOutcome(outcome),
                "note": note,
                "checked_on": checked_on or today(),
                "by_user_id": by.user_id,
            },
        )
        _event(by, "record_cooperation_check", partnership, {"year": str(year), "outcome": outcome})
        return check


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, date | SchoolYear) else value


def _event(by: Actor, verb: str, row: Partnership, data: dict[str, Any], undo: Undo | None = None) -> None:
    record(by=by, verb=f"organisations.{verb}", subject=row, unit_id=row.location_id, data=data, undo=undo)
