"""The figures of the demo, counted anew from the raw answers by `recounting`, are those of the reports."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from itertools import combinations

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.enums import Reason
from leesbouw.indicators.queries import Hidden, Shown
from leesbouw.monitor import queries
from leesbouw.monitor.enums import MonitorKind, Respondent
from leesbouw.monitor.models import Participation, Submission
from leesbouw.monitor.queries.recipients import recipients
from leesbouw.monitor.queries.reports.level import level_lines, levels_for
from leesbouw.monitor.queries.reports.reading import lines_of
from leesbouw.monitor.queries.reports.topics import TOPICS
from leesbouw.organisations.enums import UnitKind

from .recounting import HEADS, Figures, Row, read, recount

MOST_LEFT_OUT = (
    2  # schools that a figure of a library may miss; which those are is not told, so all are tried
)


def raw_answers(rows: list[Participation]) -> list[Row]:
    """Every answer of these schools, written as a CSV and read again."""
    lines = list(_lines({one.pk: one for one in rows}))
    heads = [*HEADS, *sorted({name for line in lines for name in line} - set(HEADS))]
    file = io.StringIO()
    writer = csv.DictWriter(file, heads, delimiter=";")
    writer.writeheader()
    writer.writerows(lines)
    return read(file.getvalue())


def _lines(schools: dict[int, Participation]) -> Iterator[dict[str, object]]:
    bodies = {one.key: one.body for one in queries.all_lists()}
    for one in Submission.objects.trusted("test").filter(participation__in=schools):
        sector = schools[one.participation_id].location.sector
        answers = {
            code: "|".join(map(str, value)) if isinstance(value, list) else value
            for code, value in one.answers.items()
        }
        about = (
            one.participation_id,
            one.questionnaire,
            bodies[one.questionnaire].variant_for(sector),
            one.group_id,
            one.year_group,
            one.weight,
        )
        yield {**dict(zip(HEADS, about, strict=True)), **answers}


def closed(kind: str, year: SchoolYear) -> list[Participation]:
    rows = Participation.objects.visible_to(SYSTEM).select_related("round", "location")
    return list(rows.filter(round__kind=kind, round__year=year, closed_on__isnull=False))


def figures_of(rows: list[Row]) -> Figures:
    return {
        code: figure for key in {row["list"] for row in rows} for code, figure in recount(rows, key).items()
    }


def is_same(shown: Shown, figure: tuple[float, float, int]) -> bool:
    value, base, people = figure
    return (shown.value, shown.base, shown.persons) == (
        pytest.approx(value, abs=1e-9),
        pytest.approx(base, abs=1e-6),
        people,
    )


def check_school(row: Participation, answers: list[Row]) -> int:
    """How many figures of a school were compared."""
    mine = [one for one in answers if one["school"] == str(row.pk)]
    figures = figures_of(mine)
    by_year: dict[str, list[Row]] = defaultdict(list)
    for one in mine:
        by_year[one["year_group"]].append(one)
    parts = {f"year_group:{number}": figures_of(rows) for number, rows in by_year.items() if number}
    lines = lines_of(SYSTEM, row, list(TOPICS))
    for line in lines:
        if isinstance(line.own, Shown):
            assert is_same(line.own, figures[line.code]), (row.location.name, line.code)
        elif isinstance(line.own, Hidden):
            assert line.own.reason == Reason.FEW_PERSONS
            assert figures[line.code][2] < 10, (row.location.name, line.code)
        for label, result in line.groups:
            if isinstance(result, Shown):
                number = "".join(filter(str.isdigit, label))
                assert is_same(result, parts[f"year_group:{number}"][line.code]), (line.code, label)
    assert {line.code for line in lines if line.own} <= set(figures)
    return sum(isinstance(line.own, Shown) for line in lines)


def check_library(level: queries.Level, kind: MonitorKind, year: SchoolYear, answers: list[Row]) -> int:
    """How many figures of a library were compared; each misses as many schools as it says."""
    schools, compared = sorted({one["school"] for one in answers}), 0

    @cache
    def without(*gone: str) -> Figures:
        return figures_of([one for one in answers if one["school"] not in gone])

    for line in level_lines(SYSTEM, level, kind, year, list(TOPICS)):
        if isinstance(line.own, Shown):
            compared += 1
            missed = range(min(line.own.left_out, MOST_LEFT_OUT) + 1)
            tried = (without(*gone) for number in missed for gone in combinations(schools, number))
            assert any(is_same(line.own, one[line.code]) for one in tried if line.code in one), (
                level.unit.name,
                line.code,
                line.own,
            )
    return compared


def test_the_figures_of_schools_and_libraries_are_those_of_plain_arithmetic(small: dict[str, int]) -> None:
    compared = {"location": 0, "library": 0}
    year = SchoolYear.running().previous  # over, with every kind of Monitor
    for kind in MonitorKind:
        rows = closed(kind, year)
        answers = raw_answers(rows)
        compared["location"] += sum(check_school(row, answers) for row in rows)
        for level in levels_for(SYSTEM):
            if level.unit.kind == UnitKind.LIBRARY and year in level.years.get(kind, {}):
                mine = {str(row.pk) for row in rows if row.round.library_id == level.pk}
                of_library = [one for one in answers if one["school"] in mine]
                compared["library"] += check_library(level, kind, year, of_library)
    assert compared["location"] > 500
    assert compared["library"] > 20


def test_in_the_demo_the_teachers_of_a_running_round_have_their_links(small: dict[str, int]) -> None:
    """So that nobody gets a second one from whoever opens the page and presses the button."""
    row = Participation.objects.select_related("round__library", "location").get(
        location__name="De Pionier", round__year=SchoolYear.running()
    )
    people = [one for one in recipients(SYSTEM, row) if one.row.respondent == Respondent.TEACHER]
    assert len(people) > len({one.row.group_id for one in people}) > 3  # duo partners have one each
    assert [one.row.name for one in people if not one.has_link] == []
