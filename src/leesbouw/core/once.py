"""Request ids: the one way against double submits. A form carries an id; who sends it twice gets the first answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db import models

from .access import Actor
from .db import Asked, insert_row, instant
from .time import now

KEPT = timedelta(hours=24)
LONGEST = 20_000  # signs of an answer: a box of books is taken back book by book


class RequestKey(models.Model):
    """A request that was handled, and the address its answer pointed to."""

    actor_key = models.CharField(max_length=60)
    key = models.CharField(max_length=64)
    at = models.DateTimeField(default=now, db_index=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["actor_key", "key"], name="core_request_once")]

    class Privacy:
        none = "id key at answer"
        personal = "actor_key"
        kept = "request"


EARLIER = Asked(
    lambda: (
        RequestKey.objects.filter(actor_key="").filter(key="").order_by().values_list("pk", "at", "answer")
    )
)


def first_answer(actor: Actor, key: str) -> str | None:
    """The answer given to this request before, or None when it is new. Call inside the write transaction."""
    if not key:
        return None
    for pk, at, answer in EARLIER.rows(actor.key, key[:64]):
        if instant(at) >= now() - KEPT:
            return str(answer)
        RequestKey.objects.filter(pk=pk).delete()
    return None


def remember(actor: Actor, key: str, answer: str) -> None:
    """Keeps the answer of a request; call after `first_answer`, in the same write transaction as the action."""
    if key:
        insert_row(RequestKey(actor_key=actor.key, key=key[:64], answer=answer[:LONGEST]))


def replace_answer(actor: Actor, key: str, answer: str) -> None:
    """Says something else from now on to who sends this request again, such as that it was taken back."""
    RequestKey.objects.filter(actor_key=actor.key, key=key[:64]).update(answer=answer[:LONGEST])


def forget(actor_keys: Iterable[str]) -> None:
    """What these actors sent, such as a child that is erased. Call in the same write transaction."""
    RequestKey.objects.filter(actor_key__in=list(actor_keys)).delete()
