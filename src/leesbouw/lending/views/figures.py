"""What is lent: at one school beside what its children say, and at every level."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import own_location
from leesbouw.ui.pages import Page

from .. import queries
from ..permissions import READ_FIGURES, SET_GOALS, TELL_MONTHS, VIEW_BOOKS


class PlaceFigures(Page):
    """The figures of one school or child care."""

    permission = VIEW_BOOKS
    template_name = "lending/figures.html"

    @cached_property
    def location(self) -> Location:
        try:
            return own_location(self.actor, self.kwargs["place"], self.kwargs["code"])
        except Location.DoesNotExist:
            raise Http404 from None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            location=self.location,
            year=self.year,
            report=queries.place_figures(self.actor, self.location, self.year),
            may_tell=self.actor.may(TELL_MONTHS),
            goal_url=f"{self.location.get_absolute_url()}doelen/nieuw/" if self.actor.may(SET_GOALS) else "",
        )


class Figures(Page):
    """Schools beside one another, and the levels above them."""

    template_name = "lending/levels.html"

    @property
    def permission(self) -> str:  # type: ignore[override]
        """Who reads figures of a level, and who works with the books."""
        return READ_FIGURES if self.actor.may(READ_FIGURES) else VIEW_BOOKS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        heads, levels, schools = queries.unit_figures(self.actor, self.year)
        return super().get_context_data(**kwargs, year=self.year, heads=heads, levels=levels, schools=schools)
