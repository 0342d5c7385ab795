"""The animals on the tiles of a class: each child its own, also where two groups become one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import now
from leesbouw.pupils.actions import open_class, ready_tiles
from leesbouw.pupils.domain import AVATARS, doubled
from leesbouw.pupils.models import PictureKey
from tests.factories.cast import Cast
from tests.factories.pupils import Class, make_class, put_more


@pytest.fixture
def children(cast: Cast, agreed: None) -> Class:
    return make_class(cast.a1)


def test_children_of_two_groups_that_become_one_each_have_their_own_tile(children: Class, cast: Cast) -> None:
    """In August the animals of two groups come together; who has a card keeps what stands on it."""
    put_more(children, 6)
    session = open_class(group_id=children.groups["6"].pk, by=cast.teacher)
    tiles = ready_tiles(session=session)
    keys = PictureKey.objects.trusted("test")
    pictures = {key.pupil_id: key.digest for key in keys.all()}
    carded = tiles[3].pupil.pk
    keys.update(avatar=5)
    keys.filter(pupil=carded).update(printed_at=now())
    tiles = ready_tiles(session=session)
    assert len({tile.key.avatar for tile in tiles if tile.key}) == len(tiles) > 5
    assert keys.get(pupil=carded).avatar == 5
    assert {key.pupil_id: key.digest for key in keys.all()} == pictures
    events = AuditEvent.objects.count()
    ready_tiles(session=session)
    assert AuditEvent.objects.count() == events  # nothing to do any more


@given(st.lists(st.integers(0, AVATARS - 1), max_size=50))
def test_a_group_that_is_larger_than_there_are_tiles_shares_as_few_as_can_be(avatars: list[int]) -> None:
    again = doubled(avatars)
    kept = {one for at, one in enumerate(avatars) if at not in again}
    assert kept == set(avatars)
    assert len(kept) + len(again) == min(len(avatars), AVATARS)
