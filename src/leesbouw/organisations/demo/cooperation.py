"""Who works together with whom: first talks, gates, partnerships, what was decided about them, and the yearly checks."""

from __future__ import annotations

from decimal import Decimal

from leesbouw.core.access import SYSTEM
from leesbouw.core.story import Row, Story

from ..actions import (
    decide_gate,
    decide_partnership,
    enter_phase,
    record_cooperation_check,
    record_exploratory_talk,
    start_partnership,
)
from ..enums import DecisionKind, Phase
from ..models import Partnership


def make_cooperation(story: Story, row: Row) -> None:
    """All of one location. Its partnerships are kept as (code, first day)."""
    location, library = story.made["units"][row["code"]], story.made["serving"][row["municipality"]]
    for talk in row.get("exploratory", ()):
        held_on = story.happened(story.day(talk["held_on"]))
        record_exploratory_talk(
            library=library, location=location, held_on=held_on, note=talk["note"], by=SYSTEM
        )
    for gate in sorted(row.get("gates", ()), key=lambda gate: story.day(gate["decided_on"])):
        decide_gate(
            library=library,
            location=location,
            gate=gate["gate"],
            outcome=gate["outcome"],
            decided_on=story.happened(story.day(gate["decided_on"])),
            reason=gate["reason"],
            review_on=story.day_or_none(gate, "review_on"),
            by=SYSTEM,
        )
    for told in row.get("earlier", ()):
        _make_partnership(story, row, told, told)
    if "partnership" in row:
        _make_partnership(story, row, row["partnership"], row)


def _make_partnership(story: Story, place: Row, told: Row, history: Row) -> None:
    """Starts as it once started; then phases, decisions and checks as they came. An end that nobody decided is a date."""
    decisions = history.get("decisions", [])
    starts_on = story.day(told["starts_on"])
    phase, since = told.get("phase", Phase.ACQUISITION), story.day_or_none(told, "phase_since")
    moved = since is not None and since > starts_on
    ends = any(decision["kind"] == DecisionKind.END for decision in decisions)
    partnership = start_partnership(
        library=story.made["serving"][place["municipality"]],
        location=story.made["units"][place["code"]],
        starts_on=starts_on,
        ends_on=None if ends else story.day_or_none(told, "ends_on"),
        type=told["type"],
        domains=told["domains"],
        programme=told["programme"],
        scenario=told.get("scenario", ""),
        phase=Phase.ACQUISITION if moved else phase,
        hours_per_year=_hours(decisions[0]["hours_before"] if decisions else told.get("hours_per_year")),
        agreed_until=story.day_or_none(told, "agreed_until"),
        waiting_since=story.day_or_none(told, "waiting_since"),
        start_wave=story.year(told["start_wave"]) if "start_wave" in told else None,
        by=SYSTEM,
    )
    story.made["partnerships"][place["code"], starts_on] = partnership
    if moved:
        enter_phase(partnership=partnership, phase=phase, since=since, by=SYSTEM)
    for decision in decisions:
        _decide(story, partnership, told, decision)
    for check in history.get("checks", ()):
        record_cooperation_check(
            partnership=partnership,
            year=story.year(check["year"]),
            outcome=check["outcome"],
            note=check.get("note", ""),
            checked_on=story.happened(story.day(check["checked_on"])),
            by=SYSTEM,
        )


def _decide(story: Story, partnership: Partnership, told: Row, decision: Row) -> None:
    """What ends keeps the hours it had until then."""
    ending = decision["kind"] == DecisionKind.END
    decide_partnership(
        partnership=partnership,
        kind=decision["kind"],
        decided_on=story.happened(story.day(decision["decided_on"])),
        hours_per_year=None if ending else _hours(decision["hours_per_year"]),
        contribution_cents=None if ending else decision["contribution_cents"],
        agreed_until=story.day_or_none(told, "ends_on")
        if ending
        else story.day_or_none(decision, "agreed_until"),
        reason=decision["reason"],
        by=SYSTEM,
    )


def _hours(hours: int | None) -> Decimal | None:
    return None if hours is None else Decimal(hours)
