"""Books for a group as a whole: once each, nothing taken from a child, and no name of a child anywhere."""

from __future__ import annotations

import pytest

from leesbouw.collection.actions import fill_set, save_set
from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.lending.actions import give_back_stack, lend, lend_box, lend_stack
from leesbouw.lending.actions.stacks import MOST
from leesbouw.lending.models import Loan
from leesbouw.lending.queries.class_books import books_with, borrowing_groups, boxes_at
from leesbouw.organisations.actions import GroupRow, save_groups
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.models import Pupil
from tests.factories.cast import add_person
from tests.factories.lending import Shelf, stock


@pytest.fixture
def teacher(cast) -> Actor:
    return add_person("Eva Stapel", "teacher", cast.a1)


@pytest.fixture
def five(shelf: Shelf) -> ClassGroup:
    return shelf.children.groups["5"]


def codes(shelf: Shelf) -> list[str]:
    return [copy.barcode for copy in shelf.copies]


def open_loans() -> list[Loan]:
    return list(Loan.objects.trusted("test").filter(ended_at=None).order_by("copy"))


def test_a_stack_is_with_the_group_and_comes_back_in_one_go(shelf, teacher, five):
    stack = lend_stack(codes=codes(shelf), group_id=five.pk, by=teacher, request="r1")
    assert (stack.lent, stack.refused) == (4, [])
    assert {(one.kind, one.group_id, one.pupil_id) for one in open_loans()} == {("group", five.pk, None)}
    assert len(books_with(teacher, five)) == 4
    assert give_back_stack(copies=[shelf.copies[0].pk], group_id=five.pk, by=teacher) == 1
    assert give_back_stack(copies=None, group_id=five.pk, by=teacher) == 3
    assert open_loans() == []


def test_a_stack_sent_twice_is_borrowed_once(shelf, teacher, five):
    for _time in range(2):
        lend_stack(codes=codes(shelf), group_id=five.pk, by=teacher, request="same")
    assert len(open_loans()) == 4
    assert Loan.objects.trusted("test").count() == 4


def test_what_a_child_has_is_not_taken_and_holds_no_other_book_up(shelf, teacher, five):
    lend(copy_id=shelf.copies[1].pk, to=shelf.noor, location_id=shelf.location.pk, by=teacher)
    stack = lend_stack(codes=[*codes(shelf), "bestaat niet"], group_id=five.pk, by=teacher)
    assert stack.lent == 3
    assert len(stack.refused) == 2
    assert not any("Noor" in sentence for sentence in stack.refused)
    holder = next(one for one in open_loans() if one.copy_id == shelf.copies[1].pk)
    assert holder.pupil_id == shelf.noor.id


def test_a_book_the_group_has_already_stays_with_it(shelf, teacher, five):
    lend_stack(codes=codes(shelf)[:1], group_id=five.pk, by=teacher)
    stack = lend_stack(codes=codes(shelf)[:1], group_id=five.pk, by=teacher)
    assert stack.lent == 0
    assert [one.group_id for one in open_loans()] == [five.pk]


def test_a_box_goes_out_whole_but_for_what_somebody_has(shelf, teacher, five, cast):
    box = save_set(library_id=cast.library_a.pk, name="Ruimte", kind="theme", theme="ruimte", by=SYSTEM)
    fill_set(book_set=box, barcodes=codes(shelf)[:3], by=SYSTEM)
    lend(copy_id=shelf.copies[0].pk, to=shelf.noor, location_id=shelf.location.pk, by=teacher)
    assert [(one.name, one.free, one.ours) for one in boxes_at(teacher, five)] == [("Ruimte", 2, 0)]
    assert lend_box(box_id=box.pk, group_id=five.pk, by=teacher).lent == 2
    assert [(one.free, one.ours) for one in boxes_at(teacher, five)] == [(0, 2)]
    with pytest.raises(Sentence):
        lend_box(box_id=box.pk, group_id=five.pk, by=teacher)


