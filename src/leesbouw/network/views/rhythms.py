"""How often the library talks with an organisation."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.enums import Level
from leesbouw.organisations.models import Unit
from leesbouw.people.queries import library_id_for, staff_today
from leesbouw.ui.pages import FormPage

from .. import actions, forms, queries
from ..permissions import SET_RHYTHM
from .base import unit_or_404


class Rhythm(FormPage):
    """So many talks a year at each level; empty means the usual number."""

    permission = SET_RHYTHM
    template_name = "network/rhythm.html"
    form_class = forms.RhythmForm
    title = _("How often do you talk?")
    done = _("Saved how often you talk.")
    unit: Unit

    def load(self) -> None:
        self.unit = unit_or_404(self.actor, self.kwargs["pk"])

    def form_kwargs(self) -> dict[str, Any]:
        return {"levels": Level.choices, "staff": list(staff_today(self.actor))}

    def initial(self) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for rhythm in self.rhythms():
            if rhythm.row is not None:
                values[f"per_year_{rhythm.level}"] = rhythm.per_year
                values[f"staff_{rhythm.level}"] = rhythm.staff_id
        return values

    def rhythms(self) -> list[queries.Rhythm]:
        return queries.main_rhythms(self.actor, self.unit)

    def act(self, form: Any) -> None:
        library_id = library_id_for(self.actor, self.unit.pk)
        known = {rhythm.level: rhythm.row.pk for rhythm in self.rhythms() if rhythm.row is not None}
        chosen = [pair for pair in form.pairs() if pair[1] is not None]
        gone = [known[level] for level, number, _staff in form.pairs() if number is None and level in known]
        if gone:
            actions.end_rhythms(ids=gone, by=self.actor)
        rows = [
            actions.RhythmRow(library_id or 0, self.unit.pk, level, number, staff_id=staff)
            for level, number, staff in chosen
        ]
        if rows:
            actions.set_rhythms(rows, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            unit=self.unit,
            usual=queries.usual_rhythms(self.unit),
            status=queries.rhythm_status(),
            **kwargs,
        )

    def back_url(self) -> str:
        return self.unit.get_absolute_url()
