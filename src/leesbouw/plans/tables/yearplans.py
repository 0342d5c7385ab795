"""The table of year plans."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.ui.tables import Column, NumberColumn, Table
from leesbouw.ui.templatetags.ui import tag

from ..enums import PlanKind
from ..forms import PLAN_STATES
from ..queries import (
    PlanState,
    plan_url,
)

STATE_TAGS = {
    PlanState.NONE: "neutral",
    PlanState.DRAFT: "wait",
    PlanState.SENT: "wait",
    PlanState.APPROVED: "ok",
    PlanState.CHANGED: "let",
}


class YearPlanTable(Table):
    """Locations × their year plan."""

    name = Column(_("Name"), param="naam")
    municipality = Column(
        _("Municipality"), param="gemeente", accessor="municipality__name", order_by="municipality__name"
    )
    plan_state = Column(_("Year plan"), param="stand")
    goals = NumberColumn(_("Goals"), param="doelen")
    activities = NumberColumn(_("Activities"), param="activiteiten")
    done = NumberColumn(_("Done"), param="klaar")
    planned_hours = NumberColumn(_("Hours asked"), param="gevraagd")
    hours_per_year = NumberColumn(_("Hours agreed"), param="afgesproken", default="")

    def __init__(self, data: Any, *, year: SchoolYear, **kwargs: Any) -> None:
        self.year = year
        super().__init__(data, **kwargs)

    def row_url(self, record: Location) -> str:
        return plan_url(record, PlanKind.YEAR, self.year)

    def render_plan_state(self, value: str) -> Any:
        return tag(STATE_TAGS[PlanState(value)], PLAN_STATES[PlanState(value)])

    def value_plan_state(self, value: str) -> str:
        return str(PLAN_STATES[PlanState(value)])
