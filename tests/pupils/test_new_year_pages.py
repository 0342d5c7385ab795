"""The task list of a new school year and its pages, at schools of every kind."""

from __future__ import annotations

import re
from urllib.parse import urlencode

import pytest
import time_machine

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import GroupRow, begin_transition, save_groups
from leesbouw.organisations.models import ClassGroup, YearTransition
from leesbouw.people.actions import ContactRow, TeacherRow, save_contact, set_group_teachers
from leesbouw.people.models import GroupTeacher
from leesbouw.pupils.holders import PupilHolder, pupil_holders
from leesbouw.pupils.models import Enrolment, Pupil

from .new_year import JUNE, YEAR, furnish, take_over

A1 = "/school/99AA00/nieuw-schooljaar/"
K1 = "/kinderopvang/999000001/nieuw-schooljaar/"
Q = "?jaar=2027-2028"
PAGES = [
    A1,
    A1 + "groepen/",
    A1 + "leerlingen/",
    A1 + "vertrekkers/",
    A1 + "leerkrachten/",
    A1 + "terugdraaien/",
]


@pytest.fixture(autouse=True)
def june(cast):
    with time_machine.travel(JUNE, tick=False):
        yield


@pytest.fixture
def begun(cast, coordinator):
    ids = furnish(cast.a1)
    begin_transition(location=cast.a1, year=YEAR, by=coordinator)
    return ids


def fields(html: str) -> dict[str, list[str]]:
    """What a browser would send for the big form of a page that nobody touched."""
    form = html.split('<form class="form"')[1].split("</form>")[0]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and ("checkbox" not in tag or "checked" in tag):
            found.setdefault(name[1], []).append(value[1] if value else "on" if "checkbox" in tag else "")
    for name, body in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', form, re.S):
        chosen = re.search(r'<option value="([^"]*)" selected', body)
        found[name] = [chosen[1] if chosen else ""]
    return found


def walk(client, path: str, **changes):  # type: ignore[no-untyped-def]
    """Opens a page, changes some fields, and saves."""
    return client.post(path, fields(client.get(path).content.decode()) | changes)


def test_from_beginning_to_end(cast, coordinator, client_for):
    ids, client = furnish(cast.a1), client_for(coordinator)
    eva = save_contact(ContactRow(cast.a1.pk, "Eva", "teacher", "operational"), by=coordinator)
    last = ClassGroup.objects.get(name="5A")
    set_group_teachers(group=last, rows=[TeacherRow(eva.pk, (1, 2))], by=coordinator)

    home = client.get("/vandaag/").content.decode()
    assert "Nieuw schooljaar 2027–2028: begin" in home
    assert client.post(A1 + "beginnen/" + Q, {"request_id": "1"})["Location"] == A1 + Q
    assert walk(client, A1 + "groepen/" + Q)["Location"] == A1 + Q
    assert walk(client, A1 + "leerlingen/" + Q)["Location"] == A1 + Q
    page = client.get(A1 + Q).content.decode()
    assert "8 leerlingen in de nieuwe groepen." in page
    assert "1 leerling vertrekt. Er staat niets open." in page
    assert walk(client, A1 + "leerkrachten/" + Q)["Location"] == A1 + Q
    new = ClassGroup.objects.get(year=YEAR, name="6A")
    taught = GroupTeacher.objects.visible_to(SYSTEM).get(group=new)
    assert (taught.contact_id, taught.days, taught.starts_on) == (eva.pk, [1, 2], YEAR.starts_on)
    assert client.post(A1 + "afronden/" + Q, {"request_id": "2"})["Location"] == A1 + Q
    assert "Nieuw schooljaar" not in client.get("/vandaag/").content.decode()
    assert walk(client, A1 + "terugdraaien/" + Q)["Location"] == A1 + Q
    assert not ClassGroup.objects.filter(year=YEAR).exists()
    assert Pupil.objects.visible_to(SYSTEM).filter(pk__in=ids, left_on=None).count() == 9


def test_sent_twice_is_done_once(cast, coordinator, client_for):
    furnish(cast.a1)
    client = client_for(coordinator)
    for _time in range(2):
        client.post(A1 + "beginnen/" + Q, {"request_id": "zelfde"})
    assert YearTransition.objects.count() == 1
    data = fields(client.get(A1 + "groepen/" + Q).content.decode())
    assert client.post(A1 + "groepen/" + Q, data).status_code == 302
    assert client.post(A1 + "groepen/" + Q, data).status_code == 302
    assert ClassGroup.objects.filter(year=YEAR).count() == 4


