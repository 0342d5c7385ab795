"""Pages of people: who may open them, and what happens when one writes."""

from __future__ import annotations

import pytest

from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import GroupRow, save_groups
from leesbouw.people.actions import (
    AssignmentRow,
    ContactRow,
    StaffRow,
    assign_consultant,
    save_contact,
    save_staff,
)
from leesbouw.people.queries import contacts_for, people_of, staff_for, teachers_of

NASTY = 'Joke <b>\'t Anker</b> & "co"'


@pytest.fixture
def contact(cast):  # type: ignore[no-untyped-def]
    return save_contact(
        ContactRow(cast.a1.pk, "Joke van Dam", "reading_coordinator", "tactical"), by=cast.manager
    )


@pytest.fixture
def ria(cast):  # type: ignore[no-untyped-def]
    return save_staff([StaffRow(cast.library_a.pk, "Ria Postma", ("reading-consultant",))], by=cast.manager)[
        0
    ]


def form_data(**values) -> dict[str, str]:  # type: ignore[no-untyped-def]
    return {"name": "Joke van Dam", "function": "head", "request_id": "een"} | values


@pytest.mark.parametrize(
    ("name", "page", "status"),
    [
        ("manager", "/mensen/", 200),
        ("manager", "/mensen/medewerkers/", 200),
        ("head", "/mensen/", 200),
        ("head", "/mensen/medewerkers/", 200),
        ("administrator", "/mensen/", 403),
        ("administrator", "/mensen/medewerkers/", 200),
        ("board", "/mensen/", 403),
        ("municipality", "/mensen/", 403),
        ("nation", "/mensen/", 403),
        ("outsider", "/mensen/", 200),
    ],
)
def test_who_opens_the_lists(cast, client_for, contact, ria, name: str, page: str, status: int) -> None:
    answer = client_for(getattr(cast, name)).get(page)

    assert answer.status_code == status
    if name in ("outsider", "board", "municipality", "nation"):
        assert b"Joke" not in answer.content


@pytest.mark.parametrize("page", ["", "wijzigen/"])
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("manager", 200),
        ("head", 200),
        ("other_head", 404),
        ("other_library", 404),
        ("outsider", 404),
        ("board", 403),
    ],
)
def test_who_opens_a_contact(cast, client_for, contact, page: str, name: str, status: int) -> None:
    assert client_for(getattr(cast, name)).get(f"/mensen/contact/{contact.pk}/{page}").status_code == status


@pytest.mark.parametrize(
    ("name", "status"), [("manager", 200), ("head", 404), ("other_library", 404), ("board", 403)]
)
def test_who_opens_a_colleague(cast, client_for, ria, name: str, status: int) -> None:
    assert client_for(getattr(cast, name)).get(f"/mensen/medewerker/{ria.pk}/").status_code == status


def test_a_colleagues_contacts_are_not_for_who_may_not_see_contacts(cast, client_for, contact, ria) -> None:
    client_for(cast.manager).post(
        f"/mensen/contact/{contact.pk}/wie-spreekt/", {"staff": ria.pk, "request_id": "een"}
    )

    assert b"Joke" in client_for(cast.manager).get(f"/mensen/medewerker/{ria.pk}/").content
    assert b"Joke" not in client_for(cast.administrator).get(f"/mensen/medewerker/{ria.pk}/").content


def test_a_contact_is_added_at_the_chosen_organisation(cast, client_for) -> None:
    client = client_for(cast.manager)
    assert client.get("/mensen/contact/nieuw/").status_code == 200
    page = f"/mensen/contact/nieuw/?eenheid={cast.a1.pk}"
    answer = client.post(page, form_data(name=NASTY, network_roles=["decides"], phone="06-12345678"))

    made = contacts_for(cast.manager).get()
    assert answer.url == f"/mensen/contact/{made.pk}/"
    assert (made.level, made.network_roles, made.phone) == ("strategic", ["decides"], "0612345678")
    content = client.get(answer.url).content.decode()
    assert "<b>'t" not in content
    assert "Anker&lt;/b&gt;" in content


def test_own_words_for_a_function_ask_for_a_level(cast, client_for) -> None:
    page = f"/mensen/contact/nieuw/?eenheid={cast.a1.pk}"
    data = form_data(function="-", own_function="Bouwcoördinator")
    answer = client_for(cast.manager).post(page, data)
    assert set(answer.context["form"].errors) == {"level"}

    client_for(cast.manager).post(page, data | {"level": "tactical"})
    made = contacts_for(cast.manager).get()
    assert (made.function, made.level) == ("Bouwcoördinator", "tactical")


def test_a_head_needs_not_say_where(cast, client_for) -> None:
    answer = client_for(cast.head).post("/mensen/contact/nieuw/", form_data())

    assert answer.status_code == 302
    assert contacts_for(cast.manager).get().unit_id == cast.a1.pk
    assert (
        client_for(cast.outsider).post("/mensen/contact/nieuw/", form_data()).status_code == 200
    )  # says why not


def test_out_of_reach_is_not_there(cast, client_for) -> None:
    client = client_for(cast.manager)

    assert client.get("/mensen/contact/nieuw/?eenheid=99AA00").status_code == 200
    for wish in (cast.c1.pk, "99CA00", "x", "", "99999999999999999999"):
        assert client.get(f"/mensen/contact/nieuw/?eenheid={wish}").status_code == 404


def test_sent_twice_is_one_contact(cast, client_for) -> None:
    client, page = client_for(cast.manager), f"/mensen/contact/nieuw/?eenheid={cast.a1.pk}"
    assert client.post(page, form_data()).url == client.post(page, form_data()).url
    assert contacts_for(cast.manager).count() == 1


