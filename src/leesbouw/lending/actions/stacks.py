"""Many books at once for a group as a whole, by the same writes as at the desk; each book once, however often it is sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leesbouw.core.access import Actor
from leesbouw.core.errors import Sentence
from leesbouw.organisations.models import ClassGroup

from ..domain.borrowers import Borrower
from ..domain.cards import clean
from ..enums import BorrowerKind, Why
from ..queries.boxes import box_with_barcode
from ..queries.class_books import borrowing_group, free_in_box, theirs
from ..queries.state import copy_with_barcode, copy_with_id
from ..queries.words import why_words
from .desk import Refused, give_back, lend

MOST = 60  # at a time; a box holds no more


@dataclass(frozen=True, slots=True)
class Stack:
    """How many books went out, and of each that did not the sentence why."""

    lent: int
    refused: list[str] = field(default_factory=list)


def lend_stack(*, codes: Sequence[str], group_id: int, by: Actor, request: str = "") -> Stack:
    """Lends the books with these barcodes to a group as a whole. A book that cannot go holds no other up; nothing is
    taken from a child. Raises ClassGroup.DoesNotExist out of reach, Sentence for too many at once."""
    group = borrowing_group(by, group_id)
    wanted = list(dict.fromkeys(filter(None, map(clean, codes))))
    _check_number(wanted)
    ids: list[int] = []
    refused = []
    for code in wanted:
        copy = copy_with_barcode(code, group.location_id)
        box = None if copy else box_with_barcode(code, group.location_id)
        if copy is not None:
            ids.append(copy.id)
        elif box is not None:
            free = free_in_box(by, group, box.id)
            if not free:
                refused.append(why_words(Why.NONE_FREE, title=box.name))
            ids += free
        else:
            refused.append(f"{code}: {why_words(Why.UNKNOWN)}")
    done = _lend(list(dict.fromkeys(ids)), group, by, request)
    return Stack(done.lent, [*refused, *done.refused])


def lend_box(*, box_id: int, group_id: int, by: Actor, request: str = "") -> Stack:
    """Lends every free book of a collection that stands at the school."""
    group = borrowing_group(by, group_id)
    ids = free_in_box(by, group, box_id)
    if not ids:
        raise Sentence(_("No book of this collection is free here."))
    return _lend(ids[:MOST], group, by, request)


def give_back_stack(
    *, copies: Sequence[int] | None, group_id: int, by: Actor, request: str = "", box_id: int | None = None
) -> int:
    """Takes in what the group has: these copies, those of a box, or all of it. Returns how many."""
    group = borrowing_group(by, group_id)
    ids = theirs(by, group, copies, box_id=box_id)
    if not ids:
        raise Sentence(_("Choose at least one book first."))
    for pk in ids:
        give_back(copy_id=pk, location_id=group.location_id, by=by, request=_each(request, pk))
    return len(ids)


def _lend(ids: Sequence[int], group: ClassGroup, by: Actor, request: str) -> Stack:
    to = Borrower(BorrowerKind.GROUP, group.pk)
    lent, refused = 0, []
    for pk in ids:
        try:
            lend(copy_id=pk, to=to, location_id=group.location_id, by=by, request=_each(request, pk))
            lent += 1
        except Refused as refusal:
            copy = copy_with_id(pk)
            refused.append(why_words(refusal.why, title=copy.title if copy else "", name=group.name))
    return Stack(lent, refused)


def _each(request: str, pk: int) -> str:
    return f"{request}-{pk}"[-64:] if request else ""


def _check_number(wanted: Sequence[str]) -> None:
    if not wanted:
        raise Sentence(_("Scan or type at least one barcode."))
    if len(wanted) > MOST:
        words = ngettext("At most %(most)s book at a time.", "At most %(most)s books at a time.", MOST)
        raise Sentence(words % {"most": MOST})
