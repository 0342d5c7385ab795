"""The desk as a page: who may stand there, what it answers, and what it keeps to itself."""

from __future__ import annotations

import json
import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.gate import TICKETS
from leesbouw.core.time import now
from leesbouw.lending.actions import (
    add_volunteer,
    drop_volunteer,
    lend,
    make_desk,
    open_desk,
    pair_desk,
    revoke_desk,
)
from leesbouw.lending.domain.pairing import is_pin, read_code, wait_after
from leesbouw.lending.models import DeskDevice, DeskVolunteer, Loan
from leesbouw.lending.views.desk import gate
from tests.factories.cast import add_person

PIN = "4711"


@pytest.fixture
def device(shelf, coordinator) -> Client:
    """A browser that was paired and opened."""
    made = make_desk(location=shelf.location, name="Laptop", by=coordinator)
    row = add_volunteer(location=shelf.location, name="Wil", pin=PIN, by=coordinator)
    client = Client()
    assert (
        client.post("/balie/koppelen/", {"code": f"{made.code[:4]}-{made.code[4:].lower()}"}).status_code
        == 302
    )
    assert client.post("/balie/openen/", {"naam": row.pk, "pin": PIN}).status_code == 302
    return client


def send(client, *entries, status=200, **more):  # type: ignore[no-untyped-def]
    rows = [{"request": f"r{number}-{one.get('code')}", **one} for number, one in enumerate(entries)]
    answer = client.post(
        "/balie/verwerken/", json.dumps({"entries": rows}), content_type="application/json", **more
    )
    assert answer.status_code == status, answer.content
    return json.loads(answer.content).get("answers")


def test_a_class_is_served_by_scans_alone(shelf, device) -> None:
    card, book = shelf.card_of(shelf.noor), shelf.copies[0]
    chosen, lent, again = send(
        device,
        {"code": card},
        {"code": book.barcode, "borrower": str(shelf.noor)},
        {"code": shelf.copies[1].barcode, "borrower": str(shelf.noor)},
    )
    assert (chosen["do"], chosen["who"]["name"], chosen["who"]["left"], chosen["loans"]) == (
        "choose", "Noor V.", 2, [],
    )  # fmt: skip
    assert (lent["do"], lent["tone"], lent["who"]["left"], lent["undo"]) == ("lend", "good", 1, True)
    assert book.title.title in lent["text"]
    assert again["who"]["left"] == 0
    assert Loan.objects.visible_to(SYSTEM).filter(pupil=shelf.noor.id, ended_at=None).count() == 2

    back = send(device, {"request": "terug", "code": book.barcode})[0]
    assert (back["do"], back["tone"]) == ("give_back", "good")


def test_every_odd_case_is_one_sentence_and_one_button(shelf, device) -> None:
    send(device, {"code": shelf.copies[0].barcode, "borrower": str(shelf.sem)})
    asked = send(device, {"request": "x", "code": shelf.copies[0].barcode, "borrower": str(shelf.noor)})[0]
    assert (asked["do"], asked["tone"], asked["undo"]) == ("ask", "ask", False)
    assert "Sem K." in asked["text"]
    assert "Sem K." in asked["button"]
    assert "Noor V." in asked["button"]
    moved = send(
        device,
        {
            "request": "y",
            "code": shelf.copies[0].barcode,
            "borrower": str(shelf.noor),
            "allowed": ["with_other"],
        },
    )[0]
    assert moved["do"] == "move"


def test_the_same_list_sent_twice_changes_nothing(shelf, device) -> None:
    rows = [
        {"request": "q1", "code": shelf.copies[0].barcode, "borrower": str(shelf.noor)},
        {"request": "q2", "code": shelf.copies[0].barcode},
        {"request": "q3", "code": shelf.copies[0].barcode, "borrower": str(shelf.sem)},
    ]
    first, second = send(device, *rows), send(device, *rows)
    assert [one["do"] for one in first] == [one["do"] for one in second] == ["lend", "give_back", "lend"]
    assert [one["text"] for one in first] == [one["text"] for one in second]
    assert Loan.objects.visible_to(SYSTEM).count() == 2


