"""The day, the week and the hours of a consultant with 200 schools, 3,000 planned activities a year and five years of visits.

Budget: p95 ≤ 150 ms where the calibration is at most 8 ms (architecture, budgets).
"""

from __future__ import annotations

import string
from datetime import timedelta
from decimal import Decimal
from typing import Any

from . import measure
from .bench_pages import queries_of, signed_in, start_with_pages

SCHOOLS, CONSULTANTS, ACTIVITIES, YEARS = 200, 10, 3_000, 5
ROUNDS = 40


def fill() -> Any:
    """Library A with 200 schools, ten consultants with twenty each, and a report of every visit that is over."""
    from leesbouw.core.time import SchoolYear  # late: after set-up
    from tests.factories.cast import make_cast

    cast = make_cast()
    ids = schools()
    staff = consultants(cast, ids)
    for back in range(YEARS):
        visits(cast, ids, staff, SchoolYear(SchoolYear.running().first - back), back)
    return cast


def schools() -> list[int]:
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.organisations.actions import LocationRow, put_locations

    letters = string.ascii_uppercase
    rows = [
        LocationRow(f"{10 + n // 26}{letters[n % 26]}A00", "po", f"School {n}", "9901", "99001", "Elzen")
        for n in range(SCHOOLS)
    ]
    return list(put_locations(rows, by=SYSTEM).created.values())


def consultants(cast: Any, ids: list[int]) -> list[Any]:
    """Ten, of whom the first is the consultant of the cast; each works at every tenth school."""
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.organisations.actions import start_partnership
    from leesbouw.organisations.models import Location
    from leesbouw.people.models import ConsultantAssignment, StaffMember
    from tests.factories.cast import START

    staff = [
        StaffMember(library=cast.library_a, name=f"Collega {n}", starts_on=START) for n in range(CONSULTANTS)
    ]
    staff[0].user_id = cast.consultant.user_id
    for one in staff:
        one.save()
    common = {"library": cast.library_a, "by": SYSTEM, "starts_on": START, "domains": ["reading"]}
    for number, place in enumerate(Location.objects.filter(pk__in=ids).order_by("pk")):
        ConsultantAssignment(
            partnership=start_partnership(location=place, **common),
            staff=staff[number % CONSULTANTS],
            role="reading-consultant",
            hours_per_year=Decimal(60),
            starts_on=START,
        ).save()
    return staff


def visits(cast: Any, ids: list[int], staff: list[Any], year: Any, back: int) -> None:
    """The activities of one year with a visit for each, some of them today."""
    from leesbouw.activities.models import Visit, VisitReport  # late: after set-up
    from leesbouw.core.time import now
    from leesbouw.plans.models import PlannedActivity

    about = {"library": cast.library_a, "year": year, "side": "library", "times": 1, "hours": Decimal(2)}
    planned = PlannedActivity.objects.bulk_create(
        PlannedActivity(
            unit_id=ids[n % SCHOOLS], staff=staff[n % SCHOOLS % CONSULTANTS], what=f"Activiteit {n}", **about
        )
        for n in range(ACTIVITIES)
    )
    end = now().replace(minute=0) + timedelta(hours=3, days=-364 * back)
    rows = Visit.objects.bulk_create(
        Visit(
            library=cast.library_a,
            unit_id=one.unit_id,
            staff_id=one.staff_id,
            activity=one,
            starts_at=end - timedelta(hours=n * 2 + 1),
            ends_at=end - timedelta(hours=n * 2),
            what=one.what,
        )
        for n, one in enumerate(planned)
    )
    VisitReport.objects.bulk_create(
        VisitReport(visit=row, library=cast.library_a, done="yes", minutes=60)
        for row in rows
        if row.ends_at < now()
    )


def main() -> None:
    start_with_pages()
    client = signed_in(fill().consultant)
    for path in ("/vandaag/", "/bezoeken/", "/bezoeken/?wie=allen", "/uren/"):
        queries = queries_of(client, path)
        median, p95 = measure.spread(lambda path=path: client.get(path), times=ROUNDS)
        measure.say(
            f"{path} as consultant",
            p95,
            "ms p95",
            f"{SCHOOLS} schools, {ACTIVITIES} activities a year, {YEARS} years",
            p50=round(median, 1),
            queries=queries,
        )


if __name__ == "__main__":
    main()
