"""Children that help themselves at a tablet: who comes in, what goes in and out, and what stays unsaid."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
import time_machine
from django.test import Client

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.gate import TICKETS
from leesbouw.core.time import now
from leesbouw.lending.actions import lend, make_desk, pair_desk, place_hold, revoke_desk
from leesbouw.lending.models import DeskDevice, Loan
from leesbouw.lending.queries.self_service import opened, tablet_of
from leesbouw.lending.views.desk import gate
from leesbouw.pupils.actions import let_in, open_class, print_cards, renew_pictures
from leesbouw.pupils.domain import MISSES
from leesbouw.pupils.models import PictureKey
from leesbouw.pupils.queries.classes import pictures_of, token_of
from tests.factories.cast import add_person
from tests.factories.pupils import put_more
from tests.factories.teaching import teach


@pytest.fixture
def tablet(shelf, coordinator, cast) -> Client:
    """A paired tablet; the children have pictures, since their teacher opened the class once."""
    open_class(group_id=shelf.children.groups["5"].pk, by=cast.teacher)
    return paired(shelf, coordinator)


def paired(shelf, coordinator) -> Client:  # type: ignore[no-untyped-def]
    made = make_desk(location=shelf.location, name="Tablet", is_self=True, by=coordinator)
    client = Client()
    assert client.post("/zelf/koppelen/", {"code": made.code}).status_code == 302
    return client


def way(client: Client, shelf, who) -> tuple[str, list[str]]:  # type: ignore[no-untyped-def]
    """The address of a child's pictures on this tablet, and the pictures."""
    from leesbouw.pupils.queries.classes import tiles_of

    desk = tablet_of(client.cookies["zelf"].value)
    group = shelf.children.groups["5"]
    session = opened(desk, group.pk)
    tile = next(one for one in tiles_of(group, session) if one.pupil.pk == who.id)
    assert tile.token == token_of(session, who.id)
    return f"/zelf/klas/{group.pk}/{tile.token}/", [one.value for one in pictures_of(tile)]


def come_in(client: Client, shelf, who) -> None:  # type: ignore[no-untyped-def]
    url, pictures = way(client, shelf, who)
    answer = client.post(url, {"plaatje": pictures})
    assert (answer.status_code, answer["Location"]) == (302, "/zelf/")


def scan(client: Client, code: str, **more: str) -> str:
    return unescape(client.post("/zelf/", {"code": code} | more).content.decode())


def open_loans() -> set[tuple[int, int]]:
    return set(Loan.objects.visible_to(SYSTEM).filter(ended_at=None).values_list("copy", "pupil"))


def test_a_child_borrows_and_brings_back(shelf, tablet) -> None:
    assert "Groep 5" in tablet.get("/zelf/").content.decode()
    come_in(tablet, shelf, shelf.noor)
    page = scan(tablet, shelf.copies[0].barcode, request="een")
    assert f"{shelf.copies[0].title.title} gaat met je mee." in page
    assert 'data-tone="good"' in page
    assert "gaat met je mee" in scan(tablet, shelf.copies[0].barcode, request="een")  # sent twice
    assert open_loans() == {(shelf.copies[0].pk, shelf.noor.id)}
    with time_machine.travel(now() + timedelta(seconds=40), tick=False):
        page = scan(tablet, shelf.copies[0].barcode, request="twee")
    assert "is terug" in page
    assert open_loans() == set()


def test_a_book_comes_back_without_coming_in_and_nobody_is_named(shelf, tablet) -> None:
    lend(copy_id=shelf.copies[0].pk, to=shelf.sem, location_id=shelf.location.pk, by=SYSTEM)
    page = scan(tablet, shelf.copies[0].barcode)
    assert "is terug" in page
    assert shelf.children.sem.first_name not in page
    assert open_loans() == set()
    assert "Niemand had dit boek" in scan(tablet, shelf.copies[0].barcode)


