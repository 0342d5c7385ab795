"""The door of children: opening a class, letting in, new pictures, and trying three of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import AuditEvent, record
from leesbouw.core.codes import new_code
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.retention import begin_of
from leesbouw.core.time import now, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Location

from ..domain import (
    CODE_LENGTH,
    LET_IN_FOR,
    MISSES,
    OPEN_FOR,
    digest_of,
    draw_pictures,
    fits,
    free_avatar,
)
from ..enums import Came, Picture
from ..models import ClassSession, PictureKey, Pupil
from ..permissions import OPEN_CLASS
from ..queries.classes import (
    Tile,
    children_of_group,
    class_line,
    keys_of,
    picture_secret,
    pictures_of,
    tile_with,
    tiles_of,
)
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
        _make_missing(line.group)
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
        _keep(tile.pupil.pk, misses=0, let_in_until=now() + LET_IN_FOR)
        _event(by, "let_child_in", line.session)
        return tile


def renew_pictures(*, group_id: int, pupil_id: int | None = None, by: Actor) -> int:
    """New pictures for one child of a group, or for all of it; the cards of before open nothing any more."""
    require(by, OPEN_CLASS)
    with write_transaction():
        line = class_line(by, group_id)
        tiles = tiles_of(line.group)
        old = [tile for tile in tiles if pupil_id in (None, tile.pupil.pk)]
        kept = {tile.pupil.pk: frozenset(pictures_of(tile)) for tile in tiles if tile not in old}
        taken = set(kept.values())
        taken |= {frozenset(pictures_of(tile)) for tile in old}  # nobody gets what hangs on a card of before
        for tile in old:
            _draw(tile.pupil, taken, tile.key.avatar if tile.key else free_avatar(_avatars(tiles)))
        record(
            by=by,
            verb="pupils.renew_pictures",
            subject=line.group,
            unit_id=line.group.location_id,
            count=len(old),
        )
        return len(old)


def print_cards(*, group_id: int, by: Actor) -> list[Tile]:
    """The children of a group with their pictures, for cards on paper; writes that somebody took them along."""
    require(by, OPEN_CLASS)
    with write_transaction():
        line = class_line(by, group_id)
        _make_missing(line.group)
        tiles = tiles_of(line.group)
        record(
            by=by,
            verb="pupils.print_cards",
            subject=line.group,
            unit_id=line.group.location_id,
            count=len(tiles),
        )
        return tiles


def note_class_look(*, location: Location, by: Actor) -> None:
    """Writes that somebody saw the names of a class of this school; once a day."""
    require(by, OPEN_CLASS)
    mine = AuditEvent.objects.filter(verb=LIST_LOOK, by_user_id=by.user_id, subject_id=location.pk)
    if mine.filter(at__gte=begin_of(today())).exists():
        return
    require_reach(location, by, OPEN_CLASS)
    with write_transaction():
        record(by=by, verb=LIST_LOOK, subject=location, unit_id=location.pk)


def try_pictures(*, session: ClassSession, token: str, pictures: Sequence[str]) -> Came:
    """What three pictures come to. A wrong try is counted and leaves an event without a child; a right one forgets them."""
    with write_transaction():
        tile = tile_with(session, token)
        key = _held(tile.pupil.pk) if tile else None
        if tile is None or key is None or key.misses >= MISSES:
            return Came.ASK
        if fits(picture_secret(), str(tile.pupil.ref), pictures, key.digest):
            if key.misses:
                _keep(tile.pupil.pk, misses=0)
            return Came.RIGHT
        _keep(tile.pupil.pk, misses=key.misses + 1)
        _event(_device(session), "miss_pictures", session)
        return Came.ASK if key.misses + 1 >= MISSES else Came.WRONG


def welcome(*, tile: Tile, session: ClassSession) -> None:
    """A child came in. When the teacher let it in, that holds for this once; other arrivals leave no trace."""
    if tile.key is None or tile.key.let_in_until is None:
        return
    with write_transaction():
        _keep(tile.pupil.pk, let_in_until=None)
        _event(_device(session), "use_let_in", session)


def _device(session: ClassSession) -> Actor:
    """A device of a class, on which nobody is signed in."""
    return Actor(kind="device", role="class", unit_id=session.group.location_id, unit_kind=UnitKind.LOCATION)


def _make_missing(group: ClassGroup) -> None:
    """Pictures and a tile for each child of a group that has none yet."""
    children = children_of_group(group)
    keys = keys_of([child.pk for child in children])
    if len(keys) == len(children):
        return
    tiles = tiles_of(group)
    taken = {frozenset(pictures_of(tile)) for tile in tiles if tile.key}
    avatars = _avatars(tiles)
    for child in children:
        if child.pk not in keys:
            avatar = free_avatar(avatars)
            avatars.add(avatar)
            _draw(child, taken, avatar)


def _avatars(tiles: Sequence[Tile]) -> set[int]:
    return {tile.key.avatar for tile in tiles if tile.key}


def _draw(pupil: Pupil, taken: set[frozenset[Any]], avatar: int) -> None:
    three = draw_pictures(Picture.values, taken)
    taken.add(frozenset(three))
    PictureKey.objects.trusted("children of a class that its teacher opens").update_or_create(
        pupil=pupil,
        defaults={
            "digest": digest_of(picture_secret(), str(pupil.ref), three),
            "avatar": avatar,
            "misses": 0,
            "let_in_until": None,
            "made_at": now(),
        },
    )


def _held(pupil_id: int) -> PictureKey | None:
    """The row, held until the write ends, so that two tries at once count as two."""
    return (
        PictureKey.objects.trusted("children of a class that its teacher opens")
        .select_for_update()
        .filter(pupil=pupil_id)
        .first()
    )


def _keep(pupil_id: int, **values: Any) -> None:
    PictureKey.objects.trusted("children of a class that its teacher opens").filter(pupil=pupil_id).update(
        **values
    )


def _unused_code() -> str:
    code = new_code(CODE_LENGTH)
    while ClassSession.objects.filter(code=code).exists():
        code = new_code(CODE_LENGTH)
    return code


def _event(by: Actor, verb: str, row: ClassSession) -> None:
    record(by=by, verb=f"pupils.{verb}", subject=row, unit_id=row.group.location_id)
