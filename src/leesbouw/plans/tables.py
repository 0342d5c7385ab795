"""The tables of actions, bouwstenen, routes and the catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import Sector, UnitKind
from leesbouw.organisations.models import Location
from leesbouw.ui.tables import Column, DateColumn, NumberColumn, Table
from leesbouw.ui.templatetags.ui import date_words, tag

from .actions import ROUTE
from .domain import Due, RunState, groups_in_words
from .enums import Audience, BlockStatus, FormKind, PlanKind
from .forms import DUE_LABELS, PLAN_STATES, RUN_LABELS
from .models import Action, RouteRun
from .permissions import EDIT_ACTIONS
from .queries import (
    ActivityForm,
    Block,
    PlanState,
    Route,
    block_url,
    column_of,
    column_of_route,
    may_write,
    name_of_run,
    plan_url,
    side_label,
    state_of,
    state_of_run,
    step_name,
    wall_url,
)
from .templatetags.bricks import brick_svg

TAGS = {Due.LATE: "bad", Due.TODAY: "let", Due.SOON: "wait", Due.DONE: "ok"}


SOURCES = {"talk": _("a talk"), "block": _("a building block"), ROUTE: _("a route")}

STATE_TAGS = {
    PlanState.NONE: "neutral",
    PlanState.DRAFT: "wait",
    PlanState.SENT: "wait",
    PlanState.APPROVED: "ok",
    PlanState.CHANGED: "let",
}


class ActionTable(Table):
    """Actions with who does them and when; each can be done with one press of a button of the form `klaar`."""

    what = Column(_("What"), param="wat")
    unit = Column(_("Organisation"), param="organisatie", accessor="unit__name", order_by="unit__name")
    side = Column(_("Whose turn"), param="kant")
    owner = Column(
        _("Who"), param="wie", accessor="staff_name", empty_values=(), order_by=("staff_name", "contact_name")
    )
    due_on = DateColumn(_("Before"), param="voor", default="")
    state = Column(_("State"), param="staat", empty_values=(), orderable=False)
    done_on = DateColumn(_("Done on"), param="klaar", visible=False, default="")
    source = Column(_("Comes from"), param="bron", visible=False)
    press = Column(_("Done"), param="afvinken", empty_values=(), orderable=False, exclude_from_export=True)

    def __init__(self, data: Any, *, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        gone = [] if actor.may(EDIT_ACTIONS) else ["press"]
        if actor.unit_kind == UnitKind.LOCATION:
            gone.append("unit")
        kwargs["exclude"] = gone
        super().__init__(data, **kwargs)

    def row_url(self, record: Action) -> str:
        return reverse("plans:action-detail", args=[record.pk])

    def may_pick(self, record: Any) -> bool:
        return record.done_on is None and may_write(self.actor, record)

    def render_owner(self, record: Any) -> str:
        return record.staff_name or record.contact_name or ""

    def value_owner(self, record: Any) -> str:
        return self.render_owner(record)

    def render_side(self, record: Action) -> Any:
        return side_label(self.actor, record)

    def value_side(self, record: Action) -> str:
        return str(side_label(self.actor, record))

    def render_due_on(self, value: Any) -> Any:
        return date_words(value, relative=True)

    def render_state(self, record: Action) -> Any:
        due = state_of(record)
        return tag(TAGS[due], DUE_LABELS[due]) if due in TAGS else DUE_LABELS[due]

    def value_state(self, record: Action) -> str:
        return str(DUE_LABELS[state_of(record)])

    def render_source(self, value: str) -> Any:
        return SOURCES.get(value, _("noted by ourselves"))

    def value_source(self, value: str) -> str:
        return str(self.render_source(value))

    def render_press(self, record: Any) -> Any:
        if not self.may_pick(record):
            return ""
        return render_to_string("plans/partials/done_button.html", {"action": record, "key": uuid4()})


class StatusColumn(Column):
    """How far one bouwsteen is, as the brick of the wall with its word."""

    def __init__(self, block: Block, year: SchoolYear) -> None:
        self.block, self.year = block, year
        super().__init__(block.name, param=block.code, accessor=column_of(block), default="")

    def render(self, value: Any, record: Location) -> Any:
        url = block_url(record, self.block.code)
        url = url if self.year == SchoolYear.running() else f"{url}?jaar={self.year}"
        return format_html('<a href="{}">{}{}</a>', url, brick_svg(value), BlockStatus(value).label)

    def value(self, value: Any) -> str:
        return str(BlockStatus(value).label)


class MatrixTable(Table):
    """Locations × their bouwstenen."""

    name = Column(_("Name"), param="naam")
    municipality = Column(
        _("Municipality"), param="gemeente", accessor="municipality__name", order_by="municipality__name"
    )

    def __init__(self, data: Any, *, blocks: Sequence[Block], year: SchoolYear, **kwargs: Any) -> None:
        kwargs["extra_columns"] = [(column_of(block), StatusColumn(block, year)) for block in blocks]
        super().__init__(data, **kwargs)

    def row_url(self, record: Location) -> str:
        return wall_url(record)


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


class CatalogueTable(Table):
    """The catalogue as a list, for a download; the page shows cards."""

    name = Column(pgettext_lazy("catalogue", "Name"), param="naam")
    kind = Column(_("Kind"), param="vorm", accessor="body__kind")
    sectors = Column(_("Kind of school"), param="soort", accessor="body__sectors")
    groups = Column(_("Groups or years"), param="groepen", accessor="body__groups")
    audience = Column(_("For whom"), param="voor", accessor="body__audience")
    aim = Column(_("Aim"), param="doel", accessor="body__aim")
    minutes = NumberColumn(_("Minutes"), param="minuten", accessor="body__minutes")
    preparation = NumberColumn(_("Preparation"), param="voorbereiding", accessor="body__preparation")
    hours = NumberColumn(_("Hours of the library"), param="uren", accessor="body__hours")
    school_hours = NumberColumn(_("Hours of the school"), param="uren-school", accessor="body__school_hours")
    source = Column(_("Source"), param="bron")

    def row_url(self, record: ActivityForm) -> str:
        return record.url

    def render_kind(self, value: str) -> Any:
        return FormKind(value).label

    def render_sectors(self, value: Any) -> str:
        return ", ".join(str(Sector(one).label) for one in value)

    def render_audience(self, value: Any) -> str:
        return ", ".join(str(Audience(one).label) for one in value)

    def render_groups(self, value: Any) -> str:
        return groups_in_words(value)

    value_kind, value_sectors = render_kind, render_sectors
    value_audience, value_groups = render_audience, render_groups
