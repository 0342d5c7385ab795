"""What the search index holds of people, and whose people may find it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.db.models import Q
from django.urls import reverse

from leesbouw.core.search import Entry
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import UnitKind

from ..models import Contact, StaffMember
from ..permissions import VIEW_CONTACTS, VIEW_STAFF
from .options import function_label, staff_functions_of
from .persons import present

KIND = "person"


def contact_key(contact_id: int) -> int:
    """The id of a contact in the index, which contacts and colleagues share: even for contacts, odd for colleagues."""
    return contact_id * 2


def staff_key(staff_id: int) -> int:
    return staff_id * 2 + 1


def contact_entries(ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Index entries of these contacts, or of all who still work there."""
    rows = Contact.objects.trusted("search index").select_related("unit").filter(present())
    for row in rows if ids is None else rows.filter(pk__in=list(ids)):
        yield contact_entry(row)


def contact_entry(row: Contact) -> Entry:
    """The library that knows her may find her, and the location where she works."""
    own = {row.unit_id} if row.unit.kind == UnitKind.LOCATION else set()
    return Entry(
        kind=KIND,
        object_id=contact_key(row.pk),
        title=row.name,
        subtitle=f"{function_label(row.function)} · {row.unit.name}",
        url=reverse("people:contact-detail", args=[row.pk]),
        scope=frozenset({row.library_id, *own}),
        body=f"{function_label(row.function)} {row.unit.name}",
        permission=VIEW_CONTACTS,
    )


def staff_entries(ids: Iterable[int] | None = None) -> Iterator[Entry]:
    """Index entries of these colleagues, or of all who work there today."""
    rows = StaffMember.objects.trusted("search index").select_related("library")
    rows = rows.filter(on_day(today()) | Q(starts_on__gt=today()))
    for row in rows if ids is None else rows.filter(pk__in=list(ids)):
        yield staff_entry(row)


def staff_entry(row: StaffMember) -> Entry:
    functions = staff_functions_of(row)
    return Entry(
        kind=KIND,
        object_id=staff_key(row.pk),
        title=row.name,
        subtitle=f"{functions} · {row.library.name}" if functions else row.library.name,
        url=reverse("people:staff-detail", args=[row.pk]),
        scope=frozenset({row.library_id}),
        body=functions,
        permission=VIEW_STAFF,
    )


def person_entries() -> Iterator[Entry]:
    """Everybody, for a new index."""
    yield from contact_entries()
    yield from staff_entries()
