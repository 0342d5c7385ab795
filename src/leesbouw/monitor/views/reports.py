"""The report of a school: on a page, on the wall for a talk, and as a file to take along."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.pages import Page, PostPage

from .. import actions, queries
from ..models import Participation
from ..permissions import DISCUSS, OPEN_ANSWERS, REPORT, SET_GOALS, VIEW_BOOKS
from .base import OfParticipation


class OfReport(OfParticipation):
    """A page about the figures of a location. Until it is closed there are only counts, so no report is found."""

    def load(self) -> Participation:
        one = super().load()
        if not one.closed_on or not queries.shows_locations(self.actor):
            raise Http404
        return one

    def back_url(self) -> str:
        return reverse("monitor:report", args=[self.kwargs["pk"]])


class Report(OfReport, Page):
    template_name = "monitor/reports/school.html"
    permission = REPORT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.load()
        return super().get_context_data(
            **kwargs,
            report=queries.school_report(self.actor, one, more=self.request.GET.getlist("alles")),
            participation=one,
            round=one.round,
            formats=actions.FORMATS,
            wording=queries.wording(one.round.kind),
            others=queries.earlier_reports(self.actor, one),
            may_read_open=self.actor.may(OPEN_ANSWERS),
            may_lead=self.actor.may(DISCUSS),
            goal_url=self.goal_url(one),
            lent_url=self.lent_url(one),
        )

    def lent_url(self, one: Participation) -> str:
        """What was really lent there, for who works with the books of the school."""
        near = self.actor.may(VIEW_BOOKS) and one.location_id in self.actor.locations
        return f"{one.location.get_absolute_url()}uitleen/" if near else ""

    def goal_url(self, one: Participation) -> str:
        """Where what stands out becomes a goal, for who sets goals at this location."""
        near = one.location_id in self.actor.locations
        return f"{one.location.get_absolute_url()}doelen/nieuw/" if near and self.actor.may(SET_GOALS) else ""


class Talk(OfReport, Page):
    """Conversation mode: one message a screen, with a question to talk about."""

    template_name = "monitor/reports/talk.html"
    permission = REPORT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.load()
        report = queries.school_report(self.actor, one)
        return super().get_context_data(
            **kwargs,
            slides=queries.slides_of(report),
            name=one.location.name,
            what=str(one.round),
            back_url=self.back_url(),
        )


class TakeAlong(OfReport, PostPage):
    """Orders the report as a file; the worker makes it."""

    permission = REPORT
    done = _("We are making it. You find it under Tasks in a moment.")

    def act(self, form: Any) -> Any:
        return actions.order_report(participation=self.load(), format=self.kwargs["format"], by=self.actor)
