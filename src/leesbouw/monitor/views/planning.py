"""Planning a round, and changing the plan."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear, years_around
from leesbouw.ui.pages import FormPage

from .. import actions, forms, queries
from ..domain.calendar import half_of
from ..enums import Cohort, MonitorKind
from ..models import Round
from ..permissions import COORDINATE
from .base import InItsWords, OfRound

KIND_PARAM = "soort"


class _PlanForm(InItsWords, FormPage):
    permission = COORDINATE
    template_name = "monitor/rounds/plan.html"
    form_class = forms.PlanForm
    kind: str
    plan_year: SchoolYear

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        modules = queries.modules_of(self.kind)
        return super().get_context_data(
            **kwargs,
            kind=MonitorKind(self.kind),
            plan_year=self.plan_year,
            half=queries.half_words(self.plan_year),
            parameters=queries.monitor_parameters(),
            asks_background=any(code == queries.BACKGROUND for code, *_rest in modules),
        )


class RoundNew(_PlanForm):
    """First which kind and year, then the plan with what is usual filled in."""

    title = _("Plan a round")
    submit_label = _("Plan this round")
    done = _("The round is planned. Invite the schools now.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._library()
        if KIND_PARAM not in request.GET:
            return self.render_to_response(
                {
                    "title": self.title,
                    "kinds": MonitorKind.choices,
                    "years": list(years_around(self.year, before=0, after=1)),
                    "template": "monitor/rounds/choose.html",
                }
            )
        return super().get(request, *args, **kwargs)

    def load(self) -> None:
        self._library()
        kind = queries.kind_of(self.request.GET.get(KIND_PARAM, ""))
        if kind is None:
            raise Http404
        self.kind, self.plan_year = kind, self.year
        queries.speak(kind)

    def _library(self) -> Any:
        library = queries.own_library(self.actor)
        if library is None:
            raise Http404
        return library

    @cached_property
    def proposal(self) -> queries.Proposal:
        return queries.proposal_for(self.actor, self.kind, self.plan_year)

    def form_kwargs(self) -> dict[str, Any]:
        return {"half": half_of(self.plan_year.first), "modules": queries.modules_of(self.kind)}

    def initial(self) -> dict[str, Any]:
        days = {name: getattr(self.proposal.calendar, name) for name in forms.DAYS}
        modules = queries.default_modules(self.kind)
        return {"who": forms.HALF, "modules": modules} | days | self.proposal.hours

    def act(self, form: Any) -> Round:
        return actions.plan_round(
            library=self._library(), kind=self.kind, year=self.plan_year, by=self.actor, **form.values()
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            proposal=self.proposal,
            known=queries.round_exists(self.actor, self.kind, self.plan_year),
        )

    def done_url(self, result: Round) -> str:
        return reverse("monitor:candidates", args=[result.pk])

    def back_url(self) -> str:
        return reverse("monitor:round-list")


class RoundChange(OfRound, _PlanForm):
    """Other days, hours or modules; the modules only until the round opens."""

    title = _("Change this round")

    def load(self) -> Round:
        row = super().load()
        self.kind, self.plan_year = row.kind, row.year  # type: ignore[assignment]
        return row

    def form_kwargs(self) -> dict[str, Any]:
        modules = None if self.object.opened_on else queries.modules_of(self.kind)
        return {"half": half_of(self.plan_year.first), "modules": modules}

    def initial(self) -> dict[str, Any]:
        row = self.object
        who = forms.EVERYBODY if row.cohort == Cohort.EVERY_YEAR else forms.HALF
        hours = {name: getattr(row, f"hours_{name}") for name in forms.HOURS}
        return (
            {name: getattr(row, name) for name in forms.DAYS} | hours | {"who": who, "modules": row.modules}
        )

    def act(self, form: Any) -> Round:
        return actions.change_round(
            round=self.object, version=form.sent_version, by=self.actor, **form.values()
        )
