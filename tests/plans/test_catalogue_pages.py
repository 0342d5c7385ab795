"""Pages of the catalogue: who reads and who writes, the cards, today, the calendar, and own additions."""

from __future__ import annotations

import csv
import io
from datetime import date

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from leesbouw.accounts.models import User
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import ClassGroup
from leesbouw.people.models import Contact, GroupTeacher
from leesbouw.plans.actions import add_own_form
from leesbouw.plans.models import CampaignDates, OwnForm
from leesbouw.plans.queries import (
    FormBody,
    WithParents,
    activities_of,
    form_by_code,
    forms_for,
    main_measures,
    my_year_groups,
    quick_forms,
)

ALL = "/activiteiten/"
CIRCLE = f"{ALL}book-circle/"
BODY = FormBody(name="Leeskoffer", sectors=("po",), aim="Lezen thuis", minutes=30, steps=("Geef hem mee.",))
FILLED = {
    "request_id": "een",
    "name": "Kring met twee stoelen",
    "kind": "form",
    "sectors": ["po"],
    "groups": ["5", "6"],
    "audience": ["children"],
    "aim": "Iedereen vertelt",
    "minutes": "20",
    "preparation": "0",
    "times": "3",
    "materials": "een stoel\n\nnog een stoel",
    "steps": "Ga zitten.\nVertel.",
    "role_supporting": "De consulent kijkt mee.",
    "hours": "1:30",
    "block": "activities",
}


@pytest.mark.parametrize(
    ("name", "reads", "writes"),
    [
        ("manager", 200, 200),
        ("consultant", 200, 200),
        ("head", 200, 200),
        ("teacher", 200, 403),
        ("volunteer", 403, 403),
        ("municipality", 403, 403),
    ],
)
def test_who_reads_and_who_writes(cast, client_for, name: str, reads: int, writes: int) -> None:
    client = client_for(getattr(cast, name))
    pages = (ALL, CIRCLE, f"{ALL}vandaag/", f"{ALL}kalender/")
    assert [client.get(url).status_code for url in pages] == [reads] * 4
    pages = (f"{ALL}nieuw/", f"{CIRCLE}eigen/", f"{ALL}childrens-book-week/dagen/")
    assert [client.get(url).status_code for url in pages] == [writes] * 3


def test_what_is_not_ones_own_is_neither_seen_nor_changed(cast, client_for) -> None:
    own = f"{ALL}eigen-{add_own_form(unit=cast.a1, body=BODY, by=cast.head).pk}/"
    assert client_for(cast.outsider).get(own).status_code == 404
    client = client_for(cast.consultant)
    assert client.get(own).status_code == 200
    assert client.get(f"{own}wijzigen/").status_code == 404
    assert client.post(f"{own}weg/").status_code == 404
    assert client.get(f"{CIRCLE}wijzigen/").status_code == 404
    assert client.get(f"{CIRCLE}dagen/").status_code == 404


def test_a_school_sees_what_fits_there_and_the_library_everything(cast, client_for) -> None:
    found = client_for(cast.teacher).get(ALL).context
    assert found["total"] == len(forms_for(cast.teacher, sector="po"))
    assert client_for(cast.consultant).get(ALL).context["total"] == 71


@pytest.mark.parametrize(
    ("query", "inside", "outside"),
    [
        ("soort=vo", "De Weddenschap", "Boekenkring"),
        ("groep=1", "Interactief voorlezen", "De Voorleeswedstrijd"),
        ("voor=parents", "Verteltas", "Boekenkring"),
        ("vorm=campaign", "Poëzieweek", "Verteltas"),
        ("duur=15", "Eerste zinnen", "Verteltas"),
        ("rol=advising", "Boekenkring", "Eerste zinnen"),
        ("bouwsteen=expertise", "Open Boek: opleiding tot leescoördinator", "Boekenkring"),
        ("zoek=stukje+KRING", "Boekenkring", "Verteltas"),
    ],
)
def test_filters(cast, client_for, query: str, inside: str, outside: str) -> None:
    answer = client_for(cast.consultant).get(f"/activiteiten.csv?{query}")
    names = [
        row[0]
        for row in csv.reader(
            io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig")), delimiter=";"
        )
    ]
    assert inside in names
    assert outside not in names


def test_the_list_takes_as_many_queries_with_one_own_form_as_with_three(cast, client_for) -> None:
    client, counts = client_for(cast.head), []
    for number in (1, 2):
        for _each in range(number):
            add_own_form(unit=cast.a1, body=BODY, by=cast.head)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            client.get(ALL)
        counts.append(len(asked))
    assert counts == [10, 10]


