"""The municipalities that a library serves."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.numbers import whole_of
from leesbouw.core.time import today
from leesbouw.organisations.actions import choose_area
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library
from leesbouw.organisations.permissions import CHOOSE_AREA
from leesbouw.organisations.queries import area_rows, libraries_visible_to
from leesbouw.ui.domain import format_date
from leesbouw.ui.pages import FormPage

from ..forms import AreaForm


class Area(FormPage):
    """Choosing the municipalities, by province; who else serves them, and how many locations each has."""

    template_name = "exchange/area.html"
    permission = CHOOSE_AREA
    form_class = AreaForm
    title = _("Which municipalities are your area?")
    lead = _("You see the schools and child care of these municipalities.")
    submit_label = _("Save the area")

    @cached_property
    def library(self) -> Library:
        """The library of the actor; whoever works at none has no area."""
        library = None
        if self.actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}:
            library = libraries_visible_to(self.actor).first()
        if library is None:
            raise Http404
        return library

    @cached_property
    def rows(self) -> Sequence[Any]:
        return list(area_rows(self.actor))

    def load(self) -> None:
        assert self.library

    def initial(self) -> dict[str, Any]:
        mine = [row.pk for row in self.rows if row.library_id == self.library.pk]
        return {"municipalities": mine, "starts_on": format_date(today())}

    def form_kwargs(self) -> dict[str, Any]:
        return {"rows": self.rows, "library_id": self.library.pk}

    def act(self, form: AreaForm) -> tuple[int, int]:
        values = form.values()
        return choose_area(
            library=self.library,
            municipality_ids=values["municipalities"],
            starts_on=values["starts_on"],
            by=self.actor,
        )

    def done_message(self, result: tuple[int, int]) -> str:
        come, gone = result
        if not come and not gone:
            return str(_("The area stayed as it was."))
        parts = []
        if come:
            parts.append(ngettext("%(n)s municipality came", "%(n)s municipalities came", come) % {"n": come})
        if gone:
            parts.append(ngettext("%(n)s municipality went", "%(n)s municipalities went", gone) % {"n": gone})
        later = _("The lists are right at once; the search box follows in a moment.")
        return f"{', '.join(parts)}. {later}"

    def back_url(self) -> str:
        return self.library.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form: AreaForm = kwargs["form"]
        ticked = set(whole_of(form["municipalities"].value() or ()))
        provinces = [
            (province, lines, sum(row.pk in ticked for row, _ticked in lines))
            for province, lines in self._by_province(ticked)
        ]
        return super().get_context_data(
            **kwargs, library=self.library, provinces=provinces, count=len(ticked), total=len(self.rows)
        )

    def _by_province(self, ticked: set[int]) -> list[tuple[Any, list[tuple[Any, bool]]]]:
        groups = groupby(self.rows, key=lambda row: row.province)
        return [(province, [(row, row.pk in ticked) for row in rows]) for province, rows in groups]
