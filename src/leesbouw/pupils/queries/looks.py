"""Who saw a child: read from the audit trail, for who answers to the parents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from leesbouw.accounts.permissions import roles
from leesbouw.core.access import Actor
from leesbouw.core.audit import AuditEvent
from leesbouw.core.retention import begin_of
from leesbouw.core.time import AMSTERDAM
from leesbouw.organisations.models import ClassGroup
from leesbouw.privacy.enums import verb_label
from leesbouw.privacy.queries import names_of

from ..models import Enrolment, Pupil

MOST_LOOKS = 200
AT_SCHOOL = (
    "pupils.look_at_list",
    "pupils.export_list",
    "pupils.print_cards",
    "lending.look_at_school",
    "lending.export_school",
)
AT_GROUP = (
    "lending.look_at_group",
    "lending.export_group",
    "lending.print_cards",
)  # of a room above this one


@dataclass(frozen=True, slots=True)
class Look:
    """When somebody saw or changed something of a child, or a list of the school with the child's name on it."""

    at: datetime
    who: str
    what: str


def looks_at(actor: Actor, pupil: Pupil) -> list[Look]:
    """The newest first, as far back as the audit trail goes. Three queries."""
    child = Q(subject_type=Pupil._meta.label, subject_id=pupil.pk)
    lists = Q(verb__in=AT_SCHOOL, unit_id=pupil.location_id)
    rows = list(AuditEvent.objects.filter(child | lists | at_groups_of(pupil))[:MOST_LOOKS])
    names = names_of(actor, "user", {row.by_user_id for row in rows})
    gone = (_("an account that is gone"), "")
    return [
        Look(
            row.at,
            names.get(row.by_user_id, gone)[0] if row.by_user_id else _("Leesbouw itself"),
            verb_label(row.verb),
        )
        for row in rows
    ]


def at_groups_of(pupil: Pupil) -> Q:
    """Looks at a group of the child, since it came there."""
    stays = Enrolment.objects.trusted("in which groups a child was, for who looked at them").filter(
        pupil=pupil
    )
    found = Q(pk__in=())
    for group, since in stays.order_by().values_list("group", "starts_on"):
        found |= Q(subject_id=group, at__gte=begin_of(since))
    return Q(verb__in=AT_GROUP, subject_type=ClassGroup._meta.label) & found


@dataclass(frozen=True, slots=True)
class LookAtBooks:
    """That somebody looked at the books of the child's group, as the child may know it."""

    on: date
    who: str


def looks_for_child(child: Pupil, *, most: int = 5) -> list[LookAtBooks]:
    """Who of the staff saw what the child has now: the last few, by day and role. Two queries."""
    school = Q(verb__in=("lending.look_at_school", "lending.export_school"), unit_id=child.location_id)
    pupil = Q(verb="pupils.look_at_pupil", subject_type=Pupil._meta.label, subject_id=child.pk)
    rows = AuditEvent.objects.filter(school | pupil | at_groups_of(child))
    names = {code: body.name for code, body in roles().items()}
    seen: dict[tuple[date, str], LookAtBooks] = {}
    for at, role in rows.values_list("at", "by_role")[: 10 * most]:
        day = at.astimezone(AMSTERDAM).date()
        seen.setdefault((day, role), LookAtBooks(day, names.get(role, "")))
    return list(seen.values())[:most]
