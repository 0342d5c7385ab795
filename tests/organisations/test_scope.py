"""Who sees which organisation."""

from datetime import timedelta
from random import Random

import pytest
from django.db.models import Q

from leesbouw.accounts.models import managed_units
from leesbouw.accounts.queries import people_managed_by, works_alone
from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.time import today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import (
    Board,
    Branch,
    Library,
    LibraryArea,
    Location,
    Municipality,
    Partnership,
    Province,
    Unit,
)
from leesbouw.organisations.models.units import area_of

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
    from leesbouw.organisations.actions import start_partnership

    start_partnership(library=cast.library_a, location=cast.c1, by=SYSTEM)
    consultant = actor_of_assignment(cast.consultant.assignment_id)
    assert Location.objects.visible_to(consultant).filter(code="99CA00").exists()


def test_branches_and_managed_units_are_those_of_the_long_definition(cast):
    """The short filters against the nested ones they stand for, for every kind of actor in a world made at random."""
    _make_world(cast, Random(7))
    seen = 0
    for actor in _everybody(cast):
        branches = Branch.objects.filter(library__in=Library.objects.visible_to(actor).values("pk"))
        assert _ids(Branch.objects.visible_to(actor)) == _ids(branches), actor
        assert _ids(managed_units(actor)) == _ids(_managed_the_long_way(actor)), actor
        assert works_alone(actor) is not people_managed_by(actor).exclude(pk=actor.user_id).exists(), actor
        seen += branches.count()
    assert seen > len(UnitKind)


def _make_world(cast, chance: Random) -> None:
    """Branches of both libraries, and areas that have ended, hold, or are still to begin."""
    for number in range(8):
        library = chance.choice([cast.library_a, cast.library_b])
        Branch.objects.create(code=f"rand-{number}", name=f"Filiaal {number}", library=library)
    LibraryArea.objects.filter(library=cast.library_b).update(ends_on=today() - timedelta(days=1))
    for municipality in Municipality.objects.all():
        starts_on = today() + timedelta(days=chance.randint(-400, 30))
        ends_on = today() + timedelta(days=chance.randint(31, 400))
        library = chance.choice([cast.library_a, cast.library_b])
        LibraryArea.objects.create(
            library=library, municipality=municipality, starts_on=starts_on, ends_on=ends_on
        )


def _everybody(cast):
    """The cast; each kind of unit, with the reach of one library, of two, and of none; and nobody at all."""
    yield from cast.actors.values()
    both = frozenset({cast.library_a.pk, cast.library_b.pk})
    for unit in Unit.objects.all():
        for libraries in (frozenset(), frozenset({cast.library_b.pk}), both):
            yield Actor(kind="user", unit_id=unit.pk, unit_kind=unit.kind, libraries=libraries)
    yield Actor(kind="user")
    yield SYSTEM


def _managed_the_long_way(actor):
    if actor.kind == "system":
        return Unit.objects.all()
    if actor.unit_id is None:
        return Unit.objects.none()
    if actor.unit_kind not in {UnitKind.LIBRARY, UnitKind.BRANCH}:
        return Unit.objects.filter(pk=actor.unit_id)
    branches = Branch.objects.filter(library__in=Library.objects.visible_to(actor).values("pk"))
    return Unit.objects.filter(
        Q(pk__in=actor.libraries)
        | Q(pk__in=branches.values("pk"))
        | Q(pk__in=Location.objects.visible_to(actor).values("pk"))
        | Q(pk__in=Board.objects.visible_to(actor).values("pk"))
        | Q(pk__in=Municipality.objects.filter(pk__in=area_of(actor)).values("pk"))
    )


def _ids(rows) -> set[int]:
    return set(rows.values_list("pk", flat=True))
