"""Groups of a year, and units by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.actions import GroupRow, create_branch, create_partner, save_groups
from leesbouw.organisations.models import Branch, ClassGroup, Location, Partner

from .test_partnerships import A1, day, send


def test_a_school_adds_and_changes_its_groups(cast, client_for):
    year, client = SchoolYear.running(), client_for(cast.head)
    save_groups([GroupRow("groep 4", (4,))], location=cast.a1, year=year.previous, by=SYSTEM)
    answer = send(client, A1 + "groepen/nieuw/", name="groep 5/6", year_groups=["5", "6"], follows="groep 4")

    assert answer["Location"] == f"{A1}groepen/?jaar={SchoolYear.running()}"
    group = ClassGroup.objects.get(name="groep 5/6")
    assert (group.year, group.is_combination, group.follows.name) == (year, True, "groep 4")
    send(client, A1 + f"groepen/{group.pk}/", year_groups=["5"], follows="")
    assert ClassGroup.objects.get(pk=group.pk).year_groups == [5]


def test_a_name_is_given_once(cast, client_for):
    save_groups([GroupRow("groep 4", (4,))], location=cast.a1, year=SchoolYear.running(), by=SYSTEM)
    answer = send(client_for(cast.head), A1 + "groepen/nieuw/", name="groep 4", year_groups=["4"])

    assert "Er is al een groep met deze naam." in answer.content.decode()


@pytest.mark.parametrize(("who", "expected"), [("other_head", 404), ("municipality", 403), ("outsider", 404)])
def test_nobody_else_writes_groups(cast, client_for, who, expected):
    assert client_for(cast.actors[who]).get(A1 + "groepen/nieuw/").status_code == expected


def test_another_schools_group_is_not_there(cast, client_for):
    group = save_groups([GroupRow("x", (4,))], location=cast.a2, year=SchoolYear.running(), by=SYSTEM)["x"]

    assert client_for(cast.head).get(A1 + f"groepen/{group.pk}/").status_code == 404


def test_details_by_hand(cast, client_for):
    answer = send(
        client_for(cast.administrator),
        A1 + "wijzigen/",
        name="De Nieuwe Regenboog",
        board=str(cast.board_y.pk),
        postcode="1234ab",
        phone="+31 6 1234 5678",
        website="www.regenboog.example",
    )

    assert answer["Location"] == A1
    row = Location.objects.get(pk=cast.a1.pk)
    assert (row.name, row.board_id, row.postcode, row.phone, row.website) == (
        "De Nieuwe Regenboog",
        cast.board_y.pk,
        "1234 AB",
        "0612345678",
        "https://www.regenboog.example",
    )


def test_a_postcode_that_stands_there_may_stay_and_another_must_be_one(cast, client_for):
    Location.objects.filter(pk=cast.a1.pk).update(postcode="0990 EC")
    client = client_for(cast.administrator)

    send(client, A1 + "wijzigen/", name="De Oude Regenboog", postcode="0990 EC")
    row = Location.objects.get(pk=cast.a1.pk)
    assert (row.name, row.postcode) == ("De Oude Regenboog", "0990 EC")

    answer = send(client, A1 + "wijzigen/", name="De Regenboog", postcode="0990 ED")
    assert "Dit is geen postcode." in answer.content.decode()


@pytest.mark.parametrize("website", ["javascript:alert(1)", "geen adres", "ftp://x.example"])
def test_a_website_is_a_web_address(cast, client_for, website):
    answer = send(client_for(cast.administrator), A1 + "wijzigen/", name="De Regenboog", website=website)

    assert "Dit is geen adres van een website." in answer.content.decode()


def test_closing_merging_and_opening_again(cast, client_for):
    client = client_for(cast.administrator)
    send(client, "/school/99AB00/sluiten/", closed_on=day(today() - timedelta(1)), merged_into="99aa00")
    row = Location.objects.get(code="99AB00")
    assert (row.closed_on, row.merged_into_id) == (today() - timedelta(1), cast.a1.pk)

    send(client, "/school/99AB00/sluiten/", closed_on="", merged_into="")
    row.refresh_from_db()
    assert (row.closed_on, row.merged_into_id) == (None, None)


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("99AA00", "Een locatie kan niet met zichzelf fuseren."),
        ("88XX00", "We kennen geen locatie met dit nummer."),
    ],
)
def test_merging_needs_another_known_location(cast, client_for, code, sentence):
    answer = send(client_for(cast.administrator), A1 + "sluiten/", closed_on=day(today()), merged_into=code)

    assert sentence in answer.content.decode()


def test_a_new_location(cast, client_for):
    client, path = client_for(cast.administrator), "/locatie/nieuw/"
    values = {"sector": "po", "name": "De Nieuwe", "municipality": str(cast.elzen.pk), "town": "Elzen"}

    assert "past niet bij deze soort" in send(client, path, **values, code="123456789").content.decode()
    assert send(client, path, **values, code="99 xx 00")["Location"] == "/school/99XX00/"
    assert (
        "Er is al een locatie met dit nummer." in send(client, path, **values, code="99AA00").content.decode()
    )
    assert Location.objects.get(code="99XX00").board is None


@pytest.mark.parametrize("page", ["wijzigen/", "sluiten/"])
def test_only_an_administrator_changes_units(cast, client_for, page):
    assert client_for(cast.manager).get(A1 + page).status_code == 403
    assert client_for(cast.head).get(A1 + page).status_code == 403


def test_branches_and_partners(cast, client_for):
    client = client_for(cast.administrator)
    assert (
        send(client, "/bibliotheek/nl-a/vestiging-erbij/", name="Centrum")["Location"] == "/bibliotheek/nl-a/"
    )
    branch = Branch.objects.get()
    send(client, f"/vestiging/{branch.code}/wijzigen/", name="Centrum-Oost", postcode="1234 AB")
    assert Branch.objects.get().name == "Centrum-Oost"

    send(client, "/bibliotheek/nl-a/partner-erbij/", name="Boekhandel Blad", partner_kind="bookshop")
    partner = Partner.objects.get()
    send(client, f"/partner/{partner.code}/wijzigen/", name="Blad", partner_kind="bookshop", note="Leesclub")
    assert (Partner.objects.get().name, Partner.objects.get().note) == ("Blad", "Leesclub")


def test_another_librarys_branch_and_partner_stay_as_they_are(cast, client_for):
    branch = create_branch(library=cast.library_b, name="Berk", by=SYSTEM)
    partner = create_partner(library=cast.library_b, name="Boom", partner_kind="other", by=SYSTEM)
    client = client_for(cast.administrator)

    assert client.get(f"/vestiging/{branch.code}/wijzigen/").status_code == 404
    assert client.get(f"/partner/{partner.code}/wijzigen/").status_code == 404
    assert client.get("/bibliotheek/nl-b/vestiging-erbij/").status_code == 404
