"""What the list of talks can be narrowed to."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.organisations.models import Unit
from leesbouw.people.models import StaffMember

from ..models import Conversation


def units_with_talks(actor: Actor) -> QuerySet[Unit]:
    """Organisations with which the actor may see a talk."""
    return Unit.objects.filter(pk__in=Conversation.objects.visible_to(actor).order_by().values("unit"))


def colleagues_with_talks(actor: Actor) -> list[tuple[str, str]]:
    """Colleagues who were at some talk, as choices."""
    pairs = Conversation.staff.through.objects.filter(
        conversation__in=Conversation.objects.visible_to(actor).order_by().values("pk")
    )
    staff = StaffMember.objects.visible_to(actor).filter(pk__in=pairs.values("staffmember"))
    return [(str(pk), name) for pk, name in staff.values_list("pk", "name")]


def talks_of_staff(rows: QuerySet[Conversation], staff_ids: Iterable[int]) -> QuerySet[Conversation]:
    """Of these talks those where one of these colleagues was."""
    mine = Conversation.staff.through.objects.filter(staffmember__in=list(staff_ids))
    return rows.filter(pk__in=mine.values("conversation"))


def talk_ids(rows: QuerySet[Conversation]) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True))
