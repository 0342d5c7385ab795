"""Outgoing mail. It waits twenty seconds, so that it can be taken back."""

from __future__ import annotations

import logging
import smtplib
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import models
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from .access import Actor
from .audit import Undo, record
from .db import write_transaction
from .errors import Sentence
from .registry import undo
from .stamp import is_demo
from .time import now

WAIT = timedelta(seconds=20)
TRIES = 5

log = logging.getLogger(__name__)


class Outgoing(models.Model):
    """A message to one address, in plain text."""

    to = models.CharField(max_length=254)
    subject = models.CharField(max_length=200)
    body = models.TextField()
    unit_id = models.PositiveBigIntegerField(null=True, db_index=True)
    created_at = models.DateTimeField(default=now)
    send_after = models.DateTimeField(db_index=True)
    sent_at = models.DateTimeField(null=True)
    taken_back_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    tries = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["-created_at", "-id"]

    class Privacy:
        none = "id unit_id created_at send_after sent_at taken_back_at failed_at tries"
        personal = "to subject body"
        kept = "mail"


def address(name: str, *args: Any) -> str:
    """The whole address of a page, as a letter needs it."""
    return f"{settings.LEESBOUW_URL}{reverse(name, args=args)}"


def compose(template: str, context: dict[str, Any], *, language: str = "") -> tuple[str, str]:
    """Subject and text of a letter from its template, whose first line is the subject."""
    with translation.override(language or settings.LANGUAGE_CODE):
        text = render_to_string(template, {"site": settings.LEESBOUW_URL, **context})
    subject, _line, body = text.strip().partition("\n")
    return " ".join(subject.split()), body.strip() + "\n"


def send(
    *, to: str, subject: str, body: str, by: Actor, unit_id: int | None = None, at_once: bool = False
) -> Outgoing:
    """Puts a message in the outbox. It leaves after twenty seconds, or at once for a code somebody waits for."""
    if "\n" in subject or "\r" in subject or "\n" in to:
        raise ValueError("a header holds no line breaks")
    with write_transaction():
        message = Outgoing.objects.create(
            to=to,
            subject=subject[:200],
            body=body,
            unit_id=unit_id if unit_id is not None else by.unit_id,
            send_after=now() + (timedelta(0) if at_once else WAIT),
        )
        record(
            by=by,
            verb="core.send_mail",
            subject=message,
            unit_id=message.unit_id,
            undo=None if at_once else Undo("core.take_back_mail", {"message_id": message.pk}),
        )
        return message


@undo.register("core.take_back_mail")
def take_back(*, message_id: int, by: Actor) -> Outgoing:
    """Stops a message that has not left yet. Raises Sentence when it has."""
    with write_transaction():
        message = Outgoing.objects.get(pk=message_id)
        if message.sent_at:
            raise Sentence(_("The message has already been sent."))
        message.taken_back_at = now()
        message.save(update_fields=["taken_back_at"])
        record(by=by, verb="core.take_back_mail", subject=message, unit_id=message.unit_id)
        return message


def stays_here() -> bool:
    """Whether a message ends in the log of the program, because no mail server was named. A demo needs none."""
    return settings.EMAIL_BACKEND.endswith(".console.EmailBackend") and not is_demo()


def send_due() -> int:
    """Sends what has waited long enough; returns how many left. In a demo nothing leaves: the outbox page shows it."""
    due = Outgoing.objects.filter(
        send_after__lte=now(), sent_at=None, taken_back_at=None, failed_at=None
    ).order_by("pk")[:50]
    sent = 0
    for message in due:
        try:
            if not is_demo():
                EmailMessage(message.subject, message.body, to=[message.to]).send()
        except (OSError, smtplib.SMTPException) as error:
            _put_off(message, error)
        else:
            with write_transaction():
                Outgoing.objects.filter(pk=message.pk).update(sent_at=now())
            sent += 1
    return sent


def _put_off(message: Outgoing, error: Exception) -> None:
    log.warning("mail %s could not be sent: %s", message.pk, type(error).__name__)
    message.tries += 1
    message.send_after = now() + timedelta(minutes=2**message.tries)
    if message.tries >= TRIES:
        message.failed_at = now()
    with write_transaction():
        message.save(update_fields=["tries", "send_after", "failed_at"])
