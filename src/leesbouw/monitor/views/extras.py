"""What a round has beside its schools: questions of the library's own, and who follows it."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.ui.pages import FormPage, PostPage

from .. import actions, forms, queries
from ..models import Follower, LocalQuestion
from ..permissions import COORDINATE
from .base import InItsWords, OfRound


class _BesideRound(OfRound, FormPage):
    """A form about something new of a round; the round itself is not edited."""

    permission = COORDINATE

    def make_form(self, data: Any = None) -> Any:
        return self.form_class(data, **self.form_kwargs())

    def done_url(self, result: Any) -> str:
        return self.request.path

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, round=self.object)


class Questions(_BesideRound):
    """The questions of one's own, and a form for the next."""

    template_name = "monitor/rounds/questions.html"
    form_class = forms.QuestionForm
    title = _("Questions of your own")
    submit_label = _("Add this question")
    done = _("The question is added.")

    def get_template_names(self) -> list[str]:
        return (
            ["monitor/rounds/questions_fixed.html"] if self.object.opened_on else super().get_template_names()
        )

    def form_kwargs(self) -> dict[str, Any]:
        return {"respondents": queries.respondents_of(self.object.kind)}

    def act(self, form: Any) -> LocalQuestion:
        return actions.save_local_question(round=self.object, by=self.actor, **form.values())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            **kwargs,
            questions=queries.local_questions(self.actor, self.object),
            parameters=queries.monitor_parameters(),
            charts=queries.own_charts(self.actor, self.object, self.object.library),
        )


class _OfQuestion(InItsWords):
    """A page about one of those questions."""

    actor: Actor
    kwargs: dict[str, Any]
    object: LocalQuestion

    def load(self) -> LocalQuestion:
        try:
            found = queries.local_question_by_id(self.actor, self.kwargs["pk"])
        except LocalQuestion.DoesNotExist:
            raise Http404 from None
        queries.speak(found.round.kind)
        return found

    def back_url(self) -> str:
        return reverse("monitor:questions", args=[self.object.round_id])


class QuestionChange(_OfQuestion, FormPage):
    permission = COORDINATE
    template_name = "monitor/rounds/beside.html"
    form_class = forms.QuestionForm
    title = _("Change this question")

    def form_kwargs(self) -> dict[str, Any]:
        return {"respondents": queries.respondents_of(self.object.round.kind)}

    def initial(self) -> dict[str, Any]:
        row = self.object
        return {"respondent": row.respondent, "text": row.text, "options": "\n".join(row.options)}

    def act(self, form: Any) -> LocalQuestion:
        return actions.save_local_question(
            round=self.object.round,
            question=self.object,
            version=form.sent_version,
            by=self.actor,
            **form.values(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, round=self.object.round, beside=_("Questions of your own"))


class QuestionDelete(_OfQuestion, PostPage):
    permission = COORDINATE
    done = _("The question is gone.")

    def act(self, form: Any) -> None:
        actions.delete_local_question(question=self.object, by=self.actor)


class Followers(_BesideRound):
    """Who gets the weekly mail."""

    template_name = "monitor/rounds/followers.html"
    form_class = forms.FollowerForm
    title = _("Who follows this round?")
    lead = _(
        "They get one message a week with counts: how many schools take part and how many lists came in."
    )
    submit_label = _("Let this person follow")
    done = _("From now on a message leaves every week.")

    def act(self, form: Any) -> Follower:
        return actions.add_follower(round=self.object, by=self.actor, **form.values())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, followers=queries.followers_of(self.actor, self.object))


class FollowerRemove(PostPage):
    permission = COORDINATE
    done = _("No message leaves to this person any more.")

    def load(self) -> Follower:
        try:
            return queries.follower_by_id(self.actor, self.kwargs["pk"])
        except Follower.DoesNotExist:
            raise Http404 from None

    def act(self, form: Any) -> None:
        actions.remove_follower(follower_id=self.object.pk, by=self.actor)

    def back_url(self) -> str:
        return reverse("monitor:followers", args=[self.object.round_id])
