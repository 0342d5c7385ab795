"""What one takes along: the preparation of a talk, and the handover of an organisation on one page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.ui.export import file_answer, pdf_answer
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries
from ..permissions import EDIT_TALKS, HANDOVER, VIEW_TALKS
from .base import OfTalk, unit_or_404

ON_PAPER = {UnitKind.LOCATION, UnitKind.BOARD, UnitKind.MUNICIPALITY}


class Preparation(OfTalk, Page):
    """Everything one wants to know before a talk, on one page to read or print."""

    template_name = "network/preparation.html"
    permission = VIEW_TALKS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        prepared = queries.preparation_for(self.actor, self.load())
        return super().get_context_data(
            **kwargs,
            prepared=prepared,
            talk=prepared.page.talk,
            when=queries.when_words(prepared.page.talk),
            may_edit=self.actor.may(EDIT_TALKS),
        )


class ChooseFindings(OfTalk, FormPage):
    """Which findings one brings, and in which words."""

    permission = EDIT_TALKS
    template_name = "network/findings.html"
    form_class = forms.FindingsForm
    title = _("What do you bring?")
    lead = _("Three findings are enough. Leave one out, or say it in your own words.")

    def form_kwargs(self) -> dict[str, Any]:
        return {"proposed": self.prepared.proposed}

    def initial(self) -> dict[str, Any]:
        brought = {one.code: one.text for one in self.prepared.findings}
        begin: dict[str, Any] = {"own": brought.get(queries.OWN, "")}
        for number, one in enumerate(self.prepared.proposed):
            begin[f"take_{number}"] = one.code in brought
            begin[f"words_{number}"] = brought.get(one.code, one.text)
        return begin

    @cached_property
    def prepared(self) -> queries.Preparation:
        return queries.preparation_for(self.actor, self.object)

    def act(self, form: Any) -> Any:
        return actions.choose_findings(talk=self.object, findings=form.brought(), by=self.actor)

    def back_url(self) -> str:
        return reverse("network:talk-preparation", args=[self.object.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, talk=self.object)


class Wall(OfTalk, Page):
    """Conversation mode: one message a screen, with a question to talk about."""

    template_name = "monitor/reports/talk.html"
    permission = VIEW_TALKS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        talk = self.load()
        return super().get_context_data(
            **kwargs,
            slides=queries.wall_slides(queries.preparation_for(self.actor, talk)),
            name=talk.unit.name,
            what=talk.get_kind_display(),
            back_url=reverse("network:talk-preparation", args=[talk.pk]),
        )


class Slides(OfTalk, PostPage):
    """Orders slides of the talk as a file; the worker makes it."""

    permission = VIEW_TALKS
    done = _("We are making the slides. You find them under Tasks in a moment.")

    def act(self, form: Any) -> Any:
        return actions.order_slides(talk=self.object, by=self.actor)

    def back_url(self) -> str:
        return reverse("network:talk-preparation", args=[self.kwargs["pk"]])


class PreparationPdf(OfTalk, Page):
    permission = VIEW_TALKS

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        talk = self.load()
        document = queries.preparation_document(
            queries.preparation_for(self.actor, talk), queries.library_name(talk.library_id)
        )
        answer = pdf_answer(document, f"leesbouw_{slugify(talk.unit.name)}_voorbereiding_{talk.day}.pdf")
        actions.note_preparation(talk=talk, by=self.actor)
        return answer


class HandoverPdf(Page):
    """Handover on one page: for a successor, because managers change."""

    permission = HANDOVER

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        unit = unit_or_404(self.actor, kwargs["pk"])
        if unit.kind not in ON_PAPER:
            raise Http404
        content = queries.handover_pdf(
            queries.handover_of(self.actor, unit),
            queries.library_name_of(self.actor),
            get_language() or "nl",
        )
        actions.note_handover(unit=unit, by=self.actor)
        return file_answer(content, f"leesbouw_{slugify(unit.name)}_overdracht_{today()}.pdf", inline=True)


class Inventory(Page):
    """The start inventory of an organisation: the newest answer to each question."""

    template_name = "network/inventory.html"
    permission = VIEW_TALKS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unit = unit_or_404(self.actor, self.kwargs["pk"])
        return super().get_context_data(
            **kwargs,
            unit=unit,
            parts=queries.start_inventory(self.actor, unit),
            may_edit=self.actor.may(EDIT_TALKS),
        )
