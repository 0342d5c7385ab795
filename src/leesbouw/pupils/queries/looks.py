"""Who saw a child: read from the audit trail, for who answers to the parents."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.audit import AuditEvent
from leesbouw.privacy.enums import verb_label
from leesbouw.privacy.queries import names_of

from ..models import Pupil

MOST_LOOKS = 200
AT_SCHOOL = ("pupils.look_at_list", "pupils.export_list", "pupils.print_cards")


@dataclass(frozen=True, slots=True)
class Look:
    """When somebody saw or changed something of a child, or a list of the school with the child's name on it."""

    at: datetime
    who: str
    what: str


def looks_at(actor: Actor, pupil: Pupil) -> list[Look]:
    """The newest first, as far back as the audit trail goes. Two queries."""
    child = Q(subject_type=Pupil._meta.label, subject_id=pupil.pk)
    lists = Q(verb__in=AT_SCHOOL, unit_id=pupil.location_id)
    rows = list(AuditEvent.objects.filter(child | lists)[:MOST_LOOKS])
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
