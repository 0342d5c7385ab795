"""What plans gives to the rooms below: places in the menu, what is to do, and open actions in the search index."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import (
    MenuItem,
    Record,
    RecordSource,
    Todo,
    holders,
    menu,
    records,
    search_sources,
    todo_sources,
)
from leesbouw.core.retention import begin_of, rows
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.domain import is_school_code
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location, Unit

from . import actions
from .enums import PlanKind
from .models import Action
from .permissions import (
    EDIT_ROUTES,
    VIEW_ACTIONS,
    VIEW_BLOCKS,
    VIEW_CATALOGUE,
    VIEW_PLANS,
    VIEW_ROUTES,
)
from .queries import (
    OWN_FORM,
    action_entries,
    all_goals,
    form_entries,
    goals_of,
    goals_url,
    name_of_run,
    open_actions_for,
    plan_url,
    plans_of,
    plans_waiting,
    route_entries,
    runs_to_look_at,
    step_name,
    works_at_library,
)

MOST_LINES = 8


def actions_url(actor: Actor) -> str | None:
    return reverse("plans:action-list")


def blocks_url(actor: Actor) -> str | None:
    """The matrix; for somebody of a school or child care her own wall."""
    if actor.unit_kind == UnitKind.LOCATION:
        place = "school" if is_school_code(actor.unit_code) else "kinderopvang"
        return reverse("plans:wall", args=[place, actor.unit_code])
    return reverse("plans:matrix")


def routes_url(actor: Actor) -> str | None:
    return reverse("plans:routes")


def routes_to_do(actor: Actor) -> list[Todo]:
    """Routes whose “no” is to be looked at again."""
    if not (actor.may(EDIT_ROUTES) and works_at_library(actor)):
        return []
    return [
        Todo(
            title=_now("Look again: %(step)s") % {"step": step_name(run)},
            url=run.get_absolute_url(),
            due_on=run.review_on,
            icon="route",
            subtitle=f"{name_of_run(run)} · {run.unit.name}",
        )
        for run in runs_to_look_at(actor)[:MOST_LINES]
    ]


def plans_place(actor: Actor) -> str | None:
    """The year plans of all locations; for somebody of a location her own plans."""
    if actor.unit_kind == UnitKind.LOCATION:
        place = "school" if is_school_code(actor.unit_code) else "kinderopvang"
        return reverse("plans:plans", args=[place, actor.unit_code])
    return reverse("plans:year-plans")


def catalogue_url(actor: Actor) -> str | None:
    return reverse("plans:catalogue")


def actions_to_do(actor: Actor) -> list[Todo]:
    """The actor's own open actions, overdue first."""
    if not actor.may(VIEW_ACTIONS):
        return []
    return [
        Todo(
            title=action.what,
            url=reverse("plans:action-detail", args=[action.pk]),
            due_on=action.due_on,
            icon="todo",
            subtitle="" if action.unit_id == actor.unit_id else action.unit.name,
        )
        for action in open_actions_for(actor)[:MOST_LINES]
    ]


READ_IN = timedelta(weeks=1)  # ours: a plan that was sent is looked at within a week


def plans_to_read(actor: Actor) -> list[Todo]:
    """Plans that wait for the actor's word: to agree with, or to read along."""
    if not actor.may(VIEW_PLANS) or actor.unit_kind != UnitKind.LOCATION:
        return []
    return [
        Todo(
            title=str(_("Agree with: %(plan)s") if one.asks_approval else _("Read along: %(plan)s"))
            % {"plan": one.kind.label},
            url=plan_url(one.plan.unit.as_location, one.kind, max(one.plan.first_year, SchoolYear.running())),
            due_on=one.since + READ_IN,
            icon="edit",
            subtitle="",
        )
        for one in plans_waiting(actor)
    ]


menu.add("actions", MenuItem(_("Actions"), "todo", actions_url, permission=VIEW_ACTIONS, under=("/acties/",)))
menu.add(
    "blocks",
    MenuItem(_("Building blocks"), "brick", blocks_url, permission=VIEW_BLOCKS, under=("/bouwstenen/",)),
)
menu.add("routes", MenuItem(_("Routes"), "route", routes_url, permission=VIEW_ROUTES, under=("/routes/",)))
search_sources.add("route", route_entries)
todo_sources.add("routes", routes_to_do)
menu.add("plans", MenuItem(_("Plans"), "edit", plans_place, permission=VIEW_PLANS, under=("/plannen/",)))
menu.add(
    "activities",
    MenuItem(
        _("Activities"), "activities", catalogue_url, permission=VIEW_CATALOGUE, under=("/activiteiten/",)
    ),
)
search_sources.add("action", action_entries)
search_sources.add(OWN_FORM, form_entries)
todo_sources.add("actions", actions_to_do)
todo_sources.add("plans", plans_to_read)


def _actions(limit: date) -> QuerySet[Action]:
    over = Q(completion__done_on__lt=limit) | Q(dropped_at__lt=begin_of(limit))
    return Action.objects.trusted("actions over their term").filter(over)


def goals_as_records(
    actor: Actor, unit: Unit, *, year: SchoolYear | None = None, ids: Collection[int] | None = None
) -> list[Record]:
    """Goals of a location, for who sees its plans."""
    if not actor.may(VIEW_PLANS) or not isinstance(unit, Location):
        return []
    rows = goals_of(actor, unit, year) if year else all_goals(actor, unit).filter(pk__in=ids or ())
    return [Record(goal.pk, goal.what, f"{goals_url(unit)}{goal.pk}/") for goal in rows]


def plans_as_records(
    actor: Actor, unit: Unit, *, year: SchoolYear | None = None, ids: Collection[int] | None = None
) -> list[Record]:
    """Plans of a location that run in a year, for who sees them."""
    if not actor.may(VIEW_PLANS) or not isinstance(unit, Location):
        return []
    rows = plans_of(actor, unit)
    rows = rows.filter(first_year__lte=year, last_year__gte=year) if year else rows.filter(pk__in=ids or ())
    return [
        Record(
            plan.pk,
            f"{PlanKind(plan.kind).label} {plan.first_year}",
            plan_url(unit, PlanKind(plan.kind), plan.first_year),
        )
        for plan in rows
    ]


records.add("goal", RecordSource(_("a goal"), goals_as_records))
records.add("plan", RecordSource(_("a plan"), plans_as_records))
holders.add("action", rows(_("Actions that are done"), "action", _actions, wipe=actions.wipe_actions))
