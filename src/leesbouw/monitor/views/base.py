"""What every page of a round asks first. Who may not see a round or a school in it finds no page."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from leesbouw.core.access import Actor

from .. import queries
from ..models import Participation, Round


class OfRound:
    """A page about the round in the address."""

    actor: Actor
    kwargs: dict[str, Any]

    def load(self) -> Round:
        return self.round

    @property
    def round(self) -> Round:
        try:
            return queries.round_by_id(self.actor, self.kwargs["pk"])
        except Round.DoesNotExist:
            raise Http404 from None

    def back_url(self) -> str:
        return reverse("monitor:round", args=[self.kwargs["pk"]])


class OfParticipation:
    """A page about one school in a round."""

    actor: Actor
    kwargs: dict[str, Any]

    def load(self) -> Participation:
        try:
            return queries.participation_by_id(self.actor, self.kwargs["pk"])
        except Participation.DoesNotExist:
            raise Http404 from None

    def back_url(self) -> str:
        return reverse("monitor:participation", args=[self.kwargs["pk"]])
