"""One school in a round: what is asked, how far it is, and the yes or no of its head."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.ui.pages import FormPage, Page, PostPage

from .. import actions, forms, queries, tables
from ..models import Participation
from ..permissions import AUTHORISE, COORDINATE, DISCUSS, VIEW
from .base import OfParticipation


class ParticipationPage(OfParticipation, Page):
    template_name = "monitor/rounds/participation.html"
    permission = VIEW

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.load()
        if not queries.shows_locations(self.actor):
            raise Http404
        progress = queries.progress_of_one(self.actor, one)
        coordinates = self.actor.may(COORDINATE)
        at_home = self.actor.unit_id == one.location_id
        return super().get_context_data(
            **kwargs,
            participation=one,
            round=one.round,
            progress=progress,
            wording=queries.wording(one.round.kind),
            asks=tables.asks_tag(progress.asks),
            lists=queries.lists_of(one.round),
            background=queries.BACKGROUND in one.round.modules,
            groups=queries.groups_of_participation(self.actor, one),
            rhythm=queries.rhythm_label(self.actor, one.location_id),
            days_left=queries.days_until(one.closes_on),
            request_link=queries.open_requests(one.round_id).get(one.pk) if coordinates else None,
            may_answer=not one.closed_on
            and not one.started_on
            and (coordinates or (at_home and self.actor.may(AUTHORISE))),
            may_coordinate=coordinates and not one.closed_on,
            may_remove=coordinates and queries.is_from_file(one),
            may_send=self.actor.may(DISCUSS) and not one.declined_on,
            may_discuss=bool(one.closed_on)
            and not one.discussed_on
            and (coordinates or self.actor.may(DISCUSS)),
        )


class Answer(OfParticipation, FormPage):
    """Yes or no for a school: by its head, or by the library that heard it."""

    permission = VIEW
    template_name = "monitor/rounds/answer.html"
    form_class = forms.AnswerForm
    submit_label = _("Save this answer")
    done = _("The answer is saved.")

    def load(self) -> Participation:
        one = super().load()
        if not (self.actor.may(COORDINATE) or self.is_head(one)):
            raise Http404
        return one

    def is_head(self, one: Participation) -> bool:
        return self.actor.unit_id == one.location_id and self.actor.may(AUTHORISE)

    @property
    def title(self) -> Any:  # type: ignore[override]
        at_home = self.is_head(self.object)
        return _("Do you take part in the Monitor?") if at_home else _("Record what the school said")

    def form_kwargs(self) -> dict[str, Any]:
        return {"asks_name": not self.is_head(self.object)}

    def initial(self) -> dict[str, Any]:
        one = self.object
        answer = forms.NO if one.declined_on else forms.YES if one.authorised_on else ""
        return {"answer": answer, "reason": one.declined_because, "name": one.authorised_name}

    def act(self, form: Any) -> Participation:
        values = form.values()
        if values["answer"] == forms.NO:
            return actions.decline(participation=self.object, reason=values["reason"], by=self.actor)
        name = values.get("name") or self.actor.name
        return actions.authorise(participation=self.object, name=name, by=self.actor)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.object
        return super().get_context_data(
            **kwargs,
            participation=one,
            lists=queries.lists_of(one.round),
            background=queries.BACKGROUND in one.round.modules,
        )


class AskHead(OfParticipation, FormPage):
    """A link for whoever decides for the school."""

    permission = COORDINATE
    template_name = "monitor/rounds/ask.html"
    form_class = forms.AskForm
    title = _("Ask the head")
    lead = _("The head gets a link by mail, reads what is asked, and says yes or no. It takes no account.")
    submit_label = _("Send the link")
    done = _("The link is on its way.")

    def make_form(self, data: Any = None) -> Any:
        return self.form_class(data, initial=self.initial())  # the school itself is not edited

    def initial(self) -> dict[str, Any]:
        head = queries.head_of(self.actor, self.object)
        return {"name": head.name, "email": head.email}

    def act(self, form: Any) -> None:
        actions.ask_head(participation=self.object, by=self.actor, **form.values())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, participation=self.object)


class RemoveResults(OfParticipation, FormPage):
    """Takes results that came from a file away again, after one more question."""

    permission = COORDINATE
    template_name = "monitor/rounds/remove_results.html"
    title = _("Take these results away")
    submit_label = _("Take these results away")
    done = _("The results are taken away. The figures of the levels follow in a moment.")

    def load(self) -> Participation:
        one = super().load()
        if not queries.is_from_file(one):
            raise Http404
        return one

    def act(self, form: Any) -> int:
        return actions.remove_results(participation=self.object, by=self.actor)

    def done_url(self, result: Any) -> str:
        return reverse("monitor:round-list")

    def back_url(self) -> str:
        return reverse("monitor:participation", args=[self.kwargs["pk"]])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, participation=self.object)


class Discussed(OfParticipation, PostPage):
    permission = VIEW
    done = _("Noted that the team discussed it.")

    def load(self) -> Participation:
        if not (self.actor.may(COORDINATE) or self.actor.may(DISCUSS)):
            raise Http404
        return super().load()

    def act(self, form: Any) -> Participation:
        return actions.mark_discussed(participation=self.object, by=self.actor)
