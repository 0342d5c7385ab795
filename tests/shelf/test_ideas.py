"""Suggestions: from enough children of this school alone, from what stands on the shelf now, each with its reason."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from leesbouw.collection.actions import CopyRow, save_copies
from leesbouw.collection.models import Copy, Title
from leesbouw.core.access import SYSTEM, Actor
from leesbouw.lending.actions import lend
from leesbouw.lending.domain.borrowers import Borrower
from leesbouw.lending.enums import BorrowerKind, Why
from leesbouw.organisations.models import Location
from leesbouw.pupils.actions import open_class
from leesbouw.pupils.models import Pupil
from leesbouw.pupils.queries.classes import child_in
from leesbouw.shelf.domain.suggesting import (
    FEWEST_ALIKE,
    FEWEST_READERS,
    Facts,
    Reason,
    ideas,
    read_together,
)
from leesbouw.shelf.queries.ideas import for_child, for_teacher
from tests.factories.cast import add_person
from tests.factories.lending import agree
from tests.factories.pupils import Class, make_class, put_more
from tests.factories.teaching import teach
from tests.pupils.test_classes import come

SHELVES = st.lists(st.sets(st.integers(1, 12), max_size=6), max_size=12)


@given(mine=st.sets(st.integers(1, 12), max_size=4), others=SHELVES)
def test_a_title_counts_only_when_enough_children_had_it_who_are_alike(mine, others):
    alike = [one for one in others if one & mine]
    found = read_together(mine, others)
    for title, number in found.items():
        assert title not in mine
        assert number == sum(title in one for one in alike) >= FEWEST_READERS
        assert len(alike) >= FEWEST_ALIKE


@given(
    mine=st.sets(st.integers(1, 12), max_size=4), others=SHELVES, one=st.sets(st.integers(1, 12), max_size=6)
)
def test_one_child_more_or_less_shows_no_title_that_it_alone_had(mine, others, one):
    """What somebody adds to a crowd is seen only together with at least two others."""
    before, after = read_together(mine, others), read_together(mine, [*others, one])
    for title in set(after) - set(before):
        assert sum(title in shelf for shelf in [*others, one] if shelf & mine) >= FEWEST_READERS


@given(
    mine=st.sets(st.integers(1, 12), max_size=4),
    others=SHELVES,
    free=st.sets(st.integers(1, 12)),
    lent=st.dictionaries(st.integers(1, 12), st.integers(1, 30)),
)
def test_only_what_is_free_and_not_had_comes_and_the_best_first(mine, others, free, lent):
    facts = {pk: Facts(themes=("draken",) if pk % 3 == 0 else ()) for pk in range(1, 13)}
    found = ideas(mine=mine, others=others, facts=facts, lent=lent, free=free, most=5)
    assert {one.title for one in found} <= free - mine
    assert len(found) <= 5
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


def test_the_reason_is_the_strongest_one():
    facts = {
        1: Facts(series="Dolfje", authors=("Van Loon",), themes=("weerwolven",)),
        2: Facts(series="Dolfje", authors=("Van Loon",)),
        3: Facts(authors=("Van Loon",)),
        4: Facts(themes=("weerwolven",)),
        5: Facts(),
        6: Facts(),
    }
    found = ideas(mine={1}, others=[], facts=facts, lent={5: 9}, free={2, 3, 4, 5, 6})
    assert {one.title: (one.reason, one.about) for one in found} == {
        2: (Reason.SERIES, "Dolfje"),
        3: (Reason.AUTHOR, "Van Loon"),
        4: (Reason.THEME, "weerwolven"),
        5: (Reason.LIKED, ""),
    }


@pytest.fixture
def children(cast, agreed: None) -> Class:
    made = make_class(cast.a1)
    put_more(made, 8)
    return made


@pytest.fixture
def teacher(cast, children) -> Actor:
    return teach(add_person("Eva Idee", "teacher", cast.a1), children.groups["5"], by=cast.manager)


def shelve(cast, location: Location, names: list[str], number: int = 10) -> dict[str, list[Copy]]:
    """So many copies of each of these titles at a school."""
    found = {}
    for name in names:
        title, _made = Title.objects.get_or_create(library_id=cast.library_a.pk, title=name)
        rows = [CopyRow(title.pk, location_id=location.pk) for _n in range(number)]
        found[name] = save_copies(rows, library_id=cast.library_a.pk, by=SYSTEM)
    return found


def give(copy: Copy, pupil_id: int, location: Location) -> None:
    to = Borrower(BorrowerKind.PUPIL, pupil_id)
    lend(copy_id=copy.pk, to=to, location_id=location.pk, by=SYSTEM, allowed=set(Why))


def crowd(cast, children: Class, number: int) -> dict[str, list[Copy]]:
    """So many children of group 6 with A and B; a child of group 5 has A."""
    copies = shelve(cast, cast.a1, ["A", "B", "C"])
    give(copies["A"][9], children.noor.pk, cast.a1)
    those = Pupil.objects.trusted("test").filter(last_name="Extra", location=cast.a1).order_by("pk")[:number]
    for at, pupil in enumerate(those):
        give(copies["A"][at], pupil.pk, cast.a1)
        give(copies["B"][at], pupil.pk, cast.a1)
    return copies


@pytest.mark.parametrize(("number", "is_there"), [(4, False), (5, True)])
def test_what_others_read_comes_when_there_are_enough_of_them(cast, children, teacher, number, is_there):
    crowd(cast, children, number)
    found = for_teacher(teacher, children.groups["5"], children.noor)
    assert any(line.reason == Reason.ALIKE for line in found.lines) == is_there
    assert all(line.book.title != "A" for line in found.lines)


def test_children_of_another_school_count_nowhere(cast, children, teacher):
    copies = shelve(cast, cast.a1, ["A", "B"])
    give(copies["A"][0], children.noor.pk, cast.a1)
    agree(cast.library_a, cast.a2)
    far = make_class(cast.a2)
    put_more(far, 8)
    there = shelve(cast, cast.a2, ["A", "B"])
    for at, pupil in enumerate(Pupil.objects.trusted("test").filter(location=cast.a2, last_name="Extra")):
        give(there["A"][at], pupil.pk, cast.a2)
        give(there["B"][at], pupil.pk, cast.a2)
    assert for_teacher(teacher, children.groups["5"], children.noor).lines == []


def test_what_is_lent_out_is_not_suggested(cast, children, teacher):
    copies = crowd(cast, children, 6)
    for copy in copies["B"][6:]:
        give(copy, children.sem.pk, cast.a1)
    assert for_teacher(teacher, children.groups["5"], children.noor).lines == []


def test_the_pages_are_for_the_child_and_for_its_teacher(cast, children, teacher, client_for):
    crowd(cast, children, 6)
    url = f"/klas/groep/{children.groups['5'].pk}/ideeen/{children.noor.pk}/"
    page = client_for(teacher).get(url)
    assert page.status_code == 200
    assert "Wie zulke boeken leest, las dit ook" in page.content.decode()
    assert "Extra" not in page.content.decode()
    assert client_for(add_person("Ander", "teacher", cast.c1)).get(url).status_code == 404
    assert client_for(add_person("Vrijwilliger", "volunteer", cast.a1)).get(url).status_code in {403, 404}
    other_group = f"/klas/groep/{children.groups['6'].pk}/ideeen/{children.noor.pk}/"
    assert client_for(teacher).get(other_group).status_code == 404
    session = open_class(group_id=children.groups["5"].pk, by=cast.teacher)
    client = Client()
    come(client, session, children.noor)
    own = client.get("/kast/voor-jou/")
    assert own.status_code == 200
    assert "Wie zulke boeken leest, las dit ook" in own.content.decode()
    child = child_in(session.pk, children.noor.pk)
    assert [line.book.title for line in for_child(child).lines] == ["B"]


def test_as_many_questions_however_many_books_and_children(
    cast, children, teacher, django_assert_num_queries
):
    copies = crowd(cast, children, 5)
    with django_assert_num_queries(8):
        for_teacher(teacher, children.groups["5"], children.noor)
    shelve(cast, cast.a1, ["D", "E", "F"])
    give(copies["A"][8], children.sem.pk, cast.a1)
    with django_assert_num_queries(8):
        for_teacher(teacher, children.groups["5"], children.noor)
