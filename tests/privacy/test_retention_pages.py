"""Pages of the retention calendar, the register of processing and the leaflet of a school."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from leesbouw.core import jobs
from leesbouw.core.access import SYSTEM
from leesbouw.core.content import current
from leesbouw.core.registry import counts, holders
from leesbouw.core.time import today
from leesbouw.people.actions import ContactRow, save_contact
from leesbouw.people.models import Contact
from leesbouw.privacy.actions import begin, carry_out, change_term
from leesbouw.privacy.enums import Occasion
from leesbouw.privacy.models import DestructionRun
from leesbouw.privacy.queries.papers import proof_document, register_workbook
from leesbouw.privacy.queries.processing import purpose_of, purposes
from leesbouw.pupils.actions import choose_birth_years

PAGES = (
    "/beheer/bewaartermijnen/",
    "/beheer/bewaartermijnen/proef/",
    "/beheer/bewaartermijnen/wissen/",
    "/beheer/bewaartermijnen/termijn/contact/",
    "/beheer/verwerkingen/",
)
LEAFLET = "/school/99AA00/privacy/"


def gone(cast, number: int = 1) -> None:
    rows = [ContactRow(cast.a1.pk, f"Naam {n} Geheim", "head", "strategic") for n in range(number)]
    ids = [save_contact(row, by=cast.manager).pk for row in rows]
    left = today() - timedelta(days=800)
    Contact.objects.visible_to(cast.manager).filter(pk__in=ids).update(starts_on=left, left_on=left)


@pytest.mark.parametrize("path", PAGES)
def test_the_administrator_alone(cast, client_for, path):
    assert client_for(cast.administrator).get(path).status_code == 200
    for who in ("consultant", "head", "municipality", "outsider"):
        assert client_for(cast.actors[who]).get(path).status_code == 403


def test_looking_tells_ids_and_no_names(cast, client_for):
    gone(cast)
    client = client_for(cast.administrator)
    page = client.get("/beheer/bewaartermijnen/proef/").content.decode()
    lines = client.get("/beheer/bewaartermijnen/proef.csv").content.decode("utf-8-sig").splitlines()

    assert "Contactpersonen: 1" in page
    assert lines == ["Wat;Termijn;id", f"contact;contact;{Contact.objects.visible_to(cast.manager).get().pk}"]
    assert "Geheim" not in page
    assert Contact.objects.visible_to(cast.manager).count() == 1


def test_wiping_by_hand_ends_in_a_proof_without_names(cast, client_for):
    gone(cast)
    client = client_for(cast.administrator)
    answer = client.post("/beheer/bewaartermijnen/wissen/", {"request_id": "1"})
    run = DestructionRun.objects.get()
    assert answer["Location"] == f"/beheer/bewaartermijnen/ronde/{run.pk}/"
    assert "Het wissen is bezig" in client.get(answer["Location"]).content.decode()
    assert jobs.work_off() == 1
    page = client.get(answer["Location"]).content.decode()
    proof = client.get(f"{answer['Location']}bewijs.pdf")

    assert "Eén regel is gewist" in page
    assert not Contact.objects.visible_to(cast.manager).exists()
    assert proof.content.startswith(b"%PDF-")
    run.refresh_from_db()
    with translation.override("nl"):
        told = str(proof_document(run, who="account 1"))
    assert tuple(proof_document(run, who="x").sections[1].blocks[0].rows[0][:2]) == (
        "Contactpersonen",
        "2 jaar na vertrek",
    )
    assert run.sha256 in told
    assert "Geheim" not in told + page


def test_more_rows_cost_no_more_queries(cast, client_for):
    """A count for each kind of data, so that the number grows with the house and not with its rows."""
    client = client_for(cast.administrator)
    client.get("/beheer/bewaartermijnen/")

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            client.get("/beheer/bewaartermijnen/")
        return len(queries)

    gone(cast)
    carry_out(run=begin(occasion=Occasion.SHELL, by=SYSTEM), by=SYSTEM)
    with_one = asked()
    gone(cast, 3)
    for _number in range(2):
        begin(occasion=Occasion.SHELL, by=SYSTEM)

    assert asked() == with_one <= 12 + 2 * len(holders)


def test_a_term_is_changed_on_the_page_when_the_library_is_alone(cast, client_for, monkeypatch):
    client, path = client_for(cast.administrator), "/beheer/bewaartermijnen/termijn/contact/"
    form = {"days": "365", "why": "Een jaar is genoeg", "request_id": "a"}
    assert "elke bibliotheek" in client.post(path, form).content.decode()
    monkeypatch.setitem(counts._items, "library", lambda: 1)
    client.post(path, form | {"request_id": "b"})
    page = client.get("/beheer/bewaartermijnen/").content.decode()

    assert "1 jaar na vertrek" in page
    assert "Een jaar is genoeg" in page
    assert client.get("/beheer/bewaartermijnen/termijn/niets/").status_code == 404


def test_everything_that_is_kept_of_people_has_a_purpose(db):
    bodies = current("parameters", "processing").body.purposes
    without = [
        model._meta.label
        for model in apps.get_models()
        if getattr(model.__dict__.get("Privacy"), "personal", "")
        and not purpose_of(model._meta.label, bodies)
    ]

    assert without == []


def test_the_register_follows_the_terms_in_force(cast, client_for):
    client = client_for(cast.administrator)
    assert "2 jaar na vertrek" in client.get("/beheer/verwerkingen/").content.decode()
    change_term(code="contact", days=100, why="x", by=SYSTEM)
    network = next(one for one in purposes() if one.body.code == "network")

    assert ("100 dagen na vertrek") in [part.kept for part in network.parts]
    assert client.get("/beheer/verwerkingen.pdf").content.startswith(b"%PDF-")
    assert client.get("/beheer/verwerkingen.xlsx").content[:2] == b"PK"


def test_the_register_as_a_workbook_has_a_row_for_each_kind_of_data(db):
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(register_workbook()))
    rows = book.get_sheet_by_index(1).to_python()

    assert len(rows) == 1 + sum(len(one.parts) for one in purposes())


@pytest.mark.parametrize(
    ("who", "status"),
    [("head", 200), ("teacher", 200), ("consultant", 200), ("administrator", 200), ("other_head", 404),
     ("other_library", 404), ("municipality", 404), ("board", 200), ("nation", 404), ("outsider", 404)],
)  # fmt: skip
def test_the_leaflet_is_for_the_school_and_its_library(cast, client_for, who, status):
    client = client_for(cast.actors[who])

    assert client.get(LEAFLET).status_code == status
    assert client.get(f"{LEAFLET}bijsluiter.pdf").status_code == status


def test_the_leaflet_is_made_from_the_settings(cast, client_for):
    client = client_for(cast.head)
    assert "Contactpersoon: 2 jaar na vertrek" in client.get(LEAFLET).content.decode()
    change_term(code="contact", days=90, why="x", by=SYSTEM)
    page = client.get(LEAFLET).content.decode()

    assert "Contactpersoon: 90 dagen na vertrek" in page
    assert "Bibliotheek Elzen" in page
    assert "Leerling, Groep van een leerling: 60 dagen nadat de leerling weg is" in page
    assert "binnen een maand" in page


def test_the_leaflet_names_a_year_of_birth_only_where_the_school_keeps_it(cast, client_for):
    client = client_for(cast.head)
    assert "geboortejaar" not in client.get(LEAFLET).content.decode()
    choose_birth_years(location=cast.a1, keep=True, by=SYSTEM)
    assert "achternaam, geboortejaar" in client.get(LEAFLET).content.decode()
