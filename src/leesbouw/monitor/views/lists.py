"""Who gets a list at a school: the teachers of its groups and the consultant, or somebody else by name."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.errors import Sentence
from leesbouw.core.numbers import whole
from leesbouw.ui.forms import Form
from leesbouw.ui.pages import Page, PostPage

from ..actions import links as actions
from ..domain.doors import LinkRow
from ..enums import Respondent
from ..models import Participation, PersonalLink
from ..permissions import DISCUSS
from ..queries.doors import links_of
from ..queries.recipients import recipients
from ..queries.wording import wording
from .base import OfParticipation

GONE = _("The link does not work any more.")


class Lists(OfParticipation, Page):
    template_name = "monitor/lists/lists.html"
    http_method_names = ["get", "head", "options"]
    permission = DISCUSS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one = self.load()
        links = list(links_of(self.actor, one))
        asked = [code for code in one.round.questionnaires if code != Respondent.PUPIL]
        return super().get_context_data(
            participation=one,
            wording=wording(one.round.kind),
            links=links,
            done=sum(link.is_used for link in links),
            waiting=[line for line in recipients(self.actor, one) if not line.has_link],
            respondents=[(code, Respondent(code).label) for code in asked],
            groups=one.location.groups.filter(year=one.round.year),
            may_send=not one.closed_on and not one.declined_on,
            **kwargs,
        )


class _Sends(OfParticipation, PostPage):
    permission = DISCUSS

    def back_url(self) -> str:
        return reverse("monitor:lists", args=[self.kwargs["pk"]])

    def done_message(self, result: Any) -> Any:
        words = ngettext("%(number)s list is on its way.", "%(number)s lists are on their way.", result)
        return words % {"number": result}


class Send(_Sends):
    """To those who were ticked, of the people that Leesbouw knows at this school."""

    def act(self, form: Form) -> int:
        one: Participation = self.object
        chosen = set(self.request.POST.getlist("wie"))
        rows = [line.row for line in recipients(self.actor, one) if line.key in chosen]
        return actions.send_links(participation=one, rows=rows, by=self.actor)


class SendOne(_Sends):
    """To somebody by name and address; again to who has a list, when she lost her mail."""

    def act(self, form: Form) -> int:
        return actions.send_links(participation=self.object, rows=[self.row()], by=self.actor)

    def row(self) -> LinkRow:
        told = self.request.POST
        name, email = told.get("naam", "").strip(), told.get("adres", "").strip()
        try:
            validate_email(email)
        except ValidationError:
            raise Sentence(_("This is not a mail address.")) from None
        if not name or len(name) > 120:
            raise Sentence(_("Fill in the name of who gets the list."))
        return LinkRow(told.get("lijst", ""), name, email, whole(told.get("groep", "")))


class Withdraw(_Sends):
    """A link that nobody used yet."""

    def act(self, form: Form) -> None:
        link_id = whole(self.request.POST.get("link", "")) or 0
        try:
            actions.withdraw_link(participation=self.object, link_id=link_id, by=self.actor)
        except PersonalLink.DoesNotExist:
            raise Sentence(GONE) from None

    def done_message(self, result: Any) -> Any:
        return GONE
