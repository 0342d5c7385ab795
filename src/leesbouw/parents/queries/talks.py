"""Talks about parents as the relation agenda and the timeline show them; here is their home."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse

from leesbouw.core.access import Actor
from leesbouw.core.registry import OtherTalk
from leesbouw.organisations.domain import is_school_code
from leesbouw.organisations.enums import UnitKind

from ..domain import kind_after
from ..enums import TalkKind
from ..models import ParentTalk
from ..permissions import EDIT_PARENTS, VIEW_PARENTS

FIELDS = ("pk", "kind", "agreed", "planned_on", "held_on", "next_on", "outcome", "library")
AT = ("pk", "code", "name", "sector", "municipality")


DAY = Coalesce("held_on", "planned_on")


def talks_elsewhere(actor: Actor, *, unit: int | None = None) -> list[OtherTalk]:
    """A line for each talk and each location at its table, the newest first; without a location it is of the library
    itself. One query."""
    if not actor.may(VIEW_PARENTS):
        return []
    of_unit = Q() if unit is None else Q(locations=unit) | Q(library=unit, locations=None)
    rows = ParentTalk.objects.visible_to(actor).filter(of_unit)
    if actor.unit_kind == UnitKind.LOCATION:
        rows = rows.filter(locations=actor.unit_id)  # who else sat there, the page of the talk tells
    found = list(_told(rows.annotate(day=DAY).order_by("-day", "-pk")))
    newest = {row["at_pk"]: row["pk"] for row in reversed(found)}
    return [_line(row, actor, is_newest=newest[row["at_pk"]] == row["pk"]) for row in found]


def _told(rows: QuerySet[ParentTalk]) -> QuerySet[ParentTalk, dict[str, Any]]:
    """A row for each location at the table."""
    at = {f"at_{name}": F(f"locations__{name}") for name in AT}
    return rows.values(*FIELDS, **at, library_code=F("library__code"), library_name=F("library__name"))


def talks_again(actor: Actor, until: date) -> list[OtherTalk]:
    """The last talk with each location, or of the library itself, after which one talks again at the latest on a day,
    and nothing is planned yet; what is due first comes first. One query."""
    rows = ParentTalk.objects.visible_to(actor).annotate(day=DAY)
    newer = Q(day__gt=OuterRef("day")) | Q(day=OuterRef("day"), pk__gt=OuterRef("pk"))
    there = rows.filter(newer, locations=OuterRef("locations"))
    of_library = rows.filter(newer, library=OuterRef("library"), locations=None)
    due = rows.filter(
        ~Exists(there), ~Q(Exists(of_library), locations=None), held_on__isnull=False, next_on__lte=until
    )
    return [_line(row, actor, is_newest=True) for row in _told(due.order_by("next_on", "pk"))]


def _line(row: dict[str, Any], actor: Actor, *, is_newest: bool) -> OtherTalk:
    kind, again_on = TalkKind(row["kind"]), row["next_on"] if is_newest and row["held_on"] else None
    if row["at_pk"] is None:
        at = (row["library"], UnitKind.LIBRARY.value, row["library_code"], row["library_name"])
        plan_url = reverse("parents:look-back", args=[kind])
    else:
        at = (row["at_pk"], UnitKind.LOCATION.value, row["at_code"], row["at_name"])
        place = "school" if is_school_code(row["at_code"]) else "kinderopvang"
        following = kind_after(kind, agreed=row["agreed"])
        plan_url = reverse("parents:talk-plan", args=[place, row["at_code"], following])
    may_write = actor.may(EDIT_PARENTS)
    return OtherTalk(
        id=row["pk"],
        label=kind.label,
        library_id=row["library"],
        unit=at,
        url=reverse("parents:talk", args=[row["pk"]]),
        report_url=reverse("parents:talk-report", args=[row["pk"]]) if may_write else "",
        plan_url=plan_url if may_write else "",
        sector=row["at_sector"] or "",
        municipality_id=row["at_municipality"],
        planned_on=row["planned_on"],
        held_on=row["held_on"],
        again_on=again_on,
        text=row["outcome"],
    )
