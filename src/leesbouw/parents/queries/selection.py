"""Step 7: the five indicators of every location, filled in with what is known already."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from leesbouw.core.access import Actor, within
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import PartnershipType
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import locations_for
from leesbouw.plans.enums import Audience, BlockStatus
from leesbouw.plans.models import BlockYear, Goal, PlannedActivity, RouteRun
from leesbouw.plans.queries import route_of, runs_for

from ..domain import count_yes, is_proposed
from ..enums import Mark
from ..models import IndicatorAnswers
from .guide import Indicator, guide

ROUTE = "parent-partnership"
PLACES_TO_READ = ("collection", "childcare-environment")


@dataclass(frozen=True, slots=True)
class Known:
    """An indicator of a location. `own` when somebody answered it; else it follows from what is there."""

    indicator: Indicator
    mark: Mark | None
    own: bool


@dataclass(frozen=True, slots=True)
class SelectionRow:
    location: Location
    known: list[Known]
    note: str
    run: RouteRun | None
    enough: int

    @property
    def marks(self) -> dict[str, Mark | None]:
        return {one.indicator.code: one.mark for one in self.known}

    @property
    def count(self) -> int:
        return count_yes(self.marks)

    @property
    def proposed(self) -> bool:
        return self.run is None and is_proposed(self.marks, self.enough)


def selection_rows(actor: Actor, library_id: int, year: SchoolYear) -> list[SelectionRow]:
    """Every location within reach for which the route is meant, the most promising first. Six queries."""
    sectors = route_of(ROUTE, None).body.sectors
    rows = locations_for(actor, year).filter(within(actor.locations, "pk"), sector__in=sectors)
    locations = list(rows.order_by("name", "pk"))
    facts = _facts(actor, locations, year)
    own = {
        row.location_id: row for row in IndicatorAnswers.objects.visible_to(actor).filter(library=library_id)
    }
    runs = {
        run.unit_id: run for run in runs_for(actor).filter(library=library_id, code=ROUTE, stopped_on=None)
    }
    body = guide()
    found = [
        SelectionRow(
            location=one,
            known=_known(body.indicators, own.get(one.pk), facts[one.pk]),
            note=own[one.pk].note if one.pk in own else "",
            run=runs.get(one.pk),
            enough=body.enough,
        )
        for one in locations
    ]
    return sorted(found, key=lambda row: (row.run is not None, -row.count))


def _known(
    indicators: Iterable[Indicator], own: IndicatorAnswers | None, facts: Mapping[str, Mark | None]
) -> list[Known]:
    answers = own.answers if own else {}
    return [
        Known(one, Mark(answers[one.code]), True)
        if answers.get(one.code)
        else Known(one, facts.get(one.code), False)
        for one in indicators
    ]


def _facts(actor: Actor, locations: list[Location], year: SchoolYear) -> dict[int, dict[str, Mark | None]]:
    """What follows from the cooperation, the bouwstenen and the plans; what nobody wrote down stays unknown."""
    ids = [one.pk for one in locations]
    blocks = BlockYear.objects.visible_to(actor).filter(
        unit__in=ids, block__in=PLACES_TO_READ, year__in=[year, year.previous]
    )
    stands = dict(blocks.order_by("year").values_list("unit", "status"))
    about = {"unit__in": ids, "audience": Audience.PARENTS, "dropped_at": None}
    goals = Goal.objects.visible_to(actor).filter(**about, last_year__gte=year.previous)
    planned = PlannedActivity.objects.visible_to(actor).filter(**about, year__gte=year.previous)
    wanted = {*goals.values_list("unit", flat=True), *planned.values_list("unit", flat=True)}
    structural = (PartnershipType.DBOS, PartnershipType.COMPARABLE)
    return {
        one.pk: {
            "programme": _yes_no(getattr(one, "partnership_type", None) in structural),
            "environment": _yes_no(stands[one.pk] >= BlockStatus.RUNNING) if one.pk in stands else None,
            "need": Mark.YES if one.pk in wanted else None,
        }
        for one in locations
    }


def _yes_no(holds: bool) -> Mark:
    return Mark.YES if holds else Mark.NO


def own_answers(actor: Actor, library_id: int, location: Location) -> IndicatorAnswers:
    """What was answered about a location, or an empty row that is not stored yet."""
    rows = IndicatorAnswers.objects.visible_to(actor).filter(library=library_id, location=location.pk)
    return rows.first() or IndicatorAnswers(library_id=library_id, location_id=location.pk)
