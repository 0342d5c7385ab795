"""What a new goal can be about: measures, and findings that stood out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.domain.measures import MeasureBody
from leesbouw.indicators.models import Finding
from leesbouw.indicators.queries import Measure, difference_rule, measure, measures
from leesbouw.organisations.models import Unit

from ...domain import horizon
from ...enums import Audience, GoalKind
from ...models import Goal
from .figures import (
    BLOCKS_TOPIC,
    Result,
    baseline_of,
    recent_years,
    shown_figures,
    target_as_said,
    value_words,
)


@dataclass(frozen=True, slots=True)
class MeasureChoice:
    """A measure that a goal can be about, with where the unit stands."""

    measure: Measure
    now: Result

    @property
    def label(self) -> str:
        values = {"name": self.body.name, "value": value_words(self.measure, self.now.value)}
        return _("%(name)s (now %(value)s)") % values

    @property
    def body(self) -> MeasureBody:
        return self.measure.body


def measure_choices(actor: Actor, unit: Unit, also: Iterable[str] = ()) -> list[MeasureChoice]:
    """The main measures of which a unit has a figure, and these others; the bouwstenen last."""
    codes = {code for code, one in measures().items() if one.body.main} | set(also)
    shown = shown_figures(actor, unit, sorted(codes), recent_years(), "")
    found = [MeasureChoice(measure(code), results[-1]) for code, results in shown.items()]
    return sorted(found, key=lambda one: (one.body.topic == BLOCKS_TOPIC, one.body.topic, one.body.name))


def choice_of_goal(goal: Goal) -> MeasureChoice:
    """The measure of a measured goal as a choice, with the baseline it was set with."""
    of = measure(goal.measure, goal.measure_version)
    year, value = goal.baseline_year or goal.first_year, goal.baseline or 0.0
    return MeasureChoice(of, Result(value, year, goal.baseline_base or 0, of.version, None))


def measured_every(actor: Actor, unit: Unit) -> int:
    """How many years lie between the last two measurements of a unit: 1 or 2; 1 where there were none before."""
    main = sorted(code for code, one in measures().items() if one.body.main)
    shown = shown_figures(actor, unit, main, recent_years(), "").values()
    years = sorted({one.year.first for results in shown for one in results})
    return min(2, years[-1] - years[-2]) if len(years) > 1 else 1


def finding_of(actor: Actor, unit: Unit, code: str) -> Finding | None:
    """The newest finding about a measure at this unit, which a goal can point at."""
    rows = Finding.objects.visible_to(actor).filter(unit=unit.pk, code=code)
    return rows.order_by("-year", "position").first()


def proposal_of(actor: Actor, unit: Unit, code: str, year: SchoolYear) -> dict[str, Any]:
    """A goal about a figure that stood out, as the form of a goal takes it: with a target that is a clear difference, and
    until the measurement after the one that it comes from.

    Empty where the unit has no figure of it."""
    found = baseline_of(actor, unit, code)
    if found is None:
        return {}
    body = measure(code).body
    step = difference_rule().clear_from if body.kind == "share" else abs(found.value) * 0.1
    target = found.value + step if body.higher_is_better else found.value - step
    target = max(0.0, min(1.0, target)) if body.kind == "share" else max(0.0, target)
    begins = max(year, SchoolYear(found.year.first + 1))
    return {
        "kind": GoalKind.MEASURED,
        "last_year": str(horizon(begins, measured_every(actor, unit))),
        "what": body.name,
        "measure": code,
        "target": target_as_said(code, round(target, 2)),
        "audience": Audience.TEACHERS if body.population == "teachers" else Audience.CHILDREN,
    }
