"""allauth's forms in our words: label above, hint under it, nothing inside the box."""

from __future__ import annotations

from typing import Any

from allauth.account import forms as account
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as passkeys
from django import forms
from django.utils.translation import gettext_lazy as _

from ..queries import readable_steps, second_steps_of

PASSWORD_HINT = _("At least 12 characters. A few words in a row are strong and easy to remember.")
ONE_TIME_CODE = {"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}


class Plain:
    """Gives the fields of somebody else's form our labels and hints, and takes away what stands in the boxes."""

    labels: dict[str, Any] = {}
    hints: dict[str, Any] = {}
    attrs: dict[str, dict[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():  # type: ignore[attr-defined]
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            field.widget.attrs.update(self.attrs.get(name, {}))


class SignInForm(Plain, account.LoginForm):
    labels = {"login": _("E-mail address"), "password": _("Your password")}
    attrs = {"login": {"autocomplete": "username", "autofocus": ""}}


class ForgottenForm(Plain, account.ResetPasswordForm):
    labels = {"email": _("E-mail address")}


class AfterForgettingForm(Plain, account.ResetPasswordKeyForm):
    labels = {"password1": _("Your new password"), "password2": _("The same once more")}
    hints = {"password1": PASSWORD_HINT}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    labels = {
        "oldpassword": _("Your present password"),
        "password1": _("Your new password"),
        "password2": _("The same once more"),
    }
    hints = {"password1": PASSWORD_HINT}


class SetPasswordForm(Plain, account.SetPasswordForm):
    labels = {"password1": _("Your new password"), "password2": _("The same once more")}
    hints = {"password1": PASSWORD_HINT}


class ProvePasswordForm(Plain, account.ReauthenticateForm):
    labels = {"password": _("Your password")}


class Opens:
    """After a restore with another secret key one lost secret does not shut out a newer app or newer recovery codes."""

    def clean_code(self) -> str:
        try:
            return super().clean_code()  # type: ignore[misc]
        except forms.ValidationError as refusal:
            steps = readable_steps(self.user) if refusal.code == "unreadable" else []  # type: ignore[attr-defined]
            if not steps:
                raise
        code: str = self.cleaned_data["code"]  # type: ignore[attr-defined]
        for step in steps:
            if step.wrap().validate_code(code):
                step.user, self.authenticator = self.user, step  # type: ignore[attr-defined]
                return code
        raise get_adapter().validation_error("incorrect_code")


class CodeForm(Plain, Opens, mfa.AuthenticateForm):
    """The code of the app, or a recovery code; for who has only passkeys the latter alone."""

    labels = {"code": _("Code from your app")}
    hints = {"code": _("Six digits. Or one of your recovery codes.")}
    attrs = {"code": {**ONE_TIME_CODE, "autofocus": ""}}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = second_steps_of(self.user)
        if "totp" not in self.steps:
            code = self.fields["code"]
            code.label, code.help_text = _("Recovery code"), _("Eight digits, from the list you kept.")
            code.widget.attrs.pop("autofocus")


class ProveCodeForm(Plain, Opens, mfa.ReauthenticateForm):
    labels = CodeForm.labels
    hints = CodeForm.hints
    attrs = {"code": ONE_TIME_CODE}


class ConnectAppForm(Plain, ActivateTOTPForm):
    labels = {"code": _("The code that your app shows now")}
    attrs = {"code": ONE_TIME_CODE}


NOT_A_PASSKEY = _("That was no answer of a passkey. Try again.")
BROKEN = (KeyError, TypeError, ValueError, AttributeError, IndexError)


class Sound:
    """What a browser says of a passkey may be anything; what cannot be read is refused in a sentence."""

    def clean_credential(self) -> Any:
        parent = getattr(super(), "clean_credential", None)
        if parent is None:
            return self.cleaned_data["credential"]  # type: ignore[attr-defined]
        try:
            return parent()
        except BROKEN:
            raise forms.ValidationError(NOT_A_PASSKEY) from None

    def clean(self) -> dict[str, Any]:
        try:
            return super().clean()  # type: ignore[misc]
        except BROKEN:
            raise forms.ValidationError(NOT_A_PASSKEY) from None


class PasskeySignInForm(Sound, passkeys.LoginWebAuthnForm):
    pass


class PasskeyStepForm(Sound, passkeys.AuthenticateWebAuthnForm):
    pass


class ProvePasskeyForm(Sound, passkeys.ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(Plain, Sound, passkeys.AddWebAuthnForm):
    """A passkey that also signs in by itself: so it always asks for a finger, face or PIN."""

    labels = {"name": _("What do you call this device?")}
    hints = {"name": _("For example: laptop at work, or my telephone.")}

    passwordless = None

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        return super().clean()


class NamePasskeyForm(Plain, passkeys.EditWebAuthnForm):
    labels = {"name": _("What do you call this device?")}


class AskLinkForm(forms.Form):
    """Where the sign-in link goes."""

    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput(attrs={"autocomplete": "username", "autofocus": ""}),
    )
