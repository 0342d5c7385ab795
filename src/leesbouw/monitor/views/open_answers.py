"""What was written freely, for the school's own coordinator and the consultant."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from leesbouw.ui.pages import Page, PostPage

from .. import actions, queries
from ..models import OpenAnswer
from ..permissions import OPEN_ANSWERS
from .reports import OfReport


@method_decorator(never_cache, name="dispatch")
class OpenAnswers(OfReport, Page):
    template_name = "monitor/reports/open_answers.html"
    permission = OPEN_ANSWERS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.load()
        return super().get_context_data(
            **kwargs,
            participation=one,
            round=one.round,
            wording=queries.wording(one.round.kind),
            written=queries.written_at(self.actor, one),
        )


class Hide(PostPage):
    """Puts one aside, or back."""

    permission = OPEN_ANSWERS
    done = _("Done.")

    def load(self) -> OpenAnswer:
        try:
            return queries.open_answer_by_id(self.actor, self.kwargs["pk"])
        except OpenAnswer.DoesNotExist:
            raise Http404 from None

    def act(self, form: Any) -> OpenAnswer:
        row = self.load()
        return actions.hide_answer(answer_id=row.pk, hidden=not row.is_hidden, by=self.actor)

    def back_url(self) -> str:
        return reverse("monitor:open-answers", args=[self.load().participation_id])
