"""Which groups have their class sheet and cards, for who prepares a school year."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from leesbouw.core.access import Actor
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.models import Enrolment

from ..models import Card

PRINTED = "lending.print_cards"


@dataclass(frozen=True, slots=True)
class CardsLine:
    """A group: how many children, how many of them have no card yet, and when its papers were printed last."""

    group: ClassGroup
    pupils: int
    without: int
    printed_at: datetime | None


def card_lines(actor: Actor, location: Location, year: SchoolYear) -> list[CardsLine]:
    """The groups of a school year with children in them, by name. Four queries."""
    groups = list(
        ClassGroup.objects.visible_to(actor).filter(location=location, year=year).order_by("name", "pk")
    )
    rows = Enrolment.objects.trusted("which groups have cards; gives numbers only").filter(
        on_day(max(today(), year.starts_on)), group__in=groups
    )
    children: dict[int, set[int]] = defaultdict(set)
    for group_id, pupil_id in rows.order_by().values_list("group", "pupil"):
        children[group_id].add(pupil_id)
    cards = Card.objects.visible_to(actor).filter(location=location, revoked_at=None).exclude(pupil=None)
    have = set(cards.order_by().values_list("pupil", flat=True))
    events = AuditEvent.objects.filter(
        verb=PRINTED, subject_type=ClassGroup._meta.label, subject_id__in=[group.pk for group in groups]
    )
    printed = {pk: at for pk, at in events.order_by("at").values_list("subject_id", "at") if pk is not None}
    return [
        CardsLine(group, len(children[group.pk]), len(children[group.pk] - have), printed.get(group.pk))
        for group in groups
        if children[group.pk]
    ]
