"""What lending keeps of one child, for her own eyes and her parents', and what is still open."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leesbouw.core.retention import begin_of
from leesbouw.core.time import today

from ..enums import BorrowerKind
from ..models import Card, Hold, Loan


def told_of(pupil_id: int) -> list[tuple[Any, list[str]]]:
    """Books, what she waits for, and her cards, as (what, values)."""
    loans = Loan.objects.trusted("what is kept of one child").filter(pupil=pupil_id).select_related("title")
    lines = [(row.title.title, _loan_words(row)) for row in loans]
    holds = Hold.objects.trusted("what is kept of one child").filter(pupil=pupil_id).select_related("title")
    lines += [
        (row.title.title, [_("waits since %(day)s") % {"day": _day(row.placed_at)}])
        for row in holds
        if row.ended_at is None
    ]
    cards = Card.objects.trusted("what is kept of one child").filter(pupil=pupil_id, revoked_at=None)
    lines += [(_("Card"), [row.barcode]) for row in cards]
    return lines


def _loan_words(row: Loan) -> list[str]:
    words = [_("borrowed on %(day)s") % {"day": _day(row.borrowed_at)}]
    if row.lost_on:
        words.append(_("lost"))
    elif row.is_open:
        words.append(_("back by %(day)s") % {"day": row.due_on.strftime("%d-%m-%Y")})
    else:
        words.append(_("brought back on %(day)s") % {"day": _day(row.ended_at)})
    return words


def _day(at: Any) -> str:
    return at.strftime("%d-%m-%Y")


def unsettled_of(ids: Sequence[int]) -> dict[int, list[Any]]:
    """Pupil id → a sentence about the books that are still with her."""
    found: dict[int, int] = {}
    rows = Loan.objects.trusted("whose books are still out").filter(pupil__in=ids, ended_at=None)
    for pupil_id in rows.order_by().values_list("pupil", flat=True):
        found[pupil_id] = found.get(pupil_id, 0) + 1
    return {pk: [_books_words(number)] for pk, number in found.items()}


def _books_words(number: int) -> str:
    words = ngettext(
        "%(number)s book of the school library is not back yet.",
        "%(number)s books of the school library are not back yet.",
        number,
    )
    return words % {"number": number}


def in_use(ids: Sequence[int]) -> set[int]:
    """Pupils who borrowed or wait, so that an import is not undone under them."""
    loans = Loan.objects.trusted("who borrowed").filter(pupil__in=ids).order_by()
    holds = Hold.objects.trusted("who borrowed").filter(pupil__in=ids).order_by()
    return set(loans.values_list("pupil", flat=True)) | set(holds.values_list("pupil", flat=True))


def loans_to_cut(limit: date) -> QuerySet[Loan]:
    """Of which the school's days are over, or those that the calendar allows at most."""
    rows = Loan.objects.trusted("links over their term").filter(was_cut=False, ended_at__isnull=False)
    rows = rows.exclude(kind=BorrowerKind.GROUP)  # nobody's reading
    return rows.filter(Q(cut_on__lte=today()) | Q(ended_at__lt=begin_of(limit)))


def old_holds(limit: date) -> QuerySet[Hold]:
    """What somebody waited for and does not any more."""
    return Hold.objects.trusted("holds over their term").filter(ended_at__lt=begin_of(limit))


def out_of(copies: Collection[int]) -> set[int]:
    """Those of these copies that somebody has: who counts a shelf does not miss them."""
    rows = Loan.objects.trusted("whether copies are out, and not with whom").filter(ended_at=None)
    return set(rows.filter(copy__in=copies).order_by().values_list("copy", flat=True))
