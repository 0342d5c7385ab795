"""The page with twelve pictures, as the class and a tablet of the school show it; and who has no card with them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count

from leesbouw.core.time import on_day, today

from ..domain import HOW_MANY
from ..enums import Came, Picture
from ..models import Enrolment, PictureKey
from .classes import Tile


def pictures_shown(
    tile: Tile, chosen: Sequence[str], came: Came | None = None, *, has_card: bool = False
) -> dict[str, Any]:
    """What the page shows. `waits`: nobody printed a card for the child, so that it first hears whom to ask;
    `has_card`: it says that it has its pictures all the same."""
    left = HOW_MANY - len(chosen)
    return {
        "tile": tile,
        "pictures": Picture,
        "chosen": [Picture(one) for one in chosen],
        "left": left,
        "empty": range(left),
        "came": came,
        "waits": not (tile.has_card or has_card or chosen or came),
    }


def without_cards(groups: Sequence[int]) -> dict[int, int]:
    """Group id → how many of its children have no card with their pictures; only groups with such children. One query."""
    rows = Enrolment.objects.trusted("which groups have cards; gives numbers only").filter(
        on_day(today()), group__in=list(groups), pupil__left_on=None
    )
    printed = PictureKey.objects.trusted("which groups have cards; gives numbers only").exclude(
        printed_at=None
    )
    waiting = rows.exclude(pupil__in=printed.order_by().values("pupil")).order_by()
    return dict(waiting.values("group").annotate(n=Count("pupil", distinct=True)).values_list("group", "n"))
