"""Lending, returning, renewing: what is written, once, by whom, and what others see of it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError

from leesbouw.collection.actions import change_copy, note_status
from leesbouw.collection.enums import CopyStatus
from leesbouw.collection.models import Copy
from leesbouw.collection.queries.stocktakes import out_now
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.once import RequestKey
from leesbouw.core.time import SchoolYear, now, today
from leesbouw.lending.actions import (
    Entry,
    Refused,
    find_again,
    give_back,
    lend,
    mark_lost,
    renew,
    scan,
    undo,
    write_off,
)
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.enums import BorrowerKind, Do, EndedAs, Fix, Mode, Why
from leesbouw.lending.models import Loan, Renewal
from tests.factories.lending import agree, borrower, stock
from tests.factories.pupils import make_class


def open_loans(copy=None):  # type: ignore[no-untyped-def]
    rows = Loan.objects.visible_to(SYSTEM).filter(ended_at=None)
    return rows.filter(copy=copy) if copy else rows


def at_desk(shelf, desk, code, who=None, **more):  # type: ignore[no-untyped-def]
    entry = Entry(code, who, more.pop("mode", Mode.LEND), frozenset(more.pop("allowed", ())), **more)
    return scan(entry=entry, location_id=shelf.location.pk, by=desk)


def test_a_card_and_a_book_make_a_loan(shelf, desk) -> None:
    book = shelf.copies[0]
    chosen = at_desk(shelf, desk, shelf.card_of(shelf.noor))
    assert (chosen.answer.do, chosen.who.borrower, chosen.who.name) == (Do.CHOOSE, shelf.noor, "Noor")

    done = at_desk(shelf, desk, book.barcode, shelf.noor)

    loan = open_loans(book).get()
    assert (done.answer.do, done.answer.loan) == (Do.LEND, loan.pk)
    assert (loan.pupil_id, loan.title_id, loan.year_group) == (shelf.noor.id, book.title_id, 5)
    assert (loan.year, loan.due_on > today(), loan.kind) == (SchoolYear.running(), True, "pupil")
    book.refresh_from_db()
    assert (book.times_lent, book.last_lent_on) == (1, today())


def test_a_book_without_a_child_comes_back(shelf, desk) -> None:
    book = shelf.copies[0]
    at_desk(shelf, desk, book.barcode, shelf.noor)
    done = at_desk(shelf, desk, book.barcode)

    loan = Loan.objects.visible_to(SYSTEM).get()
    assert (done.answer.do, loan.ended_as) == (Do.GIVE_BACK, EndedAs.RETURNED)
    assert loan.cut_on == today() + timedelta(days=30)
    assert loan.pupil_id == shelf.noor.id


def test_the_logbook_names_the_loan_and_never_the_child(shelf, desk) -> None:
    at_desk(shelf, desk, shelf.copies[0].barcode, shelf.noor, request="r1")
    at_desk(shelf, desk, shelf.copies[0].barcode)

    events = AuditEvent.objects.filter(verb__startswith="lending.", by_user_id=desk.user_id).order_by("pk")
    loan = Loan.objects.visible_to(SYSTEM).get()
    assert [(row.verb, row.subject_type, row.subject_id) for row in events] == [
        ("lending.lend", "lending.Loan", loan.pk),
        ("lending.give_back", "lending.Loan", loan.pk),
    ]
    assert [row.data for row in events] == [{}, {}]
    assert "pupil" not in RequestKey.objects.get(key="r1").answer


def test_who_sends_it_twice_gets_the_first_answer(shelf, desk) -> None:
    book = shelf.copies[0]
    first = at_desk(shelf, desk, book.barcode, shelf.noor, request="een")
    again = at_desk(shelf, desk, book.barcode, shelf.noor, request="een")

    assert again.is_repeated
    assert again.answer == first.answer
    assert open_loans().count() == 1
    assert Copy.objects.get(pk=book.pk).times_lent == 1


def test_a_book_of_another_child_is_asked_about_and_then_moved(shelf, desk) -> None:
    book = shelf.copies[0]
    at_desk(shelf, desk, book.barcode, shelf.sem)
    asked = at_desk(shelf, desk, book.barcode, shelf.noor)
    assert (asked.answer.why, asked.answer.fix) == (Why.WITH_OTHER, Fix.MOVE)
    assert open_loans(book).get().pupil_id == shelf.sem.id

    moved = at_desk(shelf, desk, book.barcode, shelf.noor, allowed={Why.WITH_OTHER})

    assert moved.answer.do == Do.MOVE
    assert open_loans(book).get().pupil_id == shelf.noor.id
    assert Loan.objects.visible_to(SYSTEM).get(pupil=shelf.sem.id).ended_as == EndedAs.MOVED


def test_no_more_books_than_the_year_group_may_have(shelf, desk) -> None:
    for book in shelf.copies[:2]:
        at_desk(shelf, desk, book.barcode, shelf.noor)
    asked = at_desk(shelf, desk, shelf.copies[2].barcode, shelf.noor)
    assert asked.answer.why == Why.TOO_MANY
    assert asked.who.open == 2
    allowed = at_desk(shelf, desk, shelf.copies[2].barcode, shelf.noor, allowed={Why.TOO_MANY})
    assert allowed.answer.do == Do.LEND


def test_a_child_without_a_group_is_asked_about(shelf, desk) -> None:
    asked = at_desk(shelf, desk, shelf.copies[0].barcode, shelf.yusuf)
    assert asked.answer.why == Why.NO_GROUP
    assert (
        at_desk(shelf, desk, shelf.copies[0].barcode, shelf.yusuf, allowed={Why.NO_GROUP}).answer.do
        == Do.LEND
    )


def test_a_class_borrows_as_many_as_it_likes(shelf, desk) -> None:
    group = Borrower(BorrowerKind.GROUP, shelf.children.groups["5"].pk)
    for book in shelf.copies:
        assert at_desk(shelf, desk, book.barcode, group).answer.do == Do.LEND
    assert set(open_loans().values_list("group", "year_group")) == {(group.id, 5)}


@pytest.mark.parametrize("code", ["", "niets", "300012345678", "Ω"])
def test_what_nobody_knows_is_asked_about_and_writes_nothing(shelf, desk, code) -> None:
    asked = at_desk(shelf, desk, code, shelf.noor, request="x")
    assert (asked.answer.do, asked.answer.why) == (Do.ASK, Why.UNKNOWN)
    assert not RequestKey.objects.filter(key="x").exists()


def test_books_of_elsewhere_are_put_aside(cast, shelf, desk) -> None:
    at_k1 = stock(cast.library_a, cast.k1, ("Rupsje Nooitgenoeg",))[0]
    in_library = stock(cast.library_a, None, ("Kikker is kikker",))[0]
    of_others = stock(cast.library_b, cast.b1, ("De gruffalo",))[0]

    assert at_desk(shelf, desk, at_k1.barcode, shelf.noor).answer.why == Why.OTHER_SCHOOL
    assert at_desk(shelf, desk, in_library.barcode, shelf.noor).answer.why == Why.OF_LIBRARY
    assert at_desk(shelf, desk, of_others.barcode, shelf.noor).answer.why == Why.UNKNOWN


def test_a_loan_of_another_school_is_never_touched(cast, shelf, desk) -> None:
    book = shelf.copies[0]
    at_desk(shelf, desk, book.barcode, shelf.noor)
    Loan.objects.visible_to(SYSTEM).update(location=cast.k1)
    Copy.objects.filter(pk=book.pk).update(location=cast.k1)

    assert at_desk(shelf, desk, book.barcode).answer.why == Why.OTHER_SCHOOL
    assert at_desk(shelf, desk, book.barcode, shelf.sem).answer.why == Why.OTHER_SCHOOL
    assert open_loans().count() == 1


def test_a_child_of_another_school_borrows_nothing_here(cast, shelf, desk) -> None:
    agree(cast.library_c, cast.c1)
    other = borrower(make_class(cast.c1).noor.pk)
    asked = at_desk(shelf, desk, shelf.copies[0].barcode, other)
    assert asked.answer.do == Do.ASK
    assert asked.who is None
    with pytest.raises(Refused):
        lend(copy_id=shelf.copies[0].pk, to=other, location_id=shelf.location.pk, by=desk)


def test_a_desk_works_at_its_own_school_only(cast, shelf, elsewhere, desk) -> None:
    at_desk(shelf, desk, shelf.copies[0].barcode, shelf.noor)
    with pytest.raises(NotAllowed):
        at_desk(shelf, elsewhere, shelf.copies[0].barcode)
    with pytest.raises(NotAllowed):
        at_desk(shelf, cast.municipality, shelf.copies[0].barcode)
    assert not Loan.objects.visible_to(elsewhere).exists()
    assert not Loan.objects.visible_to(cast.municipality).exists()
    assert not Loan.objects.visible_to(cast.nation).exists()


def test_a_desk_sees_nothing_of_before(shelf, desk, coordinator) -> None:
    at_desk(shelf, desk, shelf.copies[0].barcode, shelf.noor)
    at_desk(shelf, desk, shelf.copies[0].barcode)
    assert Loan.objects.visible_to(desk).count() == 1  # it took the book in a moment ago
    Loan.objects.visible_to(SYSTEM).update(ended_at=now() - timedelta(days=1))
    assert Loan.objects.visible_to(desk).count() == 0
    assert Loan.objects.visible_to(coordinator).count() == 1


def test_a_renewal_gives_a_whole_period_more_once(shelf, desk) -> None:
    book, place = shelf.copies[0], shelf.location.pk
    lend(copy_id=book.pk, to=shelf.noor, location_id=place, by=desk, at=now() - timedelta(days=10))
    before = open_loans(book).get().due_on

    renew(copy_id=book.pk, location_id=place, by=desk, request="v1")
    renew(copy_id=book.pk, location_id=place, by=desk, request="v1")

    loan, row = open_loans(book).get(), Renewal.objects.visible_to(SYSTEM).get()
    assert (loan.renewals, row.due_before, row.due_on) == (1, before, loan.due_on)
    assert loan.due_on > before
    with pytest.raises(Refused) as refused:
        renew(copy_id=book.pk, location_id=place, by=desk)
    assert refused.value.why == Why.NO_MORE_RENEWALS


def test_undo_makes_it_as_it_was(shelf, desk) -> None:
    book, place = shelf.copies[0], shelf.location.pk
    earlier = today() - timedelta(days=90)
    Copy.objects.filter(pk=book.pk).update(times_lent=4, last_lent_on=earlier)
    at_desk(shelf, desk, book.barcode, shelf.noor, request="uit")

    undo(undone="uit", location_id=place, by=desk, request="terug")
    undo(undone="uit", location_id=place, by=desk, request="terug")

    copy = Copy.objects.get(pk=book.pk)
    assert not Loan.objects.visible_to(SYSTEM).exists()
    assert (copy.times_lent, copy.last_lent_on) == (4, earlier)
    with pytest.raises(Sentence):
        undo(undone="uit", location_id=place, by=desk, request="nog eens")


def test_undo_of_a_return_opens_the_loan_again(shelf, desk) -> None:
    book, place = shelf.copies[0], shelf.location.pk
    at_desk(shelf, desk, book.barcode, shelf.noor)
    loan = open_loans(book).get()
    at_desk(shelf, desk, book.barcode, request="in")
    undo(undone="in", location_id=place, by=desk)

    again = open_loans(book).get()
    assert (again.pk, again.pupil_id, again.due_on, again.cut_on) == (
        loan.pk,
        shelf.noor.id,
        loan.due_on,
        None,
    )


def test_undo_of_a_move_gives_it_back_to_the_first_child(shelf, desk) -> None:
    book, place = shelf.copies[0], shelf.location.pk
    at_desk(shelf, desk, book.barcode, shelf.sem)
    at_desk(shelf, desk, book.barcode, shelf.noor, allowed={Why.WITH_OTHER}, request="over")
    undo(undone="over", location_id=place, by=desk)

    assert open_loans(book).get().pupil_id == shelf.sem.id
    assert Copy.objects.get(pk=book.pk).times_lent == 1


def test_what_changed_since_is_not_undone(shelf, desk) -> None:
    book, place = shelf.copies[0], shelf.location.pk
    at_desk(shelf, desk, book.barcode, shelf.noor, request="uit")
    at_desk(shelf, desk, book.barcode, request="in")
    at_desk(shelf, desk, book.barcode, shelf.sem)
    for request in ("uit", "in"):
        with pytest.raises(Sentence):
            undo(undone=request, location_id=place, by=desk)
    assert open_loans(book).get().pupil_id == shelf.sem.id


def test_nobody_undoes_what_another_did(shelf, desk, coordinator) -> None:
    at_desk(shelf, desk, shelf.copies[0].barcode, shelf.noor, request="uit")
    with pytest.raises(Sentence):
        undo(undone="uit", location_id=shelf.location.pk, by=coordinator)


def test_in_a_row_the_next_book_goes_to_who_brought_the_last(shelf, desk) -> None:
    back, fresh = shelf.copies[:2]
    at_desk(shelf, desk, back.barcode, shelf.noor)
    taken = at_desk(shelf, desk, back.barcode, mode=Mode.ROW)
    assert (taken.answer.do, taken.who.borrower) == (Do.GIVE_BACK, shelf.noor)
    assert at_desk(shelf, desk, fresh.barcode, taken.who.borrower, mode=Mode.ROW).answer.do == Do.LEND


def test_a_lost_book_stays_open_and_is_found_by_scanning(shelf, desk, coordinator) -> None:
    book = shelf.copies[0]
    at_desk(shelf, desk, book.barcode, shelf.noor)
    mark_lost(loan_id=open_loans(book).get().pk, by=coordinator)
    assert Copy.objects.get(pk=book.pk).status == CopyStatus.LOST
    assert at_desk(shelf, desk, shelf.copies[1].barcode, shelf.noor).who.open == 0

    assert at_desk(shelf, desk, book.barcode).answer.do == Do.GIVE_BACK

    loan = Loan.objects.visible_to(SYSTEM).get(copy=book)
    assert (Copy.objects.get(pk=book.pk).status, loan.lost_on) == (CopyStatus.IN_USE, None)


def test_a_lost_book_can_be_given_up(shelf, desk, coordinator) -> None:
    book = shelf.copies[0]
    at_desk(shelf, desk, book.barcode, shelf.noor)
    loan = open_loans(book).get()
    with pytest.raises(Sentence):
        write_off(loan_id=loan.pk, by=coordinator)
    mark_lost(loan_id=loan.pk, by=coordinator)
    write_off(loan_id=loan.pk, by=coordinator)

    loan.refresh_from_db()
    assert (loan.ended_as, Copy.objects.get(pk=book.pk).status) == (EndedAs.LOST, CopyStatus.LOST)
    assert at_desk(shelf, desk, book.barcode).answer.do == Do.FOUND
    with pytest.raises(Sentence):
        mark_lost(loan_id=loan.pk, by=coordinator)


def test_the_desk_gives_no_book_up(shelf, desk) -> None:
    at_desk(shelf, desk, shelf.copies[0].barcode, shelf.noor)
    with pytest.raises(NotAllowed):
        mark_lost(loan_id=open_loans().get().pk, by=desk)


def test_a_book_that_was_taken_out_comes_in_use_when_somebody_says_so(cast, shelf, desk) -> None:
    book = shelf.copies[0]
    change_copy(copy=book, values={"status": CopyStatus.WITHDRAWN}, by=SYSTEM)
    assert at_desk(shelf, desk, book.barcode).answer.why == Why.WITHDRAWN
    done = at_desk(shelf, desk, book.barcode, allowed={Why.WITHDRAWN}, request="w")
    assert done.answer.do == Do.FOUND
    assert Copy.objects.get(pk=book.pk).status == CopyStatus.IN_USE
    undo(undone="w", location_id=shelf.location.pk, by=desk)
    assert Copy.objects.get(pk=book.pk).status == CopyStatus.WITHDRAWN


def test_found_without_scanning(shelf, desk) -> None:
    note_status(copy_id=shelf.copies[0].pk, status=CopyStatus.MISSING, by=SYSTEM)
    find_again(copy_id=shelf.copies[0].pk, location_id=shelf.location.pk, by=desk)
    assert Copy.objects.get(pk=shelf.copies[0].pk).status == CopyStatus.IN_USE
    at_desk(shelf, desk, shelf.copies[0].barcode, shelf.noor)
    with pytest.raises(Sentence):
        find_again(copy_id=shelf.copies[0].pk, location_id=shelf.location.pk, by=desk)


def test_the_database_allows_one_open_loan_of_a_copy(shelf, desk) -> None:
    at_desk(shelf, desk, shelf.copies[0].barcode, shelf.noor)
    loan = open_loans().get()
    loan.pk = None
    with pytest.raises(IntegrityError), write_transaction():
        loan.save(force_insert=True)


def test_what_nobody_has_cannot_come_back(shelf, desk) -> None:
    with pytest.raises(Refused) as refused:
        give_back(copy_id=shelf.copies[0].pk, location_id=shelf.location.pk, by=desk)
    assert refused.value.why == Why.NOT_LENT
    with pytest.raises(Refused):
        give_back(copy_id=0, location_id=shelf.location.pk, by=desk)


def test_what_is_brought_in_afterwards_keeps_its_day(shelf, desk) -> None:
    book, early = shelf.copies[0], now() - timedelta(days=2)
    at_desk(shelf, desk, book.barcode, shelf.noor, at=early)
    assert open_loans(book).get().borrowed_at == early
    at_desk(shelf, desk, shelf.copies[1].barcode, shelf.noor, at=now() + timedelta(days=2))
    assert open_loans(shelf.copies[1]).get().borrowed_at <= now()
    at_desk(shelf, desk, shelf.copies[2].barcode, shelf.sem, at=now() - timedelta(days=400))
    assert open_loans(shelf.copies[2]).get().borrowed_at > now() - timedelta(days=15)


def test_a_scan_costs_few_questions(shelf, desk, django_assert_num_queries) -> None:
    book = shelf.copies[0]
    at_desk(shelf, desk, book.barcode, shelf.noor, request="warm")
    at_desk(shelf, desk, book.barcode)
    # A savepoint (two), once, copy, loan, child, rules, queue, four writes.
    with django_assert_num_queries(10 + 2):
        at_desk(shelf, desk, book.barcode, shelf.noor, request="uit")


def test_who_counts_a_shelf_does_not_miss_what_is_lent(shelf, desk) -> None:
    book, other = shelf.copies[:2]
    at_desk(shelf, desk, book.barcode, shelf.noor)
    assert out_now([book.pk, other.pk]) == {book.pk}
    at_desk(shelf, desk, book.barcode)
    assert out_now([book.pk, other.pk]) == set()
