"""The doors of a class: starting it on the board, pausing, reading aloud together, late codes, closing."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import SYSTEM, Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today

from ..domain.doors import END, new_class_code
from ..enums import Respondent
from ..models import ClassCode, LateCode, OpenAnswer, Participation, Submission
from ..permissions import RUN_CLASS
from ..queries.doors import class_codes, group_in_round, is_known
from ..queries.lists import asked_list

MOST_PUPILS = 200  # of one class: more is a mistake
MOST_LATE = 30
NOT_OPEN = _("This school cannot fill in today.")
IS_CLOSED = _("This class is closed. Make a late code for who still has to fill in.")
STILL_OPEN = _("The class is still open: pupils can use the code on the board.")
NO_SUCH_QUESTION = _("There is no such question in this list.")


def start_class(*, group_id: int, by: Actor) -> ClassCode:
    """The code for a group, made at the first start and the same ever after. Raises Sentence when it is not the time.

    How many pupils are expected comes from who is in the group; `change_expected` corrects it.
    """
    require(by, RUN_CLASS)
    with write_transaction():
        line = group_in_round(by, group_id)
        taking_part = lock_row(Participation.objects.select_related("round"), pk=line.participation.pk)
        if not taking_part.is_open:
            raise Sentence(NOT_OPEN)
        row, is_new = ClassCode.objects.get_or_create(
            participation=taking_part,
            group=line.group,
            defaults={"code": _unused_code(), "expected": line.expected},
        )
        if is_new:
            _event(by, "start_class", row)
        return row


def change_expected(*, class_code_id: int, expected: int, by: Actor) -> ClassCode:
    """How many pupils the group has. Raises Sentence for a number that no class has."""
    if not 1 <= expected <= MOST_PUPILS:
        raise Sentence(_("Fill in a number from 1 to 200."))
    return _change(class_code_id, by, "change_expected", lambda row: _set(row, expected=expected))


def pause_class(*, class_code_id: int, by: Actor) -> ClassCode:
    """Nobody can begin or send until it goes on; what was filled in stays on the devices."""
    return _change(class_code_id, by, "pause_class", lambda row: _set(row, is_paused=True), running=True)


def resume_class(*, class_code_id: int, by: Actor) -> ClassCode:
    return _change(class_code_id, by, "resume_class", lambda row: _set(row, is_paused=False), running=True)


def read_question(*, class_code_id: int, item: str, by: Actor) -> ClassCode:
    """The question that the teacher reads to the whole class: its code, "end" after the last, empty to stop.

    Stepping through a list leaves no event of every step, only of beginning and stopping.
    """
    require(by, RUN_CLASS)
    with write_transaction():
        row = _held(class_code_id, by)
        _ask_running(row)
        items = asked_list(row.participation, Respondent.PUPIL, row.group).items
        if item and item != END and item not in {one.code for one in items}:
            raise Sentence(NO_SUCH_QUESTION)
        if bool(row.at_item) != bool(item):
            _event(by, "read_to_class" if item else "stop_reading", row)
        return _set(row, at_item=item)


def make_late_code(*, class_code_id: int, times: int = 1, by: Actor) -> LateCode:
    """A code for who was not there, good for so many lists. Raises Sentence while the class is open."""
    require(by, RUN_CLASS)
    if not 1 <= times <= MOST_LATE:
        raise Sentence(_("Fill in a number from 1 to 30."))
    with write_transaction():
        row = _held(class_code_id, by)
        if not row.participation.is_open:
            raise Sentence(NOT_OPEN)
        if row.closed_on is None:
            raise Sentence(STILL_OPEN)
        late = LateCode.objects.create(class_code=row, code=_unused_code(), left=times)
        _event(by, "make_late_code", row, {"times": times})
        return late


def close_class(*, class_code_id: int, by: Actor) -> ClassCode:
    """Ends filling in for a group. Its answers are written anew in random order, and their receipts go."""
    require(by, RUN_CLASS)
    with write_transaction():
        row = _held(class_code_id, by)
        if row.closed_on is None:
            _close(row)
            _event(by, "close_class", row, {"done": row.done})
        return row


def close_doors(*, participation: Participation, by: Actor = SYSTEM) -> int:
    """Closes every class of a location that stops filling in, and mixes the answers of its grown-ups; how many classes.

    For the action that closes the location, inside its write: it has asked whether the actor may, and records it.
    """
    with write_transaction():
        rows = ClassCode.objects.select_for_update().filter(participation=participation, closed_on=None)
        closed = [_close(row) for row in rows.order_by("pk")]
        LateCode.objects.filter(class_code__participation=participation).update(left=0)
        mix_answers(participation.pk)
        return len(closed)


def mix_answers(participation_id: int, *, keep_receipts: bool = False, **narrower: Any) -> None:
    """Writes answers anew in random order, so that their place says nothing of who sent them when.

    Receipts go, but for who may still be sending: then they stay until the next time. Open answers are not kept by group, so those of the whole location are mixed each time.
    """
    rows = Submission.objects.trusted("answers of a class that are written anew")
    said = OpenAnswer.objects.trusted("answers of a class that are written anew")
    gone = {} if keep_receipts else {"receipt": None}
    _write_anew(Submission, rows.filter(participation=participation_id, **narrower), **gone)
    _write_anew(OpenAnswer, said.filter(participation=participation_id))


def _write_anew(model: Any, rows: Any, **values: Any) -> None:
    kept = list(rows)
    rows.delete()
    for row in kept:
        row.pk = None
        row._state.adding = True
        for name, value in values.items():
            setattr(row, name, value)
    random.SystemRandom().shuffle(kept)
    model.objects.bulk_create(kept, batch_size=500)


def _close(row: ClassCode) -> ClassCode:
    mix_answers(row.participation_id, respondent=Respondent.PUPIL, group=row.group_id)
    return _set(row, closed_on=today(), is_paused=False, at_item="")


def _change(
    class_code_id: int, by: Actor, verb: str, how: Callable[[ClassCode], Any], *, running: bool = False
) -> ClassCode:
    require(by, RUN_CLASS)
    with write_transaction():
        row = _held(class_code_id, by)
        if running:
            _ask_running(row)
        how(row)
        _event(by, verb, row)
        return row


def _held(class_code_id: int, by: Actor) -> ClassCode:
    """The class, held until the write ends. Raises ClassCode.DoesNotExist out of reach."""
    return lock_row(class_codes(by), pk=class_code_id)


def _ask_running(row: ClassCode) -> None:
    if row.closed_on is not None:
        raise Sentence(IS_CLOSED)
    if not row.participation.is_open:
        raise Sentence(NOT_OPEN)


def _set(row: ClassCode, **values: Any) -> ClassCode:
    for name, value in values.items():
        setattr(row, name, value)
    row.save(update_fields=list(values))
    return row


def _unused_code() -> str:
    code = new_class_code()
    while is_known(code):
        code = new_class_code()
    return code


def _event(by: Actor, verb: str, row: ClassCode, data: dict[str, Any] | None = None) -> None:
    unit_id = row.participation.location_id
    record(by=by, verb=f"monitor.{verb}", subject=row, unit_id=unit_id, data=data)
