"""What waits for somebody: refused gates on their review day, the waiting list; and what was decided lately."""

from __future__ import annotations

from datetime import date

from django.db.models import F, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.enums import Outcome
from leesbouw.organisations.models import GateDecision, Partnership, PartnershipDecision


def gates_to_review(actor: Actor, *, until: date) -> QuerySet[GateDecision]:
    """A "no" that nobody looked at again, with its review day on or before a day; the oldest first."""
    rows = GateDecision.objects.visible_to(actor).filter(
        outcome=Outcome.NO, reviewed_by=None, review_on__lte=until
    )
    return rows.select_related("location", "library").order_by("review_on", "pk")


def waiting_partnerships(actor: Actor) -> QuerySet[Partnership]:
    """Who waits for a place, by the wave in which it was promised, then by how long."""
    rows = Partnership.objects.visible_to(actor).on(today()).filter(waiting_since__isnull=False)
    return rows.select_related("location", "library").order_by(
        F("start_wave").asc(nulls_last=True), "waiting_since", "pk"
    )


def decisions_lately(actor: Actor) -> QuerySet[PartnershipDecision]:
    """Decisions about partnerships within reach, newest first."""
    rows = PartnershipDecision.objects.visible_to(actor)
    return rows.select_related("partnership__location").order_by("-decided_on", "-pk")
