"""What a consultant gives back to the teacher after a visit."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.time import now, today
from leesbouw.organisations.enums import UnitKind

from ..models import GroupNote, Visit, VisitCancellation
from ..permissions import EDIT_VISITS


def write_group_note(*, visit: Visit, text: str, by: Actor, version: int | None = None) -> GroupNote | None:
    """Writes what the teacher may use, or words it anew; without words it goes and None comes back.

    Raises NotAllowed for who does not work at the library of the visit, Stale, and Sentence for a visit that is still to
    come or was cancelled.
    """
    require(by, EDIT_VISITS)
    if by.unit_kind == UnitKind.LOCATION:
        raise NotAllowed(EDIT_VISITS)
    with write_transaction():
        try:
            held: Visit = lock_row(Visit.objects.visible_to(by), pk=visit.pk)
        except Visit.DoesNotExist:
            raise NotAllowed(EDIT_VISITS) from None
        if held.day > today():
            raise Sentence(_("This visit is still to come."))
        if VisitCancellation.objects.filter(visit=held.pk).exists():
            raise Sentence(_("This visit is cancelled."))
        note = GroupNote.objects.visible_to(by).filter(visit=held.pk).first()
        words = text.strip()
        if note is None and not words:
            return None
        note = note or GroupNote(visit=held, library_id=held.library_id, unit_id=held.unit_id, version=0)
        check_version(note, version)
        record(by=by, verb="activities.write_group_note", subject=held, unit_id=held.unit_id)
        if not words:
            note.delete()
            return None
        note.text, note.written_at = words, now()
        note.by_user_id, note.by_name = by.user_id, by.name
        note.version += 1
        note.save()
        return note