def test_undo_is_an_entry_too(shelf, device) -> None:
    code = shelf.copies[0].barcode
    send(device, {"request": "uit", "code": code, "borrower": str(shelf.noor)})
    done = send(device, {"request": "weg", "kind": "undo", "code": "uit", "borrower": str(shelf.noor)})[0]
    assert (done["tone"], done["loans"]) == ("good", [])
    assert not Loan.objects.visible_to(SYSTEM).exists()
    again = send(device, {"request": "weg2", "kind": "undo", "code": "uit"})[0]
    assert again["tone"] == "ask"


def test_one_that_goes_wrong_holds_no_other_up(shelf, device) -> None:
    answers = send(
        device,
        {"request": "a", "kind": "undo", "code": "niets"},
        {"request": "b", "code": shelf.copies[0].barcode, "borrower": str(shelf.noor)},
    )
    assert [one["do"] for one in answers] == ["ask", "lend"]


@pytest.mark.parametrize(
    "sent",
    [
        "x",
        "[]",
        "{}",
        '{"entries": []}',
        '{"entries": [1]}',
        '{"entries": [{"code": "1"}]}',
        '{"entries": [{"request": "a", "kind": "dance"}]}',
        '{"entries": [{"request": "a", "mode": "away"}]}',
        '{"entries": [{"request": "a", "allowed": ["everything"]}]}',
        '{"entries": [{"request": "a", "code": 5}]}',
        '{"entries": [{"request": "a", "at": "2027-01-01T10:00:00"}]}',
        '{"entries": [' + ",".join(['{"request": "a"}'] * 51) + "]}",
    ],
)
def test_what_no_desk_sends_is_refused(device, sent) -> None:
    answer = device.post("/balie/verwerken/", sent, content_type="application/json")
    assert answer.status_code == 400


def test_who_does_not_stand_there_gets_nothing(shelf, cast, client, client_for) -> None:
    assert send(client, {"code": shelf.copies[0].barcode}, status=403) is None
    assert client.get("/balie/namen/").status_code == 403
    assert b"Noor" not in client.get("/balie/").content
    for actor in (cast.outsider, cast.municipality, cast.head):
        one = client_for(actor)
        assert send(one, {"code": shelf.copies[0].barcode}, status=403) is None
        assert one.get(f"/balie/namen/?school={shelf.location.code}").status_code == 403


def test_a_desk_of_one_school_reads_nothing_of_another(cast, shelf, device, coordinator) -> None:
    assert device.get(f"/balie/namen/?school={cast.c1.code}").json()["faces"]
    names = json.dumps(device.get(f"/balie/namen/?school={cast.c1.code}").json())
    assert "Noor V" in names  # its own school, whatever the address says


def test_who_signed_in_lends_at_her_own_school(shelf, desk, client_for) -> None:
    client = client_for(desk)
    assert client.get("/balie/").status_code == 200
    assert send(client, {"code": shelf.copies[0].barcode, "borrower": str(shelf.noor)})[0]["do"] == "lend"


def test_who_owes_her_second_step_does_not_stand_there(cast, shelf, client_for) -> None:
    client = client_for(add_person("Hester", "collection", cast.library_a))
    here = f"/balie/?school={cast.a1.code}"
    assert b"data-desk" in client.get(here).content
    Authenticator.objects.all().delete()
    assert b"data-desk" not in client.get(here).content
    assert client.get(f"/balie/namen/?school={cast.a1.code}").status_code == 403


def test_somebody_of_the_library_chooses_a_school(cast, shelf, client_for) -> None:
    client = client_for(add_person("Hester", "collection", cast.library_a))
    assert cast.a1.name in client.get("/balie/").content.decode()
    assert b'data-school="99AA00"' in client.get("/balie/?school=99AA00").content
    assert b"data-school" not in client.get("/balie/?school=99CA00").content


def test_no_level_and_no_past_on_the_screen(shelf, device, desk) -> None:
    from leesbouw.collection.models import Title

    Title.objects.update(avi="M5", age_band="A")
    lend(copy_id=shelf.copies[0].pk, to=shelf.noor, location_id=shelf.location.pk, by=desk)
    send(device, {"request": "in", "code": shelf.copies[0].barcode})
    chosen = send(device, {"code": shelf.card_of(shelf.noor)})[0]
    assert chosen["loans"] == []
    assert "M5" not in json.dumps(chosen)
    page = re.sub(
        r'(csrfmiddlewaretoken" value|X-CSRFToken"). ?"\w+"', "", device.get("/balie/").content.decode()
    )
    assert "M5" not in page  # the token was left out: it is chance, and may hold any two letters


