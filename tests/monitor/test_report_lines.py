"""A measure through the years: where it was measured in another way, nothing is held against it."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.domain.statistics import share_of
from leesbouw.indicators.queries import Shown, measure
from leesbouw.monitor.actions import add_questionnaire
from leesbouw.monitor.queries.reports import drawn, reading

from .test_own_questionnaires import own

pytestmark = pytest.mark.django_db
YEARS = [SchoolYear(2024), SchoolYear(2025), SchoolYear(2026)]


def shown(hits: int, base: int) -> Shown:
    share = share_of(hits, base)
    return Shown(share.value, base, base, share.interval, share)


def line_of(versions: list[int], comparable: tuple[int, ...] = (), broken=None):
    body = measure("reading-pleasure").body.model_copy(update={"comparable_with": comparable})
    of = SimpleNamespace(code="reading-pleasure", version=3, body=body, chain=(*comparable, 3))
    own = {("reading-pleasure", year): shown(10 + at, 20) for at, year in enumerate(YEARS)}
    used = {("reading-pleasure", year): version for year, version in zip(YEARS, versions, strict=True)}
    return reading.Years(YEARS, {of.code: of}, own, used, (), broken or {}).line(of, YEARS[-1])


@pytest.mark.parametrize(
    ("versions", "comparable", "breaks", "before"),
    [
        ([3, 3, 3], (), (), 0.55),
        ([1, 3, 3], (), (1,), 0.55),
        ([1, 1, 3], (), (2,), None),
        ([1, 2, 3], (1, 2), (), 0.55),
        ([1, 2, 3], (2,), (1,), 0.55),
    ],
)
def test_a_line_breaks_where_the_version_does(versions, comparable, breaks, before) -> None:
    line = line_of(versions, comparable)
    assert line.breaks == breaks
    assert (line.before.value if line.before else None) == before
    chart = drawn.years_chart(line, "Een zin.")
    assert chart.breaks == breaks
    assert bool(chart.break_note) == bool(breaks)


def test_a_line_breaks_where_the_question_was_put_in_other_words() -> None:
    other = add_questionnaire(code="po-pupil", raw=own(), by=SYSTEM).key
    lists = {YEARS[0]: {"pupil": "po-pupil@1"}, YEARS[1]: {"pupil": "po-pupil@1"}, YEARS[2]: {"pupil": other}}
    measures = [measure("reading-pleasure"), measure("reads-weekly"), measure("reads-aloud-daily")]
    broken = reading.broken_between(measures, lists)
    assert broken == {
        (YEARS[0], YEARS[2]): frozenset({"reading-pleasure"}),
        (YEARS[1], YEARS[2]): frozenset({"reading-pleasure"}),
    }
    line = line_of([3, 3, 3], broken=broken)
    assert (line.breaks, line.before) == ((2,), None)
