"""Forms and filters of routes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.accounts.enums import Level
from leesbouw.core.time import today
from leesbouw.ui.filters import ChoiceFilter, FilterSet, SearchFilter
from leesbouw.ui.forms import DateField, Form, NameField, TextField

from .. import queries
from ..domain import STUCK, RunState
from ..enums import RecordKind

STUCK_WISH = "stuck"
RUN_LABELS = {
    RunState.AGAIN: pgettext_lazy("route", "look again"),
    RunState.QUIET: pgettext_lazy("route", "quiet for long"),
    RunState.WAITS: pgettext_lazy("route", "waits"),
    RunState.RUNNING: pgettext_lazy("route", "under way"),
    RunState.COMPLETE: pgettext_lazy("route", "complete"),
    RunState.STOPPED: pgettext_lazy("route", "stopped"),
}
GROUPS = {
    "library": _("The library itself"),
    "all": _("Everywhere"),
    "board": _("All locations of a board"),
    "location": _("One location"),
}


class StartForm(Form):
    """With whom a route starts."""

    who = forms.ChoiceField(label=_("With whom do you start?"))

    def __init__(
        self, *args: Any, groups: Sequence[tuple[str, Sequence[tuple[str, str]]]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.groups = groups
        choices = [(GROUPS[code], rows) for code, rows in groups]
        self.fields["who"].choices = [("", _("Choose")), *choices]


class StepForm(Form):
    """What came of a step; at a gate also yes or no, and when to look again."""

    answer = forms.TypedChoiceField(
        label=_("What is the answer?"),
        choices=[(RecordKind.YES.value, _("Yes")), (RecordKind.NO.value, _("No"))],
        coerce=RecordKind,
        widget=forms.RadioSelect,
    )
    text = TextField(
        label=_("What is the result?"),
        max_length=500,
        required=False,
        help_text=_("Do not write names of children."),
    )
    url = forms.URLField(
        label=_("Where does it stand?"),
        max_length=500,
        required=False,
        help_text=_("The address of a page or document."),
    )
    on = DateField(label=_("Done on"), latest=today, initial=today)
    review_on = DateField(label=_("Look again on"), required=False, help_text=_("Only after a “no”."))

    def __init__(self, *args: Any, step: queries.RouteStep, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if step.gate is None:
            del self.fields["answer"], self.fields["review_on"]
        else:
            self.fields["answer"].label = step.gate.question
            self.fields["text"].label = _("Why?")
            self.fields["on"].label = _("Decided on")


class StopForm(Form):
    reason = NameField(label=_("Why does the route stop?"), max_length=300)


class RunFilters(FilterSet):
    """Which routes run, and where it is stuck; without a wish what stopped stays out."""

    search = SearchFilter(["unit__name"], param="zoek", label=_("Organisation"))
    route = ChoiceFilter("code", param="route", label=_("Route"), choices=())
    state = ChoiceFilter(
        param="stand",
        label=_("How is it?"),
        choices=[
            (STUCK_WISH, _("Where it is stuck")),
            *((state.value, label) for state, label in RUN_LABELS.items()),
        ],
        method="by_state",
    )

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        routes = queries.routes_of(queries.library_of(request.actor)).values()
        self.filters["route"].extra["choices"] = [(route.code, route.name) for route in routes]

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        rows = super().filter_queryset(queryset)
        return rows if self.form.cleaned_data.get("stand") else rows.filter(stopped_on=None)

    def by_state(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        return queries.runs_in_state(rows, STUCK if value == STUCK_WISH else [RunState(value)])


class OverviewFilters(FilterSet):
    search = SearchFilter(["name", "town"], param="zoek", label=_("Name or town"))


NEW = "nieuw"  # code of the empty step at the end of the editor
TEXTS = ("phase", "name", "owner", "aim", "result")


class RouteTextForm(Form):
    """All steps of a route: their texts, their order and which of them count; at the end room for one more."""

    def __init__(self, *args: Any, steps: Sequence[queries.RouteStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.steps = list(steps)
        for at, step in enumerate(self.steps, start=1):
            self._add(step.code, at, step)
        self._add(NEW, len(self.steps) + 1, None)

    def _add(self, code: str, at: int, step: queries.RouteStep | None) -> None:
        begin = {text: getattr(step, text) if step else "" for text in TEXTS}
        fields: dict[str, forms.Field] = {
            "name": NameField(label=_("Step"), max_length=100, required=False),
            "phase": NameField(label=_("Part of the route"), max_length=80, required=False),
            "level": forms.ChoiceField(label=_("Level"), choices=Level.choices),
            "owner": NameField(label=_("Whose step is it?"), max_length=100, required=False),
            "aim": TextField(label=_("What for?"), max_length=500, required=False),
            "result": TextField(label=_("What must be there at the end?"), max_length=500, required=False),
            "place": forms.IntegerField(label=_("Place"), min_value=1, max_value=99),
            "keep": forms.BooleanField(label=_("This step counts"), required=False),
        }
        values = begin | {
            "level": step.level if step else Level.TACTICAL,
            "place": at,
            "keep": step is not None,
        }
        for name, field in fields.items():
            self.fields[f"{code}-{name}"] = field
            self.initial.setdefault(f"{code}-{name}", values[name])

    @property
    def blocks(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The fields of each step, under its name."""
        names = ("name", "phase", "level", "owner", "aim", "result", "place", "keep")
        titles = [(step.code, step.name) for step in self.steps] + [(NEW, _("One more step"))]
        return [(title, [self[f"{code}-{name}"] for name in names]) for code, title in titles]

    def clean(self) -> dict[str, Any]:
        values = super().clean() or self.cleaned_data
        for code in [*(step.code for step in self.steps), NEW]:
            if values.get(f"{code}-keep"):
                for text in TEXTS:
                    if not values.get(f"{code}-{text}") and f"{code}-{text}" not in self.errors:
                        self.add_error(f"{code}-{text}", _("Fill this in, or leave the step out."))
        return values

    def chosen(self) -> list[queries.RouteStep]:
        """The steps that count, in the order of their places."""
        known = {step.code: step for step in self.steps}
        rows = []
        for code in [*known, NEW]:
            values = {
                name: self.cleaned_data[f"{code}-{name}"] for name in (*TEXTS, "level", "place", "keep")
            }
            if not values.pop("keep"):
                continue
            place = values.pop("place")
            base = known[code].model_dump() if code in known else {"code": self._free_code()}
            rows.append((place, len(rows), queries.RouteStep.model_validate(base | values)))
        return [step for _place, _at, step in sorted(rows, key=lambda row: row[:2])]

    def _free_code(self) -> str:
        taken = {step.code for step in self.steps}
        return next(code for number in range(1, 100) if (code := f"own-{number}") not in taken)