def test_an_own_version_begins_with_the_shipped_one_and_both_stay(cast, client_for) -> None:
    client = client_for(cast.head)
    form = client.get(f"{CIRCLE}eigen/").context["form"]
    assert form.initial["name"] == "Boekenkring"
    answer = client.post(f"{CIRCLE}eigen/", FILLED | {"figure_1": form.initial["figure_1"]}, follow=True)
    row = OwnForm.objects.get()
    assert answer.redirect_chain[-1][0] == f"{ALL}eigen-{row.pk}/"
    body = FormBody.model_validate(row.body)
    assert (row.unit_id, row.based_on) == (cast.a1.pk, "book-circle")
    assert (body.groups, body.materials) == ((5, 6), ("een stoel", "nog een stoel"))
    assert (str(body.hours), body.measures[0]) == ("1.50", "book-circle")
    names = {one.name for one in forms_for(cast.head)}
    assert {"Boekenkring", "Kring met twee stoelen"} <= names


def test_an_own_form_is_changed_and_taken_out_with_a_way_back(cast, client_for) -> None:
    row = add_own_form(unit=cast.a1, body=BODY, by=cast.head)
    client, own = client_for(cast.head), f"{ALL}eigen-{row.pk}/"
    client.post(f"{own}wijzigen/", FILLED | {"version": "1"})
    assert "Kring met twee stoelen" in client.get(own).content.decode()
    answer = client.post(f"{own}weg/", {"request_id": "twee"}, follow=True)
    assert "/ongedaan/" in answer.content.decode()
    assert "Deze activiteit staat niet meer in de lijst." in client.get(own).content.decode()


def test_own_days_of_a_campaign_stand_in_the_calendar(cast, client_for) -> None:
    client, year = client_for(cast.head), SchoolYear(2026)
    client.post(
        f"{ALL}childrens-book-week/dagen/?jaar={year}", {"starts_on": "5-10-2026", "ends_on": "9-10-2026"}
    )
    row = CampaignDates.objects.get()
    assert (row.unit_id, row.year, row.ends_on) == (cast.a1.pk, year, date(2026, 10, 9))
    page = client.get(f"{ALL}kalender/?jaar={year}&regio=north")
    months = page.context["months"]
    assert [first for first, _campaigns, _holidays in months][::11] == [date(2026, 8, 1), date(2027, 7, 1)]
    _first, campaigns, holidays = months[2]
    assert [(one.form.code, one.status) for one in campaigns if one.owner] == [
        ("childrens-book-week", "lokaal")
    ]
    assert [(one.name, one.starts_on, where) for one, where in holidays] == [
        ("Herfstvakantie", date(2026, 10, 10), "")
    ]
    months = client.get(f"{ALL}kalender/?jaar={year}").context["months"]
    assert [where for _one, where in months[2][2]] == ["noord", "midden, zuid"]
    assert [where for _one, where in months[4][2]] == [""]


def test_today_is_the_same_all_day_and_another_can_be_asked(cast, client_for) -> None:
    def idea(query: str = "") -> str:
        return str(client_for(cast.teacher).get(f"{ALL}vandaag/{query}").context["one"].code)

    with time_machine.travel("2026-11-30T07:00:00Z", tick=False):
        morning = idea("?groep=5")
        assert idea("?groep=5&ander=1") != morning
    with time_machine.travel("2026-11-30T15:00:00Z", tick=False):
        assert idea("?groep=5") == morning
    with time_machine.travel("2026-12-01T07:00:00Z", tick=False):
        assert idea("?groep=5") != morning
    assert client_for(cast.teacher).get(f"{ALL}vandaag/?groep=99&ander=x&soort=vo").context["group"] is None


@pytest.fixture
def taught(cast) -> ClassGroup:  # type: ignore[no-untyped-def]
    """The teacher of the cast teaches 5/6 at A1, under the address of her account."""
    mail = User.objects.get(pk=cast.teacher.user_id).email
    contact = Contact(
        library=cast.library_a, unit=cast.a1, name="Eva", function="teacher", email=mail.upper()
    )
    contact.save()
    group = ClassGroup.objects.create(
        location=cast.a1, year=SchoolYear.running(), name="5/6", year_groups=[5, 6]
    )
    GroupTeacher(group=group, contact=contact).save()
    return group


def test_a_teacher_sees_what_fits_her_own_groups(cast, client_for, taught) -> None:
    assert my_year_groups(cast.teacher) == [5, 6]
    assert [my_year_groups(one) for one in (cast.head, cast.consultant, cast.other_head)] == [[], [], []]
    client = client_for(cast.teacher)
    listing = client.get(f"{ALL}?bij=mijn")
    shown = [row.record.body.groups for row in listing.context["table"].paginated_rows]
    assert shown
    assert all(not groups or {5, 6} & set(groups) for groups in shown)
    assert "mijn groep (5-6)" in listing.content.decode()
    assert "bij=mijn" not in client_for(cast.head).get(ALL).content.decode()


def test_today_a_teacher_gets_something_for_her_own_groups(cast, client_for, taught) -> None:
    client, fitting = client_for(cast.teacher), quick_forms(cast.teacher, "po", [5, 6])
    found = {client.get(f"{ALL}vandaag/?ander={n}").context["one"].code for n in range(len(fitting) + 1)}
    assert found == {one.code for one in fitting}
    page = client.get(f"{ALL}vandaag/")
    assert (page.context["of_mine"], page.context["mine"]) == (True, "5-6")
    assert client.get(f"{ALL}vandaag/?groep=alle").context["of_mine"] is False
    assert client.get(f"{ALL}vandaag/?groep=3").context["group"] == 3


