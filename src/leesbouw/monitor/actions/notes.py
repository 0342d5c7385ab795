"""Writing down what a team knows beside the figures, and correcting it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version

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
    text = _checked(kind, topic, text)
    with write_transaction():
        row = Participation.objects.visible_to(by).get(pk=participation.pk)
        if row.closed_on is None:
            raise Sentence(_("Close this school first; the report is made then."))
        note = TeamNote.objects.create(participation=row, kind=kind, topic=topic, text=text)
        record(by=by, verb="monitor.write_note", subject=note, unit_id=row.location_id)
        return note


def change_note(
    *, note: TeamNote, kind: str, topic: str, text: str, by: Actor, version: int | None = None
) -> TeamNote:
    """Corrects a note. Raises Stale when somebody else did meanwhile, and Sentence as `write_note`."""
    require(by, DISCUSS)
    text = _checked(kind, topic, text)
    with write_transaction():
        row = _held(note.pk, by)
        check_version(row, version)
        row.kind, row.topic, row.text = kind, topic, text
        row.version += 1
        row.save()
        record(by=by, verb="monitor.change_note", subject=row, unit_id=row.participation.location_id)
        return row


def delete_note(*, note_id: int, by: Actor) -> None:
    """Takes a note away. Raises TeamNote.DoesNotExist out of reach."""
    require(by, DISCUSS)
    with write_transaction():
        note = _held(note_id, by)
        record(by=by, verb="monitor.delete_note", subject=note, unit_id=note.participation.location_id)
        note.delete()


def _checked(kind: str, topic: str, text: str) -> str:
    if kind not in NoteKind.values or topic not in TOPICS:
        raise ValueError(f"no note: {kind!r}, {topic!r}")
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        raise Sentence(_("Write something, in three hundred signs at most."))
    return text


def _held(note_id: int, by: Actor) -> TeamNote:
    """Raises TeamNote.DoesNotExist out of reach."""
    row: TeamNote = lock_row(TeamNote.objects.visible_to(by).select_related("participation"), pk=note_id)
    return row
