"""Putting an open answer aside, because it names somebody or helps nobody."""

from __future__ import annotations

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.registry import undo

from ..models import OpenAnswer, Participation
from ..permissions import OPEN_ANSWERS


def hide_answer(*, answer_id: int, hidden: bool, by: Actor) -> OpenAnswer:
    """Puts an answer aside, or brings it back. The event holds no word of it. Raises OpenAnswer.DoesNotExist."""
    require(by, OPEN_ANSWERS)
    with write_transaction():
        row: OpenAnswer = lock_row(OpenAnswer.objects.visible_to(by), pk=answer_id)
        if row.is_hidden != hidden:
            row.is_hidden = hidden
            row.save(update_fields=["is_hidden"])
            place = Participation.objects.get(pk=row.participation_id).location_id
            back = Undo("monitor.hide_answer", {"answer_id": row.pk, "hidden": not hidden})
            verb = "monitor.hide_answer" if hidden else "monitor.show_answer"
            record(by=by, verb=verb, subject=row, unit_id=place, undo=back)
        return row


@undo.register("monitor.hide_answer")
def _again(*, answer_id: int, hidden: bool, by: Actor) -> None:
    hide_answer(answer_id=answer_id, hidden=hidden, by=by)