def test_a_consultant_puts_an_activity_in_the_plan_of_a_school(cast, client_for) -> None:
    client, choose = client_for(cast.consultant), f"{CIRCLE}in-plan/"
    shown = client.get(choose).context
    names = [one.code for one in (*shown["mine"], *shown["others"])]
    assert "99AA00" in names  # of primary schools: no child care, no school of another library
    assert not {one for one in names if one in (cast.k1.code, cast.b1.code)}
    year = SchoolYear.running().next
    answer = client.get(f"{choose}?eenheid=99AA00&jaar={year}")
    assert answer.url == f"/school/99AA00/jaarplan/nieuw/?activiteit=book-circle&jaar={year}"
    assert client.get(f"{choose}?eenheid={cast.b1.code}&jaar={year}").status_code == 200  # asks again
    client.post(answer.url, {"request_id": "een", "what": "Kring", "side": "library", "audience": "children"})
    assert activities_of(cast.manager, cast.a1, year).get().form == "book-circle"
    assert client_for(cast.teacher).get(choose).status_code == 403


def test_an_activity_becomes_a_line_of_the_plan_of_ones_own_school(cast, client_for) -> None:
    client, new = client_for(cast.head), "/school/99AA00/jaarplan/nieuw/?activiteit=book-circle"
    assert client.get(CIRCLE).context["plan_url"].startswith(new)
    assert client_for(cast.consultant).get(CIRCLE).context["plan_url"] == f"{CIRCLE}in-plan/"
    assert client_for(cast.teacher).get(CIRCLE).context["plan_url"] == ""
    begin = client.get(new).context["form"].initial
    assert (begin["what"], begin["groups"], begin["times"]) == ("Boekenkring", ["5", "6", "7", "8"], 8)
    client.post(new, {"what": "Boekenkring", "side": "together", "audience": "children", "times": "8"})
    assert [row.form for row in activities_of(cast.head, cast.a1, SchoolYear.running())] == ["book-circle"]


def test_the_catalogue_is_filtered_by_what_suits_parents(cast, client_for) -> None:
    client = client_for(cast.consultant)

    def found(query: str) -> set[str]:
        return {row.record.code for row in client.get(f"{ALL}?{query}").context["table"].paginated_rows}

    assert found("kenmerk=f") == {"parent-talk", "boekenpret", "story-bag"}
    assert found("ouders=not-reading&hoe=talk") == {"parent-talk", "voorleesexpress"}
    assert found("kenmerk=b&ouders=not-reading&hoe=paper") == set()
    page = client.get(f"{ALL}story-bag/").content.decode()
    assert "Nodigt uit en verplicht niet" in page
    assert "ouders die niet lezen" in page
    assert "Past bij:" not in client.get(CIRCLE).content.decode()


def test_an_own_form_chooses_figures_and_what_it_has_for_parents(cast, client_for) -> None:
    client = client_for(cast.manager)
    codes = [code for code, _name in main_measures()][:2]
    chosen = {"figure_1": codes[0], "figure_3": codes[1], "figure_4": codes[0]}
    told = {"characteristics": ["a", "g"], "parent_groups": ["hesitating"], "transfer": ["talk"]}
    client.post(f"{ALL}nieuw/", FILLED | chosen | told)
    own = OwnForm.objects.visible_to(cast.manager).get()
    body = FormBody.model_validate(own.body)
    assert body.measures == tuple(codes)
    assert body.parents == WithParents(characteristics=["a", "g"], groups=["hesitating"], transfer=["talk"])
    form = client.get(f"{ALL}eigen-{own.pk}/wijzigen/").context["form"]
    assert (form.initial["figure_2"], form.initial["transfer"]) == (codes[1], ["talk"])
    without = FILLED | {"request_id": "twee", "version": "1"}
    client.post(f"{ALL}eigen-{own.pk}/wijzigen/", without)
    own.refresh_from_db()
    body = FormBody.model_validate(own.body)
    assert (body.measures, body.parents, own.version) == ((), None, 2)


def test_an_own_version_keeps_figures_that_the_form_has_no_box_for(cast, client_for) -> None:
    begun = form_by_code(cast.manager, "parents-evening").body
    assert len(begun.measures) == 4
    client = client_for(cast.manager)
    form = client.get(f"{ALL}parents-evening/eigen/").context["form"]
    assert [form.initial[f"figure_{n}"] for n in range(1, 5)] == list(begun.measures)
    assert form.initial["characteristics"] == ["c"]


def test_an_own_form_with_parents_stands_in_their_overview(cast, client_for) -> None:
    body = BODY.model_copy(update={"parents": WithParents(characteristics=["c"], groups=["reading"])})
    add_own_form(unit=cast.library_a, body=body, by=cast.manager)
    page = client_for(cast.manager).get("/ouders/vormen/").content.decode()
    assert "Leeskoffer" in page
    assert "Verteltas" in page
    assert "/activiteiten/story-bag/" in page
