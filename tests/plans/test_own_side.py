"""What a school itself puts in: numbers of a year, written by the school or the library, seen by both."""

from __future__ import annotations

from decimal import Decimal

import pytest

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import SchoolYear
from leesbouw.plans.actions import SideRow, set_own_side
from leesbouw.plans.queries import own_side

YEAR = SchoolYear.running()
ROW = SideRow(
    coordinators=2, coordinator_hours=Decimal("2.5"), trained=1, has_media_coach=False, team=5, parents=2
)
PAGE, HOURS = "/school/99AA00/eigen-kant/", "/school/99AA00/uren/"


def test_numbers_of_a_year(cast) -> None:
    set_own_side(unit=cast.a1, year=YEAR, row=ROW, by=cast.head, version=0)
    side = own_side(cast.consultant, cast.a1, YEAR)
    assert side is not None
    assert (side.coordinators, side.coordinator_hours, side.has_media_coach) == (2, Decimal("2.5"), False)
    assert own_side(cast.consultant, cast.a1, YEAR.previous) is None
    assert own_side(cast.other_library, cast.a1, YEAR) is None
    with pytest.raises(Stale):
        set_own_side(unit=cast.a1, year=YEAR, row=ROW, by=cast.consultant, version=0)


def test_who_may_not(cast) -> None:
    for actor, year in ((cast.teacher, YEAR), (cast.other_head, YEAR), (cast.head, YEAR.previous)):
        with pytest.raises(NotAllowed):
            set_own_side(unit=cast.a1, year=year, row=ROW, by=actor)


@pytest.mark.parametrize("row", [SideRow(team=2, parents=3), SideRow(coordinators=1, trained=2)])
def test_a_part_is_no_more_than_its_whole(cast, row: SideRow) -> None:
    with pytest.raises(Sentence):
        set_own_side(unit=cast.a1, year=YEAR, row=row, by=SYSTEM)


def test_in_the_browser(cast, client_for) -> None:
    client = client_for(cast.head)
    assert "Niemand schreef nog op" in client.get(HOURS).content.decode()
    values = {
        "request_id": "een",
        "coordinators": "2",
        "coordinator_hours": "2,5",
        "media_coach": "yes",
        "version": "0",
    }
    assert client.post(PAGE, values)["Location"] == HOURS
    page = client_for(cast.consultant).get(HOURS).content.decode()
    assert "2 leescoördinatoren" in page
    assert "samen 2,5 uur per week" in page
    assert "Met een mediacoach" in page
    assert client_for(cast.other_head).get(PAGE).status_code == 404
    assert client_for(cast.teacher).get(PAGE).status_code == 403
