"""What was agreed and reached: 200 schools, five years of goals with figures, 3,000 activities and visits a year.

Budget: p95 ≤ 150 ms where the calibration is at most 8 ms. No goal of the running year was looked back on, so every one
of them is held against the newest figure: the slowest there is.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from . import measure
from .bench_pages import queries_of, signed_in, start_with_pages
from .bench_plans import A_YEAR, SCHOOLS, YEARS, fill

ROUNDS = 30
MEASURES = ("reading-pleasure", "introduces-books", "talks-about-books-in-class", "borrows-at-school")


def _fill_more(cast: Any) -> list[int]:
    """Two of three goals have a figure; bouwstenen of two years; visits with their reports."""
    from leesbouw.core.time import SchoolYear  # late: after set-up
    from leesbouw.plans.models import BlockYear, Goal

    running = SchoolYear.running()
    goals = list(Goal.objects.order_by("pk"))
    ids = sorted({goal.unit_id for goal in goals})
    for number, goal in enumerate(goals):
        if number % 3:
            goal.kind, goal.measure, goal.measure_version = "measured", MEASURES[number % 4], 1
            goal.baseline, goal.baseline_year, goal.baseline_base = 0.6, goal.first_year.previous, 80
            goal.target = 0.7
    Goal.objects.bulk_update(
        goals,
        ["kind", "measure", "measure_version", "baseline", "baseline_year", "baseline_base", "target"],
        batch_size=400,
    )
    blocks = ("network", "expertise", "collection", "digital", "plan", "activities", "monitor")
    BlockYear.objects.bulk_create(
        BlockYear(unit_id=pk, block=block, year=year, status=at % 3 + (year == running) % 2)
        for pk in ids
        for at, block in enumerate(blocks)
        for year in (running, running.previous)
    )
    _measure_schools(ids, running)
    _visit_schools(cast, ids, running)
    return ids


def _measure_schools(ids: list[int], running: Any) -> None:
    from leesbouw.core.time import SchoolYear  # late: after set-up
    from leesbouw.indicators.models import Published

    Published.objects.bulk_create(
        [
            Published(
                unit_id=pk,
                year=SchoolYear(running.first - back),
                code=code,
                measure_version=1,
                numerator=50 + (pk + back) % 30,
                denominator=100,
                persons=100,
            )
            for pk in ids
            for code in MEASURES
            for back in range(YEARS)
        ],
        batch_size=500,
    )


def _visit_schools(cast: Any, ids: list[int], running: Any) -> None:
    from datetime import datetime, time

    from leesbouw.activities.models import Visit, VisitReport
    from leesbouw.core.time import AMSTERDAM, SchoolYear, now  # late: after set-up

    rows = []
    for back in range(YEARS):
        first = SchoolYear(running.first - back).starts_on + timedelta(days=30)
        for number in range(A_YEAR):
            begins = datetime.combine(first + timedelta(days=number % 270), time(9), AMSTERDAM)
            rows.append(
                Visit(
                    library=cast.library_a,
                    unit_id=ids[number % len(ids)],
                    starts_at=begins,
                    ends_at=begins + timedelta(hours=1),
                    what="Boekenkring",
                    audience=("children", "teachers", "parents")[number % 3],
                    part=("none", "present", "together", "alone")[number % 4],
                )
            )
    visits = Visit.objects.bulk_create(rows, batch_size=500)
    VisitReport.objects.bulk_create(
        [
            VisitReport(visit=visit, library=cast.library_a, done="yes", minutes=75)
            for visit in visits
            if visit.ends_at < now()
        ],
        batch_size=500,
    )


def main() -> None:
    start_with_pages()
    cast = fill()
    ids = _fill_more(cast)
    from leesbouw.activities.actions import count_year  # late: after set-up
    from leesbouw.activities.queries import library_paper
    from leesbouw.core.access import SYSTEM
    from leesbouw.core.time import SchoolYear
    from leesbouw.organisations.actions import YearRow, write_location_years

    year = SchoolYear.running()
    about = f"{SCHOOLS} schools, {A_YEAR} activities and visits a year, {YEARS} years"
    write_location_years([YearRow(pk, pupils=250) for pk in ids], year=year, by=SYSTEM)
    spent = measure.seconds(lambda: count_year(year=year, by=SYSTEM))
    measure.say("a year counted and told to the figures, in a job", spent, "s", about)
    spent = measure.seconds(lambda: count_year(year=year, by=SYSTEM))
    measure.say("the same when nothing changed", spent, "s", about)
    manager, municipality = signed_in(cast.manager), signed_in(cast.municipality)
    for who, client, path in (
        ("education manager", manager, "/terugblik/"),
        ("education manager", manager, f"/terugblik/?jaar={year.previous}"),
        ("municipality", municipality, "/gemeente/9901/terugblik/"),
        ("education manager", manager, "/school/99AA00/uren/"),
        ("education manager", manager, "/plannen/"),
        ("education manager", manager, "/plannen/rooster/"),
    ):
        queries = queries_of(client, path)
        median, p95 = measure.spread(lambda path=path, client=client: client.get(path), times=ROUNDS)
        measure.say(f"{path} as {who}", p95, "ms p95", about, p50=round(median, 1), queries=queries)
    for ending in ("pdf", "docx"):
        path = f"/gemeente/9901/terugblik/terugblik.{ending}"
        median, p95 = measure.spread(lambda path=path: municipality.get(path), times=10)
        measure.say(path, p95, "ms p95", about, p50=round(median, 1))
        spent = measure.seconds(
            lambda ending=ending: library_paper(cast.manager, year, ending, progress=lambda _done, _of: None)
        )
        measure.say(f"the paper of a library as {ending}, in a job", spent, "s", about)


if __name__ == "__main__":
    main()
