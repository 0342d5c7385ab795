"""Pages of plans with 200 schools, 3,000 planned activities a year and five years behind them; keeping a text; on paper.

Budgets: pages p95 ≤ 150 ms, a kept text p95 ≤ 60 ms, Word and PDF ≤ 1 s each, where the calibration is at most 8 ms.
"""

from __future__ import annotations

import string
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from . import measure
from .bench_pages import queries_of, signed_in, start_with_pages

SCHOOLS, A_YEAR, YEARS, GOALS = 200, 3_000, 5, 3
ROUNDS = 40


def fill() -> Any:
    """The cast; 200 schools of library A, each with goals, activities, habits and a written plan in every year."""
    from leesbouw.core.access import SYSTEM  # late: after set-up
    from leesbouw.organisations.actions import LocationRow, put_locations
    from leesbouw.organisations.models import Partnership
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
        for n in range(SCHOOLS - 1)
    ]
    ids = list(put_locations(rows, by=SYSTEM).created.values())
    Partnership.objects.bulk_create(
        [
            Partnership(
                library=cast.library_a,
                location_id=pk,
                type="dbos",
                phase="execution",
                phase_since=date(2022, 8, 1),
                starts_on=date(2022, 8, 1),
                hours_per_year=Decimal(50),
            )
            for pk in ids
        ]
    )
    _fill_years(cast, [cast.a1.pk, *ids])
    return cast


def _fill_years(cast: Any, ids: list[int]) -> None:
    from leesbouw.core.time import SchoolYear  # late: after set-up
    from leesbouw.plans.models import Goal, Plan, PlanField, PlannedActivity, Structural

    running, each = SchoolYear.running(), A_YEAR // SCHOOLS
    for back in range(YEARS):
        year = SchoolYear(running.first - back)
        goals = Goal.objects.bulk_create(
            Goal(
                unit_id=pk,
                first_year=year,
                last_year=year,
                what=f"Doel {n}",
                owner="together",
                kind="change",
                evidence="Te zien in het rooster",
            )
            for pk in ids
            for n in range(GOALS)
        )
        by_unit = {goal.unit_id: goal.pk for goal in goals}
        PlannedActivity.objects.bulk_create(
            PlannedActivity(
                unit_id=pk,
                library=cast.library_a,
                year=year,
                goal_id=by_unit[pk],
                what=f"Activiteit {n}",
                aim="Kinderen tippen elkaar",
                steps="Voordoen in de klas",
                side=("library", "partner", "together")[n % 3],
                from_on=year.starts_on + timedelta(days=40 + 15 * n),
                times=2,
                hours=Decimal("2.5"),
            )
            for pk in ids
            for n in range(each)
        )
        plans = Plan.objects.bulk_create(
            Plan(unit_id=pk, kind="year", first_year=year, last_year=year, template_version=1) for pk in ids
        )
        PlanField.objects.bulk_create(
            PlanField(plan=plan, code=code, text="Wij lezen elke dag. " * 30)
            for plan in plans
            for code in ("begin", "collection", "training", "parents", "digital", "meetings")
        )
        Structural.objects.bulk_create(
            Structural(unit_id=pk, year=year, group=group, habit=habit, agreed=75)
            for pk in ids
            for group in range(1, 9)
            for habit in ("free", "aloud", "talk")
        )


def main() -> None:
    start_with_pages()
    cast = fill()
    from leesbouw.core.time import SchoolYear  # late: after set-up

    client, year = signed_in(cast.consultant), SchoolYear.running()
    about = f"{SCHOOLS} schools, {A_YEAR} activities a year, {YEARS} years"
    plan = f"/school/99AA00/plan/jaarplan/{year}/"
    for path in ("/school/99AA00/", "/school/99AA00/doelen/", plan, "/plannen/", "/bouwstenen/"):
        queries = queries_of(client, path)
        median, p95 = measure.spread(lambda path=path: client.get(path), times=ROUNDS)
        measure.say(f"{path} as consultant", p95, "ms p95", about, p50=round(median, 1), queries=queries)
    _keep_a_text(client, plan, about)
    for ext in ("pdf", "docx"):
        median, p95 = measure.spread(lambda ext=ext: client.get(f"{plan}plan.{ext}"), times=5)
        measure.say(f"year plan as {ext}", p95, "ms p95", about, p50=round(median, 1))


def _keep_a_text(client: Any, plan: str, about: str) -> None:
    """What the page sends while somebody writes; each time another text."""
    versions = iter(range(1, 10_000))

    def keep() -> None:
        version = next(versions)
        answer = client.post(
            f"{plan}onderdeel/begin/",
            {"text": f"Zin {version}. " * 40, "version": version},
            headers={"X-Requested-With": "autosave"},
        )
        assert answer.status_code == 200, answer.content

    median, p95 = measure.spread(keep, times=ROUNDS)
    measure.say("a text kept while writing", p95, "ms p95", about, p50=round(median, 1))


if __name__ == "__main__":
    main()
