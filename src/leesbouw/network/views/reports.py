"""Writing up a talk: one page, saved while one writes."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import today
from leesbouw.people.queries import staff_today
from leesbouw.ui.pages import FormPage, Page

from .. import actions, forms, queries
from ..models import Conversation
from ..permissions import EDIT_TALKS
from .base import OfTalk


class _OfReport(OfTalk):
    """What the page and its quiet saving share: the form of one talk."""

    page: queries.TalkPage

    def load(self) -> Conversation:
        talk = super().load()
        if talk.cancelled_on is not None:
            raise Http404
        self.page = queries.talk_page(self.actor, talk)
        return talk

    def form_kwargs(self) -> dict[str, Any]:
        talk = self.page.talk
        return {
            "people": queries.attendees_for(self.actor, talk.unit, talk),
            "staff": list(staff_today(self.actor)),
            "questions": queries.questions_with_last_answers(self.actor, talk.unit, self.page.guide, talk.pk),
        }

    def report(self, form: forms.ReportForm) -> actions.Report:
        given = form.cleaned_data
        names = ("held_on", "summary", "subject", "kind", "level", "next_on", "next_at")
        return actions.Report(
            **{name: given[name] for name in names},
            answers=form.answers(),
            agreements=tuple(actions.AgreementRow(**row) for row in form.agreements()),
            **form.everybody(),
        )


class TalkReport(_OfReport, FormPage):
    """When, who, what was said, what was agreed, when again. The same page changes a report later."""

    permission = EDIT_TALKS
    template_name = "network/report.html"
    form_class = forms.ReportForm
    submit_label = _("Save the report")
    done = _("The talk is written up.")

    @property
    def title(self) -> Any:  # type: ignore[override]
        return _("Change the report") if self.page.talk.written_up_at else _("Write up the talk")

    def initial(self) -> dict[str, Any]:
        talk = self.page.talk
        planned = talk.planned_on if talk.planned_on and talk.planned_on <= today() else today()
        people = queries.attendees_for(self.actor, talk.unit, talk)
        begin = {
            "held_on": talk.held_on or planned,
            "summary": talk.summary,
            "subject": talk.subject,
            "kind": talk.kind,
            "level": talk.level,
        }
        answers = {f"answer_{one.code}": one.answer for one in self.page.answers}
        return begin | answers | forms.chosen_people(people)

    def act(self, form: Any) -> actions.Written:
        return actions.write_up(
            talk=self.object, report=self.report(form), version=form.sent_version, by=self.actor
        )

    def done_url(self, result: actions.Written) -> str:
        return result.talk.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            page=self.page, talk=self.page.talk, is_draft=self.page.talk.written_up_at is None, **kwargs
        )


class TalkDraft(_OfReport, Page):
    """Saves what somebody is writing; asked by the page itself, answered with the new version."""

    permission = EDIT_TALKS
    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        talk = self.load()
        form = forms.ReportForm(request.POST, version=talk.version, **self.form_kwargs())
        form.is_valid()
        try:
            row = actions.save_draft(
                talk=talk,
                summary=form.cleaned_data.get("summary", ""),
                answers=form.answers(),
                version=form.sent_version,
                by=self.actor,
            )
        except (Stale, Sentence):
            return JsonResponse({}, status=409)
        return JsonResponse({"version": row.version})