def test_after_ten_minutes_the_desk_is_locked(shelf, device) -> None:
    start = now()
    with time_machine.travel(start + timedelta(minutes=9), tick=False):
        send(device, {"code": shelf.card_of(shelf.noor)})
    with time_machine.travel(start + timedelta(minutes=18), tick=False):
        send(device, {"code": shelf.card_of(shelf.noor)})  # the scan before kept it open
    with time_machine.travel(start + timedelta(minutes=29), tick=False):
        send(device, {"code": shelf.card_of(shelf.noor)}, status=403)
        assert b'name="pin"' in device.get("/balie/").content


def test_locking_by_hand(shelf, device) -> None:
    device.post("/balie/sluiten/")
    send(device, {"code": shelf.card_of(shelf.noor)}, status=403)


def test_a_desk_that_was_closed_opens_nothing(shelf, device, coordinator) -> None:
    revoke_desk(device_id=DeskDevice.objects.visible_to(coordinator).get().pk, by=coordinator)
    send(device, {"code": shelf.card_of(shelf.noor)}, status=403)
    assert b'name="code"' in device.get("/balie/").content


def test_who_signs_in_on_a_closed_desk_lends_as_herself(shelf, device, coordinator, desk, client_for) -> None:
    revoke_desk(device_id=DeskDevice.objects.visible_to(coordinator).get().pk, by=coordinator)
    client = client_for(desk)
    client.cookies["balie"] = device.cookies["balie"].value
    assert b"data-desk" in client.get("/balie/").content


def test_a_volunteer_who_stops_is_out_at_the_next_scan(shelf, device, coordinator) -> None:
    drop_volunteer(volunteer_id=DeskVolunteer.objects.visible_to(coordinator).get().pk, by=coordinator)
    send(device, {"code": shelf.card_of(shelf.noor)}, status=403)


def test_wrong_pins_make_one_wait(shelf, coordinator) -> None:
    made = make_desk(location=shelf.location, name="Laptop", by=coordinator)
    row = add_volunteer(location=shelf.location, name="Wil", pin=PIN, by=coordinator)
    pair_desk(typed=made.code)
    for _try in range(5):
        with pytest.raises(Sentence):
            open_desk(volunteer_id=row.pk, pin="0001", device=made.device)
    with pytest.raises(Sentence):
        open_desk(volunteer_id=row.pk, pin=PIN, device=made.device)  # right, but too soon
    with time_machine.travel(now() + timedelta(minutes=2), tick=False):
        assert open_desk(volunteer_id=row.pk, pin=PIN, device=made.device).pk == row.pk
    assert AuditEvent.objects.filter(verb="lending.fail_desk").count() == 6


def test_nothing_secret_is_stored_readable(shelf, device) -> None:
    rows = [
        *DeskDevice.objects.visible_to(SYSTEM).values(),
        *DeskVolunteer.objects.visible_to(SYSTEM).values(),
    ]
    assert device.cookies["balie"].value not in repr(rows)
    assert PIN not in repr([row.get("pin_hash") for row in rows])


def test_a_code_pairs_one_device_within_a_quarter_of_an_hour(shelf, coordinator) -> None:
    made = make_desk(location=shelf.location, name="Laptop", by=coordinator)
    pair_desk(typed=made.code)
    with pytest.raises(Sentence):
        pair_desk(typed=made.code)
    late = make_desk(location=shelf.location, name="Tablet", by=coordinator)
    with time_machine.travel(now() + timedelta(minutes=16), tick=False), pytest.raises(Sentence):
        pair_desk(typed=late.code)


def test_the_desk_itself_sets_nothing_up(cast, shelf, desk) -> None:
    with pytest.raises(NotAllowed):
        make_desk(location=shelf.location, name="Laptop", by=desk)
    with pytest.raises(NotAllowed):
        add_volunteer(location=shelf.location, name="Wil", pin=PIN, by=desk)


