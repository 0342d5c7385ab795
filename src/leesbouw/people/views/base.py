"""What every page of people asks first."""

from __future__ import annotations

from typing import Any

from django.http import Http404

from leesbouw.core.access import Actor
from leesbouw.organisations.models import Unit

from .. import queries
from ..models import Contact, StaffMember

UNIT_PARAM = "eenheid"


def unit_or_404(actor: Actor, wish: Any) -> Unit:
    """The organisation that an address names. Raises Http404 out of reach."""
    try:
        return queries.unit_by_wish(actor, wish)
    except Unit.DoesNotExist:
        raise Http404 from None


class OfContact:
    """A page about the contact in the address."""

    actor: Actor
    kwargs: dict[str, Any]

    def load(self) -> Contact:
        try:
            return queries.contact_by_id(self.actor, self.kwargs["pk"])
        except Contact.DoesNotExist:
            raise Http404 from None


class OfStaff:
    """A page about the colleague in the address."""

    actor: Actor
    kwargs: dict[str, Any]

    def load(self) -> StaffMember:
        try:
            return queries.staff_by_id(self.actor, self.kwargs["pk"])
        except StaffMember.DoesNotExist:
            raise Http404 from None
