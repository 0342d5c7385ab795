"""What a school chooses about its pupils' data."""

from __future__ import annotations

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.organisations.models import Location

from ..models import Pupil, PupilSettings
from ..permissions import EDIT
from .storing import require_reach


def choose_birth_years(*, location: Location, keep: bool, by: Actor) -> PupilSettings:
    """Whether the year of birth is kept, for age bands. Choosing no wipes the years that are there."""
    require(by, EDIT)
    require_reach(location, by, EDIT)
    with write_transaction():
        row, _made = PupilSettings.objects.update_or_create(location=location, defaults={"birth_years": keep})
        if not keep:
            Pupil.objects.visible_to(by).filter(location=location).update(birth_year=None)
        record(
            by=by,
            verb="pupils.choose_birth_years",
            subject=location,
            unit_id=location.pk,
            data={"keep": keep},
        )
        return row
