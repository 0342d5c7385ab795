"""What every page of a round asks first. Who may not see a round or a school in it finds no page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import get_language, override

from leesbouw.core.access import Actor

from .. import queries
from ..models import Participation, Round


class InItsWords:
    """Goes before a page of which a method calls `queries.speak`: to its last word it is in the words of its round."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        with override(get_language()):
            response: HttpResponse = super().dispatch(request, *args, **kwargs)  # type: ignore[misc]
            return response.render() if isinstance(response, TemplateResponse) else response


class OfRound(InItsWords):
    """A page about the round in the address."""

    actor: Actor
    kwargs: dict[str, Any]

    def load(self) -> Round:
        return self.round

    @property
    def round(self) -> Round:
        try:
            found = queries.round_by_id(self.actor, self.kwargs["pk"])
        except Round.DoesNotExist:
            raise Http404 from None
        queries.speak(found.kind)
        return found

    def back_url(self) -> str:
        return reverse("monitor:round", args=[self.kwargs["pk"]])


class OfParticipation(InItsWords):
    """A page about one school in a round."""

    actor: Actor
    kwargs: dict[str, Any]

    def load(self) -> Participation:
        try:
            found = queries.participation_by_id(self.actor, self.kwargs["pk"])
        except Participation.DoesNotExist:
            raise Http404 from None
        queries.speak(found.round.kind)
        return found

    def back_url(self) -> str:
        return reverse("monitor:participation", args=[self.kwargs["pk"]])
