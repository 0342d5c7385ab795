"""What a school or child care itself puts in."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.pages import FormPage

from .. import actions, forms, queries
from ..models import OwnSide
from ..permissions import EDIT_PLANS
from .goals import OfPlan


class SideEdit(OfPlan, FormPage):
    """Reading coordinators, reading team and teachers in numbers, of one year."""

    permission = EDIT_PLANS
    template_name = "ui/form_page.html"
    form_class = forms.OwnSideForm
    title = _("What the school does itself")
    lead = _("Numbers only, no names. Leave empty what you do not know.")
    done = _("Saved.")

    def load(self) -> OwnSide:
        if not self.may_write():
            raise Http404
        found = queries.own_side(self.actor, self.unit, self.year)
        return found or OwnSide(unit=self.unit, year=self.year)

    def initial(self) -> dict[str, Any]:
        answer = {True: "yes", False: "no"}.get(self.object.has_media_coach, "")
        names = ("coordinators", "coordinator_hours", "trained", "team", "parents", "reached")
        return {name: getattr(self.object, name) for name in names} | {"media_coach": answer}

    def act(self, form: Any) -> OwnSide:
        return actions.set_own_side(
            unit=self.unit,
            year=self.year,
            row=actions.SideRow(**form.numbers()),
            version=form.sent_version,
            by=self.actor,
        )

    def back_url(self) -> str:
        return f"{self.unit.get_absolute_url()}uren/{self.in_year}"
