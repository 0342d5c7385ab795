"""Forms and filters of people."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.enums import Level
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Municipality, Unit
from leesbouw.ui.filters import ChoiceFilter, FilterSet, ModelChoiceFilter, SearchFilter, YesNoFilter
from leesbouw.ui.forms import DateField, Form, HoursField, NameField, PhoneField, QuickSelect

from . import queries
from .enums import EducationLevel
from .models import Contact, StaffMember

OTHER = "-"  # of a list of functions: one's own words
WEEKDAYS = [(1, _("Mon")), (2, _("Tue")), (3, _("Wed")), (4, _("Thu")), (5, _("Fri"))]
MOST_TEACHERS = 3


class ContactForm(Form):
    """A contact at one organisation, whose kind decides which functions there are."""

    name = NameField(label=_("Name"), max_length=100)
    function = forms.ChoiceField(label=_("Function"))
    own_function = NameField(label=_("Function in your own words"), max_length=60, required=False)
    level = forms.ChoiceField(
        label=_("Level"),
        required=False,
        help_text=_("Leave this as it is when the function tells the level."),
    )
    network_roles = forms.MultipleChoiceField(
        label=_("Part in the network"), required=False, widget=forms.CheckboxSelectMultiple
    )
    policy_fields = forms.MultipleChoiceField(
        label=_("Policy field"), required=False, widget=forms.CheckboxSelectMultiple
    )
    email = forms.EmailField(label=_("E-mail address"), required=False)
    phone = PhoneField(label=_("Telephone"), required=False)

    def __init__(self, *args: Any, unit_kind: str, sector: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.functions = queries.functions_at(unit_kind, sector)
        options = queries.contact_options()
        self.fields["function"].choices = [
            ("", _("Choose a function")),
            *((one.code, one.name) for one in self.functions),
            (OTHER, _("Another function")),
        ]
        self.fields["level"].choices = [("", _("Fits the function")), *Level.choices]
        self.fields["network_roles"].choices = [(one.code, one.name) for one in options.network_roles]
        self.fields["policy_fields"].choices = [(one.code, one.name) for one in options.policy_fields]
        if unit_kind != UnitKind.MUNICIPALITY:
            del self.fields["policy_fields"]

    def clean(self) -> dict[str, Any]:
        """One's own words take the place of the list, and ask for a level of their own."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("function")
        if chosen == OTHER:
            if not cleaned.get("own_function"):
                self.add_error("own_function", _("Tell which function."))
            if not cleaned.get("level"):
                self.add_error("level", _("Choose a level."))
            cleaned["function"] = cleaned.get("own_function", "")
        elif chosen and not cleaned.get("level"):
            cleaned["level"] = next(one.level for one in self.functions if one.code == chosen)
        return cleaned

    def values(self) -> dict[str, Any]:
        values = super().values()
        values.pop("own_function", None)
        values.setdefault("policy_fields", [])
        return values | {name: tuple(values[name]) for name in ("network_roles", "policy_fields")}


class ConfirmForm(forms.Form):
    """What a contact without an account mends about herself."""

    name = NameField(label=_("Your name"), max_length=100)
    email = forms.EmailField(label=_("Your e-mail address"))
    phone = PhoneField(label=_("Your telephone number"), required=False)
    works_here = forms.TypedChoiceField(
        label=_("Do you still work here?"),
        choices=[("yes", _("Yes")), ("no", _("No, not any more"))],
        coerce=lambda answer: answer == "yes",
        widget=forms.RadioSelect,
        initial="yes",
    )