def test_what_needs_a_grown_up_writes_nothing_and_names_nobody(shelf, tablet) -> None:
    title = shelf.copies[1].title_id
    lend(copy_id=shelf.copies[0].pk, to=shelf.sem, location_id=shelf.location.pk, by=SYSTEM)
    place_hold(title_id=title, pupil_id=shelf.sem.id, location_id=shelf.location.pk, by=SYSTEM)
    before = open_loans()
    come_in(tablet, shelf, shelf.noor)
    for code, words in (
        (shelf.copies[0].barcode, "bij een ander kind"),
        (shelf.copies[1].barcode, "wacht op dit boek"),
        ("300000099999", "kennen dit boek niet"),
        (shelf.card_of(shelf.sem), "kennen dit boek niet"),
        (shelf.card_of(shelf.noor), "kennen dit boek niet"),
    ):
        page = scan(tablet, code)
        assert words in page, code
        assert 'data-tone="ask"' in page
        assert shelf.children.sem.first_name not in page
    assert open_loans() == before


def test_after_a_while_the_child_is_out(shelf, tablet) -> None:
    come_in(tablet, shelf, shelf.noor)
    assert shelf.children.noor.first_name in tablet.get("/zelf/").content.decode()
    with time_machine.travel(now() + timedelta(seconds=100), tick=False):
        assert shelf.children.noor.first_name not in tablet.get("/zelf/").content.decode()
    come_in(tablet, shelf, shelf.noor)
    assert 'data-idle="30"' in tablet.get("/zelf/").content.decode()
    tablet.get("/zelf/uit/")
    assert shelf.children.noor.first_name not in tablet.get("/zelf/").content.decode()


def test_wrong_pictures_are_counted_and_then_a_grown_up_helps(shelf, tablet) -> None:
    url, pictures = way(tablet, shelf, shelf.noor)
    wrong = [pictures[1], pictures[0], pictures[2]]
    for _time in range(MISSES):
        assert tablet.post(url, {"plaatje": wrong}).status_code == 200
    assert tablet.post(url, {"plaatje": pictures}).status_code == 200  # not any more
    assert "zelf-kind" not in tablet.cookies
    events = AuditEvent.objects.filter(verb="pupils.miss_pictures")
    assert events.count() == MISSES
    assert not events.filter(data__has_key="pupil").exists()


def test_a_cookie_of_another_tablet_or_of_another_school_lets_nobody_in(
    shelf, tablet, coordinator, cast
) -> None:
    come_in(tablet, shelf, shelf.noor)
    made = make_desk(location=shelf.location, name="Tweede", is_self=True, by=coordinator)
    other = Client()
    other.post("/zelf/koppelen/", {"code": made.code})
    other.cookies["zelf-kind"] = tablet.cookies["zelf-kind"].value
    assert shelf.children.noor.first_name not in other.get("/zelf/").content.decode()
    nobody = Client()
    nobody.cookies["zelf-kind"] = tablet.cookies["zelf-kind"].value
    url, pictures = way(tablet, shelf, shelf.noor)
    for page in (nobody.get("/zelf/"), nobody.get(url), nobody.post(url, {"plaatje": pictures})):
        assert shelf.children.noor.first_name not in page.content.decode()
        assert b'name="code"' in page.content  # the question for a code
    assert nobody.post("/zelf/", {"code": shelf.copies[0].barcode}).status_code == 403


def test_a_tablet_is_no_desk_and_a_desk_is_no_tablet(shelf, tablet, coordinator) -> None:
    made = make_desk(location=shelf.location, name="Balie", by=coordinator)
    assert Client().post("/zelf/koppelen/", {"code": made.code}).status_code == 422
    again = make_desk(location=shelf.location, name="Tablet 2", is_self=True, by=coordinator)
    assert Client().post("/balie/koppelen/", {"code": again.code}).status_code == 422
    sneaky = Client()
    sneaky.cookies["balie"] = tablet.cookies["zelf"].value
    assert b"data-desk" not in sneaky.get("/balie/").content
    assert sneaky.get("/balie/namen/").status_code == 403
    _device, token = pair_desk(typed=made.code)
    assert tablet_of(token) is None


def test_a_tablet_that_was_closed_shows_nothing(shelf, tablet, coordinator) -> None:
    row = DeskDevice.objects.visible_to(coordinator).get(is_self=True)
    revoke_desk(device_id=row.pk, by=coordinator)
    assert b"Groep 5" not in tablet.get("/zelf/").content


