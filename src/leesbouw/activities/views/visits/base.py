"""What pages about one visit share."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.http import Http404

from leesbouw.core.time import AMSTERDAM
from leesbouw.organisations.enums import UnitKind
from leesbouw.pupils.queries import first_names_in

from ... import queries
from ...models import Visit
from ...permissions import EDIT_VISITS


def may_edit(actor: Any) -> bool:
    return actor.may(EDIT_VISITS) and actor.unit_kind != UnitKind.LOCATION  # type: ignore[no-any-return]


class OfVisit:
    """A page about the visit in the address."""

    actor: Any
    kwargs: dict[str, Any]
    object: Visit

    def load(self) -> Visit:
        try:
            return queries.visit_by_id(self.actor, self.kwargs["pk"])
        except Visit.DoesNotExist:
            raise Http404 from None

    def back_url(self) -> str:
        return self.object.get_absolute_url()

    def find_names(self, text: str) -> list[str]:
        return first_names_in(self.actor, self.object.unit.as_location, text)


class OfOpenVisit(OfVisit):
    """The same for what can only be done while nobody wrote what came of it."""

    def load(self) -> Visit:
        visit = super().load()
        if visit.is_cancelled or visit.is_reported:  # type: ignore[attr-defined]
            raise Http404
        return visit


def times_of(visit: Visit) -> dict[str, Any]:
    """What a form of times begins with, as the clock is in the Netherlands."""
    starts, ends = visit.starts_at.astimezone(AMSTERDAM), visit.ends_at.astimezone(AMSTERDAM)
    return {"day": starts.date(), "begins": starts.time(), "ends": ends.time()}


def in_hours(minutes: int) -> Decimal:
    return (Decimal(minutes) / 60).quantize(Decimal("0.01"))
