"""What a file of another lending system is held against: children by number, cards, what is out and who waits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from leesbouw.core.time import on_day, today
from leesbouw.pupils.models import Enrolment, Pupil

from ..domain.borrowers import Borrower
from ..enums import BorrowerKind
from ..models import Card, Hold, Loan


@dataclass(slots=True)
class Moving:
    """Of some schools: (school, number) → pupil, (school, barcode) → who has that card, pupil → year group, copy → who
    has it, and (title, pupil) of who waits. `carded` are pupils with a card that holds."""

    pupils: dict[tuple[int, str], int] = field(default_factory=dict)
    cards: dict[tuple[int, str], Borrower] = field(default_factory=dict)
    years: dict[int, int | None] = field(default_factory=dict)
    out: dict[int, Borrower | None] = field(default_factory=dict)
    waits: set[tuple[int, int]] = field(default_factory=set)

    def pupil(self, place: int, key: str) -> int | None:
        """By her number, also where one of the two has zeros in front and no other child has that number."""
        if (place, key) in self.pupils:
            return self.pupils[place, key]
        plain = key.lstrip("0")
        same = {pk for (at, known), pk in self.pupils.items() if at == place and known.lstrip("0") == plain}
        return same.pop() if plain and len(same) == 1 else None


def moving_state(places: Collection[int]) -> Moving:
    """Five queries, whatever the size of the file."""
    state = Moving()
    pupils = Pupil.objects.trusted("what a file of another lending system is held against").filter(
        location__in=places, left_on=None
    )
    for pk, place, key in pupils.values_list("pk", "location", "key"):
        if key:
            state.pupils[place, key] = pk
    enrolled = Enrolment.objects.trusted("what a file of another lending system is held against").filter(
        on_day(today()), pupil__location__in=places
    )
    rows = enrolled.order_by("starts_on", "pk").values_list("pupil", "year_group", "group__year_groups")
    for pk, year, of_group in rows:  # of a combination group only the child itself tells
        state.years[pk] = year or (of_group[0] if len(of_group) == 1 else None)
    for card in Card.objects.trusted("what a file of another lending system is held against").filter(
        location__in=places, revoked_at=None
    ):
        state.cards[card.location_id, card.barcode] = _who(card)
    for loan in Loan.objects.trusted("what a file of another lending system is held against").filter(
        location__in=places, ended_at=None
    ):
        state.out[loan.copy_id] = _who(loan) if (loan.pupil_id or loan.group_id or loan.contact_id) else None
    holds = Hold.objects.trusted("what a file of another lending system is held against").filter(
        location__in=places, ended_at=None
    )
    state.waits = set(holds.order_by().values_list("title", "pupil"))
    return state


def _who(row: Card | Loan) -> Borrower:
    for kind in (BorrowerKind.PUPIL, BorrowerKind.GROUP, BorrowerKind.CONTACT):
        pk = getattr(row, f"{kind.value}_id")
        if pk:
            return Borrower(kind, pk)
    raise LookupError("a card is somebody's")


def open_loans(copies: Collection[int]) -> dict[int, int]:
    """Copy → the loan that is open of it."""
    rows = (
        Loan.objects.trusted("what a file of another lending system is held against")
        .filter(copy__in=copies, ended_at=None)
        .order_by()
    )
    return dict(rows.values_list("copy", "pk"))
