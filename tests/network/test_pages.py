"""Pages of talks: who may open them, and what happens when one writes."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from decimal import Decimal

import pytest
from pypdf import PdfReader

from leesbouw.activities.models import Visit
from leesbouw.core.audit import AuditEvent
from leesbouw.core.time import AMSTERDAM, SchoolYear, today
from leesbouw.network.actions import AgreementRow, cancel_talk
from leesbouw.network.forms import ReportForm
from leesbouw.network.models import Conversation
from leesbouw.network.queries import attendees_for, guides, open_talks, questions_with_last_answers, talks_for
from leesbouw.people.actions import ContactRow, save_contacts
from leesbouw.plans.actions import ActivityRow, GoalRow, add_activity, add_goal
from leesbouw.plans.enums import GoalKind, Side
from leesbouw.plans.queries import actions_for
from leesbouw.ui.domain import format_date

NASTY = '\'t Anker <script>alert(1)</script> & "co"'


def report_data(talk: Conversation, **values) -> dict:  # type: ignore[no-untyped-def,type-arg]
    return {
        "held_on": format_date(today()),
        "summary": "Het loopt.",
        "kind": talk.kind,
        "level": talk.level,
        "version": str(talk.version),
        "request_id": "een",
    } | values


def address(talk: Conversation, page: str = "") -> str:
    return f"/gesprekken/{talk.pk}/{page}"


PAGES = [
    "",
    "verslag/",
    "wijzigen/",
    "verzetten/",
    "voorbereiding/",
    "voorbereiding.pdf",
    "bevindingen/",
    "gespreksmodus/",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_colleague_opens_every_page_of_a_talk(cast, client_for, talk, page: str) -> None:
    made = talk(planned_on=today(), guide="progress")

    assert client_for(cast.manager).get(address(made, page)).status_code == 200


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("other_library", 404),
        ("head", 403),
        ("board", 403),
        ("municipality", 403),
        ("outsider", 403),
        ("poi", 403),
    ],
)
def test_nobody_else_opens_any(cast, client_for, talk, page: str, name: str, status: int) -> None:
    made = talk(planned_on=today(), summary="Geheim")

    answer = client_for(getattr(cast, name)).get(address(made, page))
    assert answer.status_code in {status, 404}
    assert b"Geheim" not in answer.content


@pytest.mark.parametrize(
    "page",
    [
        "/gesprekken/",
        "/gesprekken/gehouden/",
        "/gesprekken/nieuw/",
        "/gesprekken/nieuw/?eenheid={unit}",
        "/gesprekken/ritme/{unit}/",
        "/gesprekken/startinventarisatie/{unit}/",
        "/overdracht/{unit}/regenboog.pdf",
    ],
)
def test_pages_about_an_organisation(cast, client_for, talk, page: str) -> None:
    talk(held_on=today(), summary="Geheim")
    address = page.format(unit=cast.a1.pk)

    assert client_for(cast.manager).get(address).status_code == 200
    for name in ("head", "board", "municipality", "outsider", "nation"):
        answer = client_for(getattr(cast, name)).get(address)
        assert answer.status_code in {403, 404}, name
        assert b"Geheim" not in answer.content
    assert client_for(cast.other_library).get(address).status_code == (404 if "{unit}" in page else 200)


def test_a_minute_is_at_most_four_required_fields(cast, talk, ria, joke) -> None:
    guide = guides()["school-reading"]
    made = talk(planned_on=today(), guide="school-reading")
    form = ReportForm(
        people=attendees_for(cast.consultant, cast.a1, made),
        staff=[ria],
        questions=questions_with_last_answers(cast.consultant, cast.a1, guide, made.pk),
    )

    assert len(form.questions) == 9
    assert form.required_count <= 4
    empty = [
        bound.name for bound in form.rows if bound.field.required and bound.name not in ("kind", "level")
    ]
    assert empty == ["held_on", "summary"]  # and the day is filled in already


def test_writing_up_makes_a_report_actions_and_the_next_talk(cast, client_for, talk, ria, joke) -> None:
    made = talk(planned_on=today(), guide="progress")
    data = report_data(
        made,
        contacts=str(joke.pk),
        near=str(ria.pk),
        what_0="Kast opruimen",
        side_0="partner",
        who_0=f"c{joke.pk}",
        due_0=format_date(today() + timedelta(days=9)),
        what_5="Boeken brengen",
        side_5="library",
        who_5=f"m{ria.pk}",
        next_on=format_date(today() + timedelta(days=90)),
        next_at="9.30",
        answer_done="De boekenkring loopt.",
    )
    answer = client_for(cast.consultant).post(address(made, "verslag/"), data, follow=True)

    assert answer.status_code == 200
    page = answer.content.decode()
    for words in ("Het loopt.", "Kast opruimen", "Boeken brengen", "De boekenkring loopt.", "Joke van Dam"):
        assert words in page
    assert [action.what for action in actions_for(cast.head)] == ["Kast opruimen", "Boeken brengen"]
    assert open_talks(cast.consultant).get().planned_on == today() + timedelta(days=90)


def test_sent_twice_is_written_once(cast, client_for, talk) -> None:
    made = talk(planned_on=today())
    client = client_for(cast.consultant)
    data = report_data(made, what_0="Kast opruimen")
    first = client.post(address(made, "verslag/"), data)
    second = client.post(address(made, "verslag/"), data)

    assert first.url == second.url == address(made)
    assert actions_for(cast.consultant).count() == 1
    assert AuditEvent.objects.filter(verb="network.write_up_talk").count() == 1


def test_two_people_meet_both_versions(cast, client_for, talk) -> None:
    made = talk(planned_on=today())
    client_for(cast.manager).post(address(made, "verslag/"), report_data(made, summary="Van Samir"))
    answer = client_for(cast.consultant).post(
        address(made, "verslag/"), report_data(made, summary="Van Ria", request_id="twee")
    )

    assert answer.status_code == 409
    assert "Van Samir" in answer.content.decode()
    assert "Van Ria" in answer.content.decode()
    assert talks_for(cast.manager).get().summary == "Van Samir"


def test_mistakes_stand_at_their_field_and_nothing_is_lost(cast, client_for, talk) -> None:
    made = talk(planned_on=today())
    data = report_data(
        made, held_on="gisterenavond", summary="Lang verhaal", due_1=format_date(today()), next_on="1-1-2020"
    )
    page = client_for(cast.consultant).post(address(made, "verslag/"), data)

    assert page.status_code == 200
    form = page.context["form"]
    assert set(form.errors) == {"held_on", "what_1"}
    assert "Lang verhaal" in page.content.decode()


def test_text_is_shown_as_text(cast, client_for, talk) -> None:
    made = talk(
        held_on=today(), summary=NASTY, subject=NASTY[:40], agreements=(AgreementRow(NASTY, "library"),)
    )
    for page in ("", "verslag/", "voorbereiding/"):
        content = client_for(cast.consultant).get(address(made, page)).content.decode()
        assert "<script>alert" not in content
        assert "alert(1)" in content


def test_what_one_types_is_kept_quietly(cast, client_for, talk) -> None:
    made = talk(planned_on=today(), guide="progress")
    client = client_for(cast.consultant)
    first = client.post(
        address(made, "verslag/concept/"), report_data(made, summary="Half een", answer_done="Ja", held_on="")
    )
    assert (first.status_code, first.json()) == (200, {"version": 2})

    stale = client.post(address(made, "verslag/concept/"), report_data(made, summary="Anders"))
    assert stale.status_code == 409
    page = client.get(address(made, "verslag/")).content.decode()
    assert "Half een" in page
    assert 'data-autosave="' in page
    done = client.post(address(made, "verslag/"), report_data(made, version="2", summary="Half een zin"))
    assert done.status_code == 302
    assert "data-autosave" not in client.get(address(made, "verslag/")).content.decode()


def test_one_press_goes_straight_to_the_report(cast, client_for, ria, joke) -> None:
    client = client_for(cast.consultant)
    data = {"eenheid": str(cast.a1.pk), "request_id": "een"}
    answer = client.post("/gesprekken/beginnen/", data)

    made = talks_for(cast.consultant).get()
    assert answer.url == address(made, "verslag/")
    assert (made.planned_on, made.kind, made.guide) == (today(), "progress", "progress")
    assert client.post("/gesprekken/beginnen/", data).url == answer.url
    assert talks_for(cast.consultant).count() == 1
    assert client_for(cast.other_library).post("/gesprekken/beginnen/", data).status_code == 404


def test_planning_moving_cancelling_and_deleting(cast, client_for, ria, joke) -> None:
    client = client_for(cast.consultant)
    data = {
        "kind": "start",
        "level": "tactical",
        "planned_on": format_date(today() + timedelta(days=3)),
        "planned_at": "9.30",
        "guide": "school-reading",
        "near": str(ria.pk),
        "contacts": str(joke.pk),
        "request_id": "een",
    }
    answer = client.post(f"/gesprekken/nieuw/?eenheid={cast.a1.pk}", data)
    made = talks_for(cast.consultant).get()
    assert answer.url == address(made)
    assert (made.kind, made.guide, f"{made.planned_at:%H:%M}") == ("start", "school-reading", "09:30")

    moved = {"planned_on": format_date(today() + timedelta(days=9)), "version": "1", "request_id": "twee"}
    assert client.post(address(made, "verzetten/"), moved).url == address(made)
    page = client.get(address(made)).content.decode()
    assert "/ongedaan/" in page
    assert client.post(address(made, "afzeggen/"), {"request_id": "drie"}).url == address(made)
    assert client.post(address(made, "weghalen/"), {"request_id": "vier"}).url == "/gesprekken/"
    assert client.post(address(made, "weghalen/"), {"request_id": "vier"}).url == "/gesprekken/"
    assert client.get(address(made)).status_code == 404


def test_a_cancelled_talk_has_no_report(cast, client_for, talk) -> None:
    made = talk(planned_on=today())
    cancel_talk(talk=made, by=cast.consultant)

    assert client_for(cast.consultant).get(address(made, "verslag/")).status_code == 404


def test_the_agenda_filters_and_downloads_what_one_sees(cast, client_for, talk, ria) -> None:
    talk(planned_on=today() - timedelta(days=1), staff_ids=(ria.pk,))
    client = client_for(cast.consultant)

    def units(query: str) -> set[str]:
        rows = client.get(f"/gesprekken/{query}").context["table"].data.data
        return {row.unit.name for row in rows}

    assert units("?wie=mij") == {"De Regenboog"}
    assert units("?staat=unwritten") == {"De Regenboog"}
    assert units("?partner=board") == {"Stichting X", "Kinderrijk"}
    assert units(f"?gemeente={cast.elzen.pk}&zoek=pink") == {"Pinkeltje"}
    assert units("?niveau=strategic&partner=municipality") == {"Elzen"}
    assert units("?staat=onzin") >= {"De Regenboog"}
    sheet = client.get("/gesprekken.csv?partner=board").getvalue().decode("utf-8-sig")
    assert [line.split(";")[0] for line in sheet.splitlines()] == [
        "Organisatie",
        "Kinderrijk",
        "Stichting X",
        "Kinderrijk",
        "Stichting X",
    ]


@pytest.mark.parametrize("number", [1, 3])
def test_lists_ask_a_fixed_number_of_questions(
    cast, client_for, talk, ria, joke, number: int, django_assert_num_queries
) -> None:
    for n in range(number):
        contact = save_contacts(
            [ContactRow(cast.a1.pk, f"Naam {n}", "teacher", "operational")], by=cast.manager
        )[0]
        talk(held_on=today() - timedelta(days=n), staff_ids=(ria.pk,), contact_ids=(joke.pk, contact.pk))
    client = client_for(cast.consultant)
    client.get("/gesprekken/")
    with django_assert_num_queries(19):
        client.get("/gesprekken/")
    with django_assert_num_queries(16):
        client.get("/gesprekken/gehouden/")


def test_the_handover_is_one_page_with_the_newest_first(cast, client_for, talk, ria, joke) -> None:
    for n in range(30):
        talk(
            held_on=today() - timedelta(days=40 * n),
            guide="progress",
            summary=f"Verslag nummer {n}. " + "Er is veel gezegd over lezen. " * 10,
            contact_ids=(joke.pk,),
            agreements=(AgreementRow(f"Afspraak {n}", "library", staff_id=ria.pk),),
            answers={"done": f"Antwoord {n}"},
        )
    answer = client_for(cast.consultant).get(f"/overdracht/{cast.a1.pk}/de-regenboog.pdf")

    assert answer["Content-Type"] == "application/pdf"
    reader = PdfReader(io.BytesIO(answer.content))
    text = reader.pages[0].extract_text()
    assert len(reader.pages) == 1
    assert "Verslag nummer 0" in text
    assert "Verslag nummer 29" not in text
    assert "Joke van Dam" in text
    event = AuditEvent.objects.get(verb="network.print_handover")
    assert (event.unit_id, event.by_user_id) == (cast.a1.pk, cast.consultant.user_id)


def test_the_handover_tells_of_the_year_and_stays_one_page(cast, client_for, ria) -> None:
    year = SchoolYear.running()
    row = GoalRow("Praten over boeken", Side.PARTNER, GoalKind.CHANGE, year, evidence="Een foto")
    add_goal(unit=cast.a1, year=year, goal=row, by=cast.head)
    for number in range(9):
        about = ActivityRow(f"Boekenkring {number}", Side.LIBRARY, hours=Decimal(4))
        add_activity(unit=cast.a1, year=year, row=about, by=cast.head)
    at = datetime.combine(today() + timedelta(4), time(9), AMSTERDAM)
    Visit(
        library=cast.library_a,
        unit=cast.a1,
        staff=ria,
        starts_at=at,
        ends_at=at + timedelta(hours=1),
        what="Voorlezen in groep 3",
    ).save()
    answer = client_for(cast.consultant).get(f"/overdracht/{cast.a1.pk}/de-regenboog.pdf")

    reader = PdfReader(io.BytesIO(answer.content))
    text = " ".join(reader.pages[0].extract_text().split())
    assert len(reader.pages) == 1
    for words in (
        *("Praten over boeken", "Een foto", "Boekenkring 0", "0 van 9 activiteiten"),
        *("36 in het plan", "Voorlezen in groep 3 (Ria Postma)", "0 bezoeken geweest, 1 in de agenda"),
    ):
        assert words in text, words


@pytest.mark.parametrize("unit", ["board_x", "elzen", "k1"])
def test_every_kind_of_partner_has_a_handover(cast, client_for, unit: str) -> None:
    pk = getattr(cast, unit).pk
    answer = client_for(cast.manager).get(f"/overdracht/{pk}/overdracht.pdf")

    assert answer.status_code == 200
    assert len(PdfReader(io.BytesIO(answer.content)).pages) == 1


def test_a_library_hands_over_no_library(cast, client_for) -> None:
    pk = cast.library_a.pk

    assert client_for(cast.manager).get(f"/overdracht/{pk}/overdracht.pdf").status_code == 404


def test_how_often_one_talks_is_set_and_let_go(cast, client_for) -> None:
    client, page = client_for(cast.manager), f"/gesprekken/ritme/{cast.a1.pk}/"
    client.post(page, {"per_year_tactical": "4", "per_year_operational": "0", "request_id": "een"})
    form = client.get(page).context["form"]
    assert (form["per_year_tactical"].value(), form["per_year_operational"].value()) == (4, 0)

    client.post(page, {"per_year_tactical": "", "per_year_operational": "", "request_id": "twee"})
    assert client.get(page).context["form"]["per_year_tactical"].value() is None
    assert client_for(cast.consultant).get(page).status_code == 403


@pytest.mark.parametrize(
    "column", ["organisatie", "staat", "dag", "soort", "niveau", "laatst", "wie", "ritme", "gemeente"]
)
def test_the_agenda_sorts_on_every_column_also_where_cells_are_empty(
    cast, client_for, talk, column: str
) -> None:
    talk(held_on=today() - timedelta(days=400))
    talk(planned_on=today() + timedelta(days=4), kind="other")
    client = client_for(cast.manager)
    names = [
        [row.record.pk for row in client.get(f"/gesprekken/?volgorde={sign}{column}").context["table"].rows]
        for sign in ("", "-")
    ]

    assert sorted(names[0]) == sorted(names[1])
    assert len(names[0]) == 10
