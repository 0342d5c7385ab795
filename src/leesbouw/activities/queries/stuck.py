"""Where it is stuck: what waits at which location, with what to do next. By name, so that nobody is ranked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db.models import Count, DurationField, Exists, ExpressionWrapper, F, OuterRef, Sum
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leesbouw.core.access import Actor, mostly
from leesbouw.core.time import SchoolYear, now
from leesbouw.organisations.models import Location
from leesbouw.plans.domain import Counted, Sums
from leesbouw.plans.models import PlannedActivity
from leesbouw.plans.queries import goals_url, goals_without_activity, plan_url, plans_sent

from ..domain import Tally
from ..models import Visit, VisitCancellation
from ..permissions import VIEW_HOURS
from .outcomes import within_year

SECONDS = Decimal(3600)
MOST = 25  # locations that are named of each kind
Make = Callable[[], "StuckLine"]


@dataclass(frozen=True, slots=True)
class StuckLine:
    """One location with what waits there, and where one does something about it."""

    unit: Location
    what: str
    url: str
    todo: Any


@dataclass(frozen=True, slots=True)
class Stuck:
    """One kind of waiting, with every location where it is so, by name."""

    title: Any
    lines: Sequence[StuckLine]
    number: int

    @property
    def more(self) -> int:
        """How many are not named here; a filter of the list above names them."""
        return self.number - len(self.lines)


def where_stuck(
    actor: Actor, units: Mapping[int, Location], told: Mapping[int, Sums], year: SchoolYear
) -> list[Stuck]:
    """What waits at these locations; kinds in which nothing waits are left out. A fixed number of queries."""
    by_name = sorted(units.values(), key=lambda one: (one.name, one.pk))
    found = [
        _kind(gettext_lazy("Without goals"), _without_goals(by_name, told, year)),
        _kind(gettext_lazy("A plan that waits for agreement"), _waiting(actor, by_name, year)),
        _kind(gettext_lazy("A goal without an activity"), _without_activity(actor, by_name, year)),
    ]
    if actor.may(VIEW_HOURS):
        tallies = hours_tallies(actor, told, year)
        found.append(_kind(gettext_lazy("Hours far from what was agreed"), _hours(by_name, tallies, year)))
    return [one for one in found if one.lines]


def _kind(title: Any, makers: Iterable[Make]) -> Stuck:
    """Only what is shown is put in words."""
    found = list(makers)
    return Stuck(title, [make() for make in found[:MOST]], len(found))


def _in(url: str, year: SchoolYear) -> str:
    return url if year == SchoolYear.running() else f"{url}?jaar={year}"


def _without_goals(units: Sequence[Location], told: Mapping[int, Sums], year: SchoolYear):  # type: ignore[no-untyped-def]
    is_open = not year < SchoolYear.running()
    for unit in units:
        if not told[unit.pk][Counted.GOALS]:
            url = goals_url(unit) + ("nieuw/" if is_open else "")
            todo = _("Set the first goal together") if is_open else _("Look at the goals")
            yield partial(StuckLine, unit, "", _in(url, year), todo)


def _waiting(actor: Actor, units: Sequence[Location], year: SchoolYear):  # type: ignore[no-untyped-def]
    sent = plans_sent(actor, [unit.pk for unit in units], year)
    for unit in units:
        for kind, day in sent.get(unit.pk, []):
            yield partial(
                StuckLine,
                unit,
                _("%(plan)s, sent on %(day)s") % {"plan": kind.label, "day": day},
                plan_url(unit, kind, year),
                _("Ask the head to agree"),
            )


def _without_activity(actor: Actor, units: Sequence[Location], year: SchoolYear):  # type: ignore[no-untyped-def]
    goals = goals_without_activity(actor, [unit.pk for unit in units], year)
    for unit in units:
        for goal, what in goals.get(unit.pk, []):
            yield partial(_goal_line, unit, goal, what, year)


def _goal_line(unit: Location, goal: int, what: str, year: SchoolYear) -> StuckLine:
    return StuckLine(unit, what, _in(f"{goals_url(unit)}{goal}/", year), _("Plan an activity with it"))


def _hours(units: Sequence[Location], tallies: Mapping[int, Tally], year: SchoolYear):  # type: ignore[no-untyped-def]
    for unit in units:
        if tallies[unit.pk].deviates:
            yield partial(_hours_line, unit, tallies[unit.pk], year)


def _hours_line(unit: Location, tally: Tally, year: SchoolYear) -> StuckLine:
    words = (
        _("%(expected)s of %(agreed)s hours, %(apart)s too many")
        if (tally.deviation or 0) > 0
        else _("%(expected)s of %(agreed)s hours, %(apart)s left")
    )
    told = {
        "expected": _hours_words(tally.expected),
        "agreed": _hours_words(tally.budget or Decimal(0)),
        "apart": _hours_words(tally.apart),
    }
    url = reverse("activities:location-hours", args=[unit.place, unit.code])
    return StuckLine(unit, words % told, _in(url, year), _("Look at the hours"))


def _hours_words(hours: Decimal) -> str:
    return number_format(hours.quantize(Decimal(1)))


def hours_tallies(actor: Actor, told: Mapping[int, Sums], year: SchoolYear) -> dict[int, Tally]:
    """By location the hours that were agreed, that stand in the diary or wait for it, and that were made."""
    coming = hours_coming(actor, told.keys(), year)
    return {
        unit: Tally(
            sums[Counted.HOURS_AGREED] or None, coming.get(unit, Decimal(0)), sums[Counted.HOURS_MADE]
        )
        for unit, sums in told.items()
    }


def hours_coming(actor: Actor, units: Collection[int], year: SchoolYear) -> dict[int, Decimal]:
    """Hours that are meant and not made: visits in the diary, and activities as far as no visit stands for them."""
    found: dict[int, Decimal] = defaultdict(Decimal)
    if year < SchoolYear.running():
        return found
    off = VisitCancellation.objects.filter(visit=OuterRef("pk"))
    going = within_year(Visit.objects.visible_to(actor), year, "starts_at").filter(
        mostly(actor, units), ~Exists(off)
    )
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    ahead = going.filter(ends_at__gte=now()).order_by().values_list("unit").annotate(lasting=Sum(length))
    for unit, lasting in ahead:
        found[unit] += Decimal(lasting.total_seconds()) / SECONDS
    rows = PlannedActivity.objects.visible_to(actor).filter(
        mostly(actor, units), year=year, dropped_at=None, done_on=None, hours__gt=0
    )
    for unit, hours in rows.order_by().values_list("unit").annotate(Sum("hours")):
        found[unit] += hours
    begun = going.filter(activity__in=rows.order_by().values("pk")).order_by()
    of_activity = begun.values_list("activity", "activity__unit", "activity__times", "activity__hours")
    for _pk, unit, times, hours, made in of_activity.annotate(Count("pk")):
        whole = max(times, 1)
        found[unit] -= hours * min(made, whole) / whole
    return found
