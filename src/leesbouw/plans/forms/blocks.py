"""Forms and filters of the bouwstenen."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.enums import Sector
from leesbouw.ui.filters import ChoiceFilter, FilterSet, ModelChoiceFilter, SearchFilter
from leesbouw.ui.forms import Form, NameField, TextField

from .. import queries
from ..enums import AgreedLevel, BlockOf, BlockStatus, EvidenceKind, PracticeAnswer
from .todo import ActionForm

PARTIES = {
    "municipality": _("At the municipality"),
    "board": _("At the board"),
    "organisation": _("At the organisation"),
    "school": _("At the school"),
    "location": _("At the location"),
    "library": _("At the library"),
}
CHECK, PICKED = "praktijk_", "lastig_"


class AssessForm(Form):
    """Where a bouwsteen stands: status, what was agreed, each good practice, and what stands in the way."""

    status = forms.TypedChoiceField(
        label=_("How far is it?"),
        choices=BlockStatus.choices,
        coerce=lambda value: BlockStatus(int(value)),
        widget=forms.RadioSelect,
        help_text=_("“Under way” and “anchored” ask for something that shows it."),
    )
    agreed = forms.TypedChoiceField(
        label=_("What did you agree about it?"),
        choices=AgreedLevel.choices,
        coerce=lambda value: AgreedLevel(int(value)),
    )
    note = TextField(label=_("Note"), required=False, help_text=_("Do not write names of children."))

    def __init__(self, *args: Any, block: queries.Block, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for one in block.practices:
            self.fields[CHECK + one.code] = forms.ChoiceField(
                label=one.text, choices=PracticeAnswer.choices, widget=forms.RadioSelect, required=False
            )
        for party, challenges in queries.challenges_by_party(block).items():
            self.fields[PICKED + party] = forms.MultipleChoiceField(
                label=PARTIES[party],
                choices=[(one.code, one.text) for one in challenges],
                widget=forms.CheckboxSelectMultiple,
                required=False,
            )
        if "begin" in self.fields:
            self.initial["begin"] = self.begin_now()

    @property
    def stand(self) -> list[forms.BoundField]:
        return [self["status"], self["agreed"]]

    @property
    def practices(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name.startswith(CHECK)]

    @property
    def challenges(self) -> list[forms.BoundField]:
        return [bound for bound in self if bound.name.startswith(PICKED)]

    def values(self) -> dict[str, Any]:
        """What `actions.Assessment` takes; an unanswered practice is left out, for unknown is not no."""
        values = super().values()
        checks = {
            name.removeprefix(CHECK): PracticeAnswer(value)
            for name, value in values.items()
            if name.startswith(CHECK) and value
        }
        picked = [code for name, codes in values.items() if name.startswith(PICKED) for code in codes]
        return {
            "status": values["status"],
            "agreed": values["agreed"],
            "note": values["note"],
            "checks": checks,
            "challenges": picked,
        }


def assess_initial(row: Any) -> dict[str, Any]:
    """The values that the form begins with, of the row of this year or else of the year before."""
    checks = {CHECK + code: answer for code, answer in row.checks.items()}
    parties: dict[str, Any] = {PICKED + party: row.challenges for party in PARTIES}
    return {"status": row.status, "agreed": row.agreed, "note": row.note} | checks | parties


class EvidenceForm(Form):
    """What shows where a bouwsteen stands."""

    kind = forms.TypedChoiceField(
        label=_("What shows it?"), choices=EvidenceKind.choices, coerce=EvidenceKind, widget=forms.RadioSelect
    )
    record = forms.ChoiceField(label=_("What in Leesbouw?"), required=False)
    file = forms.FileField(
        label=_("The file"), required=False, help_text=_("A PDF, PNG or JPG of at most 10 MB.")
    )
    text = NameField(
        label=_("What is to be seen?"),
        max_length=300,
        required=False,
        help_text=_("Do not write names of children. May stay empty for something in Leesbouw."),
    )
    url = forms.URLField(label=_("Address"), max_length=500, required=False)
    name = NameField(label=_("Who vouches for this?"), max_length=100, required=False)

    def __init__(self, *args: Any, records: Sequence[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["record"].choices = [("", _("Choose")), *records]
        self.fields["file"].widget.attrs["accept"] = ".pdf,.png,.jpg,.jpeg"

    def values(self) -> dict[str, Any]:
        values = super().values()
        file = values.pop("file")
        told = {name: values[name] for name in ("kind", "text", "url", "name", "record")}
        return told | {"file": file.read() if file else None}


class SolutionForm(ActionForm):
    """A solution as an action: what, whose turn, who and before when."""


class MatrixFilters(FilterSet):
    """Where it is stuck: one bouwsteen with one status."""

    search = SearchFilter(["name", "town"], param="zoek", label=_("Name or town"))
    sector = ChoiceFilter("sector", param="soort", label=_("Kind"), choices=Sector.choices)
    municipality = ModelChoiceFilter(
        "municipality",
        param="gemeente",
        label=_("Municipality"),
        queryset=lambda request: queries.municipalities_of_matrix(request.actor),
    )
    block = ChoiceFilter(param="bouwsteen", label=_("Building block"), choices=(), method="as_it_is")
    status = ChoiceFilter(
        param="stand",
        label=_("How far"),
        choices=[("", "")],
        method="by_status",
    )

    def __init__(self, data: Any, queryset: QuerySet, *, request: Any) -> None:
        super().__init__(data, queryset, request=request)
        of = BlockOf.CHILDCARE if "kinderopvang" in request.path else BlockOf.SCHOOL
        blocks: Sequence[queries.Block] = queries.blocks_of_kind(of)
        self.columns = [queries.column_of(block) for block in blocks]
        self.filters["bouwsteen"].extra["choices"] = [
            (queries.column_of(block), block.name) for block in blocks
        ]
        self.filters["stand"].extra["choices"] = [
            ("none", pgettext_lazy("building block", "not told yet")),
            *((str(status), label) for status, label in BlockStatus.choices),
        ]
        if of is BlockOf.CHILDCARE:
            self.filters.pop("soort")

    def as_it_is(self, rows: QuerySet, _name: str, _value: str) -> QuerySet:
        """A bouwsteen alone filters nothing; with a status it says of which one."""
        return rows

    def by_status(self, rows: QuerySet, _name: str, value: str) -> QuerySet:
        chosen = self.form.cleaned_data.get("bouwsteen")
        status = None if value == "none" else int(value)
        return queries.standing_so(rows, [chosen] if chosen else self.columns, status)
