"""The books of one group: who has what, who has nothing; only for who may open the class, and every look is written."""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.core.access import Actor
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import today
from leesbouw.lending.actions import lend, mark_lost, print_class
from leesbouw.lending.domain.back import back_by
from leesbouw.lending.domain.rules import Holiday, Rules
from leesbouw.lending.models import Card, Loan
from leesbouw.lending.queries.groups import group_books
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.queries import looks_at
from leesbouw.pupils.queries.classes import class_line, class_lines, may_see_reading
from leesbouw.pupils.queries.looks import looks_for_child
from tests.factories.cast import add_person
from tests.factories.lending import Shelf
from tests.factories.teaching import teach


@pytest.fixture
def teacher(cast, shelf: Shelf) -> Actor:
    return teach(add_person("Eva Groep", "teacher", cast.a1), shelf.children.groups["5"], by=cast.manager)


@pytest.fixture
def volunteer(desk: Actor) -> Actor:
    return desk


@pytest.fixture
def five(shelf: Shelf) -> ClassGroup:
    return shelf.children.groups["5"]


def lent(shelf: Shelf, copy: int, who, by: Actor, days_ago: int = 0) -> Loan:
    outcome = lend(copy_id=shelf.copies[copy].pk, to=who, location_id=shelf.location.pk, by=by)
    loan = Loan.objects.trusted("test").get(pk=outcome.answer.loan)
    if days_ago:
        loan.due_on = today() - timedelta(days=days_ago)
        loan.save(update_fields=["due_on"])
    return loan


@given(
    day=st.dates(date(2026, 8, 1), date(2027, 7, 1)),
    library_day=st.sampled_from([None, 1, 2, 3, 4, 5]),
    away=st.integers(0, 20),
)
def test_the_day_to_come_back_is_a_library_day_outside_holidays_and_the_first_one(day, library_day, away):
    holiday = Holiday("herfst", day + timedelta(days=2), day + timedelta(days=2 + away))
    rules = Rules(library_day=library_day)
    found = back_by(day, rules, [holiday])
    assert found >= day
    assert found not in holiday
    assert found.isoweekday() == (library_day or 5)
    between = (day + timedelta(days=n) for n in range((found - day).days))
    assert all(one in holiday or one.isoweekday() != (library_day or 5) for one in between)


def test_a_group_tells_who_has_what_and_who_has_nothing(shelf, teacher, five, coordinator):
    lent(shelf, 0, shelf.noor, teacher, days_ago=3)
    lost = lent(shelf, 1, shelf.noor, teacher)
    mark_lost(loan_id=lost.pk, by=coordinator)
    lent(shelf, 2, shelf.sem, teacher)  # of another group
    found = group_books(teacher, class_line(teacher, five.pk))
    books = {one.tile.pupil.pk: len(one.books) for one in found.readers}
    assert books == {shelf.noor.id: 2, shelf.children.pupils[1].pk: 0}
    assert [one.tile.pupil.pk for one in found.those("geen")] == [shelf.children.pupils[1].pk]
    assert [one.tile.pupil.pk for one in found.those("laat")] == [shelf.noor.id]
    assert [one.tile.pupil.pk for one in found.those("terug")] == [shelf.noor.id]


def test_a_lost_book_is_neither_late_nor_a_book_one_has(shelf, teacher, five, coordinator):
    loan = lent(shelf, 0, shelf.noor, teacher, days_ago=30)
    mark_lost(loan_id=loan.pk, by=coordinator)
    found = group_books(teacher, class_line(teacher, five.pk))
    assert found.those("laat") == []
    assert shelf.noor.id in {one.tile.pupil.pk for one in found.those("geen")}


def test_the_page_asks_as_many_questions_for_one_book_as_for_many(
    shelf, teacher, five, django_assert_num_queries
):
    line = class_line(teacher, five.pk)
    lent(shelf, 0, shelf.noor, teacher)
    with django_assert_num_queries(4):
        group_books(teacher, line)
    for at in (1, 2, 3):
        lend(
            copy_id=shelf.copies[at].pk, to=shelf.noor, location_id=shelf.location.pk, by=teacher,
            allowed={"too_many"},
        )  # fmt: skip
    with django_assert_num_queries(4):
        group_books(teacher, line)


PAGES = ("", "klassenblad.pdf", "passen.pdf", "alles-terug/", "alles-terug/?formaat=csv")


@pytest.mark.parametrize("page", PAGES)
def test_the_pages_are_there_for_the_teacher_and_for_nobody_else(
    shelf, five, teacher, volunteer, cast, page, client: Client, client_for
):
    url = f"/klas/groep/{five.pk}/lenen/{page}"
    assert client_for(teacher).get(url).status_code == 200
    assert client_for(volunteer).get(url).status_code == 404  # lends at the desk, opens no class
    for at in (cast.c1, cast.a1):  # of another school, and of another group
        other = add_person(f"Ander {at.code}", "teacher", at)
        assert client_for(other).get(url).status_code == 404
    assert client.get(url).status_code == 302


