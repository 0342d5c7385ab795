"""A proposal for a diary: what is asked of whom, what becomes a visit, and what a person changes in it."""

from __future__ import annotations

from datetime import date, time, timedelta
from decimal import Decimal

import pytest

from leesbouw.activities.actions import (
    RhythmRow,
    accept_proposals,
    drop_proposals,
    make_proposal,
    order_proposal,
    shift_proposal,
    split_proposal,
)
from leesbouw.activities.domain import public_holidays
from leesbouw.activities.models import Proposal, Visit, WorkRhythm
from leesbouw.activities.queries import map_of, proposed_to, wishes_of
from leesbouw.core import jobs
from leesbouw.core.access import NotAllowed
from leesbouw.core.errors import Sentence, Stale
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.organisations.models import ClassGroup, Province
from leesbouw.plans.actions import ActivityRow, add_activity, finish_activity
from leesbouw.plans.enums import Side
from leesbouw.plans.queries import region_of

from .conftest import at

YEAR = SchoolYear.running()
EVERY_DAY = RhythmRow((1, 2, 3, 4, 5), time(9), time(15), 3, 30, "middle")


def ask(cast, what: str = "Boekenkring", **more: object):  # type: ignore[no-untyped-def]
    values = {"what": what, "side": Side.LIBRARY, "times": 2, "hours": Decimal(3)}
    return add_activity(unit=cast.a1, year=YEAR, row=ActivityRow(**(values | more)), by=cast.manager)  # type: ignore[arg-type]


@pytest.fixture
def ria(cast, staff):  # type: ignore[no-untyped-def]
    """Ria, who said how she works."""
    order_proposal(staff=staff.ria, rhythm=EVERY_DAY, by=cast.consultant)
    return staff.ria


def test_plans_ask_visits_of_the_consultant_of_the_school(cast, ria, staff) -> None:
    made = ask(cast)
    ask(cast, "Doet de school zelf", side=Side.PARTNER)
    ask(cast, "Zonder bezoek", times=0)
    finish_activity(activity=ask(cast, "Al klaar"), by=cast.manager)
    wishes = wishes_of(cast.consultant, ria, YEAR)
    assert [(one.key, one.minutes) for one in wishes] == [(made.pk, 90), (made.pk, 90)]
    assert wishes_of(cast.manager, staff.daan, YEAR) == []


def test_an_activity_on_a_name_is_of_that_colleague(cast, ria, staff) -> None:
    ask(cast, staff_id=staff.daan.pk)
    assert wishes_of(cast.consultant, ria, YEAR) == []
    assert len(wishes_of(cast.manager, staff.daan, YEAR)) == 2


def test_the_job_proposes_and_accepting_plans_visits(cast, ria) -> None:
    ask(cast)
    jobs.work_off()
    found = list(Proposal.objects.visible_to(cast.consultant))
    assert len(found) == 2
    assert all(row.day > today() and row.day.isoweekday() < 6 for row in found if row.day)
    ids = [row.pk for row in found]
    visits = accept_proposals(ids=ids, by=cast.consultant)
    assert {(one.unit_id, one.staff_id, one.what, one.minutes) for one in visits} == {
        (cast.a1.pk, ria.pk, "Boekenkring", 90)
    }
    assert not Proposal.objects.visible_to(cast.consultant).exists()
    assert make_proposal(staff=ria, by=cast.consultant) == []  # what stands in the diary is not asked again
    with pytest.raises(NotAllowed):
        accept_proposals(ids=ids, by=cast.consultant)


def test_an_accepted_visit_is_for_the_classes_of_its_activity(cast, ria) -> None:
    group = ClassGroup.objects.create(location=cast.a1, year=SchoolYear.running(), name="5a", year_groups=[5])
    ask(cast, class_ids=[group.pk])
    jobs.work_off()
    rows = Proposal.objects.visible_to(cast.consultant).exclude(starts_at=None)
    ids = [row.pk for row in rows if row.day in group.year]
    for visit in accept_proposals(ids=ids, by=cast.consultant):
        assert (list(visit.classes.all()), visit.groups) == ([group], [5])


def test_what_has_no_place_is_told_and_can_be_given_one(cast, ria) -> None:
    ask(cast, times=1, hours=Decimal(20))
    (row,) = make_proposal(staff=ria, by=cast.consultant)
    assert (row.starts_at, row.refusal) == (None, "long")
    assert [count for _reason, count in proposed_to(cast.consultant, ria).reasons] == [1]
    moved = shift_proposal(
        proposal=row, starts_at=at(9, days=3), ends_at=at(11, days=3), version=1, by=cast.consultant
    )
    assert (moved.refusal, moved.version) == ("", 2)
    with pytest.raises(Stale):
        shift_proposal(
            proposal=row, starts_at=at(9, days=4), ends_at=at(11, days=4), version=1, by=cast.consultant
        )
    with pytest.raises(Sentence):
        shift_proposal(proposal=row, starts_at=at(11, days=4), ends_at=at(9, days=4), by=cast.consultant)