def test_two_people_at_once_meet_both_versions(cast, begun, coordinator, client_for):
    head, lotte = client_for(cast.head), client_for(coordinator)
    hers = fields(head.get(A1 + "groepen/" + Q).content.decode())
    assert walk(lotte, A1 + "groepen/" + Q).status_code == 302

    assert head.post(A1 + "groepen/" + Q, hers).status_code == 409
    assert ClassGroup.objects.filter(year=YEAR).count() == 4


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("", "Geef deze groep een naam."), ("1/2", "Er is al een groep met deze naam.")],
)
def test_missing_and_double_names_are_refused(cast, begun, coordinator, client_for, name, sentence):
    client = client_for(coordinator)
    data = fields(client.get(A1 + "groepen/" + Q).content.decode())
    field = next(key for key, value in data.items() if value == ["6A"])
    answer = client.post(A1 + "groepen/" + Q, data | {field: name})

    assert sentence in answer.content.decode()
    assert not ClassGroup.objects.filter(year=YEAR).exists()


def test_names_change_places_and_a_group_goes_again(cast, begun, coordinator, client_for):
    client = client_for(coordinator)
    walk(client, A1 + "groepen/" + Q)
    ids = dict(ClassGroup.objects.filter(year=YEAR).values_list("name", "pk"))
    data = fields(client.get(A1 + "groepen/" + Q).content.decode())
    data |= {f"g{ids['6A']}-name": "8", f"g{ids['8']}-name": "6A"}
    del data[f"g{ids['3']}-keep"]
    client.post(A1 + "groepen/" + Q, data)

    names = dict(ClassGroup.objects.filter(year=YEAR).values_list("pk", "name"))
    assert names == {ids["1/2"]: "1/2", ids["6A"]: "8", ids["8"]: "6A"}


def test_who_stays_is_ticked_and_who_has_no_place_is_asked_about(cast, begun, coordinator, client_for):
    client = client_for(coordinator)
    walk(client, A1 + "groepen/" + Q)
    path, stays = A1 + "leerlingen/" + Q, str(begun[3])
    data = fields(client.get(path).content.decode()) | {"stays": [stays]}
    asked = client.post(path, data).content.decode()
    assert f"child-{stays}" in asked
    assert "blijft in hetzelfde leerjaar" in asked
    assert Enrolment.objects.visible_to(SYSTEM).filter(group__year=YEAR.first).count() == 0

    group = ClassGroup.objects.get(year=YEAR, name="6A")
    answer = client.post(path, fields(asked) | {f"child-{stays}": str(group.pk)})
    assert answer["Location"] == A1 + Q
    row = Enrolment.objects.visible_to(SYSTEM).get(pupil=begun[3], ends_on=None)
    assert (row.group_id, row.year_group) == (group.pk, 5)


def test_a_group_that_nobody_follows_is_one_question(cast, begun, coordinator, client_for):
    client = client_for(coordinator)
    data = fields(client.get(A1 + "groepen/" + Q).content.decode())
    six = next(key.removesuffix("-name") for key, value in data.items() if value == ["6A"])
    del data[f"{six}-keep"]
    client.post(A1 + "groepen/" + Q, data)
    path, last = A1 + "leerlingen/" + Q, ClassGroup.objects.get(name="5A")
    page = client.get(path).content.decode()
    assert f'name="group-{last.pk}"' in page
    assert 'name="child-' not in page
    assert "Kies een groep, of dat het kind van school gaat." in walk(client, path).content.decode()

    assert walk(client, path, **{f"group-{last.pk}": "0"})["Location"] == A1 + Q
    assert Pupil.objects.visible_to(SYSTEM).filter(pk__in=begun[3:6], left_on="2027-07-31").count() == 3


def test_leavers_with_something_open_are_listed(cast, begun, coordinator, client_for, monkeypatch):
    holder = PupilHolder(
        "Boeken",
        lambda pk: [],
        lambda ids: None,
        unsettled=lambda ids: {pk: ["Pluk is nog thuis"] for pk in ids},
    )
    monkeypatch.setitem(pupil_holders._items, "test", holder)
    client = client_for(coordinator)
    walk(client, A1 + "groepen/" + Q)
    walk(client, A1 + "leerlingen/" + Q)

    assert "Bij 1 staat iets open." in client.get(A1 + Q).content.decode()
    page = client.get(A1 + "vertrekkers/" + Q).content.decode()
    assert "Pluk is nog thuis" in page
    assert "Kind1 V." in page


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(
    ("who", "status"), [("other_head", 404), ("outsider", 404), ("teacher", 403), ("municipality", 403)]
)
def test_nobody_else_comes_in(cast, begun, client_for, path, who, status):
    assert client_for(cast.actors[who]).get(path + Q).status_code == status


def test_the_library_sees_the_list_without_what_is_about_pupils(cast, begun, client_for):
    client = client_for(cast.consultant)
    page = client.get(A1 + Q).content.decode()

    assert "Neem de groepen over" in page
    assert "Zet de leerlingen in hun nieuwe groep" not in page
    assert client.get(A1 + "leerlingen/" + Q).status_code == 403


