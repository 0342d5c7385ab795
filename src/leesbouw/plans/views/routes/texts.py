"""A route itself: read, started, worded by oneself."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.access import NotAllowed
from leesbouw.organisations.models import Unit
from leesbouw.ui.pages import FormPage, Page, PostPage

from ... import actions, forms, queries
from ...models import RouteRun
from ...permissions import EDIT_ROUTES, SET_ROUTES, VIEW_ROUTES


class OfRoute:
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


class RoutePage(OfRoute, Page):
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


class RouteStart(OfRoute, FormPage):
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

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = super().get_context_data(**kwargs)
        return shown | {"nobody_left": not shown["form"].groups}

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


class RouteText(OfRoute, FormPage):
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


class RouteFollow(OfRoute, PostPage):
    """Back to the text that Leesbouw ships."""

    permission = SET_ROUTES
    done = _("You follow the version of Leesbouw again.")

    def load(self) -> None:
        if not queries.may_edit_text(self.actor):
            raise Http404

    def act(self, form: Any) -> Any:
        return actions.follow_shipped(route=self.route, library_id=self.library_id or 0, by=self.actor)
