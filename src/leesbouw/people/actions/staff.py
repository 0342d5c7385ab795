"""Writing colleagues: who works at the library, and where each of them works."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.models import RoleAssignment
from leesbouw.core import search
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.registry import undo
from leesbouw.core.time import today
from leesbouw.organisations.models import Branch, Library, Partnership

from ..domain import last_day
from ..models import ConsultantAssignment, Relation, StaffMember
from ..permissions import ASSIGN, EDIT_STAFF
from ..queries.indexing import KIND, staff_entry, staff_key


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A colleague as a form or the demo gives her. `functions` are codes of the role catalogue.

    Without `user_id` she is tied to the account of her library that has the same e-mail address.
    """

    library_id: int
    name: str
    functions: tuple[str, ...] = ()
    education_level: str = ""
    email: str = ""
    phone: str = ""
    branch_id: int | None = None
    user_id: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    id: int | None = None
    version: int | None = None


FIELDS = ("name", "education_level", "email", "phone", "branch_id")


def save_staff(rows: Sequence[StaffRow], *, by: Actor, run: str = "") -> list[StaffMember]:
    """Makes or changes colleagues, with one event for all; returns them in the order of `rows`."""
    require(by, EDIT_STAFF)
    with write_transaction():
        known = {
            member.pk: member
            for member in StaffMember.objects.visible_to(by).filter(pk__in=[row.id for row in rows if row.id])
        }
        accounts = _accounts(rows)
        libraries = Library.objects.in_bulk({row.library_id for row in rows})
        saved = [_merged(row, known, accounts, by) for row in rows]
        for member in saved:
            member.library = libraries[member.library_id]
        StaffMember.objects.bulk_create([member for member in saved if member.pk is None])
        for member in saved:
            if member.pk in known:
                member.save()
        search.put(staff_entry(member) for member in saved if member.ends_on is None)
        record(
            by=by,
            verb="people.save_staff",
            subject=saved[0] if len(saved) == 1 else None,
            unit_id=saved[0].library_id if len({member.library_id for member in saved}) == 1 else None,
            count=len(saved),
            run=run,
        )
        return saved


def _accounts(rows: Sequence[StaffRow]) -> dict[tuple[int, str], int]:
    """(library, address) → account, of accounts with a role at the library or its branches that nobody has yet."""
    addresses = {row.email.lower() for row in rows if row.email}
    libraries = {row.library_id for row in rows}
    branches = dict(Branch.objects.filter(library__in=libraries).values_list("pk", "library_id"))
    taken = StaffMember.objects.trusted("one account, one colleague").exclude(user=None).values("user")
    held = RoleAssignment.objects.filter(
        Q(unit__in=libraries) | Q(unit__in=branches), RoleAssignment.held_today(), user__email__in=addresses
    ).exclude(user__in=taken)
    return {
        (branches.get(unit_id, unit_id), address): user_id
        for unit_id, address, user_id in held.values_list("unit_id", "user__email", "user_id")
    }


def _merged(
    row: StaffRow, known: dict[int, StaffMember], accounts: dict[tuple[int, str], int], by: Actor
) -> StaffMember:
    if by.kind != "system" and row.library_id not in by.libraries:
        raise NotAllowed(EDIT_STAFF)
    if row.id is not None:
        if row.id not in known:
            raise NotAllowed(EDIT_STAFF)
        member = known[row.id]
        check_version(member, row.version)
        member.version += 1
    else:
        member = StaffMember(library_id=row.library_id)
    for name in FIELDS:
        setattr(member, name, getattr(row, name))
    member.functions = list(dict.fromkeys(row.functions))
    member.starts_on = row.starts_on or member.starts_on
    if row.id is None:
        member.ends_on = row.ends_on
    if member.user_id is None:
        member.user_id = row.user_id or accounts.get((row.library_id, row.email.lower()))
    return member


def end_staff(*, staff: StaffMember, by: Actor, ends_on: date | None = None) -> StaffMember:
    """She no longer works at the library: her assignments and relations end on that day too."""
    require(by, EDIT_STAFF)
    with write_transaction():
        row = lock_row(StaffMember.objects.visible_to(by), pk=staff.pk)
        if row.ends_on is not None:
            raise Sentence(_("This person had already left."))
        row.ends_on = last_day(ends_on or today(), row.starts_on)
        row.version += 1
        row.save(update_fields=["ends_on", "version"])
        assignments = ConsultantAssignment.objects.trusted("ends with the colleague").filter(
            staff=row.pk, ends_on=None
        )
        relations = Relation.objects.trusted("ends with the colleague").filter(staff=row.pk, ends_on=None)
        ended = [list(rows.values_list("pk", flat=True)) for rows in (assignments, relations)]
        assignments.update(ends_on=row.ends_on)
        relations.update(ends_on=row.ends_on)
        search.remove(KIND, [staff_key(row.pk)])
        record(
            by=by,
            verb="people.end_staff",
            subject=row,
            unit_id=row.library_id,
            undo=Undo(
                "people.staff_back", {"staff_id": row.pk, "assignments": ended[0], "relations": ended[1]}
            ),
        )
        return row


