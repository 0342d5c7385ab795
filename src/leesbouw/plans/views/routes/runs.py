"""A run of a route and its steps."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.people.queries import contacts_at, staff_today
from leesbouw.ui.pages import FormPage, Page, PostPage

from ... import actions, forms, queries, tables
from ...domain import StepState
from ...enums import RecordKind, Side
from ...models import Action, RouteRun, StepRecord
from ...permissions import EDIT_ACTIONS, EDIT_ROUTES, VIEW_ROUTES


class OfRun:
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


class RunPage(OfRun, Page):
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


class StepPage(OfRun, FormPage):
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


class StepOpen(OfRun, PostPage):
    permission = EDIT_ROUTES
    done = _("The step is open again. What was written stays.")

    def act(self, form: Any) -> StepRecord:
        return actions.reopen_step(run=self.object, step=self.one.step.code, by=self.actor)


class StepPlan(OfRun, FormPage):
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


class RunStop(OfRun, FormPage):
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
