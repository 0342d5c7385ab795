"""Visits as a calendar program reads them (RFC 5545). No name of a person stands in it."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from leesbouw.accounts.domain import hashed
from leesbouw.core.access import Actor
from leesbouw.core.time import now, on_day, today
from leesbouw.organisations.models import Partnership, Unit
from leesbouw.people.models import StaffMember

from ..models import Feed, Visit

if TYPE_CHECKING:
    from icalendar import Event

BACK, AHEAD = timedelta(days=60), timedelta(days=400)
AGAIN = timedelta(hours=1)  # how often a program may ask


def has_feed(actor: Actor, *, staff: StaffMember | None = None, unit: Unit | None = None) -> bool:
    """Whether somebody made an address for these visits that works."""
    return Feed.objects.visible_to(actor).filter(revoked_at=None, staff=staff, unit=unit).exists()


def feed_by_token(token: str) -> Feed | None:
    """The feed behind an address, while it works and the colleague works there; one that a library made for a location
    stops when they work together no more."""
    rows = Feed.objects.trusted("who holds the address of a calendar").filter(revoked_at=None)
    feed = rows.filter(token_hash=hashed(token)).select_related("staff").first()
    if feed is None or (feed.staff and feed.staff.ends_on and feed.staff.ends_on < today()):
        return None
    if feed.unit_id and feed.library_id:
        together = Partnership.objects.filter(on_day(today()), library=feed.library_id, location=feed.unit_id)
        return feed if together.exists() else None
    return feed


def calendar_of(feed: Feed) -> bytes:
    """Cancelled visits stay in it as such, so that a program takes them out; times are in UTC, so no zone is needed."""
    from icalendar import Calendar  # late: slow import

    calendar = Calendar()
    calendar.add("prodid", "-//Leesbouw//NL")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("refresh-interval", AGAIN, parameters={"VALUE": "DURATION"})
    with override(settings.LANGUAGE_CODE):
        calendar.add("x-wr-calname", pgettext("calendar", "Visits of the library"))
        for visit in _visits(feed):
            calendar.add_component(_event(visit, for_staff=feed.staff_id is not None))
    return calendar.to_ical()


def _visits(feed: Feed) -> QuerySet[Visit]:
    rows = Visit.objects.trusted("who holds the address of a calendar").select_related(
        "unit", "unit__as_location", "cancellation"
    )
    rows = rows.filter(starts_at__gte=now() - BACK, starts_at__lt=now() + AHEAD)
    return rows.filter(staff=feed.staff_id) if feed.staff_id else rows.filter(unit=feed.unit_id)


def _event(visit: Visit, *, for_staff: bool) -> Event:
    from icalendar import Event  # late: slow import

    event = Event()
    event.add("uid", f"{visit.uid}@leesbouw")
    event.add("sequence", visit.sequence)
    event.add("dtstamp", visit.changed_at.astimezone(UTC))
    event.add("dtstart", visit.starts_at.astimezone(UTC))
    event.add("dtend", visit.ends_at.astimezone(UTC))
    event.add("last-modified", visit.changed_at.astimezone(UTC))
    event.add(
        "summary",
        f"{visit.unit.name}: {visit.what}" if for_staff else _("Library: %(what)s") % {"what": visit.what},
    )
    event.add("location", f"{visit.unit.name}, {visit.unit.as_location.town}".rstrip(", "))
    event.add("status", "CANCELLED" if hasattr(visit, "cancellation") else "CONFIRMED")
    if for_staff and visit.things:
        event.add("description", _("Take along: %(things)s") % {"things": ", ".join(visit.things)})
    return event
