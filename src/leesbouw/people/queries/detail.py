"""Everything about one person that her page shows, and what other rooms add to it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import Registry
from leesbouw.core.time import today
from leesbouw.organisations.models import ClassGroup

from ..models import Contact, GroupTeacher, Relation, StaffMember
from ..permissions import VIEW_CONTACTS
from .options import function_label, network_role_label, policy_field_label
from .units import AssignmentLine, assignments_of_staff


@dataclass(frozen=True, slots=True)
class PanelRow:
    """A line of a panel: on this day, this happened."""

    on: date | None
    title: Any
    url: str = ""
    text: Any = ""


@dataclass(frozen=True, slots=True)
class Panel:
    """What another room knows of a person, such as the talks she took part in."""

    title: Any
    rows: list[PanelRow] = field(default_factory=list)
    empty: Any = ""


contact_panels: Registry[Callable[[Actor, Contact], Panel | None]] = Registry("contact panel")
staff_panels: Registry[Callable[[Actor, StaffMember], Panel | None]] = Registry("staff panel")


@dataclass(frozen=True, slots=True)
class DatedPair:
    """A relation with the people at both ends, as far as the actor may see them."""

    relation: Relation
    staff: StaffMember | None
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class ContactPage:
    contact: Contact
    function: str
    network_roles: list[str]
    policy_fields: list[str]
    now: list[DatedPair]
    before: list[DatedPair]
    groups: list[tuple[GroupTeacher, ClassGroup]]
    panels: list[Panel]


def contact_page(actor: Actor, contact: Contact) -> ContactPage:
    """What we know of a contact: this and nothing else is what she sees when she asks."""
    relations = list(
        Relation.objects.visible_to(actor).filter(contact=contact.pk).order_by("-starts_on", "-pk")
    )
    staff = _by_id(StaffMember.objects.visible_to(actor).filter(pk__in={row.staff_id for row in relations}))
    pairs = [DatedPair(row, staff.get(row.staff_id), contact) for row in relations]
    taught = GroupTeacher.objects.visible_to(actor).filter(contact=contact.pk).select_related("group")
    panels = [panel(actor, contact) for panel in contact_panels.values()]
    return ContactPage(
        contact=contact,
        function=function_label(contact.function),
        network_roles=[network_role_label(code) for code in contact.network_roles],
        policy_fields=[policy_field_label(code) for code in contact.policy_fields],
        now=[pair for pair in pairs if pair.relation.ends_on is None],
        before=[pair for pair in pairs if pair.relation.ends_on is not None],
        groups=[(row, row.group) for row in taught.order_by("-group__year", "group__name")],
        panels=[panel for panel in panels if panel is not None],
    )


def contact_data(page: ContactPage) -> dict[str, Any]:
    """The same as plain data, to take to another system (GDPR article 20)."""
    contact = page.contact
    return {
        "made_on": today().isoformat(),
        "name": contact.name,
        "email": contact.email,
        "phone": contact.phone,
        "works_at": contact.unit.name,
        "function": page.function,
        "level": contact.get_level_display(),
        "network_roles": page.network_roles,
        "policy_fields": page.policy_fields,
        "contact_since": contact.starts_on.isoformat(),
        "left_on": _iso(contact.left_on),
        "talks_to": [
            {
                "name": pair.staff.name,
                "from": pair.relation.starts_on.isoformat(),
                "until": _iso(pair.relation.ends_on),
            }
            for pair in [*page.now, *page.before]
            if pair.staff
        ],
        "groups": [{"name": group.name, "year": str(group.year)} for _row, group in page.groups],
        "more": [
            {
                "title": str(panel.title),
                "rows": [
                    {"on": _iso(row.on), "title": str(row.title), "text": str(row.text)} for row in panel.rows
                ],
            }
            for panel in page.panels
        ],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


@dataclass(frozen=True, slots=True)
class StaffPage:
    staff: StaffMember
    assignments: list[AssignmentLine]
    now: list[DatedPair]
    before: list[DatedPair]
    panels: list[Panel]


def staff_page(actor: Actor, staff: StaffMember) -> StaffPage:
    """Where a colleague works, to whom she talks, and what other rooms add."""
    relations = list(Relation.objects.visible_to(actor).filter(staff=staff.pk).order_by("-starts_on", "-pk"))
    contacts = (
        {}
        if not actor.may(VIEW_CONTACTS)
        else _by_id(
            Contact.objects.visible_to(actor)
            .filter(pk__in={row.contact_id for row in relations})
            .select_related("unit")
        )
    )
    pairs = [DatedPair(row, staff, contacts.get(row.contact_id)) for row in relations]
    panels = [panel(actor, staff) for panel in staff_panels.values()]
    return StaffPage(
        staff=staff,
        assignments=assignments_of_staff(actor, staff),
        now=[pair for pair in pairs if pair.relation.ends_on is None and pair.contact],
        before=[pair for pair in pairs if pair.relation.ends_on is not None and pair.contact],
        panels=[panel for panel in panels if panel is not None],
    )


def _by_id(rows: Any) -> dict[int, Any]:
    return {row.pk: row for row in rows}


def what_is_kept(contact: Contact) -> list[tuple[str, str]]:
    """What we keep of a contact besides her name and addresses, as she reads it herself."""
    rows = [
        (_("Function"), function_label(contact.function)),
        (_("Level"), contact.get_level_display()),
        (_("Part in the network"), ", ".join(network_role_label(code) for code in contact.network_roles)),
        (_("Policy field"), ", ".join(policy_field_label(code) for code in contact.policy_fields)),
    ]
    return [(str(label), value) for label, value in rows if value]
