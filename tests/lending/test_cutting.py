"""The link between a child and a book: how long it lasts, what stays, and that erasing leaves nothing."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import holders
from leesbouw.core.time import AMSTERDAM, now, today
from leesbouw.lending.actions import RulesRow, choose_rules, give_back, lend, place_hold, renew
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.domain.rules import week_of
from leesbouw.lending.enums import BorrowerKind
from leesbouw.lending.models import Card, Hold, Loan, Renewal
from leesbouw.privacy.queries.terms import term_in_force
from leesbouw.pupils.actions import erase_on_request, erase_pupils
from leesbouw.pupils.models import Pupil
from leesbouw.pupils.queries import known_of, tiles_for_child

ROW = RulesRow(days=21, renewals=1, books=2, region="middle")


def loans():  # type: ignore[no-untyped-def]
    return Loan.objects.visible_to(SYSTEM)


def read(shelf, desk, number=0, who=None):  # type: ignore[no-untyped-def]
    """A book that was lent and came back."""
    copy, place = shelf.copies[number], shelf.location.pk
    lend(copy_id=copy.pk, to=who or shelf.noor, location_id=place, by=desk, at=now() - timedelta(days=9))
    renew(copy_id=copy.pk, location_id=place, by=desk)
    give_back(copy_id=copy.pk, location_id=place, by=desk)
    return loans().get(copy=copy)


def wipe() -> int:
    return holders["loan"].erase(limit=term_in_force("loan").limit, by=SYSTEM)


def later(days: int) -> None:
    """As if so many days went by since everything came back."""
    for row in loans().exclude(cut_on=None):
        row.cut_on -= timedelta(days=days)
        row.ended_at -= timedelta(days=days)
        row.borrowed_at -= timedelta(days=days)
        row.save()


def test_the_link_is_cut_after_the_days_of_the_school_and_figures_stay(shelf, desk) -> None:
    loan = read(shelf, desk)
    later(29)
    assert wipe() == 0
    later(1)
    assert holders["loan"].due(term_in_force("loan").limit) == 1
    assert wipe() == 1

    before, after = loan, loans().get()
    assert (after.pupil_id, after.was_cut) == (None, True)
    assert (after.year_group, after.title_id, after.kind, after.renewals) == (5, before.title_id, "pupil", 1)
    for at in (after.borrowed_at, after.ended_at):
        day = at.astimezone(AMSTERDAM).date()
        assert day == week_of(day)
    assert not Renewal.objects.visible_to(SYSTEM).exists()
    assert wipe() == 0


def test_an_open_loan_is_never_cut(shelf, desk) -> None:
    lend(copy_id=shelf.copies[0].pk, to=shelf.noor, location_id=shelf.location.pk, by=desk)
    loans().update(borrowed_at=now() - timedelta(days=400))
    assert wipe() == 0
    assert loans().get().pupil_id == shelf.noor.id


def test_a_school_that_chooses_zero_days_keeps_nothing_overnight(shelf, desk, coordinator) -> None:
    choose_rules(location=shelf.location, row=RulesRow(21, 1, 2, "middle", cut_days=0), by=coordinator)
    assert read(shelf, desk).cut_on == today()
    assert wipe() == 1


def test_another_choice_holds_for_what_came_back_before(shelf, desk, coordinator) -> None:
    rules = choose_rules(location=shelf.location, row=ROW, by=coordinator)
    read(shelf, desk)
    choose_rules(
        location=shelf.location,
        row=RulesRow(21, 1, 2, "middle", cut_days=10),
        by=coordinator,
        version=rules.version,
    )
    assert loans().get().cut_on == today() + timedelta(days=10)


@pytest.mark.parametrize("days", [91, -1])
def test_longer_than_ninety_days_is_refused(shelf, coordinator, days) -> None:
    with pytest.raises(Sentence):
        choose_rules(location=shelf.location, row=RulesRow(21, 1, 2, "middle", cut_days=days), by=coordinator)


def test_the_calendar_of_the_installation_holds_whatever_a_school_chose(shelf, desk) -> None:
    read(shelf, desk)
    loans().update(ended_at=now() - timedelta(days=92), cut_on=today() + timedelta(days=300))
    assert wipe() == 1


def test_what_a_class_borrowed_is_nobodys_reading(shelf, desk) -> None:
    group = Borrower(BorrowerKind.GROUP, shelf.children.groups["5"].pk)
    read(shelf, desk, who=group)
    later(200)
    assert wipe() == 0
    assert loans().get().group_id == group.id


def test_the_event_of_a_cut_names_no_loan(shelf, desk) -> None:
    read(shelf, desk)
    later(40)
    wipe()
    event = AuditEvent.objects.get(verb="lending.cut_links")
    assert (event.subject_id, event.count, event.data) == (None, 1, {})


def test_a_child_with_a_book_at_home_is_not_erased_yet(cast, shelf, desk, coordinator) -> None:
    lend(copy_id=shelf.copies[0].pk, to=shelf.noor, location_id=shelf.location.pk, by=desk)
    with pytest.raises(Sentence):
        erase_on_request(pupil=shelf.children.noor, by=coordinator)
    give_back(copy_id=shelf.copies[0].pk, location_id=shelf.location.pk, by=desk)
    erase_on_request(pupil=shelf.children.noor, by=coordinator)

    loan = loans().get()
    assert (loan.was_cut, loan.pupil_id, loan.title_id) == (True, None, shelf.copies[0].title_id)
    assert not Card.objects.visible_to(SYSTEM).filter(pupil=shelf.noor.id).exists()


def test_who_comes_back_with_a_backup_is_erased_with_an_open_loan(shelf, desk) -> None:
    lend(copy_id=shelf.copies[0].pk, to=shelf.noor, location_id=shelf.location.pk, by=desk)
    place_hold(
        title_id=shelf.copies[1].title_id, pupil_id=shelf.noor.id, location_id=shelf.location.pk, by=desk
    )
    erase_pupils([shelf.noor.id], reason="replay", by=SYSTEM)

    assert not Pupil.objects.visible_to(SYSTEM).filter(pk=shelf.noor.id).exists()
    assert not Hold.objects.visible_to(SYSTEM).exists()
    loan = loans().get()
    assert (loan.pupil_id, loan.ended_at, loan.was_cut) == (None, None, True)
    give_back(
        copy_id=shelf.copies[0].pk, location_id=shelf.location.pk, by=desk
    )  # the book itself comes back
    assert loans().get().ended_as == "returned"


def test_all_that_is_kept_of_a_child_is_told(cast, shelf, desk, coordinator) -> None:
    read(shelf, desk)
    lend(copy_id=shelf.copies[1].pk, to=shelf.noor, location_id=shelf.location.pk, by=desk)
    place_hold(
        title_id=shelf.copies[2].title_id, pupil_id=shelf.noor.id, location_id=shelf.location.pk, by=desk
    )
    told = repr(known_of(coordinator, shelf.children.noor).chapters)
    for copy in shelf.copies[:3]:
        assert copy.title.title in told
    assert shelf.card_of(shelf.noor) in told
    assert shelf.copies[3].title.title not in told
    assert known_of(coordinator, shelf.children.noor).unsettled
    assert shelf.copies[0].title.title in repr(tiles_for_child(coordinator, shelf.children.noor))


def test_holds_that_ended_go(shelf, desk) -> None:
    hold = place_hold(
        title_id=shelf.copies[2].title_id, pupil_id=shelf.noor.id, location_id=shelf.location.pk, by=desk
    )
    limit = term_in_force("hold").limit
    assert holders["hold"].erase(limit=limit, by=SYSTEM) == 0
    long_ago = datetime.combine(limit - timedelta(days=1), datetime.min.time(), tzinfo=AMSTERDAM)
    Hold.objects.visible_to(SYSTEM).filter(pk=hold.pk).update(ended_at=long_ago, ended_as="cancelled")
    assert holders["hold"].erase(limit=limit, by=SYSTEM) == 1
