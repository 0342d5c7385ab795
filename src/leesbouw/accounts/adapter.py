"""How allauth behaves here: nobody signs up, and mail goes through our own outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.http import HttpRequest
from django.template.loader import render_to_string

from leesbouw.core import mail
from leesbouw.core.access import SYSTEM


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Subject and text from `<prefix>_subject.txt` and `<prefix>_message.txt`, sent at once."""
        context = {**context, "site": settings.LEESBOUW_URL}
        subject = " ".join(render_to_string(f"{template_prefix}_subject.txt", context).split())
        body = render_to_string(f"{template_prefix}_message.txt", context)
        mail.send(to=email, subject=subject, body=body, by=SYSTEM, at_once=True)


class MFAAdapter(DefaultMFAAdapter):
    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = settings.LEESBOUW_URL.split("://")[1].split(":")[0].split("/")[0]
        return {"id": host, "name": "Leesbouw"}
