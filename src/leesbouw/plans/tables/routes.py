"""Tables of routes under way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from leesbouw.organisations.models import Location
from leesbouw.ui.tables import Column, DateColumn, Table
from leesbouw.ui.templatetags.ui import date_words, tag

from ..domain import RunState
from ..forms import RUN_LABELS
from ..models import RouteRun
from ..queries import (
    Route,
    column_of_route,
    name_of_run,
    state_of_run,
    step_name,
)

RUN_TAGS = {
    RunState.AGAIN: "bad",
    RunState.QUIET: "let",
    RunState.WAITS: "wait",
    RunState.RUNNING: "neutral",
    RunState.COMPLETE: "ok",
    RunState.STOPPED: "neutral",
}


class RunTable(Table):
    """Routes under way, with how far they are and where they stand."""

    code = Column(_("Route"), param="route", empty_values=())
    unit = Column(_("With whom"), param="met", accessor="unit__name", order_by="unit__name")
    done = Column(_("Steps done"), param="gedaan", empty_values=())
    at_step = Column(_("Stands at"), param="bij", empty_values=(), orderable=False)
    state = Column(_("State"), param="staat", empty_values=(), orderable=False)
    moved_on = DateColumn(_("Last step on"), param="laatst")

    def row_url(self, record: RouteRun) -> str:
        return record.get_absolute_url()

    def render_code(self, record: RouteRun) -> str:
        return name_of_run(record)

    value_code = render_code

    def render_done(self, record: RouteRun) -> str:
        return str(_("%(done)s of %(all)s") % {"done": record.done, "all": record.done + record.left})

    value_done = render_done

    def render_at_step(self, record: RouteRun) -> str:
        return step_name(record)

    value_at_step = render_at_step

    def render_state(self, record: RouteRun) -> Any:
        state = state_of_run(record)
        words = RUN_LABELS[state]
        if record.review_on and state in (RunState.WAITS, RunState.AGAIN):
            return format_html("{} {}", tag(RUN_TAGS[state], words), date_words(record.review_on))
        return tag(RUN_TAGS[state], words)

    def value_state(self, record: RouteRun) -> str:
        return str(RUN_LABELS[state_of_run(record)])


class RouteColumn(Column):
    """How far a location is with one route."""

    def __init__(self, route: Route, runs: Mapping[int, RouteRun]) -> None:
        self.runs = runs
        super().__init__(
            route.name, param=route.code, accessor=column_of_route(route.code), default="", orderable=False
        )

    def render(self, value: int) -> Any:
        run = self.runs[value]
        state = state_of_run(run)
        words = _("%(done)s of %(all)s") % {"done": run.done, "all": run.done + run.left}
        if state is RunState.RUNNING:
            return format_html('<a href="{}">{}</a>', run.get_absolute_url(), words)
        return format_html(
            '<a href="{}">{}</a> {}', run.get_absolute_url(), words, tag(RUN_TAGS[state], RUN_LABELS[state])
        )

    def value(self, value: int) -> str:
        run = self.runs[value]
        return f"{run.done}/{run.done + run.left} {RUN_LABELS[state_of_run(run)]}"


class OverviewTable(Table):
    """Locations × routes."""

    name = Column(_("Name"), param="naam")

    def __init__(
        self, data: Any, *, routes: Sequence[Route], runs: Mapping[int, RouteRun], **kwargs: Any
    ) -> None:
        kwargs["extra_columns"] = [
            (column_of_route(route.code), RouteColumn(route, runs)) for route in routes
        ]
        super().__init__(data, **kwargs)

    def row_url(self, record: Location) -> str:
        return record.get_absolute_url()
