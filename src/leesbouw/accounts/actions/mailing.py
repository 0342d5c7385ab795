"""The letters of this app: a subject and a text from templates, in the reader's language."""

from __future__ import annotations

from typing import Any

from leesbouw.core import mail
from leesbouw.core.access import Actor
from leesbouw.core.mail import Outgoing, address, compose

__all__ = ["address", "post"]


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
    subject, body = compose(f"accounts/mail/{letter}.txt", context, language=language)
    return mail.send(to=to, subject=subject, body=body, by=by, unit_id=unit_id, at_once=at_once)
