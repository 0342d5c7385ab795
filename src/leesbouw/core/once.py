"""Request ids: the one way against double submits. A form carries an id; who sends it twice gets the first answer."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from .access import Actor
from .time import now

KEPT = timedelta(hours=24)


class RequestKey(models.Model):
    """A request that was handled, and the address its answer pointed to."""

    actor_key = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=now, db_index=True)
    answer = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_key", "key"], name="core_request_once")]

    class Privacy:
        none = "id key at answer"
        personal = "actor_key"
        kept = "request"


def first_answer(actor: Actor, key: str) -> str | None:
    """The answer given to this request before, or None when it is new. Call inside the write transaction."""
    if not key:
        return None
    earlier = RequestKey.objects.filter(actor_key=actor.key, key=key[:64], at__gte=now() - KEPT).first()
    return earlier.answer if earlier else None


def remember(actor: Actor, key: str, answer: str) -> None:
    """Keeps the answer of a request; call in the same write transaction as the action."""
    if key:
        RequestKey.objects.filter(actor_key=actor.key, key=key[:64], at__lt=now() - KEPT).delete()
        RequestKey.objects.create(actor_key=actor.key, key=key[:64], answer=answer[:500])
