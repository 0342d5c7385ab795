"""How the house itself is doing, for whoever looks after it; and a hint for who is new."""

from __future__ import annotations

from typing import Any

from leesbouw.accounts.permissions import role
from leesbouw.accounts.queries import invitations_open_for
from leesbouw.core.access import Actor
from leesbouw.core.health import Condition, report
from leesbouw.core.jobs import Job
from leesbouw.core.registry import name_resolvers
from leesbouw.core.time import SchoolYear, today
from leesbouw.plans.queries import idea_of_day, own_location, quick_forms

from ...permissions import IMPORT, LEND, MANAGE_ACCOUNTS, VIEW_CATALOGUE, VIEW_STATUS
from . import block

CONDITION_TAG = {
    Condition.NEW: "neutral",
    Condition.GOOD: "ok",
    Condition.LATE: "let",
    Condition.FAILED: "bad",
}


@block("health")
def health(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if not actor.may(VIEW_STATUS):
        return None
    lines = [(line, CONDITION_TAG[line.condition]) for line in report()]
    asks = [pair for pair in lines if pair[0].condition in {Condition.LATE, Condition.FAILED}]
    return {"lines": lines, "asks": asks}


@block("imports_recent")
def imports_recent(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if not actor.may(IMPORT):
        return None
    jobs = Job.objects.filter(kind__in=["exchange.apply", "exchange.undo"], unit_id=actor.unit_id)
    latest = list(jobs.order_by("-pk")[:5])
    resolve = name_resolvers.get("import-run")
    files = resolve(actor, {job.subject_id for job in latest if job.subject_id}) if resolve and latest else {}
    return {"jobs": [(job, *files.get(job.subject_id or 0, ("", ""))) for job in latest]}


@block("users_pending", margin=True)
def users_pending(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    if not actor.may(MANAGE_ACCOUNTS):
        return None
    return {"invitations": list(invitations_open_for(actor)[:8])}


@block("desk")
def desk(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """The way to the desk, for whose work that is."""
    return {} if actor.may(LEND) else None


@block("guide_hint", margin=True)
def guide_hint(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    body = role(actor.role)
    return {"text": body.description if body else ""}


@block("idea_today")
def idea_today(actor: Actor, year: SchoolYear) -> dict[str, Any] | None:
    """Something to do with the group today, for who stands before one."""
    location = own_location(actor)
    if location is None or not actor.may(VIEW_CATALOGUE):
        return None
    idea = idea_of_day(quick_forms(actor, location.sector), today())
    return {"idea": idea} if idea else None
