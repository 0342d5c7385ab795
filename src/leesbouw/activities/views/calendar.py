"""Visits in somebody's own calendar program."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views import View

from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.people.queries import unit_by_wish
from leesbouw.ui.pages import Page

from .. import actions, queries
from ..permissions import SHARE_CALENDAR

UNIT_PARAM, STOP = "eenheid", "stop"


class FeedPage(Page):
    """Makes the address that a calendar program reads, shows it once, and takes it back."""

    template_name = "activities/feed.html"
    permission = SHARE_CALENDAR
    http_method_names = ["get", "head", "post", "options"]

    def about(self) -> dict[str, Any]:
        """Whose visits: those at a location, or the actor's own. Raises Http404."""
        wish = self.request.GET.get(UNIT_PARAM) or (
            self.actor.unit_id if self.actor.unit_kind == UnitKind.LOCATION else ""
        )
        if not wish:
            staff = queries.me_as_staff(self.actor)
            if staff is None:
                raise Http404
            return {"staff": staff}
        try:
            unit = unit_by_wish(self.actor, wish)
        except Unit.DoesNotExist:
            raise Http404 from None
        if unit.pk not in self.actor.locations:
            raise Http404
        return {"unit": unit}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """No redirect: the secret is shown in this answer and nowhere else."""
        about, address = self.about(), ""
        if STOP in request.POST:
            actions.revoke_feed(by=self.actor, **about)
        else:
            token = actions.make_feed(by=self.actor, **about)
            address = f"{settings.LEESBOUW_URL}{reverse('activities:feed', args=[token])}"
        answer = self.render_to_response(self.get_context_data(address=address))
        add_never_cache_headers(answer)
        return answer

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        about = self.about()
        return super().get_context_data(
            unit=about.get("unit"), exists=queries.has_feed(self.actor, **about), **kwargs
        )


class Feed(View):
    """What a calendar program asks for; whoever has the address may read it."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        feed = queries.feed_by_token(token)
        if feed is None:
            raise Http404
        answer = HttpResponse(queries.calendar_of(feed), content_type="text/calendar; charset=utf-8")
        answer["Cache-Control"] = "private, max-age=300"
        answer["Referrer-Policy"] = "no-referrer"
        return answer
