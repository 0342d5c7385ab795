"""A visit that worked out counts for the learning goals of its activity, for the library and the school alike."""

from __future__ import annotations

import pytest

from leesbouw.activities.actions import ReportRow, plan_visit, write_report
from leesbouw.activities.enums import Done
from leesbouw.activities.queries import groups_visited
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import ActivityRow, add_activity
from leesbouw.plans.domain.learning import Reach
from leesbouw.plans.enums import Side
from leesbouw.plans.queries import learning_matrix

from .conftest import at, visit_row

YEAR = SchoolYear.running()


def reaches(cast, by) -> list[Reach]:  # type: ignore[no-untyped-def]
    rows = learning_matrix(by, cast.a1, YEAR)
    row = next(row for row in rows if row.goal.code == "talks-about-books")
    return [row.cells[group].reach for group in (5, 6)]


@pytest.mark.parametrize(
    ("done", "groups", "expected"),
    [
        (Done.YES, (5,), [Reach.DONE, Reach.PLANNED]),
        (Done.PARTLY, (), [Reach.DONE, Reach.DONE]),
        (Done.NO, (5,), [Reach.PLANNED, Reach.PLANNED]),
        (None, (5,), [Reach.PLANNED, Reach.PLANNED]),
    ],
)
def test_a_visit_that_worked_out_counts(cast, staff, done, groups, expected) -> None:  # type: ignore[no-untyped-def]
    row = ActivityRow("Boekenkring", Side.LIBRARY, form="book-circle", groups=(5, 6))
    activity = add_activity(unit=cast.a1, year=YEAR, row=row, by=cast.manager)
    visit = plan_visit(
        row=visit_row(cast, staff, activity_id=activity.pk, groups=groups, starts_at=at(0), ends_at=at(1)),
        by=cast.consultant,
    )
    if done:
        write_report(visit=visit, row=ReportRow(done, 60), by=cast.consultant)
    assert reaches(cast, cast.manager) == reaches(cast, cast.head) == expected
    assert groups_visited(cast.other_head, cast.a1, YEAR) == {}