def test_who_guesses_the_code_of_a_tablet_waits(shelf, monkeypatch) -> None:
    monkeypatch.setattr(gate, "per_second", 0.0)  # a slow machine forgives no more
    gate.forget()
    answers = [
        Client().post("/zelf/koppelen/", {"code": "AAAAAAAA"}).status_code for _time in range(TICKETS + 1)
    ]
    assert answers == [*[422] * TICKETS, 429]
    gate.forget()


def test_the_youngest_read_little(shelf, tablet) -> None:
    come_in(tablet, shelf, shelf.noor)
    lend(copy_id=shelf.copies[0].pk, to=shelf.noor, location_id=shelf.location.pk, by=SYSTEM)
    older = unescape(tablet.get("/zelf/").content.decode())
    from leesbouw.pupils.models import Enrolment

    Enrolment.objects.trusted("a test").filter(pupil=shelf.noor.id).update(year_group=2)
    younger = unescape(tablet.get("/zelf/").content.decode())
    assert "Heb je het al? Dan breng je het terug." in older
    assert '<label for="boek">Scan het boek</label>' in younger


def test_the_form_of_the_coordinator_makes_a_tablet(shelf, coordinator, client_for) -> None:
    client = client_for(coordinator)
    answer = client.post(
        f"/school/{shelf.location.code}/balies/nieuw/", {"name": "Tablet hal", "is_self": "on"}, follow=True
    )
    assert "/zelf/" in answer.content.decode()
    assert DeskDevice.objects.visible_to(coordinator).get().is_self


# A school where nobody set anything up


@pytest.fixture
def bare(shelf, coordinator) -> Client:
    """A paired tablet; nobody opened a class or printed a card."""
    return paired(shelf, coordinator)


def tiles_page(client: Client, shelf, group: str = "5") -> str:  # type: ignore[no-untyped-def]
    return unescape(client.get(f"/zelf/klas/{shelf.children.groups[group].pk}/").content.decode())


def test_children_whose_class_has_no_pictures_get_an_animal_each(shelf, bare) -> None:
    put_more(shelf.children, 20)
    page = tiles_page(bare, shelf, "6")
    tiles = re.findall(r'<a class="(who c\d)".*?#(a-\w+)"', page, re.DOTALL)
    assert len(tiles) == 21
    assert len(set(tiles)) == 21
    event = AuditEvent.objects.get(verb="pupils.make_pictures")
    assert (event.count, event.data, event.subject_type) == (21, {}, "organisations.ClassGroup")
    assert tiles_page(bare, shelf, "6") == page, "made once"
    assert AuditEvent.objects.filter(verb="pupils.make_pictures").count() == 1


def test_a_child_without_a_card_hears_whom_to_ask_and_comes_in_once_it_was_printed(shelf, bare, cast) -> None:
    tiles_page(bare, shelf)
    url, pictures = way(bare, shelf, shelf.noor)
    page = unescape(bare.get(url).content.decode())
    assert "Vraag je juf of meester om je kaartje" in page
    assert "Naar de inlogkaartjes" in page, "where the teacher finds them"
    assert 'name="plaatje"' not in page
    assert not any(f"#p-{one}" in page for one in pictures), "the pictures stand on paper alone"
    assert 'name="plaatje"' in bare.get(f"{url}?heb=ja").content.decode()
    print_cards(group_id=shelf.children.groups["5"].pk, by=cast.teacher)
    assert 'name="plaatje"' in bare.get(url).content.decode()
    come_in(bare, shelf, shelf.noor)
    renew_pictures(group_id=shelf.children.groups["5"].pk, pupil_id=shelf.noor.id, by=cast.teacher)
    assert "om je kaartje" in bare.get(url).content.decode(), "a card of before opens nothing"


