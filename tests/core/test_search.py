"""Search forgives spelling, and never shows what is not yours."""

import pytest

from leesbouw.core import search
from leesbouw.core.access import Actor
from leesbouw.core.search import Entry, find

LIBRARY, OTHER = 11, 22
ACTOR = Actor(
    kind="user", unit_id=LIBRARY, unit_kind="library", permissions=frozenset({"organisations.view"})
)
OUTSIDER = Actor(
    kind="user", unit_id=OTHER, unit_kind="library", permissions=frozenset({"organisations.view"})
)
NAMES = [
    ("De Regenboog", "99AA00 Elzenbroek"),
    ("'t Anker", "99AB00 Lisdrecht"),
    ("Kindcentrum De Ontdekkingsreis", "99AC00 Elzenbroek"),
    ("Elzenbroek College", "99AD00 Elzenbroek"),
    ("De Wissel", "99AE00 Waterveld"),
    ("Sint-Jozefschool", "99AF00 Café"),
]


@pytest.fixture
def index(db):
    search.put(
        Entry(
            "location",
            n,
            name,
            f"/school/{n}/",
            frozenset({LIBRARY}),
            body=body,
            permission="organisations.view",
        )
        for n, (name, body) in enumerate(NAMES)
    )


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("regenboog", "De Regenboog"),
        ("Regenbog", "De Regenboog"),
        ("regenboug", "De Regenboog"),
        ("reegenboog", "De Regenboog"),
        ("ontdekingsreis", "Kindcentrum De Ontdekkingsreis"),
        ("ontdek", "Kindcentrum De Ontdekkingsreis"),
        ("anker lisdrecht", "'t Anker"),
        ("lisdrcht", "'t Anker"),
        ("99AE00", "De Wissel"),
        ("99ae", "De Wissel"),
        ("elzenbroek college", "Elzenbroek College"),
        ("sint jozef", "Sint-Jozefschool"),
        ("cafe", "Sint-Jozefschool"),
    ],
)
def test_found_first_with_mistakes(index, typed, found):
    assert find(ACTOR, typed)[0].title == found


@pytest.mark.parametrize("typed", ["", "   ", "xyzzyplugh", '"', "regenboog AND", "a* OR b", "') --", "∀"])
def test_nothing_found_is_no_error(index, typed):
    find(ACTOR, typed)


def test_the_outsider_finds_nothing(index):
    assert find(OUTSIDER, "regenboog") == []


def test_without_the_permission_nothing(index):
    assert find(Actor(kind="user", unit_id=LIBRARY), "regenboog") == []


def test_a_changed_name_replaces_the_old_one(index):
    search.put(
        [Entry("location", 0, "De Zonnebloem", "/x/", frozenset({LIBRARY}), permission="organisations.view")]
    )
    assert find(ACTOR, "regenboog") == []
    assert find(ACTOR, "zonnebloem")[0].url == "/x/"


def test_removed_is_gone(index):
    search.remove("location", [0])
    assert find(ACTOR, "regenboog") == []


def test_two_queries_whatever_the_number(index, django_assert_num_queries):
    find(ACTOR, "regenboog")
    with django_assert_num_queries(2):
        find(ACTOR, "de")


def test_the_place_itself_comes_before_what_mentions_it(index):
    search.put(
        Entry(
            "talk",
            n,
            "Voortgangsgesprek De Regenboog",
            f"/t/{n}/",
            frozenset({LIBRARY}),
            subtitle="De Regenboog",
        )
        for n in range(8)
    )
    assert find(ACTOR, "regenb")[0].title == "De Regenboog"
    assert find(ACTOR, "voortgang regenboog")[0].kind == "talk"
