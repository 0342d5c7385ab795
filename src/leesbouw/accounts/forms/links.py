"""What somebody fills in who came by a link: her name and password, the first library, a code."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.fields import NameField
from leesbouw.ui.forms import Form

from ..adapter import check_password
from ..models import User
from .signing_in import ONE_TIME_CODE, PASSWORD_HINT


def new_password(label: Any, hint: Any = "") -> forms.CharField:
    """A field for a password that is chosen now."""
    return forms.CharField(
        label=label,
        help_text=hint,
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class ChoosesPassword(Form):
    """Asks a new password and checks it against common ones and the address it goes with."""

    address = ""

    def address_for_check(self) -> str:
        return self.address

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        password = cleaned.get("password")
        if password:
            try:
                check_password(password, User(email=self.address_for_check()))
            except ValidationError as mistakes:
                self.add_error("password", mistakes)
        return cleaned


class AcceptForm(ChoosesPassword):
    """An account for who was invited."""

    name = NameField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    password = new_password(_("Choose a password"), PASSWORD_HINT)

    def __init__(self, *args: Any, address: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.address = address


class SetUpForm(ChoosesPassword):
    """The first library and its administrator."""

    library_name = NameField(label=_("Name of the library"), max_length=160)
    code = forms.CharField(
        label=_("ISIL code"),
        required=False,
        max_length=20,
        help_text=_("Begins with NL-. Leave it empty when you do not know it."),
    )
    name = NameField(
        label=_("Your name"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.EmailField(
        label=_("Your e-mail address"),
        help_text=_("With this address you sign in."),
        widget=forms.EmailInput(attrs={"autocomplete": "username"}),
    )
    password = new_password(_("Choose a password"), PASSWORD_HINT)
    again = new_password(_("The same once more"))

    def address_for_check(self) -> str:
        return str(self.cleaned_data.get("email", ""))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if cleaned.get("password") and cleaned.get("again") and cleaned["password"] != cleaned["again"]:
            self.add_error("again", _("These two passwords are not the same."))
        return cleaned


class TaskCodeForm(forms.Form):
    """The six digits that were mailed for a binding task."""

    code = forms.CharField(
        label=_("The code from the message"),
        help_text=_("Six digits. They work for 15 minutes."),
        max_length=12,
        widget=forms.TextInput(attrs=ONE_TIME_CODE),
    )

    def clean_code(self) -> str:
        return "".join(self.cleaned_data["code"].split())
