"""The plans of a location, and one plan as it is read."""

from __future__ import annotations

from typing import Any

from leesbouw.ui.pages import Page

from ... import forms, queries
from ...enums import PlanKind
from ..goals import OfPlan
from .base import OfOnePlan


class Plans(OfPlan, Page):
    """Which plans there are in a year and how far each is; the goals of the year beside them."""

    template_name = "plans/plans.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        views = queries.plan_standings(self.actor, self.unit, self.year)
        return super().get_context_data(
            **kwargs,
            plans=[(one, queries.plan_url(self.unit, one.kind, self.year)) for one in views],
            standings=queries.goal_standings(self.actor, self.unit, self.year),
            earlier=[
                (one, queries.plan_url(self.unit, PlanKind(one.kind), one.first_year))
                for one in queries.plans_of(self.actor, self.unit).filter(last_year__lt=self.year)
            ],
        )


class PlanPage(OfOnePlan, Page):
    """One plan: to write in for who may, to read and comment on for everybody of the location."""

    template_name = "plans/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        activities = list(queries.activities_of(self.actor, self.unit, self.year))
        comments = list(queries.comments_on(self.actor, self.plan)) if self.view.plan else []
        agreed = queries.agreed_hours(self.actor, self.unit)
        money = self.view.plan.money_cents if self.view.plan else None
        may_write = self.may_write()
        return super().get_context_data(
            **kwargs,
            sections=[
                (
                    one,
                    self.form_of(one) if may_write else None,
                    [c for c in comments if c.code == one.section.code],
                )
                for one in self.view.texts
            ],
            comments=[one for one in comments if not one.code],
            standings=queries.goal_standings(self.actor, self.unit, self.year),
            activities=activities,
            effort=queries.effort_of(activities),
            agreed=agreed,
            money=money,
            feasible=queries.feasible(
                self.actor, self.unit, self.year, activities, hours=agreed, money=money
            ),
            structural=queries.structural_of(self.actor, self.unit, self.year),
            groups=queries.groups_in_plan(self.unit),
            may_approve=queries.may_approve(self.actor, self.unit) and self.view.plan is not None,
            may_carry=may_write and queries.goals_to_continue(self.actor, self.unit, self.year).exists(),
            may_copy=may_write and not activities,
            tasks_url=queries.tasks_url(self.unit),
            learning_url=queries.learning_url(self.unit) if queries.has_learning(self.unit) else "",
        )

    def form_of(self, text: queries.SectionText) -> forms.SectionForm:
        return forms.SectionForm(
            initial={"text": text.text},
            version=text.version,
            auto_id=f"id_{text.section.code}_%s",
            find_names=self.find_names,
        )


class Versions(OfOnePlan, Page):
    """What was kept of a plan, and what changed between one version and the next."""

    template_name = "plans/versions.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rows = list(queries.versions_of(self.actor, self.plan))
        wanted = self.request.GET.get("versie", "")
        chosen = next((row for row in rows if str(row.number) == wanted), rows[0] if rows else None)
        return super().get_context_data(
            **kwargs,
            versions=rows,
            chosen=chosen,
            changes=queries.changes_since(self.view, chosen) if chosen else [],
        )
