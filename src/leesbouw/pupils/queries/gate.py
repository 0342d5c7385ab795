"""Whether pupils may be kept at a location: its processing agreement, and what its school chose."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import has_agreement, location_by_code
from leesbouw.privacy.queries.terms import term_in_force

from ..models import NEAR, PupilSettings, RefusedKey
from ..permissions import VIEW


def sees_pupils(actor: Actor) -> bool:
    """Whether this actor may see any pupil at all: only near a school, and with a role for it."""
    return actor.unit_kind in NEAR and actor.may(VIEW)


def school_of_pupils(actor: Actor, code: str) -> Location:
    """The school whose pupils this actor may see. Raises Location.DoesNotExist; of child care no children are kept."""
    if not sees_pupils(actor):
        raise Location.DoesNotExist
    location = location_by_code(actor, code)
    if location.pk not in actor.locations or not location.is_school:
        raise Location.DoesNotExist
    return location


def may_be_kept(location: Location) -> bool:
    """Whether pupils may come in today: there is a processing agreement with this school."""
    return has_agreement(location, today())


def kept_days() -> int:
    """How many days a child is kept after leaving; one query."""
    return term_in_force("pupil").days


def refused_count(location: Location) -> int:
    """How many keys may not come back, because a child was erased on request."""
    return RefusedKey.objects.filter(location=location).count()


def keeps_birth_years(location_id: int) -> bool:
    """Whether this school wants age bands, and so the year of birth."""
    return PupilSettings.objects.filter(location=location_id, birth_years=True).exists()


def key_digest(location_id: int, value: str) -> str:
    """The digest by which a key that was erased on request is known again; made with this installation's secret."""
    text = f"{location_id}:{value}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def refused_digests(location: Location) -> set[str]:
    """Digests of keys at this location that may not come back."""
    return set(RefusedKey.objects.filter(location=location).values_list("digest", flat=True))
