"""What the lists of people can be narrowed to, and what stands beside each row."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from leesbouw.accounts.models import User
from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Branch, Municipality, Partnership, Unit
from leesbouw.organisations.queries import units_in_scope

from ..models import ConsultantAssignment, Contact, GroupTeacher, Relation, StaffMember
from .options import function_label
from .persons import contacts_for, going_on, present


def only_present(rows: QuerySet) -> QuerySet:
    """Of these contacts those who still work there."""
    return rows.filter(present())


def only_working(rows: QuerySet) -> QuerySet:
    """Of these colleagues those who did not leave."""
    return rows.filter(Q(ends_on=None) | Q(ends_on__gte=today()))


def units_with_contacts(actor: Actor) -> QuerySet[Unit]:
    """Organisations of which the actor may see a contact."""
    return Unit.objects.filter(pk__in=Contact.objects.visible_to(actor).order_by().values("unit"))


def municipalities_with_contacts(actor: Actor) -> QuerySet[Municipality]:
    """Municipalities where one of those organisations lies."""
    places = contacts_for(actor).order_by().values("municipality_id")
    return Municipality.objects.visible_to(actor).filter(pk__in=places)


def in_municipality(rows: QuerySet, municipality: Municipality) -> QuerySet:
    """Of these contacts those whose organisation lies in a municipality, or is it."""
    return rows.filter(municipality_id=municipality.pk)


def functions_in_use(actor: Actor) -> list[tuple[str, str]]:
    """Functions that some visible contact has, with their words."""
    codes = Contact.objects.visible_to(actor).order_by().values_list("function", flat=True).distinct()
    return sorted(((code, function_label(code)) for code in codes), key=lambda pair: pair[1])


def colleagues_who_talk(actor: Actor) -> list[tuple[str, str]]:
    """Colleagues who talk to somebody."""
    talking = Relation.objects.visible_to(actor).filter(going_on()).values("staff")
    staff = StaffMember.objects.visible_to(actor).filter(pk__in=talking)
    return [(str(pk), name) for pk, name in staff.values_list("pk", "name")]


def talked_to_by(rows: QuerySet, actor: Actor, staff_id: str) -> QuerySet:
    """Of these contacts those to whom a colleague talks."""
    mine = Relation.objects.visible_to(actor).filter(going_on(), staff=int(staff_id))
    return rows.filter(pk__in=mine.values("contact"))


def with_function(rows: QuerySet, code: str) -> QuerySet:
    """Of these colleagues those with a function; read from the codes each row holds."""
    return rows.filter(pk__in=[pk for pk, codes in rows.values_list("pk", "functions") if code in codes])


def talkers_by_contact(actor: Actor) -> dict[int, str]:
    """Contact → names of the colleagues who talk to her. Two queries."""
    rows = Relation.objects.visible_to(actor).filter(going_on()).order_by("starts_on", "pk")
    pairs = list(rows.values_list("contact", "staff"))
    staff = StaffMember.objects.visible_to(actor).filter(pk__in={staff for _contact, staff in pairs})
    names = dict(staff.values_list("pk", "name"))
    found: dict[int, list[str]] = {}
    for contact, member in pairs:
        if member in names:
            found.setdefault(contact, []).append(names[member])
    return {contact: ", ".join(people) for contact, people in found.items()}


def locations_by_staff(actor: Actor) -> dict[int, tuple[int, Any]]:
    """Colleague → number of locations and hours a year that she is assigned today."""
    rows = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today()))
    found: dict[int, tuple[int, Any]] = {}
    for staff, hours in rows.values_list("staff", "hours_per_year"):
        number, total = found.get(staff, (0, 0))
        found[staff] = (number + 1, total + (hours or 0))
    return found


def branches_for(actor: Actor) -> list[Branch]:
    """Branches of the actor's libraries."""
    return list(Branch.objects.visible_to(actor).filter(library__in=_own(actor)).order_by("name"))


def partnerships_to_choose(actor: Actor) -> list[tuple[int, str]]:
    """Locations the actor's libraries work with today, as choices."""
    rows = Partnership.objects.visible_to(actor).filter(on_day(today()), library__in=_own(actor))
    return list(rows.order_by("location__name").values_list("pk", "location__name"))


def _own(actor: Actor) -> Iterable[int]:
    return actor.libraries if isinstance(actor.libraries, frozenset) else ()


def units_to_choose(actor: Actor) -> list[Unit]:
    """Organisations that may have contacts: locations, boards, municipalities and partners within reach."""
    kinds = [UnitKind.LOCATION, UnitKind.BOARD, UnitKind.MUNICIPALITY, UnitKind.PARTNER]
    return list(units_in_scope(actor).filter(kind__in=kinds).order_by("name"))


def groups_taught(actor: Actor) -> set[int]:
    """The groups of her own school that the actor teaches today: her contact there has the address of her account."""
    if actor.user_id is None or actor.unit_kind != UnitKind.LOCATION:
        return set()
    hers = User.objects.filter(pk=actor.user_id, email__iexact=OuterRef("contact__email"))
    rows = GroupTeacher.objects.visible_to(actor).filter(
        on_day(today()), group__location=actor.unit_id, group__year=SchoolYear.running()
    )
    return set(rows.filter(Exists(hers), contact__left_on=None).values_list("group", flat=True))
