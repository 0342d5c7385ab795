"""Guarded rows cannot be read by accident; scopes never mean "everything" by being empty."""

import pytest
from django.db.models import Exists, OuterRef

from leesbouw.core.access import EVERYWHERE, SYSTEM, Actor, NotAllowed, UnguardedQuery, require, within
from leesbouw.people.models import Contact, StaffMember


@pytest.fixture
def contact(cast):
    return Contact.objects.create(
        library=cast.library_a, unit=cast.a1, name="Noor Vos", function="leescoördinator", level="operational"
    )


READS = {
    "list": lambda rows: list(rows),
    "iterate": lambda rows: next(rows.iterator()),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "get": lambda rows: rows.get(name="Noor Vos"),
    "first": lambda rows: rows.first(),
    "values": lambda rows: list(rows.values("name")),
    "aggregate": lambda rows: rows.aggregate(n=__import__("django.db.models").db.models.Count("pk")),
    "update": lambda rows: rows.update(name="x"),
    "delete": lambda rows: rows.all().delete(),
    "in_bulk": lambda rows: rows.in_bulk(),
    "subquery": lambda rows: list(StaffMember.objects.trusted("test").filter(name__in=rows.values("name"))),
}


@pytest.mark.parametrize("read", READS)
def test_an_unopened_query_raises(contact, read):
    with pytest.raises(UnguardedQuery):
        READS[read](Contact.objects.all())


@pytest.mark.parametrize("read", [name for name in READS if name not in {"update", "delete"}])
def test_an_opened_query_answers(contact, read):
    READS[read](Contact.objects.trusted("test"))


def test_filters_keep_a_query_open(contact, cast):
    rows = Contact.objects.visible_to(cast.consultant).filter(name="Noor Vos").order_by("name")
    assert [row.pk for row in rows] == [contact.pk]


def test_another_library_and_the_outsider_see_nothing(contact, cast):
    for who in ("other_library", "outsider", "other_head", "municipality", "board", "poi", "nation"):
        assert not Contact.objects.visible_to(cast.actors[who]).exists(), who
    assert Contact.objects.visible_to(cast.head).exists()


def test_everywhere_opens_no_rows_about_persons(contact):
    everywhere = Actor(kind="user", role="x", unit_kind="nation", libraries=EVERYWHERE, locations=EVERYWHERE)
    assert not Contact.objects.visible_to(everywhere).exists()
    assert not Contact.objects.trusted("test").filter(within(EVERYWHERE, "library")).exists()


def test_an_actor_without_scope_sees_nothing(contact):
    assert not Contact.objects.visible_to(Actor(kind="user")).exists()


def test_require_names_the_permission(cast):
    require(SYSTEM, "people.view_contacts")
    with pytest.raises(NotAllowed) as caught:
        require(cast.volunteer, "people.view_contacts")
    assert caught.value.permission == "people.view_contacts"


def test_exists_subquery_of_an_unopened_query_raises(contact, cast):
    from leesbouw.organisations.models import Location

    inner = Contact.objects.filter(unit=OuterRef("pk"))
    with pytest.raises(UnguardedQuery):
        list(Location.objects.filter(Exists(inner)))
