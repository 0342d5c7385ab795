"""Who else keeps something about a pupil. Rooms above register here, so that erasing and telling are complete."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from leesbouw.core.registry import Registry


@dataclass(frozen=True, slots=True)
class PupilHolder:
    """A room that keeps something about pupils.

    `tell(pupil_id)`: what it keeps of one child, as (what, values) to show and to export. `erase(ids)`: wipes all of
    it inside the caller's write. `unsettled(ids)`: pupil id → sentences about what must be settled before the child
    goes, such as a book that is still at home. `uses(ids)`: which pupils something of it hangs on, so that undoing an
    import leaves them alone. `tell_child(pupil_id)`: the same as `tell` in words for the child itself.
    `forget_waiting(location_ids)`: throws away what was brought for these schools and is not stored yet.
    """

    label: Any
    tell: Callable[[int], list[tuple[Any, list[str]]]]
    erase: Callable[[Sequence[int]], None]
    unsettled: Callable[[Sequence[int]], dict[int, list[Any]]] = lambda ids: {}
    uses: Callable[[Sequence[int]], set[int]] = lambda ids: set()
    tell_child: Callable[[int], list[tuple[Any, list[str]]]] | None = None
    forget_waiting: Callable[[Sequence[int]], None] = lambda ids: None


pupil_holders: Registry[PupilHolder] = Registry("holder of pupils' data")


def unsettled(ids: Sequence[int]) -> dict[int, list[Any]]:
    """Pupil id → everything that any room still has open about the child."""
    found: dict[int, list[Any]] = {}
    for holder in pupil_holders.values():
        for pk, sentences in holder.unsettled(ids).items():
            found.setdefault(pk, []).extend(sentences)
    return found


def used(ids: Sequence[int]) -> set[int]:
    """Pupils that any room already works with."""
    return set().union(*(holder.uses(ids) for holder in pupil_holders.values())) if ids else set()
