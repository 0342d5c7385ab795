"""One talk: planning, moving, cancelling, deleting, and its page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.enums import Level
from leesbouw.core.time import today
from leesbouw.organisations.models import Unit
from leesbouw.people.queries import units_to_choose
from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries, tables
from ..enums import TalkKind
from ..models import Conversation
from ..permissions import EDIT_TALKS, HANDOVER, VIEW_TALKS
from .base import KIND_PARAM, LEVEL_PARAM, UNIT_PARAM, OfTalk, unit_or_404, works_at_library

WRITE = "verslag"  # value of the button that plans nothing and goes on to the report


class TalkDetail(OfTalk, Page):
    template_name = "network/talk.html"
    permission = VIEW_TALKS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        page = queries.talk_page(self.actor, self.load())
        return super().get_context_data(
            **kwargs,
            page=page,
            talk=page.talk,
            when=queries.when_words(page.talk),
            state_label=forms.STATE_LABELS[page.state],
            state_tag=tables.TAGS[page.state],
            may_edit=self.actor.may(EDIT_TALKS),
            may_hand_over=self.actor.may(HANDOVER),
        )


class _TalkForm(FormPage):
    """A form about a talk with one organisation."""

    permission = EDIT_TALKS
    template_name = "network/plan.html"
    form_class = forms.PlanForm
    unit: Unit
    talk: Conversation | None = None

    def form_kwargs(self) -> dict[str, Any]:
        return {
            "people": queries.attendees_for(self.actor, self.unit, self.talk),
            "guides": queries.guides_that_fit(
                self.unit.kind, queries.sector_of(self.unit), self.wished_kind()
            ),
        }

    def wished_kind(self) -> str:
        wish = self.request.GET.get(KIND_PARAM, "")
        return wish if wish in TalkKind.values else TalkKind.PROGRESS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(unit=self.unit, talk=self.talk, **kwargs)


class TalkPlan(_TalkForm):
    """With whom, and then when; the second button writes it up at once."""

    title = _("Plan a talk")
    submit_label = _("Plan this talk")
    done = _("The talk is planned.")

    def load(self) -> None:
        self.unit = unit_or_404(self.actor, self.request.GET.get(UNIT_PARAM))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not works_at_library(self.actor):
            raise Http404
        if UNIT_PARAM not in request.GET:
            context = {
                "title": self.title,
                "units": units_to_choose(self.actor),
                "template": "network/choose_unit.html",
            }
            return self.render_to_response(context)
        return super().get(request, *args, **kwargs)

    def initial(self) -> dict[str, Any]:
        wish = self.request.GET.get(LEVEL_PARAM, "")
        level = wish if wish in Level.values else Level.TACTICAL
        kind = self.wished_kind()
        guide = queries.guide_of_kind(self.unit.kind, queries.sector_of(self.unit), kind)
        people = queries.attendees_for(self.actor, self.unit)
        begin = {"kind": kind, "level": level, "guide": guide.code if guide else ""}
        return begin | forms.chosen_people(people)

    def act(self, form: Any) -> Conversation:
        return actions.plan_talk(actions.TalkRow(unit_id=self.unit.pk, **form.values()), by=self.actor)

    def done_url(self, result: Conversation) -> str:
        return result.get_absolute_url()

    def back_url(self) -> str:
        return reverse("network:agenda")


class TalkBegin(PostPage):
    """One press on the page of an organisation: a talk of today, straight to its report."""

    permission = EDIT_TALKS
    done = ""
    unit: Unit

    def load(self) -> None:
        self.unit = unit_or_404(self.actor, self.request.POST.get(UNIT_PARAM))

    def act(self, form: Any) -> Conversation:
        people = queries.attendees_for(self.actor, self.unit)
        level, kind = self._wishes()
        guide = queries.guide_of_kind(self.unit.kind, queries.sector_of(self.unit), kind)
        row = actions.TalkRow(
            unit_id=self.unit.pk,
            kind=kind,
            level=level,
            planned_on=today(),
            guide=guide.code if guide else "",
            staff_ids=tuple(people.chosen_staff),
            contact_ids=tuple(people.chosen_contacts),
        )
        return actions.plan_talk(row, by=self.actor)

    def _wishes(self) -> tuple[str, str]:
        level, kind = (self.request.POST.get(name, "") for name in (LEVEL_PARAM, KIND_PARAM))
        level = level if level in Level.values else Level.TACTICAL
        usual = queries.usual_kind(self.unit.kind, queries.sector_of(self.unit), level)
        return level, kind if kind in TalkKind.values else usual

    def done_url(self, result: Conversation) -> str:
        return reverse("network:talk-report", args=[result.pk])


class TalkChange(OfTalk, _TalkForm):
    """Another day, other people, another guide; as long as it was not held."""

    title = _("Change this talk")
    done = _("Saved.")

    def load(self) -> Conversation:
        self.talk = super().load()
        self.unit = self.talk.unit
        if self.talk.held_on is not None:
            raise Http404
        return self.talk

    def wished_kind(self) -> str:
        return self.talk.kind if self.talk else TalkKind.PROGRESS

    def initial(self) -> dict[str, Any]:
        names = ("kind", "level", "planned_on", "planned_at", "guide", "subject")
        people = queries.attendees_for(self.actor, self.unit, self.talk)
        return {name: getattr(self.talk, name) for name in names} | forms.chosen_people(people)

    def act(self, form: Any) -> Conversation:
        row = actions.TalkRow(unit_id=self.unit.pk, **form.values())
        return actions.change_plan(talk=self.object, row=row, version=form.sent_version, by=self.actor)


class TalkMove(OfTalk, FormPage):
    """Only the day and the hour; the message brings it back."""

    permission = EDIT_TALKS
    template_name = "network/form.html"
    form_class = forms.MoveForm
    title = _("Move this talk")
    submit_label = _("Move")
    done = _("The talk is moved.")

    def initial(self) -> dict[str, Any]:
        return {"planned_on": self.object.planned_on, "planned_at": self.object.planned_at}

    def act(self, form: Any) -> Conversation:
        return actions.move_talk(talk=self.object, by=self.actor, **form.values())


class TalkCancel(OfTalk, PostPage):
    permission = EDIT_TALKS
    done = _("The talk is cancelled.")

    def act(self, form: Any) -> Conversation:
        return actions.cancel_talk(talk=self.object, by=self.actor)


class TalkDelete(OfTalk, PostPage):
    """One press; the message takes it back."""

    permission = EDIT_TALKS
    done = _("The talk is deleted.")

    def load_again(self) -> Conversation | None:
        """A second send finds nothing any more; the first answer is found by its id."""
        try:
            return self.load()
        except Http404:
            if self.request.POST.get("request_id"):
                return None
            raise

    def act(self, form: Any) -> None:
        actions.delete_talk(talk=self.object, by=self.actor)

    def done_url(self, result: None) -> str:
        return reverse("network:agenda")
