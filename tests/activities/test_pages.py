"""Pages of visits and hours: who may open them, and what happens when one writes."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.test import Client
from icalendar import Calendar

from leesbouw.activities.actions import (
    HoursRow,
    ReportRow,
    add_hours,
    cancel_visit,
    make_feed,
    move_visit,
    plan_visit,
    plan_visits,
    take_over_visit,
    write_report,
)
from leesbouw.activities.models import Visit, VisitReport
from leesbouw.activities.providers import reports_to_write
from leesbouw.core import content
from leesbouw.core.access import SYSTEM
from leesbouw.core.time import AMSTERDAM, today
from leesbouw.pupils.models import Pupil
from leesbouw.ui.domain import format_date

from .conftest import at, visit_row

NASTY = "<script>alert(1)</script> & meer"
PEOPLE = ("consultant", "director", "head", "other_library", "volunteer", "municipality", "outsider")


def sent(**values: object) -> dict[str, object]:
    return {"request_id": "een", "version": "1"} | values


@pytest.mark.parametrize(
    ("page", "statuses"),
    [
        ("/bezoeken/", (200, 200, 200, 200, 403, 403, 200)),
        ("/bezoeken/nieuw/", (200, 403, 403, 200, 403, 403, 403)),
        ("/bezoeken/agenda/", (200, 404, 200, 200, 403, 403, 200)),
        ("/bezoeken/{pk}/", (200, 200, 200, 404, 403, 403, 404)),
        ("/bezoeken/{pk}/wijzigen/", (200, 403, 403, 404, 403, 403, 403)),
        ("/bezoeken/{pk}/verzetten/", (200, 403, 403, 404, 403, 403, 403)),
        ("/bezoeken/{pk}/afzeggen/", (200, 403, 403, 404, 403, 403, 403)),
        ("/bezoeken/{pk}/overnemen/", (200, 403, 403, 404, 403, 403, 403)),
        ("/bezoeken/{pk}/verslag/", (200, 403, 403, 404, 403, 403, 403)),
        ("/uren/", (200, 200, 404, 200, 403, 403, 404)),
    ],
)
def test_who_opens_what(cast, client_for, visit, page: str, statuses: tuple[int, ...]) -> None:
    url = page.format(pk=visit.pk)
    assert tuple(client_for(getattr(cast, name)).get(url).status_code for name in PEOPLE) == statuses


def test_a_visit_is_planned_on_its_page(cast, client_for, staff) -> None:
    client = client_for(cast.consultant)
    assert "Waar je werkt" in client.get("/bezoeken/nieuw/").content.decode()
    url = f"/bezoeken/nieuw/?eenheid={cast.a1.pk}"
    data = sent(
        day=format_date(today()),
        begins="9",
        ends="10.15",
        what=NASTY,
        staff=str(staff.ria.pk),
        groups=["5"],
        audience="children",
        part="together",
        take="Krat\nSleutel",
    )
    page = client.post(url, data, follow=True).content.decode()
    made = Visit.objects.visible_to(SYSTEM).get()
    assert (made.starts_at, made.ends_at) == (at(9), at(10) + timedelta(minutes=15))
    assert (made.groups, made.things, made.part) == ([5], ["Krat", "Sleutel"], "together")
    assert NASTY not in page
    assert "&lt;script&gt;" in page


def test_hours_the_wrong_way_round_are_told(cast, client_for, visit) -> None:
    data = sent(day=format_date(today()), begins="10", ends="9")
    page = client_for(cast.consultant).post(f"/bezoeken/{visit.pk}/verzetten/", data)
    assert "Een bezoek eindigt later dan het begint." in page.content.decode()


def test_a_name_of_a_child_is_warned_about_once(cast, client_for, visit) -> None:
    Pupil(location=cast.a1, first_name="Noor", last_name="Bakker", key="1").save()
    client, url = client_for(cast.consultant), f"/bezoeken/{visit.pk}/verslag/"
    data = {"request_id": "een", "version": "0", "done": "yes", "time": "1:15", "noticed": "Noor las voor."}
    warned = client.post(url, data)
    assert warned.status_code == 200
    assert "“Noor” is ook de voornaam van een kind hier" in warned.content.decode().replace("&quot;", '"')
    assert not VisitReport.objects.visible_to(SYSTEM).exists()
    client.post(url, data | {"request_id": "twee", "sure": "on"})
    report = VisitReport.objects.visible_to(SYSTEM).get()
    assert (report.minutes, report.noticed) == (75, "Noor las voor.")


def test_a_location_sees_the_visit_and_not_the_report(cast, client_for, visit) -> None:
    write_report(visit=visit, row=ReportRow("yes", 60, "Alleen voor ons"), by=cast.consultant)
    url = f"/bezoeken/{visit.pk}/"
    assert "Alleen voor ons" not in client_for(cast.head).get(url).content.decode()
    assert "Alleen voor ons" in client_for(cast.director).get(url).content.decode()


def test_minutes_are_hers_and_her_managers(cast, client_for, staff, visit) -> None:
    write_report(visit=visit, row=ReportRow("yes", 105), by=cast.consultant)
    take = visit_row(cast, staff, staff_id=staff.daan.pk)
    other = plan_visit(take, by=SYSTEM)
    write_report(visit=other, row=ReportRow("yes", 105), by=cast.manager)
    shown = [
        "<dd>1,75</dd>" in client_for(actor).get(f"/bezoeken/{one.pk}/").content.decode()
        for actor, one in ((cast.consultant, visit), (cast.consultant, other), (cast.manager, visit))
    ]
    assert shown == [True, False, True]


def test_hours_of_a_colleague_open_for_a_manager_alone(cast, client_for, staff) -> None:
    add_hours(
        [HoursRow(staff.ria.pk, cast.library_a.pk, today(), "training", 90, words="Open Boek")],
        by=cast.consultant,
    )
    mine, theirs = f"/uren/?wie={staff.ria.pk}", f"/uren/?wie={staff.daan.pk}"
    assert "Open Boek" in client_for(cast.consultant).get(mine).content.decode()
    assert client_for(cast.consultant).get(theirs).status_code == 404
    assert "Open Boek" in client_for(cast.director).get(mine).content.decode()
    assert client_for(cast.other_library).get(mine).status_code == 404


def test_other_work_is_added_on_the_page(cast, client_for, staff) -> None:
    client = client_for(cast.consultant)
    data = {"request_id": "een", "work": "branch", "worked_on": format_date(today()), "time": "2,5"}
    page = client.post("/uren/", data, follow=True).content.decode()
    assert "150 minuten" in page


def test_the_week_shows_mine_and_everybodys(cast, client_for, staff, queries_of) -> None:
    client = client_for(cast.consultant)
    plan_visit(visit_row(cast, staff, starts_at=at(9), ends_at=at(10), what="Van Ria"), by=SYSTEM)
    one = queries_of(client, "/bezoeken/?wie=allen")
    row = visit_row(cast, staff, starts_at=at(11), ends_at=at(12), what="Van Daan", staff_id=staff.daan.pk)
    plan_visits([row, row], by=SYSTEM)
    assert queries_of(client, "/bezoeken/?wie=allen") == one == 10
    mine, every = (client.get(f"/bezoeken/{wish}").content.decode() for wish in ("", "?wie=allen"))
    assert ("Van Ria" in mine, "Van Daan" in mine) == (True, False)
    assert ("Van Ria" in every, "Van Daan" in every) == (True, True)
    assert "Geen bezoeken deze week" in client.get("/bezoeken/?week=2020-W10").content.decode()
    assert client.get("/bezoeken/?week=vroeger&wie=9999999999999999999").status_code == 200


def test_today_shows_what_to_take_along(cast, client_for, staff, queries_of) -> None:
    content.forget_cache()
    client = client_for(cast.consultant)
    queries_of(client, "/vandaag/")
    plan_visit(visit_row(cast, staff, starts_at=at(9), ends_at=at(10), take="Krat 114"), by=SYSTEM)
    one = queries_of(client, "/vandaag/")
    row = visit_row(cast, staff, starts_at=at(11), ends_at=at(12))
    plan_visits([row, row], by=SYSTEM)
    assert queries_of(client, "/vandaag/") == one == 26
    page = client.get("/vandaag/").content.decode()
    assert "Consultant, je gaat vandaag naar 1 locatie" in page
    assert "Krat 114" in page
    assert page.count('class="btn go"') == 1


def test_a_day_without_visits_says_what_to_do(cast, client_for, staff) -> None:
    page = client_for(cast.consultant).get("/vandaag/").content.decode()
    assert "Vandaag geen bezoeken" in page
    assert "/bezoeken/nieuw/" in page


def test_a_report_that_is_missing_is_to_do(cast, staff, visit) -> None:
    assert [todo.title for todo in reports_to_write(cast.consultant)] == ["Verslag van De Regenboog"]
    assert [reports_to_write(actor) for actor in (cast.manager, cast.head)] == [[], []]
    write_report(visit=visit, row=ReportRow("yes", 60), by=cast.consultant)
    assert reports_to_write(cast.consultant) == []


def read(token: str) -> list:  # type: ignore[no-untyped-def,type-arg]
    """What a calendar program makes of an address; it does not sign in."""
    answer = Client().get(f"/kalender/{token}.ics")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert b"Ria" not in answer.content
    return list(Calendar.from_ical(answer.content).walk("VEVENT"))


def test_a_calendar_follows_every_change(cast, client_for, staff, visit) -> None:
    token = make_feed(by=cast.consultant, staff=staff.ria)
    (before,) = read(token)
    assert (before["uid"], before["sequence"], before["status"]) == (f"{visit.uid}@leesbouw", 0, "CONFIRMED")
    assert before["summary"] == "De Regenboog: Boekenkring"
    assert before.decoded("dtstart") == visit.starts_at
    move_visit(visit=visit, starts_at=at(13), ends_at=at(14), by=cast.consultant)
    cancel_visit(visit=visit, reason="Ria is er niet", by=cast.consultant)
    (after,) = read(token)
    assert (after["uid"], after["sequence"], after["status"]) == (before["uid"], 2, "CANCELLED")
    assert after.decoded("dtstart") == at(13)


def test_half_past_nine_stays_so_when_the_clock_changes(cast, client_for, staff) -> None:
    year = today().year + (today().month > 10)
    last = max(day for day in range(25, 32) if datetime(year, 10, day, tzinfo=AMSTERDAM).weekday() == 6)
    days = [datetime(year, 10, last, 9, 30, tzinfo=AMSTERDAM) + timedelta(days=n) for n in (-1, 1)]
    rows = [visit_row(cast, staff, starts_at=day, ends_at=day + timedelta(hours=1)) for day in days]
    plan_visits(rows, by=SYSTEM)
    events = read(make_feed(by=cast.consultant, staff=staff.ria))
    starts = [event.decoded("dtstart") for event in events]
    assert [one.astimezone(AMSTERDAM).strftime("%H:%M") for one in starts] == ["09:30", "09:30"]
    assert starts[1] - starts[0] == timedelta(hours=49)


def test_a_school_has_a_calendar_without_names(cast, client_for, staff, visit) -> None:
    (event,) = read(make_feed(by=cast.head, unit=cast.a1))
    assert event["summary"] == "Bibliotheek: Boekenkring"


def test_a_new_address_ends_the_old_one(cast, client_for, staff, client) -> None:
    signed = client_for(cast.consultant)
    first = make_feed(by=cast.consultant, staff=staff.ria)
    page = signed.post("/bezoeken/agenda/").content.decode()
    assert "/kalender/" in page
    assert client.get(f"/kalender/{first}.ics").status_code == 404
    address = page.split('value="http', 1)[1].split('"')[0]
    second = "/kalender/" + address.split("/kalender/")[1]
    assert client.get(second).status_code == 200
    signed.post("/bezoeken/agenda/", {"stop": "1"})
    assert client.get(second).status_code == 404
    assert client.get("/kalender/onbekend.ics").status_code == 404


def test_who_left_has_no_calendar_any_more(cast, client, staff) -> None:
    token = make_feed(by=cast.consultant, staff=staff.ria)
    staff.ria.ends_on = today() - timedelta(days=1)
    staff.ria.save()
    assert client.get(f"/kalender/{token}.ics").status_code == 404


def test_taking_over_stands_on_the_page(cast, client_for, staff, visit) -> None:
    client = client_for(cast.manager)
    data = sent(staff=str(staff.daan.pk), why="Ziek")
    page = client.post(f"/bezoeken/{visit.pk}/overnemen/", data, follow=True).content.decode()
    assert "Daan gaat in plaats van Ria" in page
    again = client.post(f"/bezoeken/{visit.pk}/overnemen/", sent(request_id="twee", staff=str(staff.ria.pk)))
    assert again.status_code == 409
    with_names = client_for(cast.head).get(f"/bezoeken/{visit.pk}/").content.decode()
    assert "Verre" not in with_names


def test_a_taken_over_visit_leaves_the_old_calendar(cast, client_for, staff, visit) -> None:
    token = make_feed(by=cast.consultant, staff=staff.ria)
    take_over_visit(visit=visit, staff=staff.daan, by=cast.manager)
    assert read(token) == []
