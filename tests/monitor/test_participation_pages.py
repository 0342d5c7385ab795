"""The pages of who takes part in a round."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client

from leesbouw.core.access import SYSTEM
from leesbouw.core.mail import Outgoing
from leesbouw.core.time import SchoolYear, today
from leesbouw.monitor import actions, queries
from leesbouw.monitor.enums import AuthorisedBy
from leesbouw.organisations.actions import LocationRow, put_locations, start_partnership
from leesbouw.organisations.models import Location
from leesbouw.people.actions import AssignmentRow, StaffRow, assign_consultants, save_staff
from tests.factories.cast import Cast

from .test_participations import head_at, invited, waited
from .test_rounds import going


def test_a_list_of_schools_asks_the_same_number_of_queries(
    cast: Cast, client_for: Callable[..., Client], django_assert_num_queries: Callable[..., object]
) -> None:
    row = going(cast)
    client = client_for(cast.manager)
    url = f"/monitor/ronde/{row.pk}/"
    client.get(url)
    with django_assert_num_queries(15):
        assert client.get(url).status_code == 200
    for place in (cast.a2,):
        start_partnership(library=cast.library_a, location=place, by=SYSTEM, domains=["reading"])
        actions.enrol(round=row, location_ids=[place.pk], by=cast.manager)
    with django_assert_num_queries(15):
        assert "Anker" in client.get(url).content.decode()


def test_sixty_schools_ask_no_more_queries_than_one(
    cast: Cast, client_for: Callable[..., Client], django_assert_num_queries: Callable[..., object]
) -> None:
    row = going(cast)
    codes = [f"97{chr(65 + number // 26)}{chr(65 + number % 26)}00" for number in range(59)]
    put_locations(
        [LocationRow(code=code, sector="po", name=f"School {code}", municipality="9901") for code in codes],
        by=SYSTEM,
    )
    places = list(Location.objects.filter(code__in=codes))
    for place in places:
        start_partnership(library=cast.library_a, location=place, by=SYSTEM, domains=["reading"])
    actions.enrol(round=row, location_ids=[place.pk for place in places], by=cast.manager)
    client = client_for(cast.manager)
    client.get(f"/monitor/ronde/{row.pk}/")
    with django_assert_num_queries(15):
        page = client.get(f"/monitor/ronde/{row.pk}/").content.decode()

    assert "60 scholen vragen om aandacht" in page
    with django_assert_num_queries(12):
        assert client.get("/monitor/").status_code == 200


def test_a_consultant_picks_out_her_own_schools(cast: Cast, client_for: Callable[..., Client]) -> None:
    row = going(cast)
    start_partnership(library=cast.library_a, location=cast.a2, by=SYSTEM, domains=["reading"])
    actions.enrol(round=row, location_ids=[cast.a2.pk], by=cast.manager)
    email = "consultant@voorbeeld.example"  # that of her account
    staff = save_staff(
        [StaffRow(cast.library_a.pk, "Ria", ("reading-consultant",), email=email)], by=cast.manager
    )
    there = AssignmentRow(cast.partnerships["with_a1"].pk, staff[0].pk, "reading-consultant")
    assign_consultants([there], by=cast.manager)
    client = client_for(cast.consultant)
    everything = client.get(f"/monitor/ronde/{row.pk}/").content.decode()
    mine = client.get(f"/monitor/ronde/{row.pk}/?wie=mij").content.decode()

    assert "De Regenboog" in everything
    assert "Anker" in everything
    assert "De Regenboog" in mine
    assert "Anker" not in mine


def test_a_poi_sees_counts_and_no_school(cast: Cast, client_for: Callable[..., Client]) -> None:
    row = going(cast)
    page = client_for(cast.poi).get(f"/monitor/ronde/{row.pk}/").content.decode()

    assert "Alleen aantallen" in page
    assert "vraagt om aandacht" not in page
    assert "Rode rijen" not in page
    assert "De Regenboog" not in page
    assert client_for(cast.poi).get(f"/monitor/ronde/{row.pk}.csv").status_code == 404
    one = row.participations.get()
    assert client_for(cast.poi).get(f"/monitor/deelname/{one.pk}/").status_code == 404


def test_the_file_is_the_view(cast: Cast, client_for: Callable[..., Client]) -> None:
    row = going(cast)
    client = client_for(cast.manager)
    answer = client.get(f"/monitor/ronde/{row.pk}.csv?vraagt=rood&kolommen=school,vraagt,brin")
    text = b"".join(answer).decode("utf-8-sig").splitlines()

    assert text[-1] == "De Regenboog;Nog geen ja van de directeur;99AA00"
    none = client.get(f"/monitor/ronde/{row.pk}.csv?stap=closed&kolommen=school")
    assert "De Regenboog" not in b"".join(none).decode()


def test_a_coordinator_goes_from_plan_to_reminder(cast: Cast, client_for: Callable[..., Client]) -> None:
    head_at(cast)
    client = client_for(cast.manager)
    year = SchoolYear.running()
    page = client.get(f"/monitor/ronde/nieuw/?soort=po&jaar={year}")
    assert "1 school is aan de beurt" in page.content.decode()
    day = today()
    sent = {
        "who": "beurt",
        "prepare_on": day,
        "opens_on": day,
        "closes_on": day + timedelta(days=60),
        "report_on": day + timedelta(days=74),
        "analysis": "5",
        "modules": ["school-library"],
        "request_id": "a",
    }
    answer = client.post(f"/monitor/ronde/nieuw/?soort=po&jaar={year}", sent)
    row = queries.rounds_for(cast.manager).get()
    here = f"/monitor/ronde/{row.pk}/"
    assert answer["Location"] == f"{here}scholen/"
    assert client.post(f"{here}uitnodigen/", {"alle": "1", "request_id": "b"})["Location"] == here
    assert client.post(f"{here}openen/", {"request_id": "c", "version": row.version})["Location"] == here
    preview = client.get(f"{here}herinneren/?vraagt=rood").content.decode()
    assert "kaya@<wbr>voorbeeld.example" in preview
    assert "Stuur 1 brief" in preview
    assert not Outgoing.objects.exists()
    one = row.participations.get()
    client.post(f"{here}herinneren/", {"zeker": "1", "kies": one.pk, "request_id": "d"})
    assert Outgoing.objects.count() == 1
    home = client.get(here).content.decode()
    assert "Ongedaan maken" in home


@pytest.mark.parametrize("page", ["herinneren/", "verlengen/", "scholen/sluiten/"])
def test_with_no_school_ticked_there_is_nothing_to_press(
    cast: Cast, client_for: Callable[..., Client], page: str
) -> None:
    row = going(cast)
    text = client_for(cast.manager).get(f"/monitor/ronde/{row.pk}/{page}").content.decode()

    assert "Er is geen school gekozen" in text
    assert 'class="btn go"' not in text


def test_a_bulk_choice_shows_before_it_does(cast: Cast, client_for: Callable[..., Client]) -> None:
    row = going(cast)
    client, one = client_for(cast.manager), row.participations.get()
    here = f"/monitor/ronde/{row.pk}/"
    first = client.post(f"{here}verlengen/", {"kies": one.pk, "request_id": "a"})
    assert first.status_code == 200
    assert "De Regenboog" in first.content.decode()
    until = row.closes_on + timedelta(days=7)
    client.post(f"{here}verlengen/", {"kies": one.pk, "zeker": "1", "until": until, "request_id": "b"})
    one.refresh_from_db()
    assert one.extended_to == until
    asked = client.post(f"{here}scholen/sluiten/", {"kies": one.pk, "request_id": "c"})
    one.refresh_from_db()
    assert (asked.status_code, one.closed_on) == (200, None)
    client.post(f"{here}scholen/sluiten/", {"kies": one.pk, "zeker": "1", "request_id": "d"})
    one.refresh_from_db()
    assert one.closed_on == today()


def test_a_head_finds_the_question_on_her_home(cast: Cast, client_for: Callable[..., Client]) -> None:
    one = invited(cast)
    client = client_for(cast.head)
    assert f"/monitor/deelname/{one.pk}/" in client.get("/vandaag/").content.decode()
    client.post(f"/monitor/deelname/{one.pk}/antwoord/", {"answer": "ja", "request_id": "a", "version": 1})
    one.refresh_from_db()
    assert (one.authorised_by, one.authorised_name) == (AuthorisedBy.ACCOUNT, "Head")
    assert f"/monitor/deelname/{one.pk}/" not in client.get("/vandaag/").content.decode()


def test_a_teacher_cannot_answer_for_her_school(cast: Cast, client_for: Callable[..., Client]) -> None:
    one = invited(cast)

    assert client_for(cast.teacher).get(f"/monitor/deelname/{one.pk}/antwoord/").status_code == 403


def test_a_school_reads_on_its_home_what_the_round_asks(
    cast: Cast, client_for: Callable[..., Client]
) -> None:
    row = going(cast)
    one = actions.authorise(participation=row.participations.get(), by=cast.head)
    client = client_for(cast.head)
    assert "Begin met de Monitor" in client.get("/vandaag/").content.decode()
    type(one).objects.filter(pk=one.pk).update(started_on=today())
    actions.close_participation(participation=one, by=cast.manager)
    assert "Monitor in het team" not in client.get("/vandaag/").content.decode()
    type(row).objects.filter(pk=row.pk).update(
        report_on=today(),
        closes_on=today(),
        opens_on=today() - timedelta(days=9),
        prepare_on=today() - timedelta(days=9),
    )
    assert "Bespreek de uitkomsten van de Monitor in het team" in client.get("/vandaag/").content.decode()
    actions.mark_discussed(participation=one, by=cast.head)
    assert "Monitor in het team" not in client.get("/vandaag/").content.decode()


def test_the_coordinators_home_says_who_did_not_start(cast: Cast, client_for: Callable[..., Client]) -> None:
    row = going(cast)
    actions.authorise(participation=row.participations.get(), by=cast.head)
    waited(row, 20)
    home = client_for(cast.manager).get("/vandaag/").content.decode()

    assert "1 school is nog niet met de Monitor begonnen" in home
    assert f"/monitor/ronde/{row.pk}/?vraagt=not_started" in home
