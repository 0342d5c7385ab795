"""The letters of this app: a subject and a text from templates, in the reader's language."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

from leesbouw.core import mail
from leesbouw.core.access import Actor
from leesbouw.core.mail import Outgoing


def address(name: str, *args: Any) -> str:
    """The whole address of a page, as a letter needs it."""
    return f"{settings.LEESBOUW_URL}{reverse(name, args=args)}"


def post(
    letter: str,
    *,
    to: str,
    context: dict[str, Any],
    by: Actor,
    unit_id: int | None = None,
    at_once: bool = False,
    language: str = "",
) -> Outgoing:
    """Sends accounts/mail/<letter>.txt, whose first line is the subject."""
    with translation.override(language or settings.LANGUAGE_CODE):
        text = render_to_string(f"accounts/mail/{letter}.txt", {"site": settings.LEESBOUW_URL, **context})
    subject, _, body = text.strip().partition("\n")
    return mail.send(
        to=to,
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        by=by,
        unit_id=unit_id,
        at_once=at_once,
    )
