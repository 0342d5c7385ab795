"""Writing down what a team knows beside the figures."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence

from ..domain.team import LONGEST_NOTE
from ..enums import NoteKind
from ..models import Participation, TeamNote
from ..permissions import DISCUSS
from ..queries.reports.topics import TOPICS


def write_note(*, participation: Participation, kind: str, topic: str, text: str, by: Actor) -> TeamNote:
    """Keeps a note with a topic of the report. The event holds no word of it.

    Raises Sentence for a location that is still filling in, and for a text that is empty or too long.
    """
    require(by, DISCUSS)
    if kind not in NoteKind.values or topic not in TOPICS:
        raise ValueError(f"no note: {kind!r}, {topic!r}")
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise Sentence(_("Write something, in three hundred signs at most."))
    with write_transaction():
        row = Participation.objects.visible_to(by).get(pk=participation.pk)
        if row.closed_on is None:
            raise Sentence(_("Close this school first; the report is made then."))
        note = TeamNote.objects.create(participation=row, kind=kind, topic=topic, text=text)
        record(by=by, verb="monitor.write_note", subject=note, unit_id=row.location_id)
        return note


def delete_note(*, note_id: int, by: Actor) -> None:
    """Takes a note away. Raises TeamNote.DoesNotExist out of reach."""
    require(by, DISCUSS)
    with write_transaction():
        note: TeamNote = lock_row(TeamNote.objects.visible_to(by).select_related("participation"), pk=note_id)
        record(by=by, verb="monitor.delete_note", subject=note, unit_id=note.participation.location_id)
        note.delete()
