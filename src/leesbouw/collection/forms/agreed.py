"""What school and library agree on about books."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import DateField, Form, NameField

from ..enums import GoesHome, HolderOf, LoanSystem, ProvisionWay
from ..models import Provision
from ..queries import ProfileBody

AGREED = (
    "ways",
    "owner",
    "manager",
    "responsible",
    "system",
    "goes_home",
    "goes_home_why",
    "review_on",
    "profile",
)


class ProvisionForm(Form):
    """How a school is provided with books; empty where nobody knows yet."""

    ways = forms.MultipleChoiceField(
        label=_("How do children come by books?"),
        choices=ProvisionWay.choices,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Choose at least one way.")},
    )
    owner = forms.ChoiceField(
        label=_("Whose are the books?"), choices=HolderOf.choices, widget=forms.RadioSelect
    )
    manager = forms.ChoiceField(
        label=_("Who keeps the collection?"),
        choices=HolderOf.choices,
        widget=forms.RadioSelect,
        help_text=_("The library can do this too when the books belong to the school."),
    )
    responsible = forms.ChoiceField(
        label=_("Who is responsible for lending?"), choices=HolderOf.choices, widget=forms.RadioSelect
    )
    system = forms.ChoiceField(
        label=_("Where are loans written down?"),
        required=False,
        choices=[("", _("not known yet")), *LoanSystem.choices],
    )
    goes_home = forms.ChoiceField(
        label=_("Do books go home?"),
        required=False,
        choices=[("", _("not known yet")), *GoesHome.choices],
    )
    goes_home_why = forms.CharField(
        label=_("If not: why?"), required=False, max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    review_on = DateField(label=_("If not: when do you look at it again?"), required=False)
    profile = forms.ChoiceField(
        label=_("Which profile fits the collection?"),
        required=False,
        help_text=_("It tells of which kind of books there should be more or fewer."),
    )

    def __init__(self, *args: Any, profiles: dict[str, ProfileBody], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["profile"].choices = [
            (code, f"{one.name}: {one.about}") for code, one in profiles.items()
        ]
        if not profiles:
            del self.fields["profile"]


def agreed_now(row: Provision) -> dict[str, Any]:
    """What a form begins with: what holds now."""
    return {name: getattr(row, name) for name in AGREED}


class ExclusionForm(Form):
    """What is not on the shelf, the reason, and when it is looked at again."""

    what = NameField(
        label=_("What?"),
        max_length=120,
        help_text=_("A theme, a series or a title. Such as: horror from 12 years."),
    )
    why = forms.CharField(label=_("Why?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    review_on = DateField(label=_("When do you look at it again?"))
