"""The learning goals of a school: what its year plan does for each, and what it does itself."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.ui.pages import FormPage, ListPage
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..enums import PlanKind
from ..permissions import VIEW_PLANS
from .goals import OfPlan


class _OfLearning(OfPlan):
    """A page about the learning goals of the school in the address; child care has none."""

    @cached_property
    def areas(self) -> list[queries.LearningArea]:
        found = queries.learning_areas(self.unit.sector)
        if not found:
            raise Http404
        return found

    @property
    def groups(self) -> list[int]:
        return [group for group in queries.groups_in_plan(self.unit) if group != queries.EVERY_GROUP]

    def may_mark(self) -> bool:
        return queries.may_mark_learning(self.actor, self.unit, self.year)


class Learning(_OfLearning, ListPage):
    """Learning goals × year groups: planned, done, done by the school itself, and where there is nothing yet."""

    template_name = "plans/learning.html"
    page = "plans.learning"
    title = _("Learning goals")
    export_name = _("learning goals")
    table_class = tables.LearningTable
    can_save = False

    def rows(self, request: HttpRequest) -> list[queries.LearningRow]:
        return self.found

    @cached_property
    def found(self) -> list[queries.LearningRow]:
        return queries.learning_matrix(self.actor, self.unit, self.year) if self.areas else []

    def table_kwargs(self) -> dict[str, Any]:
        return {"groups": self.groups, "gap_url": self.gap_url}

    def gap_url(self, goal: str, group: int) -> str:
        """Where a press on a gap leads: a new activity for this group and this learning goal."""
        if not self.may_write():
            return ""
        new = reverse("plans:planned-new", args=[self.unit.place, self.unit.code])
        return f"{new}?{urlencode({'groep': group, 'leerdoel': goal, 'jaar': self.year})}"

    def heading(self, listing: Listing) -> Any:
        gaps = sum(row.gaps for row in self.found)
        if not gaps:
            return _("Every learning goal has something this year")
        text = ngettext(
            "In %(number)s place there is nothing yet", "In %(number)s places there is nothing yet", gaps
        )
        return text % {"number": gaps}

    def more(self, listing: Listing) -> dict[str, Any]:
        return {
            "areas": self.areas,
            "may_mark": self.may_mark(),
            "plan_url": queries.plan_url(self.unit, PlanKind.YEAR, self.year),
        }


class LearningOurs(_OfLearning, FormPage):
    """What the school does itself, by learning goal and year group."""

    permission = VIEW_PLANS
    template_name = "plans/learning_ours.html"
    form_class = forms.LearningOursForm
    title = _("What do you do yourselves?")
    lead = _("Tick the groups that work on a learning goal without the year plan.")
    done = _("Saved.")

    def load(self) -> None:
        if not self.may_mark() or not self.areas:
            raise Http404

    def form_kwargs(self) -> dict[str, Any]:
        ours = queries.marked_ours(self.actor, self.unit, self.year)
        return {"areas": self.areas, "groups": self.groups, "ours": ours}

    def act(self, form: Any) -> Any:
        return actions.mark_learning(unit=self.unit, year=self.year, ours=form.ours(), by=self.actor)

    def back_url(self) -> str:
        return queries.learning_url(self.unit) + self.in_year