def test_before_somebody_begins_the_steps_are_not_there(cast, coordinator, client_for):
    assert client_for(coordinator).get(A1 + "groepen/" + Q).status_code == 404


def test_outside_the_season_the_page_tells_when(cast, coordinator, client_for):
    with time_machine.travel("2027-11-20 12:00:00+00:00", tick=False):
        client = client_for(coordinator)
        page = client.get(A1).content.decode()
        assert "Scholen doen dit van 1 mei 2028 tot en met 31 oktober 2028." in page
        assert "Begin toch" in page
        assert "Nieuw schooljaar" not in client.get("/vandaag/").content.decode()
        client.post(A1 + "beginnen/?jaar=2029-2030", {"request_id": "1"})
        assert YearTransition.objects.count() == 0
        client.post(A1 + "beginnen/" + Q, {"request_id": "2"})
    assert YearTransition.objects.count() == 1


def test_child_care_has_groups_and_teachers_and_no_pupils(cast, client_for):
    manager = cast.childcare_manager
    save_groups([GroupRow("Bijtjes"), GroupRow("Vlinders")], location=cast.k1, year=YEAR.previous, by=SYSTEM)
    client = client_for(manager)
    client.post(K1 + "beginnen/" + Q, {"request_id": "1"})
    walk(client, K1 + "groepen/" + Q)
    page = client.get(K1 + Q).content.decode()

    assert {group.name: group.follows.name for group in ClassGroup.objects.filter(year=YEAR)} == {
        "Bijtjes": "Bijtjes",
        "Vlinders": "Vlinders",
    }
    assert re.findall(r"<li class=\"row spread\"><div>(\d)\.", page) == ["1", "2", "3"]
    assert client.get(K1 + "leerkrachten/" + Q).status_code == 200
    keeper = client_for(cast.administrator)
    assert keeper.get("/school/999000001/nieuw-schooljaar/leerlingen/" + Q).status_code == 404


@pytest.mark.parametrize(
    ("sector", "groups", "expected"),
    [
        ("vo", [GroupRow("1A", (1,)), GroupRow("6V", (6,))], {"2A": "1A", "1A": None}),
        ("sbo", [GroupRow("Vlinders", (3, 4)), GroupRow("Top", (8,))], {"Vlinders": "Vlinders"}),
    ],
)
def test_other_schools(cast, coordinator, client_for, sector, groups, expected):
    type(cast.a1).objects.filter(pk=cast.a1.pk).update(sector=sector)
    cast.a1.refresh_from_db()
    furnish(cast.a1, groups=groups)
    begin_transition(location=cast.a1, year=YEAR, by=coordinator)
    take_over(cast.a1, coordinator)
    made = ClassGroup.objects.filter(year=YEAR)
    assert {group.name: group.follows.name if group.follows else None for group in made} == expected
    walk(client_for(coordinator), A1 + "leerlingen/" + Q)
    assert Pupil.objects.visible_to(SYSTEM).filter(left_on="2027-07-31").count() == 3
    assert Enrolment.objects.visible_to(SYSTEM).filter(ends_on=None).count() == 3


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(
    ("page", "most"),
    [("", 30), ("groepen/", 12), ("leerlingen/", 13), ("vertrekkers/", 10), ("leerkrachten/", 13)],
)
def test_pages_ask_a_fixed_number_of_questions(
    cast, coordinator, client_for, django_assert_num_queries, count, page, most
):
    groups = [GroupRow(f"{number}A", (number,)) for number in range(3, 3 + count)]
    furnish(cast.a1, groups=groups)
    begin_transition(location=cast.a1, year=YEAR, by=coordinator)
    take_over(cast.a1, coordinator)
    client = client_for(coordinator)
    client.get(A1 + page + Q)
    with django_assert_num_queries(most):
        client.get(A1 + page + Q)


def test_the_year_of_the_season_is_the_default(cast, begun, coordinator, client_for):
    assert "Nieuw schooljaar 2027–2028" in client_for(coordinator).get(A1).content.decode()
    assert SchoolYear(2027) == YEAR


def test_a_field_with_an_endless_number_is_no_question(cast, coordinator, begun, client_for) -> None:
    take_over(cast.a1, coordinator)
    client, page = client_for(coordinator), f"{A1}leerlingen/{Q}"
    sent = fields(client.get(page).content.decode()) | {
        f"{kind}-{'9' * 5000}": ["1"] for kind in ("child", "group")
    }

    answer = client.post(page, urlencode(sent, doseq=True), "application/x-www-form-urlencoded")

    assert answer.status_code in (200, 302)