def test_a_split_visit_is_two_halves_a_week_apart(cast, ria) -> None:
    ask(cast, times=1, hours=Decimal(3))
    (row,) = make_proposal(staff=ria, by=cast.consultant)
    other = split_proposal(proposal=row, by=cast.consultant)
    first = Proposal.objects.visible_to(cast.consultant).get(pk=row.pk)
    assert first.ends_at - first.starts_at == other.ends_at - other.starts_at == timedelta(minutes=90)
    local = [one.starts_at.astimezone(AMSTERDAM) for one in (first, other)]
    assert (local[1].date() - local[0].date(), local[1].time()) == (timedelta(weeks=1), local[0].time())


def test_dropped_is_asked_again_next_time(cast, ria) -> None:
    ask(cast, times=1)
    (row,) = make_proposal(staff=ria, by=cast.consultant)
    assert drop_proposals(ids=[row.pk], by=cast.consultant) == 1
    assert len(make_proposal(staff=ria, by=cast.consultant)) == 1


def test_others_have_nothing_to_do_with_it(cast, ria) -> None:
    ask(cast, times=1)
    (row,) = make_proposal(staff=ria, by=cast.consultant)
    for by in (cast.outsider, cast.other_library, cast.head):
        with pytest.raises(NotAllowed):
            accept_proposals(ids=[row.pk], by=by)
        with pytest.raises(NotAllowed):
            drop_proposals(ids=[row.pk], by=by)
    with pytest.raises(NotAllowed):
        order_proposal(staff=ria, rhythm=EVERY_DAY, by=cast.other_library)
    assert not WorkRhythm.objects.visible_to(cast.other_library).exists()
    assert not Visit.objects.visible_to(cast.manager).exists()


def test_schools_are_closed_on_holidays(db) -> None:
    assert public_holidays(2027) == [
        date(2027, 1, 1),
        date(2027, 3, 29),
        date(2027, 4, 27),
        date(2027, 5, 6),
        date(2027, 5, 17),
        date(2027, 12, 25),
        date(2027, 12, 26),
    ]
    assert date(2025, 4, 26) in public_holidays(2025)  # the 27th was a Sunday


def test_holidays_follow_the_municipality_of_the_school_unless_one_chooses(cast) -> None:
    assert region_of("0363", "Noord-Holland") == region_of("0244", "Gelderland") == "north"
    assert [region_of(code, "Gelderland") for code in ("0200", "0202")] == ["middle", "south"]
    assert region_of(cast.elzen.code, "Waterland") is None
    year, autumn = SchoolYear(2026), {"north": date(2026, 10, 12), "south": date(2026, 10, 19)}

    def closed(chosen: str = "") -> list[bool]:
        found = map_of(cast.consultant, [cast.a1.pk], chosen, year).closed[cast.a1.pk]
        return [day in found for day in autumn.values()]

    assert closed() == [True, True]  # where we do not know, all three are left free
    assert closed("north") == [True, False]
    Province.objects.filter(pk=cast.province.pk).update(name="Limburg")
    assert closed() == [False, True]
    place = map_of(cast.consultant, [cast.a1.pk, cast.b1.pk], "", year).places
    assert list(place) == [cast.a1.pk]  # never of a school out of sight


def test_the_page_from_asking_to_accepting(cast, ria, client_for) -> None:
    ask(cast)
    client = client_for(cast.consultant)
    page = "/bezoeken/voorstel/"
    assert client.get(page).status_code == 200
    values = {"request_id": "a", "days": ["1", "2", "4"], "begins": "9.00", "ends": "15.00", "most": "3"}
    client.post(page, values | {"travel": "20", "travel_far": "50", "region": "north"})
    assert WorkRhythm.objects.visible_to(cast.consultant).get().region == "north"
    html = client.get(page).content.decode()
    assert "10 minuten in één buurt, 20 in één gemeente en 50 naar een andere" in html
    assert "de vakanties van regio Noord" in html
    jobs.work_off()
    shown = client.get(page).content.decode()
    assert "Boekenkring" in shown
    assert "Neem alle 2 bezoeken over" in shown
    row = Proposal.objects.visible_to(cast.consultant).first()
    assert client.get(f"{page}{row.pk}/verzetten/").status_code == 200
    assert client_for(cast.manager).get(f"{page}{row.pk}/verzetten/").status_code == 404
    client.post(f"{page}{row.pk}/overnemen/", {"request_id": "b"})
    client.post(f"{page}overnemen/", {"request_id": "c"})
    assert Visit.objects.visible_to(cast.consultant).count() == 2
    assert client_for(cast.head).get(page).status_code in (403, 404)


def test_many_wishes_get_days_of_their_own(cast, ria) -> None:
    for number in range(30):
        ask(cast, f"Activiteit {number}")
    found = make_proposal(staff=ria, by=cast.consultant)
    assert len(found) == 60
    assert len({(row.day, row.starts_at) for row in found if row.day}) == sum(
        row.day is not None for row in found
    )
