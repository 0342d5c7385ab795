"""Forms and filters of actions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.people.models import Contact, StaffMember
from leesbouw.ui.filters import ChoiceFilter, FilterSet, ModelChoiceFilter, SearchFilter
from leesbouw.ui.forms import DateField, Form, NameField

from .. import queries
from ..domain import Due
from ..enums import Side

MINE = "mij"
DUE_PARAM = "termijn"

DUE_LABELS = {
    Due.LATE: _("Too late"),
    Due.TODAY: _("Today"),
    Due.SOON: _("Within a week"),
    Due.LATER: _("Later"),
    Due.UNDATED: _("Without a day"),
    Due.DONE: _("Done"),
}


class ActionForm(Form):
    """What will be done, at whose side, by whom and before when."""

    what = NameField(label=_("What"), max_length=200, help_text=_("Do not write names of children."))
    side = forms.ChoiceField(label=_("Whose turn is it?"), widget=forms.RadioSelect)
    who = forms.ChoiceField(label=_("Who does it?"), required=False)
    due_on = DateField(label=_("Before"), required=False)

    def __init__(
        self,
        *args: Any,
        staff: Sequence[StaffMember],
        contacts: Sequence[Contact],
        sides: Sequence[tuple[str, Any]],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["side"].choices = sides
        self.fields["who"].choices = queries.doer_choices(staff, contacts)

    def values(self) -> dict[str, Any]:
        values = super().values()
        return values | queries.doer_of(values.pop("who"))


class DoneForm(Form):
    """When it was done, and what came of it."""

    done_on = DateField(label=_("Done on"), latest=today)
    note = NameField(label=_("What came of it"), max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("done_on", today())


class ActionFilters(FilterSet):
    search = SearchFilter(["what", "unit__name"], param="zoek", label=_("What or organisation"))
    owner = ChoiceFilter(param="wie", label=_("Who"), choices=(), method="by_owner")
    side = ChoiceFilter(param="kant", label=_("Whose turn"), choices=Side.choices)
    due = ChoiceFilter(
        param=DUE_PARAM,
        label=_("When"),
        choices=[(due.value, label) for due, label in DUE_LABELS.items()],
        method="by_due",
    )
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
        queryset=lambda request: queries.units_with_actions(request.actor),
    )

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        actor = request.actor
        if actor.unit_kind == UnitKind.LOCATION:
            for name in ("soort", "eenheid"):
                self.filters.pop(name)
            self.filters["wie"].extra["choices"] = [(MINE, _("Our own"))]
        else:
            people = queries.owners_in_use(actor)
            self.filters["wie"].extra["choices"] = [(MINE, _("Me")), *people]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Without a wish what is done stays out."""
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get(DUE_PARAM) == Due.DONE else queries.only_open(rows)

    def by_owner(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return queries.of_owner(rows, self.request.actor, None if value == MINE else int(value))

    def by_due(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return queries.in_state(rows, Due(value))
