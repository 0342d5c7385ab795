"""The door of children: opening a class, letting in, and who looked."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import AuditEvent, record
from leesbouw.core.codes import new_code
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.retention import begin_of
from leesbouw.core.time import now, today
from leesbouw.organisations.models import Location

from ..domain import CODE_LENGTH, LET_IN_FOR, OPEN_FOR
from ..models import ClassSession
from ..permissions import OPEN_CLASS
from ..queries.classes import Tile, class_line, tile_with
from .pictures import class_device, keep_key, make_missing
from .rights import LIST_LOOK
from .storing import require_reach

NOBODY = _("There are no pupils in this group yet.")
IS_OVER = _("This class is over. Open it again.")


def open_class(*, group_id: int, by: Actor) -> ClassSession:
    """Opens the class of a group for an hour; a class that is open goes on with the same code.

    Raises ClassGroup.DoesNotExist out of reach, and Sentence for a group without children.
    """
    require(by, OPEN_CLASS)
    with write_transaction():
        line = class_line(by, group_id)
        if line.is_open:
            return line.session  # type: ignore[return-value]
        if not line.pupils:
            raise Sentence(NOBODY)
        ClassSession.objects.filter(group=line.group, ended_at=None).update(ended_at=now())
        make_missing(line.group)
        row = ClassSession.objects.create(group=line.group, code=_unused_code(), ends_at=now() + OPEN_FOR)
        _event(by, "open_class", row)
        return row


def end_class(*, group_id: int, by: Actor) -> None:
    """Ends the class: every child that came in is out with its next press."""
    require(by, OPEN_CLASS)
    with write_transaction():
        line = class_line(by, group_id)
        if line.session is not None:
            row = lock_row(ClassSession.objects.visible_to(by), pk=line.session.pk)
            row.ended_at = now()
            row.save(update_fields=["ended_at"])
            _event(by, "end_class", row)


def let_in(*, group_id: int, token: str, by: Actor) -> Tile:
    """Lets a child in without its pictures, within five minutes. Raises Sentence when the class is over."""
    require(by, OPEN_CLASS)
    with write_transaction():
        line = class_line(by, group_id)
        tile = tile_with(line.session, token) if line.session else None
        if line.session is None or tile is None:
            raise Sentence(IS_OVER)
        if tile.key is None:
            make_missing(line.group)
        keep_key(tile.pupil.pk, misses=0, let_in_until=now() + LET_IN_FOR)
        _event(by, "let_child_in", line.session)
        return tile


def note_class_look(*, location: Location, by: Actor) -> None:
    """Writes that somebody saw the names of a class of this school; once a day."""
    require(by, OPEN_CLASS)
    mine = AuditEvent.objects.filter(verb=LIST_LOOK, by_user_id=by.user_id, subject_id=location.pk)
    if mine.filter(at__gte=begin_of(today())).exists():
        return
    require_reach(location, by, OPEN_CLASS)
    with write_transaction():
        record(by=by, verb=LIST_LOOK, subject=location, unit_id=location.pk)


def welcome(*, tile: Tile, session: ClassSession) -> None:
    """A child came in. When the teacher let it in, that holds for this once; other arrivals leave no trace."""
    if tile.key is None or tile.key.let_in_until is None:
        return
    with write_transaction():
        keep_key(tile.pupil.pk, let_in_until=None)
        _event(class_device(session), "use_let_in", session)


def _unused_code() -> str:
    code = new_code(CODE_LENGTH)
    while ClassSession.objects.filter(code=code).exists():
        code = new_code(CODE_LENGTH)
    return code


def _event(by: Actor, verb: str, row: ClassSession) -> None:
    record(by=by, verb=f"pupils.{verb}", subject=row, unit_id=row.group.location_id)