class StaffForm(Form):
    """A colleague; her functions are roles of the catalogue."""

    name = NameField(label=_("Name"), max_length=100)
    functions = forms.MultipleChoiceField(label=_("Functions"), widget=forms.CheckboxSelectMultiple)
    education_level = forms.ChoiceField(
        label=_("Education"), required=False, choices=[("", _("Unknown")), *EducationLevel.choices]
    )
    branch_id = forms.TypedChoiceField(label=_("Branch"), required=False, coerce=int, empty_value=None)
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("With the address of her account she finds her own talks and actions on her first page."),
    )
    phone = PhoneField(label=_("Telephone"), required=False)
    starts_on = DateField(label=_("Works here since"), required=False)

    def __init__(self, *args: Any, branches: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["functions"].choices = queries.staff_functions()
        self.fields["branch_id"].choices = [
            ("", _("None")),
            *((branch.pk, branch.name) for branch in branches),
        ]

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | {"functions": tuple(values["functions"])}


class UnitForm(forms.Form):
    """Where somebody works; asked before the form that depends on it."""

    eenheid = forms.TypedChoiceField(label=_("Organisation"), coerce=int)

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["eenheid"].choices = grouped_units(units)


def grouped_units(units: Sequence[Unit]) -> list[tuple[Any, Any]]:
    """Choices of organisations under the name of their kind."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for unit in units:
        groups.setdefault(unit.kind, []).append((unit.pk, unit.name))
    order = [UnitKind.LOCATION, UnitKind.BOARD, UnitKind.MUNICIPALITY, UnitKind.PARTNER]
    return [
        ("", _("Choose an organisation")),
        *((kind.label, groups[kind]) for kind in order if kind in groups),
    ]


class RelateForm(Form):
    """Which colleague talks to this contact."""

    staff = forms.TypedChoiceField(label=_("Colleague"), coerce=int)

    def __init__(self, *args: Any, staff: Sequence[StaffMember], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["staff"].choices = [("", _("Choose a colleague")), *((row.pk, row.name) for row in staff)]


class AssignForm(Form):
    """Who works at which location, in which role, with how many hours a year."""

    partnership = forms.TypedChoiceField(label=_("Location"), coerce=int)
    staff = forms.TypedChoiceField(label=_("Colleague"), coerce=int)
    role = forms.ChoiceField(label=_("Role"))
    hours_per_year = HoursField(label=_("Hours a year"), required=False, most=2000)
    starts_on = DateField(label=_("From"), required=False, help_text=_("Leave this empty for today."))

    def __init__(
        self,
        *args: Any,
        partnerships: Sequence[tuple[int, str]],
        staff: Sequence[StaffMember],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["partnership"].choices = [("", _("Choose a location")), *partnerships]
        self.fields["staff"].choices = [("", _("Choose a colleague")), *((row.pk, row.name) for row in staff)]
        self.fields["role"].choices = [("", _("Choose a role")), *queries.staff_functions()]


class EndForm(Form):
    """The last day of something."""

    ends_on = DateField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("ends_on", today())


class TeachersForm(Form):
    """The teachers of a group with their days; a second one makes duo partners."""

    def __init__(self, *args: Any, group: ClassGroup, contacts: Sequence[Contact], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [("", _("Nobody")), *((contact.pk, contact.name) for contact in contacts)]
        for number in range(MOST_TEACHERS):
            self.fields[f"teacher{number}"] = forms.TypedChoiceField(
                label=_("Teacher %(number)s") % {"number": number + 1},
                choices=people,
                required=False,
                coerce=int,
                empty_value=None,
            )
            self.fields[f"days{number}"] = forms.TypedMultipleChoiceField(
                label=_("Days of teacher %(number)s") % {"number": number + 1},
                choices=WEEKDAYS,
                required=False,
                coerce=int,
                widget=forms.CheckboxSelectMultiple,
                help_text=_("No day ticked means every day."),
            )
        self.order_fields(
            [f"{name}{number}" for number in range(MOST_TEACHERS) for name in ("teacher", "days")]
        )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        chosen = [cleaned.get(f"teacher{number}") for number in range(MOST_TEACHERS)]
        chosen = [one for one in chosen if one]
        if len(chosen) != len(set(chosen)):
            self.add_error(None, _("You chose the same person twice."))
        return cleaned

    def teachers(self) -> list[tuple[int, tuple[int, ...]]]:
        """(contact, days) of everybody who was chosen."""
        return [
            (self.cleaned_data[f"teacher{number}"], tuple(self.cleaned_data[f"days{number}"]))
            for number in range(MOST_TEACHERS)
            if self.cleaned_data.get(f"teacher{number}")
        ]


class YearTeachersForm(Form):
    """A line per group of a new school year: who teaches it. Days go along with who was proposed."""

    def __init__(
        self, *args: Any, offers: Sequence[queries.TeacherOffer], contacts: Sequence[Contact], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = list(offers)
        people = [("", _("Nobody")), *((contact.pk, contact.name) for contact in contacts)]
        self.places = max([2, *(len(offer.teachers[:MOST_TEACHERS]) for offer in self.offers)])
        for offer in self.offers:
            for number in range(self.places):
                proposed = offer.teachers[number][0] if number < len(offer.teachers) else None
                self.fields[f"g{offer.group.pk}-{number}"] = forms.TypedChoiceField(
                    label=_("Teacher %(number)s") % {"number": number + 1},
                    choices=people,
                    widget=QuickSelect,
                    required=False,
                    coerce=int,
                    empty_value=None,
                    initial=proposed,
                )

    def table(self) -> list[tuple[queries.TeacherOffer, list[forms.BoundField]]]:
        """Each group with its choices."""
        return [
            (offer, [self[f"g{offer.group.pk}-{number}"] for number in range(self.places)])
            for offer in self.offers
        ]

    def heads(self) -> list[Any]:
        """What stands above the choices."""
        return [_("Teacher %(number)s") % {"number": number + 1} for number in range(self.places)]

    def chosen(self) -> dict[int, list[tuple[int, tuple[int, ...]]]]:
        """Group id → (contact, days) of everybody who was chosen, each once."""
        found: dict[int, list[tuple[int, tuple[int, ...]]]] = {}
        for offer in self.offers:
            days = dict(offer.teachers)
            picked = [self.cleaned_data[f"g{offer.group.pk}-{number}"] for number in range(self.places)]
            ids = list(dict.fromkeys(one for one in picked if one))
            found[offer.group.pk] = [(pk, days.get(pk, ())) for pk in ids]
        return found


class ContactFilters(FilterSet):
    search = SearchFilter(["name", "unit__name", "email"], param="zoek", label=_("Name or organisation"))
    function = ChoiceFilter(param="functie", label=_("Function"), choices=())
    level = ChoiceFilter(param="niveau", label=_("Level"), choices=Level.choices)
    unit_kind = ChoiceFilter(
        "unit__kind",
        param="soort",
        label=_("Kind of organisation"),
        choices=[
            (kind.value, kind.label)
            for kind in (UnitKind.LOCATION, UnitKind.BOARD, UnitKind.MUNICIPALITY, UnitKind.PARTNER)
        ],
    )
    unit = ModelChoiceFilter(
        param="eenheid",
        label=_("Organisation"),
        queryset=lambda request: queries.units_with_contacts(request.actor),
    )
    municipality = ModelChoiceFilter(
        method="by_place",
        param="gemeente",
        label=_("Municipality"),
        queryset=lambda request: queries.municipalities_with_contacts(request.actor),
    )
    talker = ChoiceFilter(param="spreekt", label=_("Who talks to them"), choices=(), method="talked_to_by")
    left = YesNoFilter(param="vertrokken", label=_("Show who left"), method="keep")

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        self.filters["functie"].extra["choices"] = queries.functions_in_use(request.actor)
        colleagues = queries.colleagues_who_talk(request.actor)
        if colleagues:
            self.filters["spreekt"].extra["choices"] = colleagues
        else:
            self.filters.pop("spreekt")

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Without a wish those who left stay out."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("vertrokken") == "ja" else queries.only_present(rows)

    def keep(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows

    def by_place(self, rows: QuerySet, _name: str, value: Municipality) -> QuerySet:
        return queries.in_municipality(rows, value)

    def talked_to_by(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return queries.talked_to_by(rows, self.request.actor, value)


class StaffFilters(FilterSet):
    search = SearchFilter(["name", "email"], param="zoek", label=_("Name"))
    function = ChoiceFilter(
        param="functie", label=_("Function"), choices=queries.staff_functions, method="by_function"
    )
    left = YesNoFilter(param="vertrokken", label=_("Show who left"), method="keep")

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("vertrokken") == "ja" else queries.only_working(rows)

    def keep(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        return rows

    def by_function(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return queries.with_function(rows, value)
