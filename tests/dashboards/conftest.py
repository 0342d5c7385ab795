"""A consultant who works somewhere."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leesbouw.people.models import ConsultantAssignment, StaffMember


@pytest.fixture
def ria(cast):
    """The consultant of the cast as a member of staff, at work at A1."""
    staff = StaffMember(
        library=cast.library_a,
        user_id=cast.consultant.user_id,
        name="Ria Postma",
        functions=["reading-consultant"],
    )
    staff.save()
    assignment = ConsultantAssignment(
        partnership=cast.with_a1, staff=staff, role="reading-consultant", hours_per_year=Decimal(50)
    )
    assignment.save()
    return staff
