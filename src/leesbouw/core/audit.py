"""What happened: one event beside each write, with ids only, never a person's name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from .access import Actor
from .db import insert_row, write_transaction
from .errors import Sentence
from .registry import undo as inverses
from .time import now

_heard: ContextVar[list[Any] | None] = ContextVar("events heard", default=None)


@dataclass(frozen=True, slots=True)
class Undo:
    """The inverse of an action: a code in `registry.undo` and the arguments it needs besides `by`."""

    code: str
    args: dict[str, Any] = field(default_factory=dict)


class AuditEvent(models.Model):
    """One action. `unit_id` is the unit it concerns, `by_unit_id` the unit the actor worked for."""

    at = models.DateTimeField(default=now, db_index=True)
    verb = models.CharField(max_length=80, db_index=True)
    by_kind = models.CharField(max_length=10)
    by_user_id = models.PositiveBigIntegerField(null=True, db_index=True)
    by_role = models.CharField(max_length=40, blank=True)
    by_unit_id = models.PositiveBigIntegerField(null=True, db_index=True)
    unit_id = models.PositiveBigIntegerField(null=True, db_index=True)
    subject_type = models.CharField(max_length=60, blank=True)
    subject_id = models.PositiveBigIntegerField(null=True)
    count = models.PositiveIntegerField(default=1)
    run = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    undo_code = models.CharField(max_length=80, blank=True)
    undo_args = models.JSONField(default=dict)
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="core_audit_subject")]

    class Privacy:
        none = (
            "id at verb by_kind by_role by_unit_id unit_id subject_type subject_id count run data undo_code"
            " undo_args undone_at"
        )
        personal = "by_user_id"
        kept = "audit"

    @property
    def can_be_undone(self) -> bool:
        return bool(self.undo_code) and self.undone_at is None


def record(
    *,
    by: Actor,
    verb: str,
    subject: models.Model | None = None,
    unit_id: int | None = None,
    count: int = 1,
    run: str = "",
    data: dict[str, Any] | None = None,
    undo: Undo | None = None,
) -> AuditEvent:
    """Writes the event of an action, inside its transaction. `verb` is "app.verb_noun"; `data` holds codes and ids."""
    event = AuditEvent(
        verb=verb,
        by_kind=by.kind,
        by_user_id=by.user_id,
        by_role=by.role,
        by_unit_id=by.unit_id,
        unit_id=unit_id if unit_id is not None else by.unit_id,
        subject_type=subject._meta.label if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        count=count,
        run=run,
        data=data or {},
        undo_code=undo.code if undo else "",
        undo_args=undo.args if undo else {},
    )
    insert_row(event)
    heard = _heard.get()
    if heard is not None:
        heard.append(event)
    return event


@contextmanager
def listening() -> Iterator[list[AuditEvent]]:
    """The events recorded inside, so that a page can offer to undo what it just did."""
    events: list[AuditEvent] = []
    token = _heard.set(events)
    try:
        yield events
    finally:
        _heard.reset(token)


def undo_event(*, event_id: int, by: Actor) -> AuditEvent:
    """Runs the inverse of an event, once, for the person who did it. Raises Sentence when that is no longer possible."""
    with write_transaction():
        events = AuditEvent.objects.select_for_update().filter(by_user_id=by.user_id, by_kind=by.kind)
        event = events.filter(pk=event_id).first()
        if event is None or not event.undo_code:
            raise Sentence(_("This cannot be undone."))
        if event.undone_at:
            raise Sentence(_("This was already undone."))
        inverses[event.undo_code](by=by, **event.undo_args)
        event.undone_at = now()
        event.save(update_fields=["undone_at"])
        return event
