"""Routes: what runs and where it is stuck, a route explained, one that runs, and its steps."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.access import NotAllowed
from leesbouw.organisations.models import Location, Unit
from leesbouw.people.queries import contacts_at, staff_today
from leesbouw.ui.pages import Empty, FormPage, ListPage, Page, PostPage, Preset
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..domain import RunState, StepState
from ..enums import RecordKind, Side
from ..models import Action, RouteRun, StepRecord
from ..permissions import EDIT_ACTIONS, EDIT_ROUTES, SET_ROUTES, VIEW_ROUTES


class RunList(ListPage):
    """Which routes run, with whom, and where it is stuck."""

    template_name = "plans/routes/list.html"
    permission = VIEW_ROUTES
    export_permission = "ui.export"
    page = "plans.routes"
    title = _("Routes")
    export_name = _("routes")
    table_class = tables.RunTable
    filterset_class = forms.RunFilters
    presets = (
        Preset(_("Where it is stuck"), f"stand={forms.STUCK_WISH}"),
        Preset(_("Complete"), f"stand={RunState.COMPLETE}"),
    )
    empty = Empty(
        _("No route runs yet"),
        _("A route shows step by step what to do and what must be there. Choose one below and start it."),
    )

    def rows(self, request: HttpRequest) -> QuerySet[RouteRun]:
        return queries.runs_for(self.actor)

    def heading(self, listing: Listing) -> str:
        if not listing.total:
            return str(self.title)
        text = ngettext("%(number)s route runs", "%(number)s routes run", listing.total)
        return text % {"number": listing.total}

    def more(self, listing: Listing) -> dict[str, Any]:
        return {"routes": list(queries.routes_of(queries.library_of(self.actor)).values())}


class Overview(ListPage):
    """Locations × routes: who is how far."""

    permission = VIEW_ROUTES
    export_permission = "ui.export"
    template_name = "plans/routes/overview.html"
    page = "plans.routes_overview"
    title = _("Routes of all locations")
    export_name = _("routes of all locations")
    table_class = tables.OverviewTable
    filterset_class = forms.OverviewFilters
    empty = Empty(_("No locations yet"), _("What each school or child care reached stands here."))

    @cached_property
    def routes(self) -> list[queries.Route]:
        routes = queries.routes_of(queries.library_of(self.actor)).values()
        return [route for route in routes if "location" in route.body.of]

    def rows(self, request: HttpRequest) -> QuerySet[Location]:
        return queries.overview_rows(self.actor, self.routes, self.year)

    def table_kwargs(self) -> dict[str, Any]:
        return {"routes": self.routes, "runs": queries.runs_by_id(self.actor), "keep": True}


class _OfRoute:
    """A page about the route in the address."""

    actor: Any
    kwargs: dict[str, Any]

    @cached_property
    def library_id(self) -> int | None:
        return queries.library_of(self.actor)

    @cached_property
    def route(self) -> queries.Route:
        try:
            return queries.route_of(self.kwargs["code"], self.library_id)
        except LookupError:
            raise Http404 from None

    def back_url(self) -> str:
        return reverse("plans:route", args=[self.route.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(route=self.route, **kwargs)  # type: ignore[misc]


class RoutePage(_OfRoute, Page):
    """The route explained, step by step."""

    permission = VIEW_ROUTES
    template_name = "plans/routes/route.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        runs = queries.runs_for(self.actor).filter(code=self.route.code, stopped_on=None)
        return super().get_context_data(
            **kwargs,
            runs=[(run, forms.RUN_LABELS[queries.state_of_run(run)]) for run in runs[:8]],
            names={step.code: step.name for step in self.route.body.steps},
            may_start=self.actor.may(EDIT_ROUTES) and queries.works_at_library(self.actor),
            may_edit_text=queries.may_edit_text(self.actor),
            differences=list(queries.differences_of(self.route)) if self.route.is_own else [],
        )


class RouteStart(_OfRoute, FormPage):
    """Starts the route: with the library, a location, or every location of a board."""

    permission = EDIT_ROUTES
    template_name = "plans/routes/form.html"
    form_class = forms.StartForm
    submit_label = _("Start")

    @property
    def title(self) -> str:  # type: ignore[override]
        return str(_("Start: %(route)s") % {"route": self.route.name})

    def load(self) -> None:
        if self.library_id is None or not queries.works_at_library(self.actor):
            raise NotAllowed(EDIT_ROUTES)

    def form_kwargs(self) -> dict[str, Any]:
        return {"groups": queries.startable(self.actor, self.route, self.library_id or 0)}

    def act(self, form: Any) -> list[RouteRun]:
        units: list[Unit] = queries.chosen_units(
            self.actor, self.route, self.library_id or 0, form.cleaned_data["who"]
        )
        return actions.start_routes(
            route=self.route, library_id=self.library_id or 0, units=units, by=self.actor
        )

    def done_message(self, result: list[RouteRun]) -> str:
        text = ngettext(
            "The route is under way.", "The route is under way at %(number)s locations.", len(result)
        )
        return text % {"number": len(result)}

    def done_url(self, result: list[RouteRun]) -> str:
        return (
            result[0].get_absolute_url()
            if len(result) == 1
            else f"{reverse('plans:routes')}?route={self.route.code}"
        )


class RouteText(_OfRoute, FormPage):
    """The library's own version: texts, order, what to leave out, and a step more."""

    permission = SET_ROUTES
    template_name = "plans/routes/text.html"
    form_class = forms.RouteTextForm
    title = _("Our own version")
    done = _("Your own version is saved. Routes that run keep the version they were started with.")

    def load(self) -> None:
        if not queries.may_edit_text(self.actor):
            raise Http404

    def form_kwargs(self) -> dict[str, Any]:
        return {"steps": self.route.body.steps}

    def act(self, form: Any) -> Any:
        sent = self.request.POST.get("item", "")
        return actions.save_own_route(
            route=self.route,
            steps=form.chosen(),
            library_id=self.library_id or 0,
            item_id=int(sent) if sent.isdecimal() else None,
            by=self.actor,
        )


