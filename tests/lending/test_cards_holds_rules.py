"""Cards, waiting for a title, and the rules of a school."""

from __future__ import annotations

import pytest

from leesbouw.collection.models import Provision
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence, Stale
from leesbouw.lending.actions import (
    CardRow,
    Entry,
    RulesRow,
    cancel_hold,
    choose_rules,
    give_back,
    lend,
    make_cards,
    place_hold,
    revoke_card,
    scan,
    undo,
)
from leesbouw.lending.domain.rules import Rules
from leesbouw.lending.enums import Do, Why
from leesbouw.lending.models import Card, Hold, LendingRules
from leesbouw.lending.queries import rules_at, usual_rules
from tests.factories.lending import agree, borrower, stock
from tests.factories.pupils import make_class


def at_desk(shelf, desk, code, who=None, **more):  # type: ignore[no-untyped-def]
    return scan(entry=Entry(code, who, **more), location_id=shelf.location.pk, by=desk)


def test_a_new_card_ends_the_old_one(shelf, desk, coordinator) -> None:
    old = shelf.card_of(shelf.noor)
    new = make_cards([CardRow(shelf.noor)], location=shelf.location, by=coordinator)[0]
    assert at_desk(shelf, desk, old).answer.why == Why.CARD_ENDED
    assert at_desk(shelf, desk, new.barcode).answer.do == Do.CHOOSE
    revoke_card(card_id=new.pk, by=coordinator)
    assert at_desk(shelf, desk, new.barcode).answer.why == Why.CARD_ENDED
    with pytest.raises(Sentence):
        revoke_card(card_id=new.pk, by=coordinator)


def test_a_barcode_that_came_along_is_kept_and_given_once(shelf, desk, coordinator) -> None:
    make_cards([CardRow(shelf.noor, " oud-17 ")], location=shelf.location, by=coordinator)
    assert at_desk(shelf, desk, "OUD-17").who.borrower == shelf.noor
    with pytest.raises(Sentence):
        make_cards([CardRow(shelf.sem, "OUD-17")], location=shelf.location, by=coordinator)
    with pytest.raises(Sentence):
        make_cards(
            [CardRow(shelf.sem, "A"), CardRow(shelf.yusuf, "a")], location=shelf.location, by=coordinator
        )


def test_a_card_opens_nothing_at_another_school(cast, shelf, desk) -> None:
    agree(cast.library_c, cast.c1)
    other = make_class(cast.c1)
    card = make_cards([CardRow(borrower(other.noor.pk))], location=cast.c1, by=SYSTEM)[0]
    assert at_desk(shelf, desk, card.barcode).answer.why == Why.UNKNOWN


def test_no_card_for_who_is_of_another_school(cast, shelf, coordinator) -> None:
    agree(cast.library_c, cast.c1)
    other = make_class(cast.c1)
    with pytest.raises(NotAllowed):
        make_cards([CardRow(borrower(other.noor.pk))], location=shelf.location, by=coordinator)
    with pytest.raises(NotAllowed):
        make_cards([CardRow(borrower(other.noor.pk))], location=cast.c1, by=coordinator)


def test_the_desk_makes_no_cards(shelf, desk) -> None:
    with pytest.raises(NotAllowed):
        make_cards([CardRow(shelf.noor)], location=shelf.location, by=desk)


def test_a_card_of_a_child_that_left_opens_nothing(shelf, desk) -> None:
    from datetime import timedelta

    from leesbouw.core.time import today
    from leesbouw.pupils.actions import leave_pupils

    leave_pupils([shelf.sem.id], left_on=today() - timedelta(days=1), location=shelf.location, by=SYSTEM)
    assert at_desk(shelf, desk, shelf.card_of(shelf.sem)).answer.why == Why.LEFT


def test_making_cards_tells_how_many(shelf) -> None:
    event = AuditEvent.objects.get(verb="lending.make_cards")
    assert (event.count, event.data) == (4, {})
    assert len(set(Card.objects.visible_to(SYSTEM).values_list("barcode", flat=True))) == 4


# Waiting


def test_a_book_that_comes_in_lies_ready_for_who_waits_longest(shelf, desk) -> None:
    book, place = shelf.copies[0], shelf.location.pk
    lend(copy_id=book.pk, to=shelf.noor, location_id=place, by=desk)
    first = place_hold(title_id=book.title_id, pupil_id=shelf.sem.id, location_id=place, by=desk)
    second = place_hold(title_id=book.title_id, pupil_id=shelf.yusuf.id, location_id=place, by=desk)
    done = give_back(copy_id=book.pk, location_id=place, by=desk, request="in")
    assert done.answer.hold == first.pk

    asked = at_desk(shelf, desk, book.barcode, shelf.noor)
    assert (asked.answer.why, "Sem" in repr(asked.answer)) == (Why.RESERVED, False)
    assert (
        at_desk(shelf, desk, book.barcode, shelf.yusuf, allowed=frozenset({Why.NO_GROUP})).answer.why
        == Why.RESERVED
    )

    undo(undone="in", location_id=place, by=desk)
    first.refresh_from_db()
    assert first.copy_id is None
    give_back(copy_id=book.pk, location_id=place, by=desk)
    cancel_hold(hold_id=first.pk, by=desk)
    second.refresh_from_db()
    assert second.copy_id == book.pk


