"""The rules of a school as plain values, and the holidays of its region."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Literal

from django.db.models import OuterRef, QuerySet, Subquery

from leesbouw.collection.enums import GoesHome
from leesbouw.collection.models import Provision
from leesbouw.core.access import Actor
from leesbouw.core.content import Body, content_kinds, current
from leesbouw.core.db import Asked
from leesbouw.organisations.enums import Sector
from leesbouw.organisations.models import Location
from leesbouw.plans.queries.catalogue.days import holidays_between

from ..domain.rules import Holiday, Rules
from ..models import LendingRules

KIND, CODE = "parameters", "lending"
AHEAD = timedelta(days=200)  # the longest period and a summer
STAYS = {GoesHome.NO, GoesHome.NOT_YET}
PRIMARY = {Sector.PO, Sector.SBO, Sector.SO}


class LimitBody(Body):
    year_group: int
    books: int


class LendingBody(Body):
    """How a school lends that chose nothing."""

    days: int
    renewals: int
    books: int
    region: Literal["north", "middle", "south"]
    cut_days: int
    limits: tuple[LimitBody, ...]


content_kinds.add(f"{KIND}/{CODE}", LendingBody)

NAMES = (
    "days",
    "renewals",
    "books",
    "library_day",
    "region",
    "holiday_lending",
    "holiday_extra",
    "cut_days",
)
OWN = Asked(
    lambda: (
        Location.objects.annotate(goes_home=Subquery(_goes_home().filter(location=OuterRef("pk"))[:1]))
        .filter(pk=0)
        .order_by()
        .values_list(
            "sector",
            "goes_home",
            *(f"lending_rules__{name}" for name in NAMES),
            "lending_rules__limits__year_group",
            "lending_rules__limits__books",
        )
    )
)


def _goes_home() -> QuerySet[Provision, Any]:
    """What was agreed last about books going home."""
    return Provision.objects.order_by("-pk").values_list("goes_home", flat=True)


def usual_rules(sector: str = Sector.PO) -> Rules:
    """How a school lends that chose nothing. The numbers per year group are those of primary schools."""
    body = current(KIND, CODE).body
    limits = {one.year_group: one.books for one in body.limits} if sector in PRIMARY else {}
    return Rules(
        days=body.days,
        renewals=body.renewals,
        books=body.books,
        region=body.region,
        cut_days=body.cut_days,
        limits=limits,
    )


def rules_at(location_id: int) -> Rules:
    """The rules that hold at a school. One query. Raises LookupError where there is no such school."""
    rows = OWN.rows(location_id)
    if not rows:
        raise LookupError("no such school")
    sector, goes_home, *first = rows[0]
    may_go_home = goes_home not in STAYS
    own = dict(zip(NAMES, first, strict=False))
    if own["days"] is None:
        return replace(usual_rules(sector), may_go_home=may_go_home)
    own["holiday_lending"] = bool(own["holiday_lending"])
    limits = {row[-2]: row[-1] for row in rows if row[-2] is not None}
    return Rules(**own, may_go_home=may_go_home, limits=limits)


def has_own_rules(actor: Actor, location: Location) -> bool:
    """Whether somebody chose the rules of this school."""
    return LendingRules.objects.visible_to(actor).filter(location=location).exists()


def own_rules(actor: Actor, location: Location) -> LendingRules | None:
    """What this school chose, to edit."""
    return LendingRules.objects.visible_to(actor).filter(location=location).first()


def year_groups_at(location: Location) -> list[int]:
    """The year groups of a school of this kind."""
    if location.sector in PRIMARY:
        return list(range(1, 9))
    return list(range(1, 7)) if location.is_school else []


def holidays_for(rules: Rules, day: date) -> list[Holiday]:
    """The school holidays from a day on, as far as one can look ahead; from memory."""
    return [
        Holiday(one.name, one.starts_on, one.ends_on)
        for one in holidays_between(rules.region, day, day + AHEAD)
    ]