@undo.register("people.staff_back")
def staff_back(
    *, staff_id: int, by: Actor, assignments: Sequence[int] = (), relations: Sequence[int] = ()
) -> None:
    """She works there after all: what ended with her goes on."""
    require(by, EDIT_STAFF)
    with write_transaction():
        row = lock_row(StaffMember.objects.visible_to(by).select_related("library"), pk=staff_id)
        row.ends_on = None
        row.version += 1
        row.save(update_fields=["ends_on", "version"])
        for model, ids in ((ConsultantAssignment, assignments), (Relation, relations)):
            rows = model.objects.trusted("ends with the colleague")  # type: ignore[attr-defined]
            rows.filter(staff=row.pk, pk__in=ids).update(ends_on=None)
        search.put([staff_entry(row)])
        record(by=by, verb="people.staff_back", subject=row, unit_id=row.library_id)


@dataclass(frozen=True, slots=True)
class AssignmentRow:
    """Who works at which location, in which role, from when, with how many hours a year."""

    partnership_id: int
    staff_id: int
    role: str
    hours_per_year: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None


def assign_consultants(
    rows: Iterable[AssignmentRow], *, by: Actor, run: str = ""
) -> list[ConsultantAssignment]:
    """Assigns colleagues to locations; who holds the same role there already gets the new hours.

    Raises NotAllowed when a location or colleague is out of reach, Sentence for two libraries.
    """
    require(by, ASSIGN)
    rows = list(rows)
    with write_transaction():
        partnerships = Partnership.objects.visible_to(by).in_bulk({row.partnership_id for row in rows})
        staff = {
            member.pk: member
            for member in StaffMember.objects.visible_to(by).filter(pk__in={row.staff_id for row in rows})
        }
        going_on = ConsultantAssignment.objects.visible_to(by).filter(
            partnership__in=partnerships, ends_on=None
        )
        known = {(row.partnership_id, row.staff_id, row.role): row for row in going_on}
        result = []
        for row in rows:
            partnership, member = partnerships.get(row.partnership_id), staff.get(row.staff_id)
            if partnership is None or member is None:
                raise NotAllowed(ASSIGN)
            if partnership.library_id != member.library_id:
                raise Sentence(_("They belong to different libraries."))
            result.append(_assigned(row, known.get((row.partnership_id, row.staff_id, row.role))))
        made = [row for row in result if row.pk is None]
        changed = [row for row in result if row.pk is not None]
        ConsultantAssignment.objects.bulk_create(made)
        for assignment in changed:
            assignment.save(update_fields=["hours_per_year"])
        locations = {partnerships[row.partnership_id].location_id for row in result}
        record(
            by=by,
            verb="people.assign_consultants",
            unit_id=locations.pop() if len(locations) == 1 else None,
            subject=result[0] if len(result) == 1 else None,
            count=len(result),
            run=run,
            undo=Undo("people.remove_assignments", {"ids": [row.pk for row in made]})
            if not changed
            else None,
        )
        return result


def _assigned(row: AssignmentRow, known: ConsultantAssignment | None) -> ConsultantAssignment:
    if known is not None:
        known.hours_per_year = row.hours_per_year
        return known
    return ConsultantAssignment(
        partnership_id=row.partnership_id,
        staff_id=row.staff_id,
        role=row.role,
        hours_per_year=row.hours_per_year,
        starts_on=row.starts_on or today(),
        ends_on=row.ends_on,
    )


def assign_consultant(row: AssignmentRow, *, by: Actor) -> ConsultantAssignment:
    """Assigns one colleague; see assign_consultants."""
    return assign_consultants([row], by=by)[0]


@undo.register("people.remove_assignments")
def _remove_assignments(*, ids: Sequence[int], by: Actor) -> None:
    require(by, ASSIGN)
    with write_transaction():
        count = ConsultantAssignment.objects.visible_to(by).filter(pk__in=ids).delete()[0]
        record(by=by, verb="people.remove_assignments", count=count)


def end_assignment(
    *, assignment: ConsultantAssignment, by: Actor, ends_on: date | None = None
) -> ConsultantAssignment:
    """The last day of an assignment; the row stays, for the history of the location."""
    require(by, ASSIGN)
    with write_transaction():
        row = lock_row(ConsultantAssignment.objects.visible_to(by), pk=assignment.pk)
        row.ends_on = last_day(ends_on or today(), row.starts_on)
        row.save(update_fields=["ends_on"])
        record(
            by=by,
            verb="people.end_assignment",
            subject=row,
            unit_id=row.partnership.location_id,
            undo=Undo("people.assign_again", {"assignment_id": row.pk}),
        )
        return row


@undo.register("people.assign_again")
def _assign_again(*, assignment_id: int, by: Actor) -> None:
    require(by, ASSIGN)
    with write_transaction():
        row = lock_row(ConsultantAssignment.objects.visible_to(by), pk=assignment_id)
        row.ends_on = None
        row.save(update_fields=["ends_on"])
        record(by=by, verb="people.assign_again", subject=row, unit_id=row.partnership.location_id)
