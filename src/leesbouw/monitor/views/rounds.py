"""Rounds: the list, planning one, its page with every school, opening and closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.time import SchoolYear, years_around
from leesbouw.ui.pages import BulkAction, Empty, FormPage, ListPage, PostPage, Preset
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..domain.calendar import half_of
from ..enums import Cohort, MonitorKind
from ..models import Round
from ..permissions import COORDINATE, VIEW
from .base import OfRound

KIND_PARAM = "soort"


class RoundList(ListPage):
    """Every round within reach."""

    template_name = "monitor/rounds/list.html"
    permission = VIEW
    export_permission = "ui.export"
    page = "monitor.rounds"
    title = _("The Monitor")
    lead = _("In a round you measure what reading means to children, and talk about it.")
    export_name = _("rounds of the Monitor")
    table_class = tables.RoundTable

    def rows(self, request: HttpRequest) -> list[queries.RoundLine]:
        return queries.round_lines(self.actor)

    def table_kwargs(self) -> dict[str, Any]:
        return {"exclude": ["library"] if queries.own_library(self.actor) else []}

    def may_plan(self) -> bool:
        return self.actor.may(COORDINATE) and queries.own_library(self.actor) is not None

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        return Empty(
            _("No round yet"),
            _("Plan the first round, preferably before the school year begins."),
            reverse("monitor:round-new") if self.may_plan() else "",
            _("Plan a round"),
        )

    def more(self, listing: Listing) -> dict[str, Any]:
        return {"may_plan": self.may_plan()}


class _PlanForm(FormPage):
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


class RoundPage(OfRound, ListPage):
    """The funnel of a round and every school in it; who sees no schools sees how many there are."""

    template_name = "monitor/rounds/round.html"
    permission = VIEW
    export_permission = "ui.export"
    page = "monitor.round"
    export_name = _("response to the Monitor")
    table_class = tables.ProgressTable
    filterset_class = forms.ProgressFilters
    presets: Sequence[Preset] = (
        Preset(_("Red rows"), f"vraagt={forms.ASKS_RED}"),
        Preset(_("Asks for work"), f"vraagt={forms.ASKS_WORK}"),
    )
    definitions = (
        (_("Pupils"), _("Lists that came in, of the pupils that the classes or the register count.")),
        (_("Teachers’ lists"), _("Groups of which a list came in, of all groups. Duo partners count once.")),
        (_("Few pupils are done"), _("More than a quarter below a straight line to the last day.")),
    )

    @cached_property
    def of_round(self) -> Round:
        return self.round

    @cached_property
    def progress(self) -> list[queries.Progress]:
        return queries.progress_of(self.actor, self.of_round)

    @property
    def title(self) -> str:  # type: ignore[override]
        return f"{_('The Monitor')}: {self.of_round}"

    def download(self, wish: str) -> HttpResponse:
        if not queries.shows_locations(self.actor):
            raise Http404
        return super().download(wish)

    def rows(self, request: HttpRequest) -> list[queries.Progress]:
        return self.progress if queries.shows_locations(self.actor) else []

    def may_coordinate(self) -> bool:
        return self.actor.may(COORDINATE) and self.of_round.closed_on is None

    def bulk_actions(self) -> Sequence[BulkAction]:
        if not self.may_coordinate() or not self.progress:
            return ()
        here = [self.of_round.pk]
        return (
            BulkAction(_("Remind"), reverse("monitor:letters", args=here), "send"),
            BulkAction(_("Give more time"), reverse("monitor:extend", args=here), "late"),
            BulkAction(_("Close them"), reverse("monitor:close-some", args=here), "lock"),
            BulkAction(_("Take out"), reverse("monitor:take-out", args=here), "remove"),
        )

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        if not queries.shows_locations(self.actor):
            return Empty(_("Counts only"), _("You see how many schools there are, not which."))
        may = self.may_coordinate()
        return Empty(
            _("No school in this round yet"),
            _("Invite the schools whose turn it is. Their heads then get a link to say yes."),
            reverse("monitor:candidates", args=[self.of_round.pk]) if may else "",
            _("Invite schools"),
        )

    def more(self, listing: Listing) -> dict[str, Any]:
        row, totals = self.of_round, queries.totals_of(self.progress)
        can_write = [one for one in self.progress if one.is_red and one.asks != "overdue"]
        return {
            "round": row,
            "totals": totals,
            "may_coordinate": self.may_coordinate(),
            "days_left": queries.days_until(row.closes_on),
            "days_to_open": queries.days_until(row.opens_on),
            "to_remind": len(can_write),
            "without_agreement": sum(not one.has_agreement for one in self.progress),
            "undiscussed": queries.undiscussed(self.actor, row) if row.closed_on else [],
            "lists": queries.lists_of(row),
            "shows_locations": queries.shows_locations(self.actor),
            "hours": sum(getattr(row, f"hours_{name}") or 0 for name in forms.HOURS),
        }

    def heading(self, listing: Listing) -> str:
        totals = queries.totals_of(self.progress)
        if self.of_round.opened_on is None or self.of_round.closed_on or not totals.invited:
            return str(self.title)
        if not totals.red:
            return str(_("All schools are on course"))
        words = ngettext(
            "%(number)s school asks for attention", "%(number)s schools ask for attention", totals.red
        )
        return words % {"number": totals.red}


class RoundOpen(OfRound, FormPage):
    """What opening fixes, and one button."""

    permission = COORDINATE
    template_name = "monitor/rounds/open.html"
    title = _("Open this round")
    submit_label = _("Open the round")
    done = _("The round is open.")

    def act(self, form: Any) -> Round:
        return actions.open_round(round=self.object, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        row = self.object
        return super().get_context_data(
            **kwargs,
            round=row,
            lists=queries.lists_of(row),
            questions=queries.local_questions(self.actor, row),
            totals=queries.totals_of(queries.progress_of(self.actor, row)),
        )


class RoundClose(OfRound, FormPage):
    """What closing does, and one button."""

    permission = COORDINATE
    template_name = "monitor/rounds/close.html"
    title = _("Close this round")
    submit_label = _("Close the round")
    done = _("The round is closed. Every school has its report soon.")

    def act(self, form: Any) -> Round:
        return actions.close_round(round=self.object, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        progress = queries.progress_of(self.actor, self.object)
        return super().get_context_data(
            **kwargs,
            round=self.object,
            still_open=[one for one in progress if not one.standing.closed and not one.standing.declined],
        )


class RoundDelete(OfRound, PostPage):
    permission = COORDINATE
    done = _("The plan is gone.")

    def act(self, form: Any) -> None:
        actions.delete_round(round=self.object, by=self.actor)

    def done_url(self, result: None) -> str:
        return reverse("monitor:round-list")


class Rhythm(ListPage):
    """In which years each school measures."""

    template_name = "monitor/rounds/rhythm.html"
    permission = COORDINATE
    page = "monitor.rhythm"
    title = _("Which schools measure in which year")
    lead = _("A school measures every year or every other year. Without a choice that is every year.")
    table_class = tables.CandidateTable
    filterset_class = forms.CandidateFilters
    can_save = False

    def rows(self, request: HttpRequest) -> list[queries.Candidate]:
        if queries.own_library(self.actor) is None:
            raise Http404
        return [
            one for kind in MonitorKind for one in queries.partners_with_rhythm(self.actor, kind, self.year)
        ]

    def bulk_actions(self) -> Sequence[BulkAction]:
        return [
            BulkAction(rhythm.label, reverse("monitor:rhythm-set", args=[rhythm.value])) for rhythm in Cohort
        ]
