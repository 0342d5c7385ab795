"""Which national figures are final, and what has to be in order before."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import SchoolYear
from leesbouw.ui.pages import Empty, ListPage, Page, PostPage

from .. import actions, queries, tables
from ..permissions import RESEARCH
from .base import InItsWords


class Releases(ListPage):
    template_name = "monitor/research/below.html"
    permission = RESEARCH
    export_permission = "ui.export"
    page = "monitor.releases"
    title = _("National figures of a year")
    lead = _("Provisional until every check is green and you release them.")
    export_name = _("national figures of the Monitor")
    table_class = tables.ReleaseTable
    empty = Empty(_("No round yet"), _("As soon as a library opens a round, its year stands here."))

    def rows(self, request: HttpRequest) -> list[queries.ReleaseLine]:
        return queries.release_lines(self.actor)


class OfRelease(InItsWords):
    """A page about a kind of Monitor in a year."""

    permission = RESEARCH
    actor: Any
    kwargs: dict[str, Any]

    def load(self) -> queries.ReleaseLine:
        try:
            found = queries.release_line(
                self.actor, self.kwargs["kind"], SchoolYear.parse(self.kwargs["year"])
            )
        except (LookupError, ValueError):
            raise Http404 from None
        queries.speak(found.kind)
        return found

    def back_url(self) -> str:
        return reverse("monitor:release", kwargs=self.kwargs)


class ReleasePage(OfRelease, Page):
    """The checks, and one button."""

    template_name = "monitor/research/release.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        line = self.load()
        checks = queries.checks_of(self.actor, line)
        return super().get_context_data(
            **kwargs, line=line, checks=checks, is_green=all(one.is_green for one in checks)
        )


class MakeFinal(OfRelease, PostPage):
    done = _("These figures are final now.")

    def act(self, form: Any) -> Any:
        line = self.load()
        return actions.release(kind=line.kind, year=line.year, by=self.actor)


class TakeBack(OfRelease, PostPage):
    done = _("These figures are provisional again.")

    def act(self, form: Any) -> Any:
        line = self.load()
        return actions.withdraw_release(kind=line.kind, year=line.year, by=self.actor)
