"""The three pictures of children: making them, giving them on paper, renewing them, and trying three of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, write_transaction
from leesbouw.core.time import now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup

from ..domain import MISSES, digest_of, doubled, draw_pictures, fits, free_avatar
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


def ready_tiles(*, session: ClassSession) -> list[Tile]:
    """The tiles of a class, for a device on which its children come in; makes the pictures that were never made.

    So no child meets the tile of another, whatever its teacher set up, and also where a new group is made of children
    that come from two groups. What the pictures are stands on paper alone.
    """
    tiles = tiles_of(session.group, session)
    if all(tile.key for tile in tiles) and not _doubled(tiles):
        return tiles
    with write_transaction():
        made = make_missing(session.group) + _part(session.group)
        record(
            by=class_device(session),
            verb="pupils.make_pictures",
            subject=session.group,
            unit_id=session.group.location_id,
            count=made,
        )
    return tiles_of(session.group, session)


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
        avatars = _avatars(tiles)
        keys = [
            _drawn(tile.pupil, taken, tile.key.avatar if tile.key else _new_avatar(avatars)) for tile in old
        ]
        _rows().filter(pupil__in=[tile.pupil.pk for tile in old]).delete()
        _rows().bulk_create(keys)
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
        make_missing(line.group)
        _part(line.group)
        tiles = tiles_of(line.group)
        _rows().filter(pupil__in=[tile.pupil.pk for tile in tiles]).update(printed_at=now())
        record(
            by=by,
            verb="pupils.print_cards",
            subject=line.group,
            unit_id=line.group.location_id,
            count=len(tiles),
        )
        return tiles


def try_pictures(*, session: ClassSession, token: str, pictures: Sequence[str]) -> Came:
    """What three pictures come to. A wrong try is counted and leaves an event without a child; a right one forgets them."""
    with write_transaction():
        tile = tile_with(session, token)
        key = _held(tile.pupil.pk) if tile else None
        if tile is None or key is None or key.misses >= MISSES:
            return Came.ASK
        if fits(picture_secret(), str(tile.pupil.ref), pictures, key.digest):
            if key.misses:
                keep_key(tile.pupil.pk, misses=0)
            return Came.RIGHT
        keep_key(tile.pupil.pk, misses=key.misses + 1)
        record(
            by=class_device(session),
            verb="pupils.miss_pictures",
            subject=session,
            unit_id=session.group.location_id,
        )
        return Came.ASK if key.misses + 1 >= MISSES else Came.WRONG


def class_device(session: ClassSession) -> Actor:
    """A device of a class, on which nobody is signed in."""
    return Actor(kind="device", role="class", unit_id=session.group.location_id, unit_kind=UnitKind.LOCATION)


def make_missing(group: ClassGroup) -> int:
    """Pictures and a tile for each child of a group that has none yet; returns for how many."""
    hold_row(ClassGroup, group.pk)  # two devices that ask at once make them once
    children = children_of_group(group)
    keys = keys_of([child.pk for child in children])
    new = [child for child in children if child.pk not in keys]
    if not new:
        return 0
    tiles = tiles_of(group)
    taken = {frozenset(pictures_of(tile)) for tile in tiles if tile.key}
    avatars = _avatars(tiles)
    _rows().bulk_create([_drawn(child, taken, _new_avatar(avatars)) for child in new])
    return len(new)


def _part(group: ClassGroup) -> int:
    """Another tile for each child that has that of another; returns for how many. The pictures stay the same."""
    tiles = tiles_of(group)
    taken = _avatars(tiles)
    again = _doubled(tiles)
    for key in again:
        keep_key(key.pupil_id, avatar=_new_avatar(taken))
    return len(again)


def _doubled(tiles: Sequence[Tile]) -> list[PictureKey]:
    """Whose tile somebody else has too; who has it on a card, and has it longest, keeps it."""
    keys = sorted(
        (tile.key for tile in tiles if tile.key),
        key=lambda key: (key.printed_at is None, key.made_at, key.pupil_id),
    )
    return [keys[at] for at in doubled([key.avatar for key in keys])]


def _rows() -> QuerySet[PictureKey]:
    return PictureKey.objects.trusted("children of a class that its teacher opens")


def keep_key(pupil_id: int, **values: Any) -> None:
    _rows().filter(pupil=pupil_id).update(**values)


def _avatars(tiles: Sequence[Tile]) -> set[int]:
    return {tile.key.avatar for tile in tiles if tile.key}


def _new_avatar(taken: set[int]) -> int:
    avatar = free_avatar(taken)
    taken.add(avatar)
    return avatar


def _drawn(pupil: Pupil, taken: set[frozenset[Any]], avatar: int) -> PictureKey:
    three = draw_pictures(Picture.values, taken)
    taken.add(frozenset(three))
    return PictureKey(
        pupil=pupil, digest=digest_of(picture_secret(), str(pupil.ref), three), avatar=avatar, made_at=now()
    )


def _held(pupil_id: int) -> PictureKey | None:
    """The row, held until the write ends, so that two tries at once count as two."""
    return _rows().select_for_update().filter(pupil=pupil_id).first()
