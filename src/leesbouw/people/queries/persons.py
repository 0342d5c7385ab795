"""One person, or a list of them; each read starts from what the actor may see."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Case, Q, QuerySet, When
from django.db.models.functions import Coalesce, Lower

from leesbouw.accounts.models import TaskLink, User
from leesbouw.core.access import Actor
from leesbouw.core.asked import once
from leesbouw.core.time import SchoolYear, on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup

from ..models import ConsultantAssignment, Contact, GroupTeacher, Relation, StaffMember


def present() -> Q:
    """Contacts that still work there."""
    return Q(left_on=None) | Q(left_on__gt=today())


def going_on() -> Q:
    """Relations and teachers that were not ended yet."""
    return Q(ends_on=None) | Q(ends_on__gt=today())


def contacts_for(actor: Actor) -> QuerySet[Contact]:
    """Contacts the actor may see, also those who left, with their unit and `municipality_id`."""
    rows = Contact.objects.visible_to(actor).select_related("unit", "unit__as_location")
    return rows.annotate(
        municipality_id=Coalesce(
            "unit__as_location__municipality",
            Case(When(unit__kind=UnitKind.MUNICIPALITY, then="unit_id")),
        )
    )


def contact_by_id(actor: Actor, contact_id: int) -> Contact:
    """Raises Contact.DoesNotExist."""
    return contacts_for(actor).get(pk=contact_id)


def contact_of_link(link: TaskLink) -> QuerySet[Contact]:
    """The one contact that a link to confirm her own data was made for, as long as she works there."""
    rows = Contact.objects.trusted("the contact who holds the link").select_related("unit")
    return rows.filter(pk=link.args.get("contact_id"), unit=link.unit, left_on=None)


def staff_for(actor: Actor) -> QuerySet[StaffMember]:
    """Colleagues the actor may see, also those who left."""
    return StaffMember.objects.visible_to(actor).select_related("library", "branch")


def staff_by_id(actor: Actor, staff_id: int) -> StaffMember:
    """Raises StaffMember.DoesNotExist."""
    return staff_for(actor).get(pk=staff_id)


def staff_today(actor: Actor) -> QuerySet[StaffMember]:
    """Colleagues who work there today, by name."""
    return staff_for(actor).filter(on_day(today())).order_by("name", "pk")


def my_staff(actor: Actor) -> QuerySet[StaffMember]:
    """The members of staff that the actor herself is: linked to her account, or with its e-mail address."""
    address = User.objects.filter(pk=actor.user_id).values("email")[:1]
    mine = Q(user=actor.user_id) | Q(user=None, address=address)
    rows = StaffMember.objects.visible_to(actor).alias(address=Lower("email"))
    return rows.filter(mine) if actor.user_id is not None else rows.none()


@once
def myself(actor: Actor) -> tuple[StaffMember, ...]:
    """The same as rows, by name; nothing for who has no account. One query a page, however many rooms ask."""
    if actor.user_id is None:
        return ()
    return tuple(my_staff(actor).select_related("library", "branch").order_by("name", "pk"))


def my_staff_ids(actor: Actor) -> list[int]:
    """Their ids; nothing for who has no account."""
    return [one.pk for one in myself(actor)]


def my_classes(actor: Actor, year: SchoolYear) -> list[ClassGroup]:
    """The groups that the actor teaches this year: those of the contact with her e-mail address. One query."""
    if actor.user_id is None or actor.unit_id is None:
        return []
    address = User.objects.filter(pk=actor.user_id).values(address=Lower("email"))[:1]
    mine = (
        Contact.objects.visible_to(actor)
        .alias(address=Lower("email"))
        .filter(address=address, unit=actor.unit_id)
    )
    taught = GroupTeacher.objects.visible_to(actor).filter(going_on(), contact__in=mine.values("pk"))
    rows = ClassGroup.objects.visible_to(actor).filter(pk__in=taught.values("group"), year=year)
    return list(rows.order_by("name"))


def names_of_staff(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Names for ids; whom the actor may not see is left out."""
    rows = StaffMember.objects.visible_to(actor).filter(pk__in=set(ids))
    return dict(rows.values_list("pk", "name"))


def names_of_contacts(actor: Actor, ids: Iterable[int]) -> dict[int, str]:
    """Names for ids; whom the actor may not see is left out."""
    rows = Contact.objects.visible_to(actor).filter(pk__in=set(ids))
    return dict(rows.values_list("pk", "name"))


def relation_by_id(actor: Actor, relation_id: int) -> Relation | None:
    """A relation the actor may see, with its contact."""
    return Relation.objects.visible_to(actor).select_related("contact").filter(pk=relation_id).first()


def assignment_by_id(actor: Actor, assignment_id: int) -> ConsultantAssignment | None:
    """An assignment the actor may see, with its location."""
    rows = ConsultantAssignment.objects.visible_to(actor).select_related("partnership__location")
    return rows.filter(pk=assignment_id).first()


def contacts_at(actor: Actor, unit_id: int) -> list[Contact]:
    """Who works at a unit today, by name."""
    return list(Contact.objects.visible_to(actor).filter(present(), unit=unit_id))
