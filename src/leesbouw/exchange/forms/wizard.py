"""Forms of the wizard and of the area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.ui.forms import DateField, Form, RowField

from .. import actions
from ..domain import childcare, schools
from ..domain.columns import candidates
from ..engine import Importer
from ..enums import FILE_REASONS, Decision, Gone, Leavers, Reach, column_label
from ..models import ImportRun
from ..queries import closed_schools_of_board, province_names, schools_to_bring_for

NOWHERE = ""
PROVINCE = f"{Reach.PROVINCE}:"
OLDEST_YEAR = 2010
TYPE_LABELS = {
    "kdv": _("Day care"),
    "bso": _("After-school care"),
    "ve": _("Locations with pre-school education"),
}


class BringForm(Form):
    """Choosing a file. It is read while the form is checked, so that what is wrong stands at the field."""

    file = forms.FileField(
        label=_("File"),
        error_messages={"empty": FILE_REASONS["empty"]},
    )

    def __init__(
        self, *args: Any, kind: Importer, actor: Any, too_large: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.kind, self.actor = kind, actor
        self.draft: actions.Draft | None = None
        self.fields["file"].widget.attrs["accept"] = kind.accepts
        self.fields["file"].help_text = kind.hint
        if "location" in kind.asks:
            self._add_location()
        if too_large:
            self.fields["file"].error_messages["required"] = FILE_REASONS["too_large"]

    def _add_location(self) -> None:
        """Whose file it is; somebody of a school has only her own, and is not asked."""
        places = schools_to_bring_for(self.actor)
        self.fields["location"] = RowField(
            label=_("School"), queryset=places, initial=places.first() if places.count() == 1 else None
        )
        if self.actor.unit_kind == UnitKind.LOCATION:
            self.fields["location"].widget = forms.HiddenInput()
        self.order_fields(["location", "file"])

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        place = self.cleaned_data.get("location")
        if "location" in self.fields and place is None:
            return file  # what is wrong stands at the school already
        try:
            self.draft = actions.read_file(
                content=file.read(),
                file_name=file.name,
                importer_code=self.kind.code,
                by=self.actor,
                options={"location": place.pk} if place else None,
            )
        except Sentence as sentence:
            raise forms.ValidationError(str(sentence)) from None
        return file


class ColumnsForm(Form):
    """Which header holds what, and what is asked of this kind of file."""

    def __init__(
        self,
        *args: Any,
        run: ImportRun,
        kind: Importer,
        has_area: bool,
        actor: Any,
        too_large: bool = False,
        **kwargs: Any,
    ) -> None:
        self.run, self.kind, self.actor, self.has_area = run, kind, actor, has_area
        self.too_large = too_large
        self.draft: actions.Draft | None = None
        super().__init__(*args, **kwargs)
        self._add_columns()
        self._add_options()
        self.fields["file"] = forms.FileField(
            label=_("The file once more"),
            required=False,
            help_text=_("Only when you choose a column that we did not know. We did not keep that one."),
        )
        self.fields["file"].widget.attrs["accept"] = self.kind.accepts
        self.order_fields([name for name in self.fields if name not in {"request_id", "version", "begin"}])

    def _add_columns(self) -> None:
        choices = [(NOWHERE, _("not in this file"))]
        choices += [(str(at), name) for at, name in enumerate(self.run.headers) if name]
        for column in self.kind.columns:
            if column.summed:
                continue
            self.fields[f"column_{column.code}"] = forms.ChoiceField(
                label=column_label(column.code),
                choices=choices,
                required=column.required,
                initial=next((str(at) for at in self.run.mapping.get(column.code, ())), NOWHERE),
            )

    def _add_options(self) -> None:
        asks, given = self.kind.asks, self.run.options
        if "sector" in asks:
            self.fields["sector"] = forms.ChoiceField(
                label=_("Kind of school"),
                required=False,
                choices=[("", _("as the file says")), *((s, Sector(s).label) for s in schools.SECTORS)],
                initial=given.get("sector", ""),
                help_text=_("Counts where the file itself does not say it."),
            )
        if "types" in asks:
            self.fields["types"] = forms.MultipleChoiceField(
                label=_("Kinds of care"),
                choices=[(code, TYPE_LABELS[code]) for code in childcare.TYPES],
                initial=given.get("types", childcare.TYPES),
                widget=forms.CheckboxSelectMultiple,
            )
        if "year" in asks:
            newest = SchoolYear.running().next.first
            years = [
                (str(first), str(SchoolYear(first)).replace("-", "–"))
                for first in range(newest, OLDEST_YEAR - 1, -1)
            ]
            self.fields["year"] = forms.ChoiceField(
                label=_("School year of the file"),
                choices=years,
                initial=str(given.get("year") or newest - 1),
            )
        if "reach" in asks:
            self._add_reach(given)
        if "gone" in asks:
            self._add_gone(given)
        if "leavers" in asks:
            self._add_pupil_options(given)

    def _add_pupil_options(self, given: Mapping[str, Any]) -> None:
        self.fields["leavers"] = forms.ChoiceField(
            label=_("Pupils who are not in the file"),
            choices=Leavers.choices,
            widget=forms.RadioSelect,
            initial=given.get("leavers", Leavers.LEFT),
            help_text=_("An import never deletes a pupil."),
        )
        self.fields["new_system"] = forms.BooleanField(
            label=_("The school has a new administration system, so all numbers are new"),
            required=False,
            initial=bool(given.get("new_system")),
        )
        closed = closed_schools_of_board(self.actor, int(given["location"]))
        if closed:
            self.fields["merged"] = forms.MultipleChoiceField(
                label=_("Schools that were merged with this one"),
                required=False,
                choices=[(place.code, f"{place.name} ({place.code})") for place in closed],
                initial=given.get("merged") or [],
                widget=forms.CheckboxSelectMultiple,
                help_text=_("Their pupils come along when they are in this file."),
            )

    def _add_reach(self, given: Mapping[str, Any]) -> None:
        """One choice: everything, our area, or a province."""
        choices: list[tuple[str, Any]] = [(Reach.ALL, Reach.ALL.label)]
        if self.has_area:
            choices.append((Reach.AREA, Reach.AREA.label))
        provinces = [(f"{PROVINCE}{name}", name) for name in province_names()]
        initial = given.get("reach", Reach.ALL)
        if initial == Reach.PROVINCE:
            initial = f"{PROVINCE}{given.get('province', '')}"
        self.fields["reach"] = forms.ChoiceField(
            label=_("What do you want of it?"),
            choices=[*choices, (Reach.PROVINCE.label, provinces)],
            initial=initial,
        )

    def _add_gone(self, given: Mapping[str, Any]) -> None:
        self.fields["gone"] = forms.ChoiceField(
            label=_("Locations that are not in the file"),
            choices=Gone.choices,
            widget=forms.RadioSelect,
            initial=given.get("gone", Gone.LEAVE),
            help_text=_("Nothing is ever deleted."),
        )
        closed_on = given.get("closed_on")
        self.fields["closed_on"] = DateField(
            label=_("Closed from"),
            required=False,
            initial=date.fromisoformat(closed_on) if closed_on else today(),
            help_text=_("Only when you mark them as closed."),
        )

    @property
    def column_rows(self) -> list[Any]:
        return [self[name] for name in self.fields if name.startswith("column_")]

    @property
    def option_rows(self) -> list[Any]:
        names = (
            *("reach", "sector", "types", "year", "gone", "closed_on"),
            *("leavers", "new_system", "merged"),
        )
        return [self[name] for name in names if name in self.fields]

    def mapping(self) -> dict[str, list[int]]:
        """Column → positions, with the added-up columns as we recognised them."""
        found = candidates(self.run.headers, self.kind.columns)
        chosen: dict[str, list[int]] = {}
        for column in self.kind.columns:
            if column.summed:
                chosen[column.code] = found.get(column.code, [])
            elif (value := self.cleaned_data.get(f"column_{column.code}", NOWHERE)) != NOWHERE:
                chosen[column.code] = [int(value)]
        return {code: places for code, places in chosen.items() if places}

    def options(self) -> dict[str, Any]:
        """What was asked, as the run keeps it."""
        values = self.cleaned_data
        options: dict[str, Any] = {
            name: values[name]
            for name in ("sector", "types", "gone", "leavers", "new_system", "merged")
            if name in self.fields
        }
        options |= {name: self.run.options.get(name) for name in self.kind.settled}
        if "reach" in self.fields:
            reach, _sep, province = values["reach"].partition(":")
            options |= {"reach": reach, "province": province}
        if "year" in self.fields:
            options["year"] = int(values["year"])
        if values.get("gone") == Gone.CLOSE:
            options["closed_on"] = values["closed_on"].isoformat()
        return options

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        if values.get("gone") == Gone.CLOSE and not values.get("closed_on"):
            self.add_error("closed_on", _("Give the day from which they are closed."))
        if "sector" in self.fields and not values.get("sector") and not self._says_kind(values):
            self.add_error("sector", _("This file does not say what kind of school it is about. Choose it."))
        if self.too_large:
            self.add_error("file", FILE_REASONS["too_large"])
        if values.get("file") and not self.errors:
            self._read_again(values["file"])
        return values

    def _says_kind(self, values: Mapping[str, Any]) -> bool:
        return any(values.get(f"column_{code}") for code in ("kind", "structure"))

    def _read_again(self, file: Any) -> None:
        names = {code: [self.run.headers[at] for at in places] for code, places in self.mapping().items()}
        try:
            self.draft = actions.read_file(
                content=file.read(),
                file_name=file.name,
                importer_code=self.kind.code,
                by=self.actor,
                mapping=names,
                options=self.options(),
            )
        except Sentence as sentence:
            self.add_error("file", str(sentence))


class StartForm(Form):
    """Storing what was checked. `sure` is asked when a great many locations would close."""

    sure = forms.BooleanField(label=_("Yes, this is the right file"), required=False)


class DecideForm(Form):
    """What to do with doubtful rows."""

    decision = forms.ChoiceField(choices=Decision.choices, required=False)
    namesakes = forms.BooleanField(required=False)  # all of them are the same child


class AreaForm(Form):
    """The municipalities of a library, from a day on."""

    municipalities = forms.TypedMultipleChoiceField(
        label=_("Municipalities"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("One of these municipalities does not exist any more.")},
    )
    starts_on = DateField(
        label=_("From which day?"), help_text=_("What was before that day stays as it was.")
    )
    takes_over = forms.BooleanField(
        label=_("Yes, we take these municipalities over from that day"), required=False
    )

    def __init__(self, *args: Any, rows: Sequence[Any] = (), library_id: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipalities"].choices = [(row.pk, row.name) for row in rows]
        self.others = {row.pk: row for row in rows if row.library_id not in (None, library_id)}
        self.taken: list[Any] = []

    def clean(self) -> dict[str, Any]:
        values = super().clean() or {}
        self.taken = [self.others[pk] for pk in values.get("municipalities", ()) if pk in self.others]
        if self.taken and not values.get("takes_over"):
            names = ", ".join(f"{row.name} ({row.library_name})" for row in self.taken)
            text = _("Another library serves these now: %(names)s. Say that you take them over.") % {
                "names": names
            }
            self.add_error("takes_over", text)
        return values
