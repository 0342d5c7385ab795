"""The task list of a new school year."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear, today
from leesbouw.ui.pages import Page, PostPage

from .. import actions, forms, queries
from ..models import Location, YearTransition
from ..permissions import EDIT_GROUPS
from .base import LocationForm, find_location


class _OfYear:
    """What every page of the list knows: the location, and the year in its address or else of the season."""

    permission = EDIT_GROUPS
    actor: Any
    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def for_year(self) -> SchoolYear:
        if "jaar" in self.request.GET:
            return self.request.school_year
        begun = queries.open_transition(self.actor, self.place)
        return begun.year if begun else queries.year_of_season(today()) or SchoolYear.running().next

    @cached_property
    def place(self) -> Location:
        return find_location(self.actor, self.kwargs)

    def transition(self) -> YearTransition:
        """Raises Http404 before somebody began."""
        found = queries.transition_of(self.actor, self.place, self.for_year)
        if found is None:
            raise Http404
        return found

    def list_url(self) -> str:
        return queries.new_year_url(self.place, self.for_year)


class NewYear(_OfYear, Page):
    """The list: what is done, what comes next, and the way back."""

    template_name = "organisations/new_year.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        transition = queries.transition_of(self.actor, self.place, self.for_year)
        lines = queries.step_lines(self.actor, self.place, self.for_year) if transition else []
        opens_on, closes_on = queries.season_of(self.for_year.first)
        return super().get_context_data(
            **kwargs,
            location=self.place,
            for_year=self.for_year,
            transition=transition,
            tasks=[line.shown() for line in lines],
            next_step=self.coming(transition, lines),
            may_finish=self.may_finish(transition, lines),
            is_open=queries.is_open_for(self.for_year),
            may_begin=queries.may_begin(self.for_year),
            opens_on=opens_on,
            closes_on=closes_on,
            season_status=queries.season_status(),
        )

    def coming(self, transition: YearTransition | None, lines: list[Any]) -> dict[str, Any] | None:
        """The one step that is next, while the list goes on."""
        line = queries.next_step(lines) if transition and not transition.finished_at else None
        return line.shown() if line else None

    def may_finish(self, transition: YearTransition | None, lines: list[Any]) -> bool:
        """Once there are groups one may stop, whatever else is left."""
        groups_done = any(line.code == "groups" and line.is_done for line in lines)
        return bool(transition and not transition.finished_at and groups_done)


class BeginYear(_OfYear, PostPage):
    done = _("The new school year is made. Go on with the groups.")

    def act(self, form: Any) -> YearTransition:
        return actions.begin_transition(location=self.place, year=self.for_year, by=self.actor)

    def back_url(self) -> str:
        return self.list_url()


class TakeOverGroups(_OfYear, LocationForm):
    """All groups in one table."""

    template_name = "organisations/new_groups.html"
    form_class = forms.NewGroupsForm
    title = _("Take over the groups")
    lead = _("This is what we propose. Change what is different and save once.")
    submit_label = _("Save these groups")
    done = _("The groups of the new year are there.")

    def load(self) -> YearTransition:
        self.unit = self.place
        return self.transition()

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "offers": queries.group_offers(self.actor, self.place, self.for_year),
            "last": queries.last_groups(self.actor, self.place, self.for_year),
            "sector": self.place.sector,
        }

    def act(self, form: Any) -> Any:
        rows = [actions.NextGroupRow(**group) for group in form.groups()]
        return actions.take_over_groups(rows, location=self.place, year=self.for_year, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(for_year=self.for_year, list_url=self.list_url(), **kwargs)

    def back_url(self) -> str:
        return self.list_url()


class TakeBackYear(_OfYear, LocationForm):
    """Everything back as it was; says first what stands in the way."""

    template_name = "organisations/new_year_back.html"
    title = _("Take everything back")
    submit_label = _("Yes, take everything back")
    done = _("Everything is as it was before you began.")

    def load(self) -> YearTransition:
        self.unit = self.place
        return self.transition()

    def act(self, form: Any) -> None:
        actions.take_back_transition(transition_id=self.object.pk, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            blocks=queries.blocks_of(self.actor, self.object),
            for_year=self.for_year,
            list_url=self.list_url(),
            **kwargs,
        )

    def back_url(self) -> str:
        return self.list_url()


class FinishYear(_OfYear, PostPage):
    done = _("The new school year is ready.")

    def load(self) -> YearTransition:
        return self.transition()

    def act(self, form: Any) -> YearTransition:
        return actions.finish_transition(transition=self.object, by=self.actor)

    def back_url(self) -> str:
        return self.list_url()
