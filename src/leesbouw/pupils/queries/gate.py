"""Whether pupils may be kept at a location: its processing agreement, and what its school chose."""

from __future__ import annotations

import hashlib
import hmac

from django.conf import settings

from leesbouw.organisations.models import Location

from ..models import PupilSettings, RefusedKey


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
