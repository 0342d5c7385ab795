"""Whether pupils may be kept at a location: its processing agreement, and what its school chose."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import has_agreement, last_agreed_days, location_by_code
from leesbouw.privacy.queries.terms import term_in_force

from ..models import NEAR, Pupil, PupilSettings, RefusedKey
from ..permissions import VIEW

AGREEMENT_TERM = "pupil-agreement"  # how long pupils stay when nothing allows to keep them any more


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


def days_of_wiping(actor: Actor) -> dict[int, date]:
    """By id of schools within reach that have pupils and no agreement: from which day its pupils are wiped."""
    over = last_agreed_days(today())
    if not over:
        return {}
    rows = Pupil.objects.visible_to(actor).filter(location__in=list(over))
    term = timedelta(days=term_in_force(AGREEMENT_TERM).days + 1)
    return {pk: over[pk] + term for pk in rows.order_by().values_list("location", flat=True).distinct()}


def kept_days() -> int:
    """How many days a child is kept after leaving; one query."""
    return term_in_force("pupil").days


def refused_count(location: Location) -> int:
    """How many keys may not come back, because a child was erased on request."""
    return refused_at(location).count()


def keeps_birth_years(location_id: int) -> bool:
    """Whether this school wants age bands, and so the year of birth."""
    return PupilSettings.objects.filter(location=location_id, birth_years=True).exists()


def key_digest(location_id: int, value: str) -> str:
    """The digest by which a key that was erased on request is known again; made with this installation's secret."""
    text = f"{location_id}:{value}".encode()
    return hmac.new(settings.SECRET_KEY.encode(), text, hashlib.sha256).hexdigest()


def refused_at(location: Location) -> QuerySet[RefusedKey]:
    """Keys that may not come back at this school, or at one that went up in it."""
    return RefusedKey.objects.filter(Q(location=location) | Q(location__merged_into=location))


def refusal(location: Location) -> Callable[[str, str], bool]:
    """Says of a key and an ECK iD whether a child with it may not come back. One query.

    Of a school that went up in this one the ECK iD counts alone: its keys may be those of other children here.
    """
    rows = list(refused_at(location).values_list("location_id", "digest"))
    digests, places = {digest for _, digest in rows}, {location_id for location_id, _ in rows}

    def is_refused(key: str, eck_id: str) -> bool:
        pairs = [(location.pk, key), *((place, eck_id) for place in places)]
        return any(value and key_digest(place, value) in digests for place, value in pairs)

    return is_refused if digests else lambda key, eck_id: False
