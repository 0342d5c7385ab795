"""Two desks at one moment. Run by `make machine`."""

from __future__ import annotations

import pytest

from leesbouw.collection.models import Copy
from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.lending.actions import Entry, Refused, lend, make_cards, scan
from leesbouw.lending.actions.cards import CardRow
from leesbouw.lending.enums import Do
from leesbouw.lending.models import Card, Loan
from tests.core.test_threads import at_once
from tests.factories.cast import add_person, make_cast
from tests.factories.lending import make_shelf

pytestmark = [pytest.mark.threads, pytest.mark.usefixtures("committed_db")]


@pytest.fixture
def busy():  # type: ignore[no-untyped-def]
    cast = make_cast()
    shelf = make_shelf(cast.library_a, cast.a1)
    return shelf, [add_person(f"Balie {n}", "volunteer", cast.a1) for n in range(4)]


def test_one_book_at_eight_desks_goes_out_once(busy) -> None:
    shelf, desks = busy
    children = [shelf.noor, shelf.sem]

    def work(n: int) -> None:
        lend(copy_id=shelf.copies[0].pk, to=children[n % 2], location_id=shelf.location.pk, by=desks[n % 4])

    wrong = at_once(8, work)
    assert [type(error) for error in wrong] == [Refused] * 7
    assert Loan.objects.visible_to(SYSTEM).filter(ended_at=None).count() == 1
    assert Copy.objects.get(pk=shelf.copies[0].pk).times_lent == 1


def test_one_request_that_is_sent_six_times_at_once_acts_once(busy) -> None:
    shelf, desks = busy
    entry = Entry(shelf.copies[0].barcode, shelf.noor, request="zelfde")
    found: list[str] = []

    def work(_n: int) -> None:
        found.append(scan(entry=entry, location_id=shelf.location.pk, by=desks[0]).answer.do)

    wrong = at_once(6, work)
    assert wrong == []
    assert set(found) == {Do.LEND}
    assert Loan.objects.visible_to(SYSTEM).count() == 1
    assert AuditEvent.objects.filter(verb="lending.lend").count() == 1


def test_a_book_that_goes_to_and_fro_at_four_desks_keeps_its_counts(busy) -> None:
    shelf, desks = busy

    def work(n: int) -> None:
        for step in range(6):
            who = [shelf.noor, shelf.sem, None][(n + step) % 3]
            code = shelf.copies[(n * step) % 4].barcode
            scan(entry=Entry(code, who, request=f"{n}-{step}"), location_id=shelf.location.pk, by=desks[n])

    assert at_once(4, work) == []
    loans = Loan.objects.visible_to(SYSTEM)
    for copy in shelf.copies:
        assert loans.filter(copy=copy, ended_at=None).count() <= 1
        assert Copy.objects.get(pk=copy.pk).times_lent == loans.filter(copy=copy).count()


def test_two_who_make_cards_at_once_leave_one_each(busy) -> None:
    shelf, _desks = busy
    rows = [CardRow(shelf.noor), CardRow(shelf.sem)]
    assert at_once(4, lambda n: make_cards(rows, location=shelf.location, by=SYSTEM)) == []
    held = Card.objects.visible_to(SYSTEM).filter(revoked_at=None, pupil__in=[shelf.noor.id, shelf.sem.id])
    assert sorted(held.values_list("pupil", flat=True)) == sorted([shelf.noor.id, shelf.sem.id])
