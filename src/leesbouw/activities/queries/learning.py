"""Where activities of a year plan took place, for the learning goals that they serve."""

from __future__ import annotations

from datetime import datetime, time

from django.db.models import OuterRef, Subquery

from leesbouw.core.access import Actor
from leesbouw.core.time import AMSTERDAM, SchoolYear
from leesbouw.organisations.models import Location
from leesbouw.plans.models import PlannedActivity
from leesbouw.plans.queries import groups_in_plan

from ..enums import Done
from ..models import Visit, VisitReport


def groups_visited(actor: Actor, unit: Location, year: SchoolYear) -> dict[int, set[int]]:
    """For each planned activity the year groups that a visit for it reached; a visit without groups of its own reached
    those of its activity, or else all.

    A visit counts when its report says that it worked out, at least partly. The report is the library's; that there is
    one is no secret, so a school sees the same matrix. One query.
    """
    reports = VisitReport.objects.trusted("whether a visit that one may see took place").filter(
        done__in=[Done.YES, Done.PARTLY]
    )
    planned = PlannedActivity.objects.visible_to(actor).filter(pk=OuterRef("activity"))
    visits = Visit.objects.visible_to(actor).filter(
        unit=unit.pk,
        activity__isnull=False,
        starts_at__gte=datetime.combine(year.starts_on, time.min, AMSTERDAM),
        starts_at__lt=datetime.combine(year.next.starts_on, time.min, AMSTERDAM),
        pk__in=reports.values("visit"),
    )
    found: dict[int, set[int]] = {}
    rows = visits.annotate(planned=Subquery(planned.values("groups")[:1]))
    for pk, groups, meant in rows.values_list("activity", "groups", "planned"):
        found.setdefault(pk, set()).update(groups or meant or groups_in_plan(unit))
    return found
