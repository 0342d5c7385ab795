"""A school that moves in from another lending system, in the middle of a year: its cards, open loans and holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.time import AMSTERDAM, now
from leesbouw.lending.actions import (
    CardRow,
    PastHold,
    PastLoan,
    bring_holds,
    bring_loans,
    make_cards,
    revoked_since,
    take_back_moved,
)
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.domain.due import due_day
from leesbouw.lending.enums import BorrowerKind
from leesbouw.lending.queries import Moving, holidays_for, moving_state, open_loans, rules_at
from leesbouw.organisations.models import Location

from ..domain import loans as files
from ..domain.columns import Cleaned
from ..models import ImportRow, ImportRun
from .base import Preview
from .loans_match import match_moving
from .of_library import OfLibrary


class LoanImporter(OfLibrary):
    code = "loans"
    slug = "uitleningen"
    icon = "swap"
    label = _("Loans of another lending system")
    what = _("Cards, books that are out and reservations, for a school that moves to Leesbouw.")
    guide = (
        _("First bring the books with their barcodes, and the pupils of the school."),
        _("Export the open loans: the pupil number or card number, the barcode, since when and until when."),
        _("Reservations and card numbers may stand in the same file, or in one of their own."),
    )
    notes = (
        _("Names of children are not kept: their number says who it is."),
        _("What was brought back already is not taken along."),
    )
    columns = files.COLUMNS
    dropped = files.DROPPED
    which_library = _("Say for which library these loans are.")
    one_of = (("pupil", "card"),)
    about_children = True
    summary = "exchange/parts/loans_summary.html"

    def clean(self, number: int, raw: Mapping[str, Sequence[str]], options: Mapping[str, Any]) -> Cleaned:
        return files.clean_row(number, raw)

    def match(self, run: ImportRun, records: list[Cleaned]) -> Preview:
        return match_moving(run, records)

    # Apply

    def apply(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        by_place: dict[int, list[ImportRow]] = {}
        for row in rows:
            by_place.setdefault(int(row.cleaned["place"]), []).append(row)
        places = Location.objects.in_bulk(by_place)
        for pk, mine in by_place.items():
            self._move(places[pk], mine, str(run.pk), by)

    def _move(self, place: Location, rows: Sequence[ImportRow], run: str, by: Actor) -> None:
        state = moving_state([place.pk])  # since the check
        for row in rows:
            row.before = {}
        self._cards(place, rows, state, run, by)
        loans = []
        for row in rows:
            if row.cleaned["what"] != files.LOAN:
                continue
            if row.cleaned["copy"] in state.out:
                row.errors = [["barcode", "lent_already"]]
            else:
                loans.append(row)
        bring_loans([_loan(row, place, state) for row in loans], location=place, by=by, run=run)
        ids = open_loans([row.cleaned["copy"] for row in loans])
        for row in loans:
            row.before["loan"] = ids[row.cleaned["copy"]]
        waiting = [row for row in rows if row.cleaned["what"] == files.HOLD]
        holds = bring_holds([_hold(row) for row in waiting], location=place, by=by, run=run)
        made = {(hold.title_id, hold.pupil_id): hold.pk for hold in holds}
        for row in waiting:
            row.before["hold"] = made.get((row.cleaned["title_id"], _who(row).id))
        for row in rows:
            row.applied = not row.errors

    def _cards(self, place: Location, rows: Sequence[ImportRow], state: Moving, run: str, by: Actor) -> None:
        wanted = [
            row
            for row in rows
            if row.cleaned.get("to_card") and (place.pk, row.cleaned["card"]) not in state.cards
        ]
        if not wanted:
            return
        since = now()
        made = make_cards(
            [CardRow(_who(row), row.cleaned["card"]) for row in wanted], location=place, by=by, run=run
        )
        old = revoked_since(place, [_who(row).id for row in wanted], since)
        for row, card in zip(wanted, made, strict=True):
            row.before |= {"card": card.pk, "old_card": old.get(_who(row).id)}

    # Undo

    def undo(self, rows: Sequence[ImportRow], *, run: ImportRun, by: Actor) -> None:
        ids = {
            name: [row.before[name] for row in rows if row.before.get(name)]
            for name in ("loan", "hold", "card", "old_card")
        }
        stay = take_back_moved(
            loans=ids["loan"],
            holds=ids["hold"],
            cards=ids["card"],
            old_cards=ids["old_card"],
            by=by,
            run=str(run.pk),
        )
        for row in rows:
            if row.before.get("loan") in stay.loans or row.before.get("hold") in stay.holds:
                row.errors = [["", "in_use"]]
            else:
                row.applied = False


def _who(row: ImportRow) -> Borrower:
    found = Borrower.parse(row.cleaned["who"])
    assert found is not None
    return found


def _at(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), time(12), tzinfo=AMSTERDAM)


def _loan(row: ImportRow, place: Location, state: Moving) -> PastLoan:
    values, who = row.cleaned, _who(row)
    since = date.fromisoformat(values["borrowed"])
    if values.get("due"):
        due_on = date.fromisoformat(values["due"])
    else:
        rules = rules_at(place.pk)
        due_on = due_day(since, rules, holidays_for(rules, since)).on
    year_group = state.years.get(who.id) if who.kind == BorrowerKind.PUPIL else None
    return PastLoan(values["copy"], _at(values["borrowed"]), due_on, who, who.kind, year_group)


def _hold(row: ImportRow) -> PastHold:
    since = row.cleaned.get("borrowed")
    return PastHold(row.cleaned["title_id"], _who(row).id, _at(since) if since else now())
