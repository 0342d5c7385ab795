"""Where it is stuck: what waits at which location, with what to do next. By name, so that nobody is ranked."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import DurationField, Exists, ExpressionWrapper, F, OuterRef, Sum
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leesbouw.core.access import Actor
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


def where_stuck(
    actor: Actor, units: Mapping[int, Location], told: Mapping[int, Sums], year: SchoolYear
) -> list[Stuck]:
    """What waits at these locations; kinds in which nothing waits are left out. A fixed number of queries."""
    by_name = sorted(units.values(), key=lambda one: (one.name, one.pk))
    found = [
        Stuck(gettext_lazy("Without goals"), list(_without_goals(by_name, told, year))),
        Stuck(gettext_lazy("A plan that waits for agreement"), list(_waiting(actor, by_name, year))),
        Stuck(gettext_lazy("A goal without an activity"), list(_without_activity(actor, by_name, year))),
    ]
    if actor.may(VIEW_HOURS):
        tallies = hours_tallies(actor, told, year)
        found.append(
            Stuck(gettext_lazy("Hours far from what was agreed"), list(_hours(by_name, tallies, year)))
        )
    return [one for one in found if one.lines]


def _in(url: str, year: SchoolYear) -> str:
    return url if year == SchoolYear.running() else f"{url}?jaar={year}"


def _without_goals(units: Sequence[Location], told: Mapping[int, Sums], year: SchoolYear):  # type: ignore[no-untyped-def]
    is_open = not year < SchoolYear.running()
    for unit in units:
        if not told[unit.pk][Counted.GOALS]:
            url = goals_url(unit) + ("nieuw/" if is_open else "")
            todo = _("Set the first goal together") if is_open else _("Look at the goals")
            yield StuckLine(unit, "", _in(url, year), todo)


def _waiting(actor: Actor, units: Sequence[Location], year: SchoolYear):  # type: ignore[no-untyped-def]
    sent = plans_sent(actor, [unit.pk for unit in units], year)
    for unit in units:
        for kind, day in sent.get(unit.pk, []):
            yield StuckLine(
                unit,
                _("%(plan)s, sent on %(day)s") % {"plan": kind.label, "day": day},
                plan_url(unit, kind, year),
                _("Ask the head to agree"),
            )


def _without_activity(actor: Actor, units: Sequence[Location], year: SchoolYear):  # type: ignore[no-untyped-def]
    goals = goals_without_activity(actor, [unit.pk for unit in units], year)
    for unit in units:
        for goal, what in goals.get(unit.pk, []):
            yield StuckLine(unit, what, _in(f"{goals_url(unit)}{goal}/", year), _("Plan an activity with it"))


def _hours(units: Sequence[Location], tallies: Mapping[int, Tally], year: SchoolYear):  # type: ignore[no-untyped-def]
    for unit in units:
        tally = tallies[unit.pk]
        if tally.deviates:
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
            yield StuckLine(unit, words % told, _in(url, year), _("Look at the hours"))


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
        ~Exists(off), unit__in=units
    )
    length = ExpressionWrapper(F("ends_at") - F("starts_at"), output_field=DurationField())
    ahead = going.filter(ends_at__gte=now()).order_by().values_list("unit").annotate(lasting=Sum(length))
    for unit, lasting in ahead:
        found[unit] += Decimal(lasting.total_seconds()) / SECONDS
    rows = PlannedActivity.objects.visible_to(actor).filter(
        unit__in=units, year=year, dropped_at=None, done_on=None, hours__gt=0
    )
    made = Counter(going.filter(activity__isnull=False).order_by().values_list("activity_id", flat=True))
    for pk, unit, times, hours in rows.order_by().values_list("pk", "unit", "times", "hours"):
        whole = max(times, 1)
        found[unit] += hours * max(whole - made[pk], 0) / whole
    return found
