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
        LendingRules.objects.annotate(goes_home=Subquery(_goes_home().filter(location=OuterRef("pk"))[:1]))
        .filter(location=0)
        .order_by()
        .values_list(*NAMES, "goes_home", "limits__year_group", "limits__books")
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
    """The rules that hold at a school. One query, two where nobody chose them."""
    rows = OWN.rows(location_id)
    if rows:
        return _rules(rows)
    agreed = _goes_home().filter(location=location_id).first()
    return replace(usual_rules(), may_go_home=agreed not in STAYS)


def _rules(rows: list[tuple[Any, ...]]) -> Rules:
    own = dict(zip(NAMES, rows[0], strict=False))
    own["holiday_lending"] = bool(own["holiday_lending"])
    own["may_go_home"] = rows[0][-3] not in STAYS
    limits = {row[-2]: row[-1] for row in rows if row[-2] is not None}
    return replace(Rules(**own), limits=limits)


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
