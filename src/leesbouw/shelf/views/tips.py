"""Tips: what the class says of books, and the teacher who reads own words first."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.permissions import OPEN_CLASS
from leesbouw.pupils.queries.classes import reading_line
from leesbouw.ui.forms import Form
from leesbouw.ui.pages import Page, PostPage

from .. import actions
from ..models import Tip
from ..queries.own import tips_for, tips_of_group
from .base import Own


class Tips(Own):
    """What classmates tell of books."""

    template_name = "shelf/tips.html"
    about = "tips"
    way = "tips"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, tips=tips_for(self.child))


class OfGroup:
    """A page for who may open the class of a group; for others there is none."""

    permission = OPEN_CLASS

    def group(self) -> ClassGroup:
        try:
            return reading_line(self.actor, self.kwargs["pk"]).group  # type: ignore[attr-defined]
        except (ClassGroup.DoesNotExist, OverflowError):
            raise Http404 from None


class GroupTips(OfGroup, Page):
    """The tips of a group: what waits on top."""

    template_name = "shelf/group_tips.html"
    http_method_names = ["get", "head", "options"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = self.group()
        return super().get_context_data(**kwargs, group=group, tips=tips_of_group(self.actor, group))


class Judge(OfGroup, PostPage):
    """Let the class see a tip, or not."""

    done = _("That is settled.")

    def act(self, form: Form) -> Any:
        self.group()
        sent = self.request.POST.get("tip", "")
        if not (sent.isascii() and sent.isdigit() and len(sent) < 16):
            raise Http404
        try:
            return actions.judge_tip(
                tip_id=int(sent), show=self.request.POST.get("laat") == "zien", by=self.actor
            )
        except Tip.DoesNotExist:
            raise Http404 from None

    def back_url(self) -> str:
        return reverse("shelf:group-tips", args=[self.kwargs["pk"]])
