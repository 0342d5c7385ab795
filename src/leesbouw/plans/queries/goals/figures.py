"""Where a goal starts, and what was measured since; every figure comes out of `indicators`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from django.utils.formats import number_format
from pydantic import Field

from leesbouw.core.access import Actor
from leesbouw.core.content import Body, content_kinds, current
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.queries import Measure, Shown, figures, measure
from leesbouw.organisations.models import Unit

from ...enums import PlanKind
from ...models import Goal

PARAMETERS, PLAN = "parameters", "plan"

BLOCKS_TOPIC = "blocks"  # of measures about the bouwstenen


class PlanRules(Body):
    """How many goals fit in a year, which plans wait for the head, and how far back a baseline may lie."""

    goals_a_year: Annotated[int, Field(ge=1, le=20)]
    approval: tuple[PlanKind, ...]
    looks_back: Annotated[int, Field(ge=0, le=5)]


content_kinds.add(f"{PARAMETERS}/{PLAN}", PlanRules)


def goal_rules() -> PlanRules:
    """The parameters of a plan."""
    return current(PARAMETERS, PLAN).body  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Result:
    """A shown figure of a measure: 0-1 for a share. `base` answers are behind it, `interval` where it almost surely is."""

    value: float
    year: SchoolYear
    base: float
    version: int
    interval: tuple[float, float] | None


def value_words(of: Measure, value: float) -> str:
    """A figure as people say it, in the unit of its measure."""
    if of.body.kind == "share":
        return f"{round(value * 100)}%"
    return f"{number_format(value, 1)} {of.body.unit}"


def target_in_unit(code: str, target: float | None) -> float | None:
    """A target as the measure counts: what people say in percent runs 0-1. Raises LookupError for an unknown code."""
    return target / 100 if target is not None and measure(code).body.kind == "share" else target


def target_as_said(code: str, target: float | None) -> float | None:
    """The other way round, for a form: 0.7 is said as 70."""
    return round(target * 100, 1) if target is not None and measure(code).body.kind == "share" else target


def results_of(actor: Actor, unit: Unit, goals: Iterable[Goal], until: SchoolYear) -> dict[int, list[Result]]:
    """What was measured after the baseline of each goal, in versions that stand in one line with it."""
    by_breakdown: dict[str, list[tuple[Goal, SchoolYear]]] = {}
    for goal in goals:
        if goal.measure and goal.baseline_year:
            by_breakdown.setdefault(goal.breakdown, []).append((goal, goal.baseline_year))
    found: dict[int, list[Result]] = {}
    for breakdown, some in by_breakdown.items():
        first = min(begin.first for _goal, begin in some)
        years = [SchoolYear(one) for one in range(first + 1, until.first + 1)]
        shown = shown_figures(actor, unit, sorted({goal.measure for goal, _begin in some}), years, breakdown)
        for goal, begin in some:
            found[goal.pk] = [
                one for one in shown.get(goal.measure, []) if begin < one.year and _in_line(goal, one.version)
            ]
    return found


def _in_line(goal: Goal, version: int) -> bool:
    return goal.measure_version in measure(goal.measure, version).chain


def shown_figures(
    actor: Actor, unit: Unit, codes: Sequence[str], years: Sequence[SchoolYear], breakdown: str
) -> dict[str, list[Result]]:
    """The shown figures of a unit by measure, the oldest first; of a year with two versions the newer one."""
    by_code: dict[str, dict[SchoolYear, Result]] = {}
    for one in figures(actor, codes, [unit], years, breakdown):
        if isinstance(one.result, Shown):
            interval = one.result.interval
            by_code.setdefault(one.code, {})[one.year] = Result(
                one.result.value,
                one.year,
                one.result.base,
                one.version,
                (interval.low, interval.high) if interval else None,
            )
    return {code: [rows[year] for year in sorted(rows)] for code, rows in by_code.items()}


def baseline_of(
    actor: Actor, unit: Unit, code: str, breakdown: str = "", *, until: SchoolYear | None = None
) -> Result | None:
    """The newest figure that a goal can start from, of `until` or before; None where nothing may be shown."""
    found = shown_figures(actor, unit, [code], recent_years(until), breakdown).get(code)
    return found[-1] if found else None


def latest_result(actor: Actor, goal: Goal, *, until: SchoolYear) -> Result | None:
    """What was measured last since the baseline of a goal, until the end of a year."""
    found = results_of(actor, goal.unit, [goal], until).get(goal.pk)
    return found[-1] if found else None


def recent_years(until: SchoolYear | None = None) -> list[SchoolYear]:
    last = until or SchoolYear.running()
    return [SchoolYear(last.first - back) for back in range(goal_rules().looks_back, -1, -1)]
