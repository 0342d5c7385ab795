"""The consultant of the cast as a member of staff at work at A1, a colleague of hers, and a visit."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from leesbouw.activities.actions import VisitRow, plan_visit
from leesbouw.activities.models import Visit
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import AMSTERDAM, today
from leesbouw.people.models import ConsultantAssignment, StaffMember


def at(hour: int, *, days: int = 0) -> datetime:
    """A whole hour of a day counted from today, as the clock is in the Netherlands."""
    day = today() + timedelta(days=days)
    return datetime(day.year, day.month, day.day, hour, tzinfo=AMSTERDAM)


@pytest.fixture
def staff(cast) -> SimpleNamespace:  # type: ignore[no-untyped-def]
    """`ria` is the consultant of the cast, `daan` a colleague, `far` somebody of library B."""
    common = {"functions": ["reading-consultant"], "starts_on": today() - timedelta(days=400)}
    made = SimpleNamespace(
        ria=StaffMember(library=cast.library_a, user_id=cast.consultant.user_id, name="Ria", **common),
        daan=StaffMember(library=cast.library_a, user_id=cast.manager.user_id, name="Daan", **common),
        far=StaffMember(library=cast.library_b, user_id=cast.other_library.user_id, name="Verre", **common),
    )
    for one in vars(made).values():
        one.save()
    ConsultantAssignment(
        partnership=cast.with_a1, staff=made.ria, role="reading-consultant", hours_per_year=Decimal(50)
    ).save()
    return made


def visit_row(cast: Any, staff: Any, **changes: Any) -> VisitRow:
    values = {
        "unit_id": cast.a1.pk,
        "library_id": cast.library_a.pk,
        "staff_id": staff.ria.pk,
        "starts_at": at(9, days=-1),
        "ends_at": at(10, days=-1),
        "what": "Boekenkring",
    }
    return VisitRow(**(values | changes))


@pytest.fixture
def visit(cast, staff) -> Visit:  # type: ignore[no-untyped-def]
    """Yesterday from nine to ten at A1."""
    return plan_visit(visit_row(cast, staff), by=SYSTEM)
