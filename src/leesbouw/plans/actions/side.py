"""Writing down what a school or child care itself puts in."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.time import SchoolYear, now
from leesbouw.organisations.models import Location, Unit

from ..models import OwnSide
from ..permissions import EDIT_PLANS
from ..queries import may_write_plans


@dataclass(frozen=True, slots=True)
class SideRow:
    """Numbers of a year; None where nobody knows."""

    coordinators: int | None = None
    coordinator_hours: Decimal | None = None
    trained: int | None = None
    has_media_coach: bool | None = None
    team: int | None = None
    parents: int | None = None
    reached: int | None = None


def set_own_side(
    *, unit: Location, year: SchoolYear, row: SideRow, by: Actor, version: int | None = None
) -> OwnSide:
    """Writes the numbers of a year. Raises Stale, NotAllowed, or Sentence when a part is more than its whole."""
    require(by, EDIT_PLANS)
    if by.kind != "system" and not may_write_plans(by, unit, year):
        raise NotAllowed(EDIT_PLANS)
    if row.parents is not None and row.team is not None and row.parents > row.team:
        raise Sentence(_("There are more parents than people in the reading team."))
    if row.trained is not None and row.coordinators is not None and row.trained > row.coordinators:
        raise Sentence(_("More coordinators followed Open Boek than there are."))
    with write_transaction():
        hold_row(Unit, unit.pk)
        side = OwnSide.objects.filter(unit=unit.pk, year=year).first() or OwnSide(unit_id=unit.pk, year=year)
        check_version(side, version)
        for name, value in asdict(row).items():
            setattr(side, name, value)
        side.version += 1
        side.changed_at = now()
        side.save()
        record(by=by, verb="plans.set_own_side", subject=side, unit_id=unit.pk, data={"year": str(year)})
        return side
