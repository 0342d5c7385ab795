"""The books of one school: beside the norm, what they are made of, and how the school is provided with them."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..models import Exclusion
from ..permissions import EDIT_PROVISION, SET_GOALS, VIEW_TITLES
from .base import OfPlace

CONDITIONS = (
    _("The library is responsible for lending."),
    _("Loans stand in a lending system."),
    _("Books may go home."),
)


class Shelf(OfPlace, Page):
    """What stands at a school or child care."""

    permission = VIEW_TITLES
    template_name = "collection/shelf.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = queries.shelf_report(self.actor, self.location, self.year)
        agreed = queries.provisions_of(self.actor, self.location)
        now = agreed[0] if agreed else None
        right = queries.lending_right(now.row if now else None)
        return super().get_context_data(
            **kwargs,
            report=report,
            agreed=now,
            earlier=agreed[1:],
            right=right,
            conditions=list(zip(CONDITIONS, right.conditions, strict=True)),
            exclusions=queries.exclusions_of(self.actor, self.location),
            may_edit=self.may_edit(),
            goal_url=f"{self.location.get_absolute_url()}doelen/nieuw/" if self.actor.may(SET_GOALS) else "",
        )


class _Agree(OfPlace, FormPage):
    """A form about what school and library agree on."""

    permission = EDIT_PROVISION
    template_name = "collection/place_form.html"

    def load(self) -> Any:
        if not self.may_edit():
            raise Http404


class ProvisionEdit(_Agree):
    """How a school is provided with books."""

    form_class = forms.ProvisionForm
    title = _("How is this school provided with books?")
    lead = _("You write down what holds from now on. What was agreed before can still be read.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"profiles": queries.profiles_of(self.location.sector)}

    def initial(self) -> dict[str, Any]:
        holds = queries.provision_of(self.actor, self.location)
        return forms.agreed_now(holds) if holds else {"owner": "library", "manager": "library"}

    def act(self, form: Any) -> Any:
        row = actions.ProvisionRow(**form.values())
        return actions.set_provision(location=self.location, row=row, by=self.actor)


class ExclusionNew(_Agree):
    """What a school does not want on its shelf, and why."""

    form_class = forms.ExclusionForm
    title = _("What is not on the shelf here?")
    lead = _("Everybody who works with this school can read this. So say it openly, with a reason.")

    def act(self, form: Any) -> Any:
        return actions.add_exclusion(location=self.location, by=self.actor, **form.values())


class ExclusionEnd(OfPlace, PostPage):
    """It is welcome again."""

    permission = EDIT_PROVISION
    done = _("It is welcome again.")

    def load(self) -> Exclusion:
        row = queries.exclusions_of(self.actor, self.location).filter(pk=self.kwargs["pk"]).first()
        if row is None or not self.may_edit():
            raise Http404
        return row

    def act(self, form: Any) -> Any:
        return actions.end_exclusion(exclusion=self.object, by=self.actor)
