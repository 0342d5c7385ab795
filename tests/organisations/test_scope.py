"""Who sees which organisation."""

import pytest

from leesbouw.organisations.models import Board, Library, Location, Municipality, Partnership, Province

SEES = {
    "administrator": {"99AA00", "99AB00", "999000001"},
    "consultant": {"99AA00", "99AB00", "999000001"},
    "other_library": {"99BA00"},
    "head": {"99AA00"},
    "other_head": {"99AB00"},
    "board": {"99AA00", "99BA00"},
    "municipality": {"99AA00", "99AB00", "999000001"},
    "poi": {"99AA00", "99AB00", "999000001", "99BA00"},
    "nation": {"99AA00", "99AB00", "999000001", "99BA00", "99CA00"},
    "outsider": {"99CA00"},
}


@pytest.mark.parametrize("who", SEES)
def test_locations_in_scope(cast, who):
    visible = Location.objects.visible_to(cast.actors[who])
    assert set(visible.values_list("code", flat=True)) == SEES[who]


def test_units_follow_locations(cast):
    head = cast.head
    assert set(Board.objects.visible_to(head).values_list("code", flat=True)) == {"99001"}
    assert set(Municipality.objects.visible_to(head).values_list("code", flat=True)) == {"9901"}
    assert set(Library.objects.visible_to(head).values_list("code", flat=True)) == {"nl-a"}
    assert set(Province.objects.visible_to(head).values_list("name", flat=True)) == {"Waterland"}


def test_partnership_of_another_library_is_not_there(cast):
    assert not Partnership.objects.visible_to(cast.consultant).filter(location=cast.b1).exists()
    assert Partnership.objects.visible_to(cast.board).filter(location=cast.b1).exists()


def test_a_partnership_opens_a_location_outside_the_area(cast):
    from leesbouw.accounts.queries import actor_of_assignment
    from leesbouw.core.access import SYSTEM
    from leesbouw.organisations.actions import start_partnership

    start_partnership(library=cast.library_a, location=cast.c1, by=SYSTEM)
    consultant = actor_of_assignment(cast.consultant.assignment_id)
    assert Location.objects.visible_to(consultant).filter(code="99CA00").exists()
