"""Forms for groups of a year, and for units that an administrator writes by hand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.forms import DateField, Form, NameField, PhoneField, PostcodeField, RowField, TextField

from ..domain import SCHOOL_YEAR_GROUPS, clean_brin, clean_lrk
from ..enums import PartnerKind, Sector
from ..models import Board, ClassGroup, Municipality


class GroupForm(Form):
    """A group of a school year. Two or more year groups make a combination group."""

    name = NameField(label=_("Name of the group"), max_length=40)
    year_groups = forms.TypedMultipleChoiceField(
        label=_("Year groups"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("With two or more it is a combination group."),
    )
    follows = forms.ChoiceField(label=_("Which group was this last year?"), required=False)

    def __init__(
        self, *args: Any, sector: str, last: Sequence[ClassGroup], fixed_name: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].disabled = fixed_name
        numbers = SCHOOL_YEAR_GROUPS[sector]
        self.fields["year_groups"].choices = [(number, str(number)) for number in numbers]
        if not numbers:
            del self.fields["year_groups"]
        self.fields["follows"].choices = [
            ("", _("None of these")),
            *((group.name, group.name) for group in last),
        ]
        if not last:
            del self.fields["follows"]


class _AddressForm(Form):
    street = NameField(label=_("Street and number"), required=False, max_length=120)
    postcode = PostcodeField(label=_("Postcode"), required=False)
    town = NameField(label=_("Town"), required=False, max_length=80)


class LocationChangeForm(_AddressForm):
    """What an administrator may mend of a location; its number and municipality come from the register."""

    name = NameField(label=_("Name"), max_length=160)
    board = RowField(label=_("Board"), queryset=Board.objects.none(), required=False)
    phone = PhoneField(label=_("Phone"), required=False)
    website = NameField(label=_("Website"), required=False, max_length=200)
    denomination = NameField(label=_("Denomination"), required=False, max_length=60)
    places = forms.IntegerField(label=_("Places"), required=False, min_value=0, max_value=5000)

    field_order = (
        "name",
        "board",
        "street",
        "postcode",
        "town",
        "phone",
        "website",
        "denomination",
        "places",
    )

    def __init__(self, *args: Any, boards: QuerySet[Board], sector: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["board"].queryset = boards
        if sector == Sector.CHILDCARE:
            del self.fields["denomination"]
        else:
            del self.fields["places"]

    def clean_website(self) -> str:
        return cleaned_website(self.cleaned_data["website"])


def cleaned_website(value: str) -> str:
    """An address that a browser opens: with https when no scheme was typed. Other schemes are refused."""
    if not value:
        return ""
    if "://" not in value and ":" not in value:
        value = f"https://{value}"
    if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+\S*", value):
        raise ValidationError(_("This is no address of a website."))
    return value


class LocationAddForm(_AddressForm):
    """A location that the registers do not know yet."""

    sector = forms.ChoiceField(label=_("Kind"), choices=Sector.choices)
    code = NameField(
        label=_("BRIN with branch number, or LRK number"),
        max_length=20,
        help_text=_("A school like 12AB00, child care like 123456789."),
    )
    name = NameField(label=_("Name"), max_length=160)
    municipality = RowField(label=_("Municipality"), queryset=Municipality.objects.none())
    board = RowField(label=_("Board"), queryset=Board.objects.none(), required=False)

    field_order = ("sector", "code", "name", "municipality", "board", "street", "postcode", "town")

    def __init__(
        self, *args: Any, municipalities: QuerySet[Municipality], boards: QuerySet[Board], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities
        self.fields["board"].queryset = boards

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        if "code" in found and "sector" in found:
            read = clean_lrk if found["sector"] == Sector.CHILDCARE else clean_brin
            try:
                found["code"] = read(found["code"])
            except ValueError:
                self.add_error("code", ValidationError(_("This number does not fit this kind of location.")))
        return found


class CloseForm(Form):
    closed_on = DateField(
        label=_("Closed from"), required=False, help_text=_("Empty: the location is open (again).")
    )
    merged_into = NameField(
        label=_("Merged into"),
        required=False,
        max_length=20,
        help_text=_("BRIN or LRK number of the location it went into."),
    )


class BranchForm(_AddressForm):
    name = NameField(label=_("Name"), max_length=160)
    municipality = RowField(label=_("Municipality"), queryset=Municipality.objects.none(), required=False)

    field_order = ("name", "municipality", "street", "postcode", "town")

    def __init__(self, *args: Any, municipalities: QuerySet[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities


class PartnerForm(Form):
    name = NameField(label=_("Name"), max_length=160)
    partner_kind = forms.ChoiceField(label=_("Kind"), choices=PartnerKind.choices, widget=forms.RadioSelect)
    municipality = RowField(label=_("Municipality"), queryset=Municipality.objects.none(), required=False)
    note = TextField(label=_("What do you do together?"), required=False, max_length=300)

    def __init__(self, *args: Any, municipalities: QuerySet[Municipality], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = municipalities
