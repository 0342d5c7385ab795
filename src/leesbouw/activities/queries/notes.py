"""Notes about a group that a consultant left for the teacher."""

from __future__ import annotations

from datetime import timedelta

from leesbouw.core.access import Actor
from leesbouw.core.time import now
from leesbouw.organisations.models import Unit

from ..models import GroupNote, Visit

SHOWN_FOR = timedelta(weeks=4)
MOST_NOTES = 5


def group_note_of(actor: Actor, visit: Visit) -> GroupNote | None:
    """The note that belongs to a visit."""
    return GroupNote.objects.visible_to(actor).filter(visit=visit.pk).first()


def group_notes_at(actor: Actor, unit: Unit) -> list[tuple[GroupNote, Visit]]:
    """The notes of the last weeks for the teachers of a school, each with its visit, the newest first. Two queries."""
    rows = GroupNote.objects.visible_to(actor).filter(unit=unit.pk, written_at__gte=now() - SHOWN_FOR)
    notes = list(rows.order_by("-written_at", "-pk")[:MOST_NOTES])
    if not notes:
        return []
    visits = Visit.objects.visible_to(actor).in_bulk([note.visit_id for note in notes])
    return [(note, visits[note.visit_id]) for note in notes if note.visit_id in visits]
