"""Messages that left, or are about to."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.mail import Outgoing, stays_here


def messages_for(actor: Actor) -> QuerySet[Outgoing]:
    """Messages of the actor's own unit and of the locations her library works with; newest first."""
    about: set[int] = {actor.unit_id} if actor.unit_id else set()
    for scope in (actor.libraries, actor.locations):
        if isinstance(scope, frozenset):
            about |= scope
    return Outgoing.objects.filter(Q(unit_id__in=about))


def message_by_id(actor: Actor, message_id: int) -> Outgoing:
    """Raises Outgoing.DoesNotExist."""
    return messages_for(actor).get(pk=message_id)


def state_of(message: Outgoing) -> str:
    """ "sent", "logged", "back", "failed" or "waiting"."""
    if message.sent_at:
        return "logged" if stays_here() else "sent"
    if message.taken_back_at:
        return "back"
    return "failed" if message.failed_at else "waiting"
