"""Who waits, and what is lost or in repair: names only for people of the school."""

from __future__ import annotations

import pytest

from leesbouw.collection.models import Copy
from leesbouw.core.access import Actor
from leesbouw.core.errors import Sentence
from leesbouw.lending.actions import give_back, lend, mark_lost, place_hold, report_away, take_up_again
from leesbouw.lending.models import Hold, Loan
from leesbouw.lending.queries.waiting import away_at, waiting_at
from tests.factories.cast import add_person
from tests.factories.lending import Shelf


@pytest.fixture
def keeper(cast) -> Actor:
    """Of the collection of the library."""
    return add_person("Hester Kast", "collection", cast.library_a)


def lent(shelf: Shelf, copy: int, who, by: Actor) -> Loan:
    outcome = lend(copy_id=shelf.copies[copy].pk, to=who, location_id=shelf.location.pk, by=by)
    return Loan.objects.trusted("test").get(pk=outcome.answer.loan)


def wait(shelf: Shelf, copy: int, pupil: int, by: Actor) -> Hold:
    return place_hold(
        title_id=shelf.copies[copy].title_id, pupil_id=pupil, location_id=shelf.location.pk, by=by
    )


def test_what_lies_ready_stands_on_top_and_turns_are_in_order(shelf, coordinator):
    lent(shelf, 0, shelf.noor, coordinator)
    lent(shelf, 3, shelf.noor, coordinator)
    first = wait(shelf, 0, shelf.sem.id, coordinator)
    second = wait(shelf, 0, shelf.children.pupils[1].pk, coordinator)
    ready = wait(shelf, 3, shelf.sem.id, coordinator)
    give_back(copy_id=shelf.copies[3].pk, location_id=shelf.location.pk, by=coordinator)
    lines = waiting_at(coordinator, shelf.location)
    assert [(line.id, line.place, bool(line.ready)) for line in lines] == [
        (ready.pk, 1, True),
        (first.pk, 1, False),
        (second.pk, 2, False),
    ]
    assert lines[0].who == "Sem K."


def test_the_library_sees_for_which_books_and_no_child(shelf, coordinator, keeper, client_for):
    lent(shelf, 0, shelf.noor, coordinator)
    wait(shelf, 0, shelf.sem.id, coordinator)
    loan = lent(shelf, 1, shelf.noor, coordinator)
    mark_lost(loan_id=loan.pk, by=coordinator)
    assert [line.who for line in waiting_at(keeper, shelf.location)] == [""]
    assert [(line.who, line.status) for line in away_at(keeper, shelf.location)] == [("", "lost")]
    base = f"/school/{shelf.location.code}"
    for page in ("wachten", "kwijt"):
        text = client_for(keeper).get(f"{base}/{page}/").content.decode()
        assert "Sem K." not in text
        assert ">Sem" not in text
        assert "Noor" not in text
        assert client_for(coordinator).get(f"{base}/{page}/").status_code == 200
    assert "Noor" in client_for(coordinator).get(f"{base}/kwijt/").content.decode()


def test_who_waits_can_be_let_go_from_the_page(shelf, coordinator, client_for, cast):
    lent(shelf, 0, shelf.noor, coordinator)
    hold = wait(shelf, 0, shelf.sem.id, coordinator)
    url = f"/school/{shelf.location.code}/wachten/{hold.pk}/niet-meer/"
    stranger = add_person("Ander", "reading-coordinator", cast.c1)
    assert client_for(stranger).post(url, {"request_id": "a"}).status_code == 404
    client_for(coordinator).post(url, {"request_id": "b"})
    assert waiting_at(coordinator, shelf.location) == []


def test_a_lost_book_is_lost_with_who_has_it_and_found_again_it_is_nobodys(shelf, coordinator):
    loan = lent(shelf, 0, shelf.noor, coordinator)
    code = shelf.copies[0].barcode
    report_away(barcode=code, what="lost", location=shelf.location, by=coordinator)
    loan.refresh_from_db()
    assert loan.is_open
    assert loan.lost_on is not None
    assert [line.who for line in away_at(coordinator, shelf.location)] == ["Noor V."]
    take_up_again(copy_id=shelf.copies[0].pk, location=shelf.location, by=coordinator)
    loan.refresh_from_db()
    assert not loan.is_open
    assert away_at(coordinator, shelf.location) == []
    assert Copy.objects.get(pk=shelf.copies[0].pk).status == "in_use"


def test_a_broken_book_is_taken_in_first(shelf, coordinator):
    loan = lent(shelf, 0, shelf.noor, coordinator)
    report_away(barcode=shelf.copies[0].barcode, what="repair", location=shelf.location, by=coordinator)
    loan.refresh_from_db()
    assert not loan.is_open
    assert [(line.status, line.loan) for line in away_at(coordinator, shelf.location)] == [("repair", 0)]
    take_up_again(copy_id=shelf.copies[0].pk, location=shelf.location, by=coordinator)
    assert away_at(coordinator, shelf.location) == []


def test_given_up_a_book_is_nobodys_any_more(shelf, coordinator, client_for):
    loan = lent(shelf, 0, shelf.noor, coordinator)
    mark_lost(loan_id=loan.pk, by=coordinator)
    url = f"/school/{shelf.location.code}/kwijt/opgeven/"
    client_for(coordinator).post(url, {"lening": loan.pk, "request_id": "u"})
    loan.refresh_from_db()
    assert loan.ended_as == "lost"
    assert [line.loan for line in away_at(coordinator, shelf.location)] == [0]


def test_a_book_of_elsewhere_is_refused_and_the_library_loses_nobodys_loan(shelf, coordinator, keeper):
    with pytest.raises(Sentence):
        report_away(barcode="999", what="lost", location=shelf.location, by=coordinator)
    lent(shelf, 0, shelf.noor, coordinator)
    with pytest.raises(Sentence):
        report_away(barcode=shelf.copies[0].barcode, what="lost", location=shelf.location, by=keeper)
    report_away(barcode=shelf.copies[1].barcode, what="lost", location=shelf.location, by=keeper)
    assert [line.status for line in away_at(keeper, shelf.location)] == ["lost"]


def test_lists_ask_as_many_questions_for_one_as_for_many(shelf, coordinator, django_assert_num_queries):
    for at, who in enumerate((shelf.noor, shelf.noor, shelf.sem)):
        mark_lost(loan_id=lent(shelf, at, who, coordinator).pk, by=coordinator)
    with django_assert_num_queries(2):
        away_at(coordinator, shelf.location)
    wait(shelf, 0, shelf.sem.id, coordinator)
    wait(shelf, 1, shelf.sem.id, coordinator)
    with django_assert_num_queries(1):
        waiting_at(coordinator, shelf.location)
