"""A year proposed for ten consultants with sixty schools each. Budget: ≤ 10 s where the calibration is at most 8 ms."""

from __future__ import annotations

import string
from datetime import date, time, timedelta
from decimal import Decimal
from typing import Any

from . import measure
from .bench_pages import start_with_pages

CONSULTANTS, SCHOOLS, ACTIVITIES = 10, 60, 5


def fill() -> list[Any]:
    """Ten colleagues of library A; each is at sixty schools, of which every plan asks five activities of two visits."""
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.core.time import SchoolYear, today
    from leesbouw.organisations.actions import LocationRow, put_locations
    from leesbouw.organisations.models import Partnership
    from leesbouw.plans.models import PlannedActivity
    from tests.factories.cast import make_cast

    cast, letters = make_cast(), string.ascii_uppercase
    rows = [
        LocationRow(
            code=f"{20 + n // 100}{letters[n % 26]}{letters[n // 26 % 26]}{n % 100:02d}",
            sector="po",
            name=f"School {n}",
            municipality="9901",
            board="99001",
            town="Elzen",
        )
        for n in range(CONSULTANTS * SCHOOLS)
    ]
    ids = list(put_locations(rows, by=SYSTEM).created.values())
    common = {"type": "dbos", "phase": "execution", "phase_since": date(2022, 8, 1)}
    partnerships = [
        Partnership(library=cast.library_a, location_id=pk, starts_on=date(2022, 8, 1), **common)
        for pk in ids
    ]
    Partnership.objects.bulk_create(partnerships)
    people = _people(cast.library_a, partnerships)
    PlannedActivity.objects.bulk_create(
        PlannedActivity(
            unit_id=pk,
            library=cast.library_a,
            year=SchoolYear.running(),
            what=f"Activiteit {number}",
            side="library",
            from_on=today() + timedelta(days=20 * number),
            until_on=today() + timedelta(days=20 * number + 60),
            times=2,
            hours=Decimal(3),
        )
        for pk in ids
        for number in range(ACTIVITIES)
    )
    return people


def _people(library: Any, partnerships: list[Any]) -> list[Any]:
    """Colleagues who said how they work, each with sixty of the schools."""
    from leesbouw.activities.actions import RhythmRow, keep_rhythm  # late: after set-up
    from leesbouw.core.access import SYSTEM
    from leesbouw.people.models import ConsultantAssignment, StaffMember

    people = []
    for number in range(CONSULTANTS):
        person = StaffMember(library=library, name=f"Collega {number}", functions=["reading-consultant"])
        person.save()
        people.append(person)
        rhythm = RhythmRow((1, 2, 3, 4, 5), time(8, 30), time(16), 4, 15, "middle")
        keep_rhythm(staff=person, rhythm=rhythm, by=SYSTEM)
    ConsultantAssignment.objects.bulk_create(
        ConsultantAssignment(
            partnership=one,
            staff=people[at // SCHOOLS],
            role="reading-consultant",
            hours_per_year=Decimal(50),
        )
        for at, one in enumerate(partnerships)
    )
    return people


def main() -> None:
    start_with_pages()
    people = fill()
    from leesbouw.activities.actions import make_proposal  # late: after set-up
    from leesbouw.core.access import SYSTEM

    made: list[Any] = []

    def all_of_them() -> None:
        for person in people:
            made.extend(make_proposal(staff=person, by=SYSTEM))

    took = measure.seconds(all_of_them)
    placed = sum(row.starts_at is not None for row in made)
    about = f"{CONSULTANTS} consultants × {SCHOOLS} schools, {len(made)} visits asked"
    measure.say("a year proposed", took, "s", about, placed=placed)


if __name__ == "__main__":
    main()