class RouteFollow(_OfRoute, PostPage):
    """Back to the text that Leesbouw ships."""

    permission = SET_ROUTES
    done = _("You follow the version of Leesbouw again.")

    def load(self) -> None:
        if not queries.may_edit_text(self.actor):
            raise Http404

    def act(self, form: Any) -> Any:
        return actions.follow_shipped(route=self.route, library_id=self.library_id or 0, by=self.actor)


class _OfRun:
    """A page about the run in the address."""

    actor: Any
    kwargs: dict[str, Any]
    object: Any

    def load(self) -> RouteRun:
        try:
            run = queries.run_by_id(self.actor, self.kwargs["pk"])
        except RouteRun.DoesNotExist:
            raise Http404 from None
        self.standing = queries.standing_of_run(self.actor, run)
        if "step" in self.kwargs:
            try:
                self.one = self.standing.of(self.kwargs["step"])
            except LookupError:
                raise Http404 from None
        return run

    def back_url(self) -> str:
        return reverse("plans:route-run", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.standing.run
        shown = {
            "run": run,
            "standing": self.standing,
            "one": getattr(self, "one", None),
            "may_write": queries.may_write_run(self.actor, run),
        }
        return super().get_context_data(**(shown | kwargs))  # type: ignore[misc]


class RunPage(_OfRun, Page):
    """What is done, what is next; the result of the next step is written down on the spot."""

    permission = VIEW_ROUTES
    template_name = "plans/routes/run.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        run = self.load()
        upcoming = self.standing.next
        writes = queries.may_write_run(self.actor, run)
        form = forms.StepForm(version=run.version, step=upcoming.step) if upcoming and writes else None
        return super().get_context_data(
            **kwargs,
            form=form,
            room_url=queries.room_url(run),
            state_label=forms.RUN_LABELS[self.standing.state],
            state_tag=tables.RUN_TAGS[self.standing.state],
            may_plan=writes and self.actor.may(EDIT_ACTIONS),
            may_stop=writes and queries.works_at_library(self.actor),
        )


class StepPage(_OfRun, FormPage):
    """The result of one step."""

    permission = EDIT_ROUTES
    template_name = "plans/routes/step.html"
    form_class = forms.StepForm

    @property
    def title(self) -> str:  # type: ignore[override]
        return self.one.step.name

    @property
    def lead(self) -> str:  # type: ignore[override]
        return self.one.step.aim

    def load(self) -> RouteRun:
        run = super().load()
        if run.stopped_on or (self.request.method == "GET" and self.one.state is StepState.DONE):  # type: ignore[attr-defined]
            raise Http404
        return run

    def form_kwargs(self) -> dict[str, Any]:
        return {"step": self.one.step}

    def act(self, form: Any) -> StepRecord:
        result = actions.StepResult(**form.values())
        return actions.record_step(
            run=self.object, step=self.one.step.code, result=result, version=form.sent_version, by=self.actor
        )

    def done_message(self, result: StepRecord) -> Any:
        gate = self.one.step.gate
        if result.kind == RecordKind.NO and gate:
            return gate.no
        return gate.yes if gate else _("The result is there: this step is done.")


class StepOpen(_OfRun, PostPage):
    permission = EDIT_ROUTES
    done = _("The step is open again. What was written stays.")

    def act(self, form: Any) -> StepRecord:
        return actions.reopen_step(run=self.object, step=self.one.step.code, by=self.actor)


class StepPlan(_OfRun, FormPage):
    """Who does this step, before when: it becomes an action."""

    permission = EDIT_ACTIONS
    template_name = "plans/routes/step.html"
    form_class = forms.ActionForm
    submit_label = _("Make this an action")
    done = _("The action is added.")

    @property
    def title(self) -> str:  # type: ignore[override]
        return str(_("Who does this: %(step)s") % {"step": self.one.step.name})

    def load(self) -> RouteRun:
        run = super().load()
        if not queries.may_write_run(self.actor, run):
            raise Http404
        return run

    def initial(self) -> dict[str, Any]:
        return {"what": self.one.step.name, "side": queries.sides_for(self.actor)[0][0]}

    def form_kwargs(self) -> dict[str, Any]:
        run = self.standing.run
        return {
            "staff": list(staff_today(self.actor)),
            "contacts": contacts_at(self.actor, run.unit_id),
            "sides": [(Side.LIBRARY.value, Side.LIBRARY.label)]
            if run.unit_id == run.library_id
            else queries.sides_for(self.actor),
        }

    def act(self, form: Any) -> Action:
        run = self.object
        row = actions.ActionRow(
            unit_id=run.unit_id, library_id=run.library_id, source=actions.ROUTE, **form.values()
        )
        return actions.plan_step(run=run, step=self.one.step.code, row=row, by=self.actor)


class RunStop(_OfRun, FormPage):
    """Ends the route before its end, with why."""

    permission = EDIT_ROUTES
    template_name = "plans/routes/step.html"
    form_class = forms.StopForm
    title = _("Stop this route")
    lead = _("What was written stays to be read. You can start the route again later.")
    submit_label = _("Stop this route")
    done = _("The route is stopped.")

    def load(self) -> RouteRun:
        run = super().load()
        if run.stopped_on or not queries.works_at_library(self.actor):
            raise Http404
        return run

    def act(self, form: Any) -> RouteRun:
        reason = form.cleaned_data["reason"]
        return actions.stop_route(run=self.object, reason=reason, version=form.sent_version, by=self.actor)