def test_who_waited_gets_it_and_waits_no_more(shelf, desk) -> None:
    book, place = shelf.copies[0], shelf.location.pk
    hold = place_hold(title_id=book.title_id, pupil_id=shelf.sem.id, location_id=place, by=desk)
    assert at_desk(shelf, desk, book.barcode, shelf.noor).answer.why == Why.RESERVED
    assert at_desk(shelf, desk, book.barcode, shelf.sem, request="uit").answer.do == Do.LEND
    hold.refresh_from_db()
    assert hold.ended_as == "lent"
    undo(undone="uit", location_id=place, by=desk)
    hold.refresh_from_db()
    assert (hold.ended_at, hold.ended_as) == (None, "")


def test_a_second_copy_on_the_shelf_goes_to_anybody(cast, shelf, desk) -> None:
    from leesbouw.collection.actions import CopyRow, save_copies

    book, place = shelf.copies[0], shelf.location.pk
    save_copies([CopyRow(book.title_id, location_id=place)], library_id=cast.library_a.pk, by=SYSTEM)
    place_hold(title_id=book.title_id, pupil_id=shelf.sem.id, location_id=place, by=desk)
    assert at_desk(shelf, desk, book.barcode, shelf.noor).answer.do == Do.LEND


def test_one_waits_once_and_at_her_own_school(cast, shelf, desk, elsewhere) -> None:
    title, place = shelf.copies[0].title_id, shelf.location.pk
    place_hold(title_id=title, pupil_id=shelf.sem.id, location_id=place, by=desk)
    with pytest.raises(Sentence):
        place_hold(title_id=title, pupil_id=shelf.sem.id, location_id=place, by=desk)
    with pytest.raises(NotAllowed):
        place_hold(title_id=title, pupil_id=shelf.sem.id, location_id=cast.c1.pk, by=elsewhere)
    assert not Hold.objects.visible_to(elsewhere).exists()


# Rules


def test_a_school_that_chose_nothing_lends_the_usual_way(cast) -> None:
    assert rules_at(cast.a1.pk) == usual_rules()
    assert rules_at(cast.b1.pk) == usual_rules("vo")
    assert usual_rules("vo") != usual_rules()


def test_rules_are_read_as_they_were_written(cast, coordinator) -> None:
    row = RulesRow(28, 2, 3, "north", 2, False, 1, 14, {1: 1, 8: 5})
    choose_rules(location=cast.a1, row=row, by=coordinator)
    assert rules_at(cast.a1.pk) == Rules(28, 2, 3, {1: 1, 8: 5}, 2, True, "north", False, 1, 14)
    choose_rules(location=cast.a1, row=RulesRow(7, 0, 1, "south"), by=coordinator, version=1)
    assert rules_at(cast.a1.pk) == Rules(7, 0, 1, {}, None, True, "south", True, 0, 30)
    with pytest.raises(Stale):
        choose_rules(location=cast.a1, row=row, by=coordinator, version=1)


def test_only_who_may_chooses_rules(cast, desk, coordinator) -> None:
    row = RulesRow(28, 2, 3, "north")
    for who, where in ((desk, cast.a1), (coordinator, cast.c1), (cast.head, cast.a1)):
        with pytest.raises(NotAllowed):
            choose_rules(location=where, row=row, by=who)
    assert not LendingRules.objects.exists()


def test_a_book_of_the_library_can_be_lent_at_school(cast, shelf, desk) -> None:
    book = stock(cast.library_a, None, ("Kikker is kikker",))[0]
    done = at_desk(shelf, desk, book.barcode, shelf.noor, allowed=frozenset({Why.OF_LIBRARY}))
    assert done.answer.do == Do.LEND
    assert at_desk(shelf, desk, book.barcode).answer.do == Do.GIVE_BACK


@pytest.mark.parametrize("own", [False, True])
def test_whether_books_go_home_stands_with_how_the_school_is_provided(cast, coordinator, own) -> None:
    if own:
        choose_rules(location=cast.a1, row=RulesRow(7, 0, 1, "south"), by=coordinator)
    assert rules_at(cast.a1.pk).may_go_home
    for goes_home in ("no", "yes"):
        Provision.objects.create(location=cast.a1, goes_home=goes_home, owner="school", manager="school")
        assert rules_at(cast.a1.pk).may_go_home == (goes_home == "yes")


def test_undo_leaves_it_at_one_place_in_the_row(shelf, desk) -> None:
    """She waited, borrowed it, and asked for it anew before the loan was taken back."""
    book, place = shelf.copies[0], shelf.location.pk
    wish = {"title_id": book.title_id, "pupil_id": shelf.noor.id, "location_id": place, "by": SYSTEM}
    place_hold(**wish)
    at_desk(shelf, desk, book.barcode, shelf.noor, request="uit")
    anew = place_hold(**wish)
    undo(undone="uit", location_id=place, by=desk, request="terug")
    assert list(Hold.objects.visible_to(SYSTEM).filter(ended_at=None)) == [anew]
