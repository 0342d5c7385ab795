"""What activities give to the rooms below: what is to do, things to do from the search box, and what is wiped when."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import (
    Command,
    MenuItem,
    Record,
    RecordSource,
    Todo,
    commands,
    holders,
    menu,
    records,
    todo_sources,
)
from leesbouw.core.retention import begin_of, rows
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.plans.queries import took_place

from . import actions, jobs  # noqa: F401 -- jobs register themselves
from .models import Feed, HoursEntry, Visit
from .permissions import EDIT_VISITS, VIEW_HOURS, VIEW_LOOK_BACK, VIEW_VISITS
from .queries import groups_visited, to_report, visits_between, visits_for

MOST_LINES, MOST_RECORDS = 8, 40


def reports_to_write(actor: Actor) -> list[Todo]:
    """Visits that are over and of which the actor wrote nothing yet."""
    if not actor.may(EDIT_VISITS) or actor.unit_kind == UnitKind.LOCATION:
        return []
    return [
        Todo(
            title=_now("Report of %(unit)s") % {"unit": visit.unit.name},
            url=reverse("activities:visit-report", args=[visit.pk]),
            due_on=visit.day,
            icon="edit",
            subtitle=visit.what,
        )
        for visit in to_report(actor)[:MOST_LINES]
    ]


def hours_url(actor: Actor) -> str | None:
    at_library = actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}
    return (
        reverse("activities:hours")
        if at_library and (actor.may(EDIT_VISITS) or actor.may(VIEW_HOURS))
        else None
    )


def visits_as_records(
    actor: Actor, unit: Unit, *, year: SchoolYear | None = None, ids: Collection[int] | None = None
) -> list[Record]:
    """Visits to a location that have a report, for who sees them; the report itself only the library reads."""
    if not actor.may(VIEW_VISITS):
        return []
    rows = (
        visits_between(actor, year.starts_on, year.ends_on)
        if year
        else visits_for(actor).filter(pk__in=ids or ())
    )
    rows = rows.filter(unit=unit.pk, is_cancelled=False)
    if ids is None:
        rows = rows.filter(is_reported=True)
    return [
        Record(visit.pk, visit.what or _now("Visit"), visit.get_absolute_url(), visit.day)
        for visit in rows.order_by("-starts_at", "-pk")[:MOST_RECORDS]
    ]


records.add("visit", RecordSource(_("a visit report"), visits_as_records))
took_place.add("visits", groups_visited)
LEVELS = (UnitKind.MUNICIPALITY, UnitKind.BOARD, UnitKind.PROVINCE)


def look_back_url(actor: Actor) -> str | None:
    """Of the library its locations by name; of a municipality, board or province its own sums."""
    if actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}:
        return reverse("activities:look-back")
    if actor.unit_kind in LEVELS:
        return reverse(f"activities:{actor.unit_kind}-look-back", args=[actor.unit_code])
    return None


menu.add(
    "look-back", MenuItem(_("Look back"), "insight", look_back_url, VIEW_LOOK_BACK, under=("/terugblik/",))
)
commands.add(
    "look-back",
    Command(
        _("Agreed and reached"), look_back_url, VIEW_LOOK_BACK, words=_("look back evaluation results sums")
    ),
)
todo_sources.add("visits", reports_to_write)
commands.add(
    "visits",
    Command(_("Visits"), lambda actor: reverse("activities:week"), VIEW_VISITS, words=_("diary week")),
)
commands.add(
    "plan-visit", Command(_("Plan a visit"), lambda actor: reverse("activities:visit-plan"), EDIT_VISITS)
)
commands.add("hours", Command(_("Hours"), hours_url, VIEW_VISITS, words=_("time budget worked")))


def _visits(limit: date) -> QuerySet[Visit]:
    visits = Visit.objects.trusted("visits over their term")
    return visits.filter(ends_at__lt=begin_of(limit)).exclude(what="")


def _hours(limit: date) -> QuerySet[HoursEntry]:
    return HoursEntry.objects.trusted("hours over their term").filter(worked_on__lt=limit)


def _feeds(limit: date) -> QuerySet[Feed]:
    return Feed.objects.trusted("calendars over their term").filter(revoked_at__lt=begin_of(limit))


holders.add("visit", rows(_("Words about visits"), "visit", _visits, wipe=actions.wipe_texts))
holders.add("hours", rows(_("Hours of colleagues"), "hours", _hours, wipe=actions.wipe_hours))
holders.add("feed", rows(_("Addresses of calendars"), "feed", _feeds))
