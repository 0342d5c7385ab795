"""The list of locations as everybody sees her own: facts of a year, the partnership of today, what asks attention."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Case, Count, DateField, OuterRef, Q, QuerySet, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce
from pydantic import Field

from leesbouw.core import search
from leesbouw.core.access import Actor
from leesbouw.core.content import Body, content_kinds, current
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.network.queries import open_talks
from leesbouw.organisations.enums import PartnershipType, Phase, UnitKind
from leesbouw.organisations.models import Location, Municipality
from leesbouw.organisations.queries import locations_for
from leesbouw.people.models import ConsultantAssignment, StaffMember
from leesbouw.people.queries import locations_of_staff, my_staff_ids

from ..enums import ASKS_SOMETHING, Attention
from ..permissions import VIEW_PARTNERSHIP, VIEW_STAFF, VIEW_TALKS

PARAMETERS, AGREEMENT = "parameters", "agreement"
STRUCTURAL = (PartnershipType.DBOS, PartnershipType.COMPARABLE)


class AgreementBody(Body):
    """From how many days before its end an agreement asks for a talk about going on."""

    runs_out_days: int = Field(ge=0)


content_kinds.add(f"{PARAMETERS}/{AGREEMENT}", AgreementBody)


def runs_out_within() -> timedelta:
    """How long before its end an agreement asks for a talk: content with a source and a status."""
    body: AgreementBody = current(PARAMETERS, AGREEMENT).body
    return timedelta(days=body.runs_out_days)


def works_at_library(actor: Actor) -> bool:
    """Whether she sees who of the library comes where, and which talks are planned."""
    return actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}


def location_rows(actor: Actor, year: SchoolYear) -> QuerySet[Location]:
    """`locations_for` with, besides: size (pupils, or places of child care), next_talk_on and attention.

    Without the right to see partnerships there is no attention.
    """
    rows = locations_for(actor, year).annotate(
        size=Coalesce("pupils", "places"), next_talk_on=_next_talk(actor)
    )
    return rows.annotate(attention=_attention(actor)) if actor.may(VIEW_PARTNERSHIP) else rows


def _next_talk(actor: Actor) -> Any:
    if not actor.may(VIEW_TALKS):
        return Value(None, output_field=DateField())
    talks = open_talks(actor).filter(unit=OuterRef("pk"), planned_on__gte=today())
    return Subquery(talks.values("planned_on")[:1])


def _attention(actor: Actor) -> Case:
    """The most urgent of what can be said; the order is that of Attention."""
    day = today()
    cases = [
        When(partnership_id=None, then=Value(Attention.NONE)),
        When(partnership_type=PartnershipType.NONE, waiting_since=None, then=Value(Attention.NONE)),
        When(agreed_until__lt=day, then=Value(Attention.EXPIRED)),
        When(agreed_until__lte=day + runs_out_within(), then=Value(Attention.ENDING)),
        When(waiting_since__isnull=False, phase=Phase.ACQUISITION, then=Value(Attention.WAITING)),
    ]
    if actor.may(VIEW_STAFF) and works_at_library(actor):
        comes = ConsultantAssignment.objects.visible_to(actor).filter(on_day(day)).values("partnership")
        cases.append(
            When(
                ~Q(partnership_id__in=comes)
                & Q(partnership_type__in=STRUCTURAL)
                & ~Q(phase=Phase.ACQUISITION),
                then=Value(Attention.UNSTAFFED),
            )
        )
    cases.append(When(phase=Phase.ACQUISITION, then=Value(Attention.PREPARING)))
    return Case(*cases, default=Value(Attention.ON_COURSE))


def consultants_by_location(actor: Actor) -> dict[int, list[str]]:
    """Names of who works at each location today, by location id; one query whatever the number."""
    if not actor.may(VIEW_STAFF):
        return {}
    rows = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today())).order_by("staff__name")
    found: dict[int, list[str]] = {}
    for location, name in rows.values_list("partnership__location_id", "staff__name"):
        names = found.setdefault(location, [])
        if name not in names:
            names.append(name)
    return found


def locations_of_mine(rows: QuerySet[Location], actor: Actor) -> QuerySet[Location]:
    """Those at which the actor herself works today."""
    return rows.filter(pk__in=locations_of_staff(actor, my_staff_ids(actor)))


def consultants_to_choose(actor: Actor) -> list[tuple[str, str]]:
    """Members of staff who work at some location today, as choices."""
    if not actor.may(VIEW_STAFF):
        return []
    comes = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today())).values("staff")
    rows = StaffMember.objects.visible_to(actor).filter(pk__in=comes).order_by("name")
    return [(str(pk), name) for pk, name in rows.values_list("pk", "name")]


def municipalities_to_choose(actor: Actor) -> QuerySet[Municipality]:
    return Municipality.objects.visible_to(actor).order_by("name").distinct()


def found_by(rows: QuerySet[Location], actor: Actor, text: str) -> QuerySet[Location]:
    """Locations whose name, code or town holds every word; if there are none, those that are spelt nearly so."""
    exact = rows
    for word in text.split()[:8]:
        exact = exact.filter(Q(name__icontains=word) | Q(code__icontains=word) | Q(town__icontains=word))
    if exact.exists():
        return exact
    hits = search.find(actor, text, limit=200, kinds=["location"])
    return rows.filter(code__in=[hit.url.rstrip("/").rsplit("/", 1)[-1] for hit in hits])


@dataclass(frozen=True, slots=True)
class Totals:
    """What a list adds up to: pupils and places, hours a year of the partnerships, and rows by state of attention."""

    size: int | None
    hours: Decimal | None
    states: Mapping[str, int]

    @property
    def number(self) -> int:
        """How many rows; 0 where nothing is said of attention."""
        return sum(self.states.values())

    @property
    def on_course(self) -> int:
        return self.states.get(Attention.ON_COURSE, 0)

    @property
    def asking(self) -> int:
        """How many ask something of whoever works with them."""
        return sum(self.states.get(kind, 0) for kind in ASKS_SOMETHING)


def totals_of(rows: QuerySet[Location]) -> Totals:
    """One query over exactly these rows, whatever their number."""
    sums = {"size_sum": Sum("size"), "hours_sum": Sum("hours_per_year")}
    if "attention" not in rows.query.annotations:
        found = rows.order_by().aggregate(**sums)
        return Totals(found["size_sum"], found["hours_sum"], {})
    lines = list(rows.order_by().values("attention").annotate(number=Count("pk"), **sums))
    return Totals(
        _sum(line["size_sum"] for line in lines),
        _sum(line["hours_sum"] for line in lines),
        {line["attention"]: line["number"] for line in lines},
    )


def _sum(values: Iterable[Any]) -> Any:
    """The sum of what is known; None when nothing is."""
    known = [value for value in values if value is not None]
    return sum(known) if known else None


def attention_counts(rows: QuerySet[Location]) -> Mapping[str, int]:
    """How many of these locations stand in each state of attention; one query."""
    return totals_of(rows).states