def test_nothing_and_too_much_are_told(shelf, teacher, five):
    with pytest.raises(Sentence):
        lend_stack(codes=[" "], group_id=five.pk, by=teacher)
    with pytest.raises(Sentence):
        lend_stack(codes=[str(n) for n in range(MOST + 1)], group_id=five.pk, by=teacher)
    with pytest.raises(Sentence):
        give_back_stack(copies=None, group_id=five.pk, by=teacher)


def test_another_school_finds_no_group(shelf, five, cast, client_for):
    stranger = add_person("Vreemd", "teacher", cast.c1)
    for page in ("", "kist/", "terug/"):
        url = f"/groepsboeken/{five.pk}/{page}"
        browser = client_for(stranger)
        answer = browser.post(url, {"codes": "1", "request_id": "x"}) if page else browser.get(url)
        assert answer.status_code == 404, page
    with pytest.raises(ClassGroup.DoesNotExist):
        lend_stack(codes=codes(shelf), group_id=five.pk, by=stranger)
    head = add_person("Hoofd", "school-head", cast.a1)
    assert client_for(head).get("/groepsboeken/").status_code == 403


def test_the_page_borrows_what_was_scanned_below_each_other(shelf, teacher, five, client_for):
    browser = client_for(teacher)
    url = f"/groepsboeken/{five.pk}/"
    page = browser.get(url).content.decode()
    assert 'name="codes"' in page
    browser.post(url, {"codes": "\r\n".join(codes(shelf)), "request_id": "p1"})
    page = browser.get(url).content.decode()
    assert "4 boeken zijn nu bij groep 5." in page
    assert "Pluk van de Petteflet" in page
    browser.post(f"{url}terug/", {"alles": "ja", "request_id": "p2"})
    assert "De groep heeft nu geen boeken." in browser.get(url).content.decode()


def test_at_child_care_the_group_borrows_and_no_child_is_anywhere(cast, client_for):
    worker = add_person("Pien Opvang", "childcare-worker", cast.k1)
    year = SchoolYear.running()
    group = save_groups([GroupRow("Vlinders", ())], location=cast.k1, year=year, by=SYSTEM)["Vlinders"]
    copies = stock(cast.library_a, cast.k1)
    assert [one.group.name for one in borrowing_groups(worker)] == ["Vlinders"]
    browser = client_for(worker)
    assert "Vlinders" in browser.get("/groepsboeken/").content.decode()
    browser.post(
        f"/groepsboeken/{group.pk}/", {"codes": " ".join(copy.barcode for copy in copies), "request_id": "k"}
    )
    loans = open_loans()
    assert {(one.kind, one.group_id, one.pupil_id, one.contact_id) for one in loans} == {
        ("group", group.pk, None, None)
    }
    assert Pupil.objects.trusted("test").filter(location=cast.k1).count() == 0
    assert client_for(worker).get(f"/klas/groep/{group.pk}/lenen/").status_code == 404
    events = AuditEvent.objects.filter(verb="lending.lend")
    assert events.count() == 4
    assert "pupil" not in str(list(events.values("subject_type", "data")))


def test_the_page_asks_as_many_questions_for_one_book_as_for_many(
    shelf, teacher, five, cast, django_assert_num_queries
):
    box = save_set(library_id=cast.library_a.pk, name="Ruimte", kind="theme", theme="ruimte", by=SYSTEM)
    fill_set(book_set=box, barcodes=codes(shelf), by=SYSTEM)
    lend_stack(codes=codes(shelf)[:1], group_id=five.pk, by=teacher)
    with django_assert_num_queries(1):
        books_with(teacher, five)
    lend_stack(codes=codes(shelf)[1:], group_id=five.pk, by=teacher)
    with django_assert_num_queries(1):
        books_with(teacher, five)
    with django_assert_num_queries(3):
        boxes_at(teacher, five)
