"""Books that a group has as a whole: a stack, a theme box, a book to read aloud. No child is in this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import BookSet, Copy
from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Location

from ..enums import BorrowerKind
from ..models import Loan
from ..permissions import LEND
from .groups import OpenBook, open_book, open_loans


@dataclass(frozen=True, slots=True)
class Borrowing:
    """A group and how many books it has as a whole."""

    group: ClassGroup
    books: int


@dataclass(frozen=True, slots=True)
class Box:
    """A collection that stands at the school now: how many of its books are free, and how many this group has."""

    id: int
    name: str
    theme: str
    free: int
    ours: int


def borrowing_groups(actor: Actor) -> list[Borrowing]:
    """The groups of this year at one's own place, by name; no names of children. Two queries."""
    if not actor.may(LEND) or actor.unit_kind != UnitKind.LOCATION:
        return []
    groups = list(
        ClassGroup.objects.visible_to(actor)
        .filter(location=actor.unit_id, year=SchoolYear.running())
        .select_related("location")
        .order_by("name", "pk")
    )
    rows = Loan.objects.visible_to(actor).filter(ended_at=None, kind=BorrowerKind.GROUP, group__in=groups)
    numbers = Counter(rows.order_by().values_list("group", flat=True))
    return [Borrowing(group, numbers.get(group.pk, 0)) for group in groups]


def borrowing_group(actor: Actor, group_id: int) -> ClassGroup:
    """One of them. Raises ClassGroup.DoesNotExist."""
    found = next((one.group for one in borrowing_groups(actor) if one.group.pk == group_id), None)
    if found is None:
        raise ClassGroup.DoesNotExist
    return found


def books_with(actor: Actor, group: ClassGroup) -> list[OpenBook]:
    """What the group has now, the first to come back on top."""
    rows = (
        open_loans(actor)
        .filter(kind=BorrowerKind.GROUP, group=group)
        .order_by("due_on", "title__title", "pk")
    )
    return [open_book(row, today()) for row in rows]


def boxes_at(actor: Actor, group: ClassGroup) -> list[Box]:
    """The collections of which books stand here. Three queries."""
    copies = dict(_in_boxes(actor, group.location).values_list("pk", "book_set"))
    out = dict(
        Loan.objects.visible_to(actor)
        .filter(copy__in=list(copies), ended_at=None)
        .order_by()
        .values_list("copy", "group")
    )
    free = Counter(box for pk, box in copies.items() if pk not in out)
    ours = Counter(copies[pk] for pk, with_group in out.items() if with_group == group.pk)
    sets = BookSet.objects.filter(pk__in=set(copies.values())).order_by("name", "pk")
    return [Box(one.pk, one.name, one.theme, free[one.pk], ours[one.pk]) for one in sets]


def _in_boxes(actor: Actor, location: Location):  # type: ignore[no-untyped-def]
    rows = Copy.objects.visible_to(actor).filter(location=location, status=CopyStatus.IN_USE)
    return rows.exclude(book_set=None).order_by("pk")


def free_in_box(actor: Actor, group: ClassGroup, box_id: int) -> list[int]:
    """The copies of a collection that stand here and that nobody has."""
    rows = _in_boxes(actor, group.location).filter(book_set=box_id)
    ids = list(rows.values_list("pk", flat=True))
    out = Loan.objects.visible_to(actor).filter(copy__in=ids, ended_at=None).order_by()
    taken = set(out.values_list("copy", flat=True))
    return [pk for pk in ids if pk not in taken]


def theirs(
    actor: Actor, group: ClassGroup, copies: Sequence[int] | None, *, box_id: int | None = None
) -> list[int]:
    """Of these copies, or of all, or of all in a box, those that the group has."""
    rows = Loan.objects.visible_to(actor).filter(ended_at=None, kind=BorrowerKind.GROUP, group=group)
    if box_id is not None:
        rows = rows.filter(copy__book_set=box_id)
    ids = list(rows.order_by("pk").values_list("copy", flat=True))
    return ids if copies is None else [pk for pk in ids if pk in set(copies)]
