"""Colleagues who take over one visit at once. Run by `make machine`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.activities.actions import VisitRow, plan_visit, take_over_visit
from leesbouw.activities.models import VisitTakeover
from leesbouw.activities.queries import visit_by_id
from leesbouw.core.access import SYSTEM
from leesbouw.core.db import retrying
from leesbouw.core.errors import Stale
from leesbouw.core.time import now
from leesbouw.people.models import StaffMember
from tests.core.test_threads import at_once
from tests.factories.cast import make_cast

pytestmark = [pytest.mark.threads, pytest.mark.usefixtures("committed_db")]


def test_of_ten_who_take_over_one_visit_one_goes_and_the_others_are_told() -> None:
    cast = make_cast()
    people = [StaffMember(library=cast.library_a, name=f"Collega {number}") for number in range(10)]
    for one in people:
        one.save()
    begins = now() + timedelta(days=1)
    row = VisitRow(
        cast.a1.pk, begins, begins + timedelta(hours=1), "Boekenkring", library_id=cast.library_a.pk
    )
    visit = plan_visit(row, by=SYSTEM)

    def take(number: int) -> None:
        retrying(lambda: take_over_visit(visit=visit, staff=people[number], version=1, by=SYSTEM))

    wrong = at_once(10, take)

    assert [type(error) for error in wrong] == [Stale] * 9
    assert VisitTakeover.objects.get().to_staff_id == visit_by_id(SYSTEM, visit.pk).staff_id
