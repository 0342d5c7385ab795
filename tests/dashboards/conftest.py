"""A consultant who works somewhere, and counting queries of a warm process."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

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


@pytest.fixture
def queries_of():
    """`queries_of(client, path)`: how many queries a page costs once content is in memory."""

    def count(client, path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as caught:
            answer = client.get(path)
        assert answer.status_code == 200, path
        return len(caught)

    return count
