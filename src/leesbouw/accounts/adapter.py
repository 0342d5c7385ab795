"""How allauth behaves here: nobody signs up, letters go through our own outbox, and sentences are ours."""

from __future__ import annotations

import time
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import SYSTEM
from leesbouw.core.sealing import Unreadable, seal, unseal

from .actions import record_refusal, record_sign_in
from .actions.mailing import post
from .models import User

TOO_OFTEN = "too_many_login_attempts"
WRONG_CODE = _("This code is not right. Look at the newest code in your app.")
UNREADABLE = _(
    "We can no longer read the secret of your app. Use a passkey, or ask your administrator for a new second step."
)
FAST = _("That went a bit too fast. Wait five minutes and try again.")

LETTERS = {"account/email/password_reset_key": "password_reset"}
MESSAGES = {
    "account/messages/password_changed.txt": _("Your password has been changed."),
    "account/messages/password_set.txt": _("Your password has been set."),
    "mfa/messages/totp_activated.txt": _("Your app is connected. From now on we ask for its code."),
    "mfa/messages/totp_deactivated.txt": _("Your app is not connected any more."),
    "mfa/messages/webauthn_added.txt": _("Your passkey has been added."),
    "mfa/messages/webauthn_removed.txt": _("Your passkey has been removed."),
}

POOR_PASSWORDS = {
    "password_too_short": _("This password is too short. Take at least 12 characters."),
    "password_too_common": _("Many people use this password, so it is easy to guess. Choose another one."),
    "password_too_similar": _("This password looks too much like your address. Choose another one."),
}


def check_password(password: str, user: User | None = None) -> None:
    """Raises ValidationError with our sentence for each thing that is wrong with a new password."""
    try:
        validate_password(password, user)
    except ValidationError as mistakes:
        raise ValidationError(
            [
                ValidationError(POOR_PASSWORDS.get(mistake.code, mistake.message), code=mistake.code)
                for mistake in mistakes.error_list
            ]
        ) from None


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": _("This e-mail address and this password do not belong together."),
        "enter_current_password": _("This is not your present password."),
        "incorrect_code": WRONG_CODE,
        "incorrect_password": _("This password is not right."),
        "rate_limited": FAST,
        TOO_OFTEN: FAST,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str | None) -> bool:
        """Only places of ours, under the name by which one came."""
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={context.request.get_host()}, require_https=context.request.is_secure()
        )

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Who signed in a moment ago need not prove again who she is."""
        signed_in = [step["at"] for step in get_authentication_records(context.request, context.request.user)]
        if any(time.time() - at < settings.ACCOUNT_REAUTHENTICATION_TIMEOUT for at in signed_in):
            return False
        return super().is_reauthentication_required(app=app, **kwargs)

    def login(self, request: HttpRequest, user: User) -> None:
        super().login(request, user)
        record_sign_in(user=user, how=steps_taken(request, user))

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        record_refusal(email=credentials.get("email", ""))

    def clean_password(self, password: str, user: User | None = None) -> str:
        check_password(password, user)
        return password

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Our sentence for this occasion; no message where we have none."""
        text = message or MESSAGES.get(message_template or "")
        if text:
            messages.add_message(request, level, str(text), extra_tags=extra_tags)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        user = context["user"]
        post(
            LETTERS[template_prefix],
            to=email,
            context={"name": user.name, "url": context["password_reset_url"]},
            by=SYSTEM,
            at_once=True,
            language=user.language,
        )


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {**DefaultMFAAdapter.error_messages, "incorrect_code": WRONG_CODE}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        host = settings.LEESBOUW_URL.split("://")[1].split(":")[0].split("/")[0]
        return {"id": host, "name": "Leesbouw"}

    def encrypt(self, text: str) -> str:
        return seal(text)

    def decrypt(self, encrypted_text: str) -> str:
        """Raises ValidationError with the code `unreadable` where the secret key is another than it was; the form of the
        code shows it."""
        try:
            return unseal(encrypted_text)
        except Unreadable:
            raise ValidationError(UNREADABLE, code="unreadable") from None

    def generate_authenticator_name(self, user: User, type: Any) -> str:
        return gettext("My device")


def steps_taken(request: HttpRequest, user: User) -> list[str]:
    """How somebody proved who she is in this session: password, link, totp, webauthn, recovery_codes."""
    records = get_authentication_records(request, user)
    return [str(record.get("type") or record["method"]) for record in records]


def sign_in(request: HttpRequest, user: User, *, how: str, next_url: str = "") -> HttpResponse:
    """Signs somebody in whose first step was right; asks for her second step when she has one."""
    record_authentication(request, user, method=how)
    return perform_login(request, Login(user=user, redirect_url=next_url or None))


def sign_in_at_once(request: HttpRequest, user: User, *, how: str) -> None:
    """Signs somebody in without a second step; for the demo alone."""
    record_authentication(request, user, method=how)
    AccountAdapter().login(request, user)