@pytest.mark.parametrize("pin", ["1234", "0000", "12a4", "123", "12345", "١٢٣٤", ""])
def test_pins_that_are_none(pin) -> None:
    assert not is_pin(pin)


def test_waiting_grows_and_codes_are_read_as_they_are_typed() -> None:
    waits = [wait_after(tries) for tries in range(20)]
    assert waits == sorted(waits)
    assert (waits[4], waits[5], waits[-1]) == (timedelta(), timedelta(minutes=1), timedelta(hours=1))
    assert read_code(" abcd-2345 ") == "ABCD2345"
    assert read_code("ABCD-234O") == ""


def test_without_javascript_a_scan_is_a_form(shelf, device) -> None:
    book = shelf.copies[0]
    page = device.post("/balie/", {"choose": str(shelf.noor), "request": "k"}).content.decode()
    assert "Noor V." in page
    page = device.post(
        "/balie/", {"code": book.barcode, "borrower": str(shelf.noor), "request": "l", "mode": "lend"}
    ).content.decode()
    assert book.title.title in page
    assert 'name="undo" value="l"' in page
    page = device.post(
        "/balie/", {"code": book.barcode, "borrower": str(shelf.sem), "request": "m"}
    ).content.decode()
    assert 'name="allowed" value="with_other"' in page
    device.post("/balie/", {"undo": "l", "request": "n"})
    assert not Loan.objects.visible_to(SYSTEM).exists()


def test_a_scan_through_the_whole_stack_costs_few_questions(shelf, device, django_assert_num_queries) -> None:
    send(device, {"request": "warm", "code": shelf.copies[0].barcode, "borrower": str(shelf.noor)})
    with django_assert_num_queries(
        11 + 2
    ):  # which desk, and what a scan costs; two are the test's own savepoint
        send(device, {"request": "uit", "code": shelf.copies[1].barcode, "borrower": str(shelf.noor)})


def test_the_page_of_a_large_school_asks_no_more(shelf, device, queries_of) -> None:
    from tests.factories.pupils import put_more

    few = queries_of(device, "/balie/")
    put_more(shelf.children, 60)
    assert queries_of(device, "/balie/") == few <= 8


def test_rules_and_desks_are_set_up_on_pages(cast, shelf, coordinator, client_for) -> None:
    client = client_for(coordinator)
    base = f"/school/{shelf.location.code}"
    assert client.get(f"{base}/balies/").status_code == 200
    form = client.get(f"{base}/leenregels/").content.decode()
    assert 'name="groep-8"' in form
    told = client.post(f"{base}/balies/nieuw/", {"name": "Laptop"}, follow=True).content.decode()
    assert "/balie/" in told
    assert client.post(f"{base}/balies/vrijwilliger/", {"name": "Wil", "pin": "1234"}).status_code == 200
    assert not DeskVolunteer.objects.visible_to(coordinator).exists()
    client.post(f"{base}/balies/vrijwilliger/", {"name": "Wil", "pin": PIN})
    assert DeskVolunteer.objects.visible_to(coordinator).count() == 1
    values = {
        "days": 14, "renewals": 0, "books": 3, "region": "north", "library_day": 4, "holiday_extra": 0, "cut_days": 7,
        "groep-1": 1,
    }  # fmt: skip
    assert client.post(f"{base}/leenregels/", values).status_code == 302
    from leesbouw.lending.queries import rules_at

    rules = rules_at(shelf.location.pk)
    assert (rules.days, rules.library_day, rules.holiday_lending, rules.limits, rules.cut_days) == (
        14,
        4,
        False,
        {1: 1},
        7,
    )
    assert client_for(cast.outsider).get(f"{base}/leenregels/").status_code in {403, 404}


def test_who_keeps_guessing_codes_waits(db, monkeypatch) -> None:
    monkeypatch.setattr(gate, "per_second", 0.0)  # a slow machine forgives no more
    gate.forget()
    answers = {
        Client().post("/balie/koppelen/", {"code": "AAAAAAAA"}).status_code for _time in range(TICKETS)
    }
    late = Client().post("/balie/koppelen/", {"code": "AAAAAAAA"})
    gate.forget()
    assert answers == {422}
    assert late.status_code == 429
    assert "Wacht even" in late.content.decode()
