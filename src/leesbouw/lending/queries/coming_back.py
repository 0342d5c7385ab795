"""Everything that is still out, of a group or of a whole school: the list of the end of the year."""

from __future__ import annotations

from django.db.models import BigIntegerField, Case, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from leesbouw.core.access import Actor
from leesbouw.core.time import on_day, today
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.pupils.domain import display_names
from leesbouw.pupils.models import Enrolment

from ..models import Loan
from .groups import open_loans
from .rules import PRIMARY

LAST_YEAR = 8  # of a primary school
LEAVERS, REST = 0, 1


def out_at(actor: Actor, location: Location) -> QuerySet[Loan]:
    """All that is out at a school: who leaves first, then by group. `leaves` is 0 for a child that goes away; a group
    that borrowed as a whole stands with its children."""
    at = Enrolment.objects.trusted("in which group somebody is who has a book").filter(
        on_day(today()), pupil=OuterRef("pupil")
    )
    rows = open_loans(actor).filter(location=location).select_related("pupil", "group", "contact")
    rows = rows.annotate(
        in_group=Subquery(at.order_by("-starts_on").values("group")[:1]),
        in_year=Subquery(at.order_by("-starts_on").values("year_group")[:1]),
    )
    rows = rows.annotate(with_group=Coalesce(F("in_group"), F("group_id"), output_field=BigIntegerField()))
    names = ClassGroup.objects.filter(pk=OuterRef("with_group")).order_by()
    rows = rows.annotate(
        group_name=Coalesce(Subquery(names.values("name")[:1]), Value("")),
        leaves=Case(When(_leaves(location), then=Value(LEAVERS)), default=Value(REST)),
    )
    return rows.order_by("leaves", "group_name", "pupil__first_name", "pupil__last_name", "due_on", "pk")


def _leaves(location: Location) -> Q:
    """Who left or goes at the end of the year: in a primary school also the highest group."""
    gone = Q(pupil__left_on__isnull=False)
    last = Q(in_year=LAST_YEAR) | Q(in_year=None, year_group=LAST_YEAR, pupil__isnull=False)
    return gone | last if location.sector in PRIMARY else gone


def out_of_group(actor: Actor, group: ClassGroup) -> QuerySet[Loan]:
    """Of these what the children of one group have, and the group itself."""
    return out_at(actor, group.location).filter(with_group=group.pk)


def leaving(rows: QuerySet[Loan]) -> QuerySet[Loan]:
    return rows.filter(leaves=LEAVERS)


def in_group(rows: QuerySet[Loan], group_id: int) -> QuerySet[Loan]:
    return rows.filter(with_group=group_id)


def groups_out(rows: QuerySet[Loan]) -> list[tuple[int, str, int]]:
    """Id, name and number of books of each group that has something; one query."""
    found: dict[int, tuple[str, int]] = {}
    for pk, name in rows.order_by().values_list("with_group", "group_name"):
        if pk is not None:
            found[pk] = (name, found.get(pk, ("", 0))[1] + 1)
    return sorted(((pk, name, n) for pk, (name, n) in found.items()), key=lambda one: one[1].casefold())


def called_on_list(rows: QuerySet[Loan]) -> dict[int, str]:
    """Pupil id → what to call each child that stands on a list of books; one query."""
    columns = ("pupil", "pupil__first_name", "pupil__infix", "pupil__last_name")
    return display_names(set(rows.exclude(pupil=None).order_by().values_list(*columns)))