def test_two_people_meet_both_versions(cast, client_for, contact) -> None:
    page = f"/mensen/contact/{contact.pk}/wijzigen/"
    data = form_data(function="reading_coordinator", version="1")
    assert client_for(cast.manager).post(page, data | {"phone": "0611111111"}).status_code == 302
    answer = client_for(cast.head).post(page, data | {"phone": "0622222222", "request_id": "twee"})

    assert answer.status_code == 409
    content = answer.content.decode()
    assert "06 11111111" in content
    assert "06 22222222" in content


def test_one_press_lets_somebody_leave_and_the_message_brings_her_back(cast, client_for, contact) -> None:
    client = client_for(cast.manager)
    answer = client.post(f"/mensen/contact/{contact.pk}/vertrokken/", {"request_id": "een"}, follow=True)
    assert b"/ongedaan/" in answer.content
    assert (
        client.get("/mensen/").context["table"].rows == []
        or len(client.get("/mensen/").context["table"].rows) == 0
    )
    assert len(client.get("/mensen/?vertrokken=ja").context["table"].rows) == 1

    client.post(f"/mensen/contact/{contact.pk}/terug/", {"request_id": "twee"})
    assert len(client.get("/mensen/").context["table"].rows) == 1


def test_colleagues_are_added_changed_and_assigned(cast, client_for) -> None:
    client = client_for(cast.manager)
    answer = client.post(
        "/mensen/medewerker/nieuw/",
        {
            "name": "Daan Mulder",
            "functions": ["reading-consultant"],
            "starts_on": "1-8-2024",
            "request_id": "een",
        },
    )
    daan = staff_for(cast.manager).get()
    assert answer.url == f"/mensen/medewerker/{daan.pk}/"
    data = {
        "partnership": str(cast.with_a1.pk),
        "staff": str(daan.pk),
        "role": "reading-consultant",
        "hours_per_year": "37,5",
        "request_id": "twee",
    }
    assert client.post("/mensen/inzet/nieuw/", data).status_code == 302
    line = people_of(cast.head, cast.a1).staff[0]
    assert (line.staff.pk, str(line.hours_per_year)) == (daan.pk, "37.5")
    assert (
        client.post(f"/mensen/inzet/{line.assignment_id}/stoppen/", {"request_id": "drie"}).status_code == 302
    )
    assert client.get(f"/mensen/medewerker/{daan.pk}/vertrekt/").status_code == 200
    assert client_for(cast.consultant).get("/mensen/inzet/nieuw/").status_code == 403


def test_duo_partners_are_chosen_with_their_days(cast, client_for, contact) -> None:
    year = SchoolYear.running()
    group = save_groups([GroupRow("5", (5,))], location=cast.a1, year=year, by=cast.manager)["5"]
    other = save_contact(ContactRow(cast.a1.pk, "Bas", "teacher", "operational"), by=cast.manager)
    client, page = client_for(cast.head), f"/mensen/groep/{group.pk}/leerkrachten/"
    assert client.get(page).status_code == 200
    twice = client.post(page, {"teacher0": contact.pk, "teacher1": contact.pk, "request_id": "een"})
    assert twice.context["form"].non_field_errors()

    data = {
        "teacher0": contact.pk,
        "days0": ["1", "2"],
        "teacher1": other.pk,
        "days1": ["3"],
        "request_id": "twee",
    }
    assert client.post(page, data).status_code == 302
    assert [days for _contact, days in teachers_of(cast.head, cast.a1, year)[0].teachers] == [(1, 2), (3,)]
    assert client_for(cast.other_head).get(page).status_code == 404


def test_the_lists_are_narrowed_and_downloaded_as_seen(cast, client_for, contact, ria) -> None:
    client = client_for(cast.manager)
    save_contact(ContactRow(cast.board_x.pk, "Hans Brouwer", "board_director", "strategic"), by=cast.manager)

    def names(query: str) -> list[str]:
        return [row.record.name for row in client.get(f"/mensen/?{query}").context["table"].rows]

    assert names("") == ["Hans Brouwer", "Joke van Dam"]
    assert names("soort=board") == ["Hans Brouwer"]
    assert names("functie=reading_coordinator&niveau=tactical") == ["Joke van Dam"]
    assert names(f"gemeente={cast.elzen.pk}") == ["Joke van Dam"]
    assert names(f"eenheid={cast.a1.pk}&zoek=joke") == ["Joke van Dam"]
    sheet = client.get("/mensen.csv?soort=board").getvalue().decode("utf-8-sig").splitlines()
    assert [line.split(";")[:3] for line in sheet] == [
        ["Naam", "Functie", "Organisatie"],
        ["Hans Brouwer", "bestuurder", "Stichting X"],
    ]
    found = client.get("/mensen/medewerkers/?functie=reading-consultant").context["table"].rows
    assert [row.record.name for row in found] == ["Ria Postma"]


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_a_fixed_number_of_questions(
    cast, client_for, ria, number: int, django_assert_num_queries
) -> None:
    for n in range(number):
        save_contact(ContactRow(cast.a1.pk, f"Naam {n}", "teacher", "operational"), by=cast.manager)
        made = save_staff([StaffRow(cast.library_a.pk, f"Collega {n}")], by=cast.manager)[0]
        assign_consultant(AssignmentRow(cast.with_a1.pk, made.pk, "reading-consultant"), by=cast.manager)
    client = client_for(cast.manager)
    client.get("/mensen/")
    with django_assert_num_queries(14):
        client.get("/mensen/")
    with django_assert_num_queries(10):
        client.get("/mensen/medewerkers/")
