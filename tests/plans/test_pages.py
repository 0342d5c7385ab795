"""Pages of actions: mine, everybody's and about one organisation; done with one press."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import today
from leesbouw.people.actions import ContactRow, StaffRow, save_contact, save_staff
from leesbouw.plans.actions import ActionRow, add_action
from leesbouw.plans.queries import actions_for, only_open, open_actions_for

NASTY = "Kast <script>alert(1)</script> & 't Anker"


@pytest.fixture
def action(cast):  # type: ignore[no-untyped-def]
    return add_action(ActionRow(cast.a1.pk, "Kast opruimen", "partner"), by=cast.manager)


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
@pytest.mark.parametrize("page", ["", "wijzigen/", "klaar-op/"])
def test_who_opens_an_action(cast, client_for, action, name: str, status: int, page: str) -> None:
    assert client_for(getattr(cast, name)).get(f"/acties/{action.pk}/{page}").status_code == status


def test_one_press_from_the_list_and_back_again(cast, client_for, action) -> None:
    client = client_for(cast.head)
    page = client.get("/acties/").content.decode()
    assert f'formaction="/acties/{action.pk}/klaar/"' in page
    assert '<form id="klaar"' in page

    answer = client.post(
        f"/acties/{action.pk}/klaar/", {"request_id": "een", "next": "/acties/"}, follow=True
    )
    assert answer.redirect_chain[0][0] == "/acties/"
    assert "/ongedaan/" in answer.content.decode()
    assert list(open_actions_for(cast.head)) == []
    client.post(f"/acties/{action.pk}/weer-open/", {"request_id": "twee"})
    assert len(open_actions_for(cast.head)) == 1


def test_pressed_twice_is_done_once(cast, client_for, action) -> None:
    client = client_for(cast.head)
    first = client.post(f"/acties/{action.pk}/klaar/", {"request_id": "een"})
    assert client.post(f"/acties/{action.pk}/klaar/", {"request_id": "een"}).url == first.url
    other = client.post(f"/acties/{action.pk}/klaar/", {"request_id": "twee"}, follow=True)
    assert "al klaar" in other.content.decode()


def test_an_action_is_added_with_who_and_when(cast, client_for) -> None:
    joke = save_contact(ContactRow(cast.a1.pk, "Joke van Dam", "head", "strategic"), by=cast.manager)
    client = client_for(cast.manager)
    assert client.get("/acties/nieuw/").status_code == 200
    data = {"what": NASTY, "side": "partner", "who": f"c{joke.pk}", "due_on": "morgen", "request_id": "een"}
    answer = client.post(f"/acties/nieuw/?eenheid={cast.a1.pk}", data)

    assert answer.status_code == 302
    made = actions_for(cast.head).get()
    assert (made.contact_name, made.due_on) == ("Joke van Dam", today() + timedelta(days=1))
    content = client.get(f"/acties/{made.pk}/").content.decode()
    assert "<script>alert" not in content


def test_a_head_adds_for_her_own_school(cast, client_for) -> None:
    data = {"what": "Studiedag", "side": "together", "request_id": "een"}
    client_for(cast.head).post("/acties/nieuw/", data)

    assert actions_for(cast.manager).get().unit_id == cast.a1.pk
    assert not actions_for(cast.other_head).exists()


def test_two_people_meet_both_versions(cast, client_for, action) -> None:
    page = f"/acties/{action.pk}/wijzigen/"
    data = {"what": "Kast leegmaken", "side": "partner", "version": "1", "request_id": "een"}
    client_for(cast.manager).post(page, data)
    answer = client_for(cast.head).post(page, data | {"what": "Kast weg", "request_id": "twee"})

    assert answer.status_code == 409
    assert "Kast leegmaken" in answer.content.decode()


def test_dropping_twice_is_dropping_once(cast, client_for, action) -> None:
    client = client_for(cast.manager)
    for _time in range(2):
        assert client.post(f"/acties/{action.pk}/weghalen/", {"request_id": "een"}).url == "/acties/"
    assert client.get(f"/acties/{action.pk}/").status_code == 404


def test_mine_the_late_and_the_done(cast, client_for) -> None:
    ria = save_staff(
        [StaffRow(cast.library_a.pk, "Ria", email="consultant@voorbeeld.example")], by=cast.manager
    )[0]
    rows = [
        ActionRow(cast.a1.pk, "van mij", "library", staff_id=ria.pk),
        ActionRow(cast.a1.pk, "te laat", "partner", due_on=today() - timedelta(days=1)),
        ActionRow(cast.board_x.pk, "bestuur", "together"),
        ActionRow(cast.a1.pk, "al klaar", "library", done_on=today()),
    ]
    for row in rows:
        add_action(row, by=cast.manager)
    client = client_for(cast.consultant)

    def shown(query: str) -> list[str]:
        return [row.record.what for row in client.get(f"/acties/?{query}").context["table"].rows]

    assert shown("") == ["te laat", "van mij", "bestuur"]
    assert shown("wie=mij") == ["van mij"]
    assert shown("termijn=late") == ["te laat"]
    assert shown("termijn=done") == ["al klaar"]
    assert shown("kant=together&soort=board") == ["bestuur"]
    sheet = client.get("/acties.csv?wie=mij").getvalue().decode("utf-8-sig").splitlines()
    assert sheet[1].split(";")[:4] == ["van mij", "De Regenboog", "Bibliotheek", "Ria"]


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_a_fixed_number_of_questions(
    cast, client_for, number: int, django_assert_num_queries
) -> None:
    for n in range(number):
        add_action(ActionRow(cast.a1.pk, f"Actie {n}", "partner"), by=cast.manager)
    for actor, questions in ((cast.manager, 11), (cast.head, 9)):
        client = client_for(actor)
        client.get("/acties/")
        with django_assert_num_queries(questions):
            client.get("/acties/")


def test_several_are_done_at_once_and_come_back_at_once(cast, client_for) -> None:
    rows = [add_action(ActionRow(cast.a1.pk, f"Actie {n}", "partner"), by=cast.manager) for n in range(3)]
    client = client_for(cast.manager)
    page = client.get("/acties/").content.decode()
    assert page.count('name="kies"') == 3
    assert 'formaction="/acties/klaar/"' in page

    ticked = {"request_id": "een", "next": "/acties/", "kies": [rows[0].pk, rows[1].pk]}
    answer = client.post("/acties/klaar/", ticked, follow=True)

    page = answer.content.decode()
    assert "2 acties zijn klaar." in page
    assert [row.what for row in only_open(actions_for(cast.manager))] == ["Actie 2"]
    event = AuditEvent.objects.get(verb="plans.complete_actions")
    assert event.count == 2
    client.post(re.search(r'action="([^"]*/ongedaan/[^"]*)"', page)[1])
    assert only_open(actions_for(cast.manager)).count() == 3


def test_several_leave_the_list_at_once(cast, client_for, action) -> None:
    answer = client_for(cast.head).post(
        "/acties/weghalen/", {"request_id": "een", "kies": [action.pk]}, follow=True
    )

    assert "1 actie is van de lijst." in answer.content.decode()
    assert actions_for(cast.head).count() == 0


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("manager", "2 acties zijn klaar."),
        ("head", "1 actie is klaar."),
        ("other_library", "al klaar"),
        ("other_head", "al klaar"),
    ],
)
def test_of_what_one_ticks_only_ones_own_is_done(cast, client_for, action, name: str, sentence: str) -> None:
    theirs = add_action(ActionRow(cast.a1.pk, "Krat brengen", "library"), by=cast.manager)
    ticked = {"request_id": "een", "kies": [action.pk, theirs.pk]}

    answer = client_for(getattr(cast, name)).post("/acties/klaar/", ticked, follow=True)

    assert sentence in answer.content.decode()


def test_with_nothing_ticked_a_sentence_says_so(cast, client_for, action) -> None:
    for place in ("klaar", "weghalen"):
        answer = client_for(cast.head).post(f"/acties/{place}/", {"request_id": place}, follow=True)
        assert "Kies eerst minstens één actie." in answer.content.decode()
    assert client_for(cast.board).post("/acties/klaar/", {"kies": [action.pk]}).status_code == 403
    assert len(open_actions_for(cast.head)) == 1


def test_there_is_a_box_where_there_is_something_to_do(cast, client_for, action) -> None:
    add_action(ActionRow(cast.a1.pk, "Krat brengen", "library"), by=cast.manager)
    add_action(ActionRow(cast.a1.pk, "Gedaan", "partner", done_on=today()), by=cast.manager)

    assert client_for(cast.head).get("/acties/").content.decode().count('name="kies"') == 1
    assert 'class="bulk"' not in client_for(cast.head).get("/acties/?termijn=done").content.decode()