def test_the_teacher_lets_a_child_in_at_the_tablet_once(shelf, bare, cast) -> None:
    group = shelf.children.groups["5"]
    tiles_page(bare, shelf)
    url, pictures = way(bare, shelf, shelf.noor)
    for _time in range(MISSES):
        bare.post(url, {"plaatje": pictures[::-1]})
    assert "Ik mag van juf of meester" in bare.get(url).content.decode()
    bare.post(url, {"binnen": "ja"})
    assert "zelf-kind" not in bare.cookies
    session = open_class(group_id=group.pk, by=cast.teacher)
    let_in(group_id=group.pk, token=token_of(session, shelf.noor.id), by=cast.teacher)
    assert f"Ben jij {shelf.children.noor.first_name}" in bare.get(url).content.decode()
    assert bare.post(url, {"binnen": "ja"})["Location"] == "/zelf/"
    assert f"Hoi {shelf.children.noor.first_name}" in bare.get("/zelf/").content.decode()
    bare.get("/zelf/uit/")
    assert bare.post(url, {"binnen": "ja"}).status_code == 200, "for this once"


def test_the_teacher_of_the_group_hears_that_the_tablet_waits(shelf, coordinator, cast, client_for) -> None:
    group = shelf.children.groups["5"]
    teacher = add_person("Eva Tablet", "teacher", cast.a1)
    teach(teacher, group, by=cast.manager)
    other = add_person("Ander Tablet", "teacher", cast.a1)
    words = "Print de inlogkaartjes van groep 5"
    page = f"/klas/groep/{group.pk}/lenen/"
    assert words not in client_for(teacher).get("/vandaag/").content.decode(), "there is no tablet"
    assert "kaarten.pdf" not in client_for(teacher).get(page).content.decode()
    paired(shelf, coordinator)
    today = client_for(teacher).get("/vandaag/").content.decode()
    assert words in today
    assert "De tablet wacht op de plaatjes van 2 kinderen." in today
    assert words not in client_for(other).get("/vandaag/").content.decode()
    assert f"/klas/groep/{group.pk}/kaarten.pdf" in client_for(teacher).get(page).content.decode()
    assert (
        "heeft nog geen kaartje"
        in client_for(teacher).get(f"/klas/groep/{group.pk}/kaarten/").content.decode()
    )
    assert client_for(teacher).get(f"/klas/groep/{group.pk}/kaarten.pdf").status_code == 200
    assert not PictureKey.objects.visible_to(SYSTEM).filter(printed_at=None).exists()
    assert words not in client_for(teacher).get("/vandaag/").content.decode()
    assert "kaarten.pdf" not in client_for(teacher).get(page).content.decode()
    revoked = DeskDevice.objects.visible_to(coordinator).get()
    renew_pictures(group_id=group.pk, by=cast.teacher)
    assert words in client_for(teacher).get("/vandaag/").content.decode()
    revoke_desk(device_id=revoked.pk, by=coordinator)
    assert words not in client_for(teacher).get("/vandaag/").content.decode()


def test_the_coordinator_sees_the_devices_of_every_class_beside_the_desks(
    shelf, coordinator, cast, client_for
) -> None:
    page = f"/school/{shelf.location.code}/balies/"
    assert "Apparaten van klassen" not in client_for(coordinator).get(page).content.decode()
    client_for(cast.teacher).post(f"/klas/groep/{shelf.children.groups['6'].pk}/apparaat/")
    shown = client_for(coordinator).get(page).content.decode()
    assert "Apparaten van klassen" in shown
    url = re.search(r'action="(/klas/groep/\d+/apparaat/\d+/los/)"', shown)[1]
    assert client_for(coordinator).post(url, {"terug": page})["Location"] == page
    assert "Apparaten van klassen" not in client_for(coordinator).get(page).content.decode()


def test_a_child_at_a_tablet_that_was_closed_is_out_with_the_next_press(shelf, tablet, coordinator) -> None:
    come_in(tablet, shelf, shelf.noor)
    revoke_desk(device_id=DeskDevice.objects.visible_to(coordinator).get().pk, by=coordinator)
    answer = tablet.post("/zelf/", {"code": shelf.copies[0].barcode})
    assert answer.status_code == 403
    assert shelf.children.noor.first_name not in answer.content.decode()
    assert open_loans() == set()
