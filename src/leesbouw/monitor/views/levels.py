"""What came out above the school: the levels one may see, and the report of each."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Unit
from leesbouw.ui.pages import Empty, ListPage, Page, PostPage, chosen

from .. import actions, forms, queries, tables
from ..enums import MonitorKind
from ..permissions import REPORT, VIEW
from .base import InItsWords


class LevelList(ListPage):
    """The levels with figures, without the figures."""

    template_name = "monitor/reports/levels.html"
    permission = REPORT
    export_permission = "ui.export"
    page = "monitor.levels"
    title = _("Outcomes by level")
    lead = _("What children and teachers told, of the library, the municipality, the board and the country.")
    export_name = _("levels of the Monitor")
    table_class = tables.LevelTable
    filterset_class = forms.LevelFilters
    empty = Empty(
        _("No figures yet"),
        _("As soon as schools have closed, you find here what came out above the school."),
    )

    def rows(self, request: HttpRequest) -> list[queries.Level]:
        return queries.levels_for(self.actor)

    def more(self, listing: Any) -> dict[str, Any]:
        return {"may_view": self.actor.may(VIEW)}


class OfLevel(InItsWords):
    """A page about a level, a kind of Monitor and a year: the newest there is, unless the address says otherwise."""

    actor: Any
    request: Any
    kwargs: dict[str, Any]

    @cached_property
    def level(self) -> queries.Level:
        try:
            return queries.level_by_id(self.actor, self.kwargs["pk"])
        except Unit.DoesNotExist:
            raise Http404 from None

    @cached_property
    def kind(self) -> MonitorKind:
        wish = queries.kind_of(self.request.GET.get("soort", ""))
        kind = wish or next(iter(self.level.years), MonitorKind.PO)
        queries.speak(kind)
        return kind

    @cached_property
    def of_year(self) -> SchoolYear:
        """The year of the address; instead of one that was not measured, the newest that shows something."""
        asked = (
            one for one in self.level.years.get(self.kind, {}) if str(one) == self.request.GET.get("jaar")
        )
        return next(asked, self.level.newest(self.kind) or SchoolYear.running())

    def back_url(self) -> str:
        return f"{reverse('monitor:level', args=[self.level.pk])}?soort={self.kind}&jaar={self.of_year}"


class LevelPage(OfLevel, Page):
    template_name = "monitor/reports/level.html"
    permission = REPORT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = queries.level_report(
            self.actor, self.level, self.kind, self.of_year, more=self.request.GET.getlist("alles")
        )
        return super().get_context_data(
            **kwargs,
            report=report,
            unit=self.level.unit,
            wording=queries.wording(self.kind),
            years=list(self.level.years.get(self.kind, {})),
            kinds=list(self.level.years),
            here=f"soort={self.kind}&jaar={self.of_year}",
            formats=actions.FORMATS,
        )


class Talk(OfLevel, Page):
    """Conversation mode of a level: for a council, a board or a library's own team."""

    template_name = "monitor/reports/talk.html"
    permission = REPORT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        report = queries.level_report(self.actor, self.level, self.kind, self.of_year)
        return super().get_context_data(
            **kwargs,
            slides=queries.level_slides(report),
            name=self.level.unit.name,
            what=f"{self.kind.label} {self.of_year}",
            back_url=self.back_url(),
        )


class TakeAlong(OfLevel, PostPage):
    """Orders the report of a level as a file; the worker makes it."""

    permission = REPORT
    done = _("We are making it. You find it under Tasks in a moment.")

    def load(self) -> queries.Level:
        return self.level

    def act(self, form: Any) -> Any:
        return actions.order_level_report(
            level=self.level,
            kind=self.kind,
            year=self.of_year,
            format=self.kwargs["format"],
            by=self.actor,
        )


class OfChoice(InItsWords):
    """A page about a set: the address names what is chosen from, and which are chosen."""

    actor: Any
    request: Any

    @cached_property
    def kind(self) -> MonitorKind:
        kind = queries.kind_of(self.request.GET.get("soort", "")) or MonitorKind.PO
        queries.speak(kind)
        return kind

    @cached_property
    def choices(self) -> list[queries.Choice]:
        return queries.choices_for(self.actor, self.kind)

    @cached_property
    def choice(self) -> queries.Choice | None:
        """What the address asks for; else of the same kind of unit another year; else the first there is."""
        of, year = self.request.GET.get("van"), self.request.GET.get("jaar")
        fits = [one for one in self.choices if one.of == of] or self.choices
        exact = (one for one in fits if str(one.year) == year)
        return next(exact, fits[0] if fits else None)

    def back_url(self) -> str:
        return f"{reverse('monitor:chosen')}?{self.request.GET.urlencode()}"


class Chosen(OfChoice, Page):
    """The report of a set that one puts together; its address can be kept."""

    template_name = "monitor/reports/chosen.html"
    permission = REPORT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice, ids, more = self.choice, chosen(self.request), self.request.GET.getlist("alles")
        here = self.request.GET.copy()
        here.pop("alles", None)
        of = choice.of if choice else None
        return super().get_context_data(
            **kwargs,
            choice=choice,
            kind=self.kind,
            kinds=MonitorKind,
            sorts=list(dict.fromkeys(one.of for one in self.choices)),
            years=[one.year for one in self.choices if one.of == of],
            ids=ids,
            wording=queries.wording(self.kind),
            report=queries.chosen_report(self.actor, choice, ids, more=more) if choice else None,
            here=here.urlencode(),
            formats=actions.FORMATS,
        )


class TalkChosen(OfChoice, Page):
    """Conversation mode of a set."""

    template_name = "monitor/reports/talk.html"
    permission = REPORT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choice = self.choice
        report = queries.chosen_report(self.actor, choice, chosen(self.request)) if choice else None
        if report is None:
            raise Http404
        return super().get_context_data(
            **kwargs,
            slides=queries.level_slides(report),
            name=_now("Own choice"),
            what=f"{report.kind.label} {report.choice.year}",
            back_url=self.back_url(),
        )


class TakeChosen(OfChoice, PostPage):
    """Orders the report of a set as a file."""

    permission = REPORT
    done = _("We are making it. You find it under Tasks in a moment.")

    def load(self) -> queries.Choice:
        if self.choice is None:
            raise Http404
        return self.choice

    def act(self, form: Any) -> Any:
        return actions.order_chosen_report(
            choice=self.load(), ids=chosen(self.request), format=self.kwargs["format"], by=self.actor
        )
