"""Filters of the catalogue of activities, and the forms of what a library or school adds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.enums import Sector
from leesbouw.ui.filters import ChoiceFilter, FilterSet, Rows, SearchFilter
from leesbouw.ui.forms import DateField, Form, HoursField, NameField, TextField

from .. import queries
from ..domain import groups_in_words
from ..enums import Audience, BlockOf, ConsultantRole, FormKind, Region, Transfer

MOST_GROUP = 8
GROUPS = [(str(group), str(group)) for group in range(1, MOST_GROUP + 1)]
DURATIONS = [
    ("15", _("a quarter of an hour at most")),
    ("30", _("half an hour at most")),
    ("60", _("an hour at most")),
]
SECTORS = [one for one in Sector.choices if one[0] != Sector.MBO]
MINE = "mijn"
FIGURE, MOST_MEASURES = "figure_", 4
ROLE = "role_"  # before the code of a role: its field


class CatalogueFilters(FilterSet):
    """Everything a teacher or consultant chooses by."""

    search = SearchFilter(["name"], param="zoek", label=_("Search"))
    sector = ChoiceFilter("sector", param="soort", label=_("Kind of school"), choices=SECTORS)
    group = ChoiceFilter("group", param="groep", label=_("Group or year"), choices=GROUPS)
    audience = ChoiceFilter("audience", param="voor", label=_("For whom"), choices=Audience.choices)
    kind = ChoiceFilter("kind", param="vorm", label=_("Kind"), choices=FormKind.choices)
    minutes = ChoiceFilter("minutes", param="duur", label=_("How long"), choices=DURATIONS)
    role = ChoiceFilter(
        "role", param="rol", label=_("Role of the consultant"), choices=ConsultantRole.choices
    )
    block = ChoiceFilter("block", param="bouwsteen", label=pgettext_lazy("catalogue", "Building block"))
    trait = ChoiceFilter("trait", param="kenmerk", label=_("Characteristic for parents"))
    parents = ChoiceFilter("parents", param="ouders", label=_("Suits which parents"))
    transfer = ChoiceFilter("transfer", param="hoe", label=_("How parents get it"), choices=Transfer.choices)
    mine = ChoiceFilter("mine", param="bij", label=_("Fits"))
    own = ChoiceFilter("own", param="van", label=_("Made by"), choices=[("eigen", _("ourselves"))])

    def __init__(self, data: Any, rows: Sequence[Any], *, request: Any) -> None:
        super().__init__(data, Rows(rows), request=request)  # type: ignore[arg-type]
        names = [(one.code, one.name) for one in queries.blocks_of_kind(BlockOf.SCHOOL)]
        self.form.fields["bouwsteen"].choices = [("", _("All")), *names]
        told = [(one.code, f"{one.letter}. {one.text}") for one in queries.traits().characteristics]
        self.form.fields["kenmerk"].choices = [("", _("All")), *told]
        self.form.fields["ouders"].choices = [("", _("All")), *queries.parent_group_names().items()]
        self.groups = set(queries.my_year_groups(request.actor))
        if self.groups:
            told = _("my group (%(groups)s)") % {"groups": groups_in_words(sorted(self.groups))}
            self.form.fields["bij"].choices = [("", _("All")), (MINE, told)]
        else:
            del self.form.fields["bij"]

    def filter_queryset(self, queryset: Any) -> Any:
        given = {name: value for name, value in self.form.cleaned_data.items() if value}
        mine = self.groups if given.get("bij") else set()
        return Rows(
            row for row in queryset if _keeps(row, given) and (not mine or queries.is_for(row.body, mine))
        )


def _keeps(row: queries.ActivityForm, given: dict[str, str]) -> bool:
    body = row.body
    text = " ".join((body.name, body.aim, *body.steps, *body.materials)).casefold()
    return (
        all(word in text for word in given.get("zoek", "").casefold().split())
        and ("soort" not in given or given["soort"] in body.sectors)
        and ("groep" not in given or not body.groups or int(given["groep"]) in body.groups)
        and ("voor" not in given or given["voor"] in body.audience)
        and ("vorm" not in given or given["vorm"] == body.kind)
        and ("duur" not in given or 0 < body.minutes <= int(given["duur"]))
        and ("rol" not in given or given["rol"] in body.roles)
        and ("bouwsteen" not in given or given["bouwsteen"] == body.block)
        and ("van" not in given or row.own is not None)
        and _suits_parents(body.parents or queries.WithParents(), given)
    )


def _suits_parents(told: queries.WithParents, given: dict[str, str]) -> bool:
    """Whether what an activity has for parents is what somebody looks for."""
    return (
        ("kenmerk" not in given or given["kenmerk"] in told.characteristics)
        and ("ouders" not in given or given["ouders"] in told.groups)
        and ("hoe" not in given or given["hoe"] in told.transfer)
    )


class OwnFormForm(Form):
    """An activity of one's own; lists are written a line each."""

    name = NameField(label=pgettext_lazy("catalogue", "Name"), max_length=100)
    kind = forms.ChoiceField(label=_("Kind"), choices=FormKind.choices, widget=forms.RadioSelect)
    sectors = forms.MultipleChoiceField(
        label=_("Kind of school"), choices=SECTORS, widget=forms.CheckboxSelectMultiple
    )
    groups = forms.MultipleChoiceField(
        label=_("Groups or years"),
        choices=GROUPS,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Leave empty for all."),
    )
    audience = forms.MultipleChoiceField(
        label=_("For whom"), choices=Audience.choices, widget=forms.CheckboxSelectMultiple
    )
    aim = TextField(label=_("What do you want to reach?"))
    minutes = forms.IntegerField(label=_("Minutes each time"), min_value=0, max_value=600)
    preparation = forms.IntegerField(label=_("Minutes of preparation"), min_value=0, max_value=600)
    times = forms.IntegerField(label=_("How many times"), min_value=0, max_value=100)
    materials = TextField(label=_("What do you need?"), required=False, help_text=_("One thing on a line."))
    steps = TextField(
        label=_("How does it go?"),
        help_text=_("One step on a line.") + " " + _("Do not write names of children."),
    )
    role_executing = TextField(label=_("When the consultant executes"), required=False)
    role_supporting = TextField(label=_("When the consultant supports"), required=False)
    role_advising = TextField(label=_("When the consultant advises"), required=False)
    hours = HoursField(label=_("Hours of the library"), most=500, required=False)
    school_hours = HoursField(label=_("Hours of the school"), most=500, required=False)
    block = forms.ChoiceField(label=_("Building block it serves"))
    evidence = TextField(label=_("What is known about it?"), required=False)
    characteristics = forms.MultipleChoiceField(
        label=_("With parents: which characteristics has it?"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    parent_groups = forms.MultipleChoiceField(
        label=_("With parents: whom does it suit?"), widget=forms.CheckboxSelectMultiple, required=False
    )
    transfer = forms.MultipleChoiceField(
        label=_("With parents: how do they get it?"),
        choices=Transfer.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args: Any, measures: Sequence[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("None")), *queries.main_measures(measures)]
        for number in range(1, MOST_MEASURES + 1):
            self.fields[f"{FIGURE}{number}"] = forms.ChoiceField(
                label=_("Figure %(number)s that it may move") % {"number": number},
                choices=choices,
                required=False,
            )
        self.fields["characteristics"].choices = [
            (one.code, f"{one.letter}. {one.text}") for one in queries.traits().characteristics
        ]
        self.fields["parent_groups"].choices = list(queries.parent_group_names().items())
        last = ("characteristics", "parent_groups", "transfer")
        self.order_fields([*(name for name in self.fields if name not in last), *last])
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()
        self.fields["block"].choices = [
            (one.code, one.name) for one in queries.blocks_of_kind(BlockOf.SCHOOL)
        ]

    def body(self, before: queries.FormBody | None) -> queries.FormBody:
        """What was filled in; what the form does not ask stays as it was."""
        values = self.values()
        roles = {str(role): values.pop(ROLE + role) for role in ConsultantRole}
        values |= {
            "roles": {role: text for role, text in roles.items() if text},
            "materials": _lines(values["materials"]),
            "steps": _lines(values["steps"]),
            "hours": values["hours"] or 0,
            "school_hours": values["school_hours"] or 0,
            "measures": self._measures(values, before),
            "parents": self._with_parents(values, before),
            "ours": False,
        }
        return queries.FormBody.model_validate(values)

    @staticmethod
    def _measures(values: dict[str, Any], before: queries.FormBody | None) -> list[str]:
        """Those that were chosen, each once; what stood there beyond the boxes of this form stays."""
        chosen = [values.pop(f"{FIGURE}{number}") for number in range(1, MOST_MEASURES + 1)]
        more = before.measures[MOST_MEASURES:] if before else ()
        return list(dict.fromkeys(code for code in (*chosen, *more) if code))

    @staticmethod
    def _with_parents(values: dict[str, Any], before: queries.FormBody | None) -> dict[str, Any] | None:
        told = {
            "characteristics": values.pop("characteristics"),
            "groups": values.pop("parent_groups"),
            "transfer": values.pop("transfer"),
        }
        age = before.parents.age if before and before.parents else ""
        return told | {"age": age} if any(told.values()) else None


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def own_form_initial(body: queries.FormBody) -> dict[str, Any]:
    """What the form begins with, of a form that is there."""
    roles = {ROLE + role: body.roles.get(role, "") for role in ConsultantRole}
    lists = {"materials": "\n".join(body.materials), "steps": "\n".join(body.steps)}
    groups = {"groups": [str(group) for group in body.groups]}
    kept = ("name", "kind", "aim", "minutes", "preparation", "times", "block", "evidence")
    several = {"sectors": list(body.sectors), "audience": list(body.audience)}
    hours = {"hours": body.hours or None, "school_hours": body.school_hours or None}
    figures = {f"{FIGURE}{at}": code for at, code in enumerate(body.measures[:MOST_MEASURES], 1)}
    told = body.parents or queries.WithParents()
    several |= {
        "characteristics": list(told.characteristics),
        "parent_groups": list(told.groups),
        "transfer": [str(one) for one in told.transfer],
    }
    return figures | {name: getattr(body, name) for name in kept} | several | hours | roles | lists | groups


class DaysForm(Form):
    """The days on which one holds a campaign oneself."""

    starts_on = DateField(label=_("First day"))
    ends_on = DateField(label=_("Last day"))


class RegionForm(forms.Form):
    """Of which region the school holidays are shown."""

    regio = forms.ChoiceField(
        label=_("School holidays of region"), choices=[("", _("all")), *Region.choices], required=False
    )


def planned_from_catalogue(body: queries.FormBody) -> dict[str, Any]:
    """What a line of the year plan begins with that is made from a form of the catalogue."""
    return {
        "what": body.name,
        "aim": body.aim,
        "steps": "\n".join(body.steps),
        "audience": body.audience[0],
        "groups": [str(group) for group in body.groups],
        "times": body.times,
        "hours": body.hours or None,
        "school_hours": body.school_hours or None,
    }