def test_own_groups_are_on_top_and_of_others_no_reading_is_shown(cast, shelf, five, teacher, coordinator):
    first, *others = class_lines(teacher)
    assert (first.group, first.is_own, [line.is_own for line in others]) == (
        five,
        True,
        [False] * len(others),
    )
    assert [may_see_reading(teacher, line) for line in (first, *others)] == [True] + [False] * len(others)
    assert all(may_see_reading(coordinator, line) for line in class_lines(coordinator))


def test_a_school_list_is_for_who_looks_at_loans(shelf, teacher, coordinator, cast, client_for):
    url = f"/school/{shelf.location.code}/alles-terug/"
    assert client_for(coordinator).get(url).status_code == 200
    assert client_for(teacher).get(url).status_code == 403
    assert client_for(add_person("Anders", "reading-coordinator", cast.c1)).get(url).status_code == 404


def test_every_look_is_written_once_a_day_and_the_child_and_its_parents_can_see_it(
    shelf, teacher, five, coordinator, client_for
):
    browser = client_for(teacher)
    browser.get(f"/klas/groep/{five.pk}/lenen/")
    browser.get(f"/klas/groep/{five.pk}/lenen/?toon=geen")
    events = AuditEvent.objects.filter(verb="lending.look_at_group")
    assert [(one.subject_id, one.by_user_id) for one in events] == [(five.pk, teacher.user_id)]
    told = [look.what for look in looks_at(coordinator, shelf.children.noor)]
    assert "bekeek wat een groep heeft geleend" in told
    assert not any(
        "groep heeft geleend" in str(look.what) for look in looks_at(coordinator, shelf.children.sem)
    )
    assert [(look.on, look.who) for look in looks_for_child(shelf.children.noor)] == [(today(), "leerkracht")]
    assert looks_for_child(shelf.children.sem) == []
    assert "pupil" not in str(events.values())


def test_printing_gives_a_card_to_who_has_none_and_lets_others_keep_theirs(shelf, teacher, five):
    noor, other = shelf.children.pupils[:2]
    kept = shelf.card_of(shelf.noor)
    Card.objects.trusted("test").filter(pupil=other).delete()
    rows = {tile.pupil.pk: barcode for tile, barcode in print_class(group_id=five.pk, by=teacher)}
    assert rows[noor.pk] == kept
    assert rows[other.pk]
    assert rows[other.pk] != kept
    again = {tile.pupil.pk: barcode for tile, barcode in print_class(group_id=five.pk, by=teacher)}
    assert again == rows


def test_the_barcodes_of_a_class_sheet_are_those_of_the_cards(shelf, teacher, five, client_for):
    answer = client_for(teacher).get(f"/klas/groep/{five.pk}/lenen/klassenblad.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = pdf_text(answer.content)
    for child in shelf.children.pupils[:2]:
        assert str(child.first_name) in text
    assert shelf.card_of(shelf.noor) in text
    assert "Vertrouwelijk" in text


def pdf_text(content: bytes) -> str:
    from pypdf import PdfReader

    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)


def test_everything_back_begins_with_who_leaves_and_goes_along_as_a_file(
    shelf, teacher, coordinator, client_for
):
    lent(shelf, 0, shelf.noor, teacher)
    lent(shelf, 1, shelf.sem, teacher)
    sem = shelf.children.sem
    sem.left_on = today()
    sem.save(update_fields=["left_on"])
    browser = client_for(coordinator)
    url = f"/school/{shelf.location.code}/alles-terug/"
    page = browser.get(url).content.decode()
    assert page.index("Sem K.") < page.index("Noor V.")
    only = browser.get(f"{url}?wie=weg").content.decode()
    assert "Sem K." in only
    assert "Noor" not in only
    five = shelf.children.groups["5"].pk
    of_five = browser.get(f"{url}?groep={five}").content.decode()
    assert "Noor" in of_five
    assert "Sem K." not in of_five
    for form, begin in (("csv", b"\xef\xbb\xbf"), ("xlsx", b"PK"), ("pdf", b"%PDF")):
        answer = browser.get(f"{url}?formaat={form}")
        assert answer.content.startswith(begin), form
    assert AuditEvent.objects.filter(verb="lending.export_school").count() == 3
    text = browser.get(f"{url}?formaat=csv").content.decode("utf-8-sig")
    assert "Sem K." in text
    assert "Vertrouwelijk" in text
