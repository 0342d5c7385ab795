"""What pages about one plan share."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property

from leesbouw.core.time import SchoolYear

from ... import queries
from ...enums import PlanKind
from ...models import Plan
from ..goals import OfPlan


class OfOnePlan(OfPlan):
    """A page about one plan: its kind and its year stand in the address."""

    @cached_property
    def kind(self) -> PlanKind:
        kind = queries.BY_SLUG.get(self.kwargs["plan"])
        if kind is None or kind not in queries.kinds_for(self.unit):
            raise Http404
        return kind

    @property
    def year(self) -> SchoolYear:  # type: ignore[override]
        try:
            return SchoolYear.parse(self.kwargs["year"])
        except ValueError:
            raise Http404 from None

    @cached_property
    def view(self) -> queries.PlanView:
        return queries.plan_view(self.actor, self.unit, self.kind, self.year)

    @property
    def plan(self) -> Plan:
        if self.view.plan is None:
            raise Http404
        return self.view.plan

    @property
    def here(self) -> str:
        return queries.plan_url(self.unit, self.kind, self.year)

    def back_url(self) -> str:
        return self.here

    def may_write(self) -> bool:
        return queries.may_write_plan(self.actor, self.unit, self.kind, self.year)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = {"view": self.view, "plan_url": self.here, "plans_url": queries.plans_url(self.unit)}
        return super().get_context_data(**(shown | kwargs))
