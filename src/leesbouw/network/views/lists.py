"""The relation agenda, and the talks that were held."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.ui.pages import Empty, ListPage, Preset
from leesbouw.ui.pages.lists import Listing

from .. import forms, queries, tables
from ..domain import WANTS_WORK, DueState
from ..models import Conversation
from ..permissions import EDIT_TALKS, VIEW_TALKS


class Agenda(ListPage):
    """With whom it is time to talk, what is planned, and what was held lately; red rows first."""

    template_name = "network/agenda.html"
    permission = VIEW_TALKS
    export_permission = "ui.export"
    page = "network.agenda"
    title = _("Talks")
    export_name = _("relation agenda")
    table_class = tables.AgendaTable
    filterset_class = forms.AgendaFilters
    presets = (
        Preset(_("Mine"), f"wie={forms.MINE}"),
        Preset(_("Asks for work"), f"staat={forms.WORK}"),
        Preset(_("Planned"), f"staat={DueState.PLANNED}"),
    )
    definitions = (
        (
            _("Day"),
            _("The day of the talk; where none is planned the day it is due by the agreed number a year."),
        ),
        (_("Too late"), _("Due more than two weeks ago.")),
    )

    def rows(self, request: HttpRequest) -> list[queries.AgendaRow]:
        return queries.agenda_for(self.actor)

    def table_kwargs(self) -> dict[str, Any]:
        return {"may_edit": self.actor.may(EDIT_TALKS)}

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        return Empty(
            _("No talks yet"),
            _("As soon as you work with a school or board, you see here when it is time to talk."),
            reverse("network:talk-plan") if self.actor.may(EDIT_TALKS) else "",
            _("Plan the first talk"),
        )

    def heading(self, listing: Listing) -> str:
        waiting = sum(row.state in WANTS_WORK for row in listing.table.data.data)
        if not waiting:
            return str(_("Your talks are up to date"))
        return ngettext("%(number)s talk asks for work", "%(number)s talks ask for work", waiting) % {
            "number": waiting
        }

    def more(self, listing: Listing) -> dict[str, Any]:
        return {
            "sub": "agenda",
            "status": queries.rhythm_status(),
            "plan_url": reverse("network:talk-plan") if self.actor.may(EDIT_TALKS) else "",
        }


class TalkList(ListPage):
    """Every talk that was held, newest first."""

    template_name = "network/agenda.html"
    permission = VIEW_TALKS
    export_permission = "ui.export"
    page = "network.talks"
    title = _("Held talks")
    export_name = _("held talks")
    table_class = tables.TalkTable
    filterset_class = forms.TalkFilters
    presets: Sequence[Preset] = (Preset(_("Mine"), f"wie={forms.MINE}"),)

    def rows(self, request: HttpRequest) -> QuerySet[Conversation]:
        return queries.held_talks(self.actor)

    def table_kwargs(self) -> dict[str, Any]:
        return {"people": queries.attendance_of(self.actor, queries.talk_ids(queries.held_talks(self.actor)))}

    @property
    def empty(self) -> Empty:  # type: ignore[override]
        return Empty(_("No talk was written up yet"), _("What you write up after a talk stands here."))

    def heading(self, listing: Listing) -> str:
        if not listing.total:
            return str(self.title)
        text = ngettext("%(number)s held talk", "%(number)s held talks", listing.total)
        return text % {"number": listing.total}

    def more(self, listing: Listing) -> dict[str, Any]:
        return {"sub": "held", "plan_url": reverse("network:talk-plan") if self.actor.may(EDIT_TALKS) else ""}
