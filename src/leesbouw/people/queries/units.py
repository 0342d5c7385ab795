"""Who works at a unit, who of the library comes there, and who talks to whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.models import ClassGroup, Location, Unit

from ..models import ConsultantAssignment, Contact, GroupTeacher, Relation, StaffMember
from ..permissions import VIEW_CONTACTS, VIEW_STAFF
from .options import (
    function_label,
    network_role_label,
    policy_field_label,
    staff_function_label,
    staff_functions_of,
)
from .persons import going_on, present


@dataclass(frozen=True, slots=True)
class ContactLine:
    """A contact as a list shows her; `talkers` are the colleagues who talk to her."""

    contact: Contact
    function: str
    parts: tuple[str, ...]  # network roles and policy fields, in words
    talkers: tuple[StaffMember, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffLine:
    """A colleague at a unit: in a role with hours, or as somebody who talks to people there."""

    staff: StaffMember
    role: str
    assignment_id: int | None = None
    hours_per_year: Decimal | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    partnership_id: int | None = None


@dataclass(frozen=True, slots=True)
class UnitPeople:
    """Everybody one deals with at a unit."""

    unit: Unit
    contacts: list[ContactLine] = field(default_factory=list)
    staff: list[StaffLine] = field(default_factory=list)


def people_of(actor: Actor, unit: Unit) -> UnitPeople:
    """Contacts at a unit with who talks to them, and who of the library comes there. Three queries."""
    contacts = _contacts_at(actor, unit) if actor.may(VIEW_CONTACTS) else []
    talkers = _talkers(actor, [contact.pk for contact in contacts])
    lines = [
        ContactLine(
            contact, function_label(contact.function), _parts(contact), tuple(talkers.get(contact.pk, ()))
        )
        for contact in contacts
    ]
    if not actor.may(VIEW_STAFF):
        return UnitPeople(unit, lines)
    staff = _assigned(
        actor, ConsultantAssignment.objects.visible_to(actor).filter(partnership__location=unit.pk)
    )
    seen = {line.staff.pk for rows in staff.values() for line in rows}
    here = [line for rows in staff.values() for line in rows]
    for line in lines:
        for member in line.talkers:
            if member.pk not in seen:
                seen.add(member.pk)
                here.append(StaffLine(member, staff_functions_of(member)))
    return UnitPeople(unit, lines, here)


LEVELS = ("strategic", "tactical", "operational")


def _contacts_at(actor: Actor, unit: Unit) -> list[Contact]:
    rows = Contact.objects.visible_to(actor).filter(present(), unit=unit.pk)
    return sorted(rows, key=lambda contact: (LEVELS.index(contact.level), contact.name))


def _parts(contact: Contact) -> tuple[str, ...]:
    roles = [network_role_label(code) for code in contact.network_roles]
    return (*roles, *(policy_field_label(code) for code in contact.policy_fields))


def _talkers(actor: Actor, contact_ids: Iterable[int]) -> dict[int, list[StaffMember]]:
    """For each contact the colleagues who talk to her today."""
    rows = Relation.objects.visible_to(actor).filter(
        going_on(),
        contact__in=list(contact_ids),
        staff__in=StaffMember.objects.visible_to(actor).values("pk"),
    )
    found: dict[int, list[StaffMember]] = {}
    for row in rows.select_related("staff").order_by("starts_on", "pk"):
        found.setdefault(row.contact_id, []).append(row.staff)
    return found


def _assigned(actor: Actor, assignments, day: date | None = None) -> dict[int, list[StaffLine]]:  # type: ignore[no-untyped-def]
    """Partnership → who is assigned to it on a day, most hours first."""
    seen = StaffMember.objects.visible_to(actor).values("pk")
    rows = assignments.filter(on_day(day or today()), staff__in=seen).select_related("staff")
    found: dict[int, list[StaffLine]] = {}
    for row in rows.order_by("-hours_per_year", "pk"):
        line = StaffLine(
            row.staff,
            staff_function_label(row.role),
            row.pk,
            row.hours_per_year,
            row.starts_on,
            row.ends_on,
            row.partnership_id,
        )
        found.setdefault(row.partnership_id, []).append(line)
    return found


def consultants_of(actor: Actor, partnership_ids: Iterable[int]) -> dict[int, list[StaffLine]]:
    """Partnership → who is assigned to it today. One query, whatever the number."""
    rows = ConsultantAssignment.objects.visible_to(actor).filter(partnership__in=list(partnership_ids))
    return _assigned(actor, rows)


@dataclass(frozen=True, slots=True)
class AssignmentLine:
    """Where a colleague works or worked, and as what."""

    assignment: ConsultantAssignment
    role: str


def assignments_of_staff(actor: Actor, staff: StaffMember) -> list[AssignmentLine]:
    """Where a colleague works and worked: what goes on first, then newest first."""
    rows = ConsultantAssignment.objects.visible_to(actor).filter(staff=staff.pk)
    rows = rows.select_related("partnership__location").order_by("-starts_on", "-pk")
    lines = [AssignmentLine(row, staff_function_label(row.role)) for row in rows]
    return sorted(lines, key=lambda line: line.assignment.ends_on is not None)


def group_by_id(actor: Actor, group_id: int) -> ClassGroup:
    """A group within reach, with its location. Raises ClassGroup.DoesNotExist."""
    return ClassGroup.objects.visible_to(actor).select_related("location").get(pk=group_id)


def locations_of_staff(actor: Actor, staff_ids: Iterable[int]) -> QuerySet[ConsultantAssignment]:
    """Ids of the locations where these colleagues are assigned today, for use in a filter."""
    rows = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today()), staff__in=list(staff_ids))
    return rows.order_by().values("partnership__location")


def location_ids_of_staff(actor: Actor, staff_ids: Iterable[int]) -> set[int]:
    """Locations where these colleagues are assigned today."""
    rows = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today()), staff__in=list(staff_ids))
    return set(rows.values_list("partnership__location", flat=True))


@dataclass(frozen=True, slots=True)
class GroupLine:
    """A group with its teachers; two are duo partners."""

    group: ClassGroup
    teachers: tuple[tuple[Contact, tuple[int, ...]], ...]


def teachers_of(actor: Actor, location: Location, year: SchoolYear) -> list[GroupLine]:
    """The groups of a year, each with who teaches it. Two queries."""
    groups = ClassGroup.objects.visible_to(actor).filter(location=location.pk, year=year)
    return group_teachers(actor, list(groups.order_by("name")))


def group_teachers(actor: Actor, groups: Sequence[ClassGroup]) -> list[GroupLine]:
    """These groups, each with who teaches it now. One query."""
    rows = list(
        GroupTeacher.objects.visible_to(actor)
        .filter(going_on(), group__in=groups, contact__in=Contact.objects.visible_to(actor).values("pk"))
        .select_related("contact")
        .order_by("starts_on", "pk")
    )
    return [
        GroupLine(
            group,
            tuple((row.contact, tuple(row.days)) for row in rows if row.group_id == group.pk),
        )
        for group in groups
    ]
