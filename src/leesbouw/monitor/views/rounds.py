"""Rounds: the list, its page with every school, opening and closing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.organisations.enums import UnitKind
from leesbouw.ui.pages import BulkAction, Empty, FormPage, ListPage, PostPage, Preset
from leesbouw.ui.pages.lists import Listing

from .. import actions, forms, queries, tables
from ..enums import Cohort, MonitorKind
from ..models import Round
from ..permissions import COORDINATE, REPORT, RESEARCH, VIEW
from .base import OfRound


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
        if self.actor.unit_kind == UnitKind.LOCATION:
            return {"exclude": list(queries.STEPS)}  # of one school a count says nothing
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
        return {
            "may_plan": self.may_plan(),
            "may_report": self.actor.may(REPORT),
            "may_research": self.actor.may(RESEARCH),
        }


class RoundPage(OfRound, ListPage):
    """The funnel of a round and every school in it; who sees no schools sees how many there are."""

    template_name = "monitor/rounds/round.html"
    permission = VIEW
    export_permission = "ui.export"
    page = "monitor.round"
    export_name = _("response to the Monitor")
    table_class = tables.ProgressTable
    filterset_class = forms.ProgressFilters

    @property
    def definitions(self) -> Sequence[tuple[Any, Any]]:  # type: ignore[override]
        children = (
            (_("Pupils"), _("Lists that came in, of the pupils that the classes or the register count.")),
            (_("Few pupils are done"), _("More than a quarter below a straight line to the last day.")),
        )
        team = _(
            "Lists that came in, of all groups; duo partners count once. In child care, of all who work there."
        )
        return ((_("Lists of the team"), team), *(children if self.asks_children else ()))

    @property
    def asks_children(self) -> bool:
        return queries.wording(self.of_round.kind).asks_children

    def table_kwargs(self) -> dict[str, Any]:
        return {} if self.asks_children else {"exclude": ["pupils"]}

    @property
    def presets(self) -> Sequence[Preset]:  # type: ignore[override]
        if not queries.shows_locations(self.actor):
            return ()
        mine = (Preset(_("Mine"), f"wie={forms.MINE}"),) if self.actor.unit_kind != UnitKind.BOARD else ()
        return (
            Preset(_("Red rows"), f"vraagt={forms.ASKS_RED}"),
            Preset(_("Asks for work"), f"vraagt={forms.ASKS_WORK}"),
            *mine,
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

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Who works at a school goes on to the page of that school."""
        if self.actor.unit_kind == UnitKind.LOCATION and len(self.progress) == 1:
            return redirect("monitor:participation", self.progress[0].pk)
        return super().get(request, *args, **kwargs)

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
            "wording": queries.wording(row.kind),
            "may_coordinate": self.may_coordinate(),
            "days_left": queries.days_until(row.closes_on),
            "days_to_open": queries.days_until(row.opens_on),
            "to_remind": len(can_write),
            "without_agreement": sum(not one.has_agreement for one in self.progress),
            "undiscussed": queries.undiscussed(self.actor, row) if row.closed_on else [],
            "lists": queries.lists_of(row),
            "asks_own": self.actor.may(COORDINATE),
            "shows_locations": queries.shows_locations(self.actor),
            "hours": sum(getattr(row, f"hours_{name}") or 0 for name in forms.HOURS),
        }

    def heading(self, listing: Listing) -> str:
        totals = queries.totals_of(self.progress)
        is_running = self.of_round.opened_on is not None and self.of_round.closed_on is None
        if not (is_running and totals.invited and queries.shows_locations(self.actor)):
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
