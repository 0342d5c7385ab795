"""A child with everything is brought in, worked with and erased; then it is looked for everywhere."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from leesbouw.core.access import SYSTEM
from leesbouw.core.audit import AuditEvent
from leesbouw.core.once import RequestKey
from leesbouw.core.time import SchoolYear, today
from leesbouw.exchange import actions as imports
from leesbouw.exchange.models import ImportRun
from leesbouw.lending.actions import (
    CardRow,
    Entry,
    cut_links,
    give_back,
    lend,
    make_cards,
    place_hold,
    scan,
    undo,
)
from leesbouw.lending.models import Card, Hold, Loan
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.actions import (
    answer_request,
    erase_on_request,
    note_look,
    open_request,
    record_consents,
    withdraw_consent,
)
from leesbouw.pupils.models import PictureKey, Pupil
from leesbouw.pupils.queries import known_of
from leesbouw.shelf.models import OwnBook, ShelfChoice, Tip
from tests.exchange.steps import store, take_back
from tests.factories.lending import borrower, stock
from tests.factories.living import live

YEAR = SchoolYear.running()
HEADER = (
    "Leerlingnummer;ECK iD;Roepnaam;Tussenvoegsel;Achternaam;Groep;Jaargroep;Geboortedatum;BSN;Geslacht;Postcode;"
    "Geboorteland moeder;Telefoon ouder;Opmerking"
)
FORBIDDEN = ("123456782", "9731ZZ", "Verweggistan", "0612345678", "Heimelijk", "14-03-2016", "2016-03-14")
CHILD = ("k3y-4711", "https://ketenid.voorbeeld/naald", "Zebedeus", "Naaldenkoker")
SECRET = ";123456782;m;9731ZZ;Verweggistan;0612345678;Heimelijk"


def line(key: str, eck: str, first: str, last: str, group: str = "5A") -> str:
    return f"{key};{eck};{first};;{last};{group};5;14-03-2016{SECRET}"


def file_of(*lines: str) -> bytes:
    return "\r\n".join([HEADER, *lines]).encode("cp1252")


def everything_stored() -> str:
    """Every row of every table, and every file of the data folder, as one text."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            found += [repr(row) for row in cursor.fetchall()]
    folder = Path(settings.DATA_FOLDER)
    for path in folder.rglob("*"):
        if path.is_file() and "db" not in path.name:
            found.append(path.read_bytes().decode("latin-1"))
    return "\n".join(found)


def bring(content: bytes, by, cast):  # type: ignore[no-untyped-def]
    return imports.preview_run(
        run=imports.begin_run(
            content=content,
            file_name="leerlingen.csv",
            importer_code="pupils",
            by=by,
            options={"location": cast.a1.pk, "year": YEAR.first, "leavers": "left"},
        ),
        by=by,
    )


def lend_everything(cast, coordinator, child) -> str:  # type: ignore[no-untyped-def]
    """A loan that was cut, one that came back, one that was undone, a hold and a card; returns the card's barcode."""
    place, who = cast.a1.pk, borrower(child.pk)
    card = make_cards([CardRow(who, "PAS-VAN-NAALD")], location=cast.a1, by=coordinator)[0]
    copies = stock(cast.library_a, cast.a1)
    for number, copy in enumerate(copies[:3]):
        lend(copy_id=copy.pk, to=who, location_id=place, by=coordinator, request=f"naald-{number}")
        give_back(copy_id=copy.pk, location_id=place, by=coordinator, request=f"terug-{number}")
    cut_links([Loan.objects.visible_to(SYSTEM).get(copy=copies[0]).pk], by=SYSTEM)
    undo(undone="terug-2", location_id=place, by=coordinator)
    scan(entry=Entry(copies[2].barcode, request="toch"), location_id=place, by=coordinator)
    place_hold(title_id=copies[3].title_id, pupil_id=child.pk, location_id=place, by=coordinator)
    return card.barcode


def assert_nothing_leads_to(pupil_id: int) -> None:
    """No row of lending, no request and no event names the child by its number."""
    loans = Loan.objects.visible_to(SYSTEM)
    assert set(loans.values_list("pupil", "was_cut")) == {(None, True)}
    assert loans.count() == 3, "what was read stays for the figures"
    assert not Hold.objects.visible_to(SYSTEM).exists()
    assert not Card.objects.visible_to(SYSTEM).exists()
    for event in AuditEvent.objects.filter(verb__startswith="lending."):
        assert event.subject_type in {"lending.Loan", "lending.Hold", "organisations.Location", ""}
        assert "pupil" not in json.dumps(event.data)
    assert "pupil" not in repr(list(RequestKey.objects.values_list("answer", flat=True)))


def test_nothing_of_a_child_is_left_after_erasing(cast, coordinator, caplog) -> None:
    caplog.set_level("DEBUG")
    other = line("k1", "", "Sem", "Bakker")
    store(bring(file_of(line(*CHILD), other), coordinator, cast), coordinator)
    moved = store(bring(file_of(line(*CHILD, "5B"), other), coordinator, cast), coordinator)
    take_back(moved, coordinator)
    ImportRun.objects.filter(pk=moved.pk).update(file_name="Zebedeus_Naaldenkoker.csv")
    doubled = bring(file_of(line(*CHILD), line(*CHILD[:2], "Zebedea", CHILD[3]), other), coordinator, cast)
    bring(file_of(line(*CHILD, "6"), other), coordinator, cast)
    child = Pupil.objects.visible_to(SYSTEM).get(key=CHILD[0])
    note_look(pupil=child, by=coordinator)
    consent = record_consents(
        [child.pk], answer="yes", text="membership@1", given_on=today(), channel="paper", by=coordinator
    )[0]
    withdraw_consent(consent_id=consent.pk, withdrawn_on=today(), channel="spoken", by=coordinator)
    asked = open_request(pupil=child, kind="access", asked_by="parent", by=coordinator)
    answer_request(
        request_id=asked.pk, outcome="refused", reason=f"{CHILD[2]} is al verhuisd", by=coordinator
    )
    open_request(pupil=child, kind="objection", asked_by="parent", by=coordinator)
    card = lend_everything(cast, coordinator, child)
    assert CHILD[3] in repr(known_of(coordinator, child).chapters)
    there = everything_stored()
    assert card in there
    assert doubled.counts["faulty"] == 2
    assert all(needle in there for needle in CHILD), "the needle must be findable before it is gone"

    erase_on_request(pupil=child, by=coordinator)

    left = everything_stored()
    assert [needle for needle in (*CHILD, card) if needle in left] == []
    assert [needle for needle in (*CHILD, card) if needle in caplog.text] == []
    assert "Sem" in left
    assert_nothing_leads_to(child.pk)
    assert set(ImportRun.objects.values_list("file_name", flat=True)) == {
        "leerlingen.csv",
        "bestand van school",
    }


def test_what_may_not_be_kept_is_nowhere_from_the_first_moment(cast, coordinator, caplog) -> None:
    caplog.set_level("DEBUG")
    run = bring(file_of(line(*CHILD)), coordinator, cast)
    assert [needle for needle in FORBIDDEN if needle in everything_stored()] == []
    store(run, coordinator)
    assert [needle for needle in FORBIDDEN if needle in everything_stored() + caplog.text] == []
    assert Pupil.objects.visible_to(SYSTEM).get().birth_year is None


def tables_with(needle: str) -> set[str]:
    """The tables in which a text stands somewhere in a row."""
    found = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            if any(needle in repr(row) for row in cursor.fetchall()):
                found.add(table)
    return found


def test_a_child_that_reads_is_named_in_one_place_and_then_nowhere(cast, coordinator, caplog) -> None:
    """Pictures, own pages, a tip, a hold, desk and tablet: all of it knows the child by its number, never by its name."""
    caplog.set_level("DEBUG")
    store(bring(file_of(line(*CHILD), line("k1", "", "Sem", "Bakker")), coordinator, cast), coordinator)
    child = Pupil.objects.visible_to(SYSTEM).get(key=CHILD[0])
    named = {needle: tables_with(needle) for needle in CHILD}
    group = ClassGroup.objects.get(location=cast.a1, name="5A")
    needles = live(child=child, group=group, copies=stock(cast.library_a, cast.a1), by=coordinator)

    assert {needle: tables_with(needle) for needle in CHILD} == named, "reading names nobody"
    card, words, digest = needles
    assert (tables_with(card), tables_with(words), tables_with(digest)) == (
        {"lending_card"},
        {"shelf_tip"},
        {"pupils_picturekey"},
    )
    assert [needle for needle in (*CHILD, *needles) if needle in caplog.text] == []
    numbers = AuditEvent.objects.filter(verb__regex="^(lending|shelf)[.]")
    assert {event.subject_type for event in numbers} <= {
        "lending.Hold",
        "lending.Loan",
        "lending.DeskDevice",
        "organisations.ClassGroup",
        "shelf.Tip",
        "",
    }
    erase_on_request(pupil=child, by=coordinator)
    left = everything_stored()
    assert [needle for needle in (*CHILD, *needles) if needle in left] == []
    assert set(Loan.objects.visible_to(SYSTEM).values_list("pupil", flat=True)) == {None}
    for model in (OwnBook, ShelfChoice, Tip, Hold, Card):
        assert not model.objects.visible_to(SYSTEM).filter(pupil=child.pk).exists()
    assert not PictureKey.objects.visible_to(SYSTEM).filter(pupil=child.pk).exists()


@pytest.mark.machine
def test_no_byte_of_an_erased_child_is_left_on_the_disk_nor_comes_back_with_a_restore(tmp_path: Path) -> None:
    """The real commands on a real database file: page, journal and log, before and after."""
    data = tmp_path / "data"
    environment = os.environ | {"LEESBOUW_DATA": str(data), "PYTHONPATH": "src"}
    environment.pop("DATABASE_URL", None)
    environment.pop("LEESBOUW_TEST_DATABASE", None)

    def leesbouw(*words: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "leesbouw.cli", *words],
            env=environment,
            capture_output=True,
            text=True,
            cwd=Path(__file__).parents[2],
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    leesbouw("demo", "--size", "small")
    school = _school_with_agreement(environment)
    file = tmp_path / "leerlingen.csv"
    file.write_bytes(file_of(*(line(f"n{n}", "", f"Kind{n}", "Test") for n in range(40)), line(*CHILD)))
    told = json.loads(leesbouw("import", "pupils", "--school", school, "--keep-leavers", "--json", str(file)))
    assert told["new"] == 41
    file.unlink()
    assert CHILD[3] in _bytes_of(data)
    assert [needle for needle in FORBIDDEN if needle in _bytes_of(data)] == []

    told = _python(environment, f"live_in_demo({school!r}, {CHILD[0]!r})")
    needles = [*CHILD, *json.loads(told)]
    there = _bytes_of(data)
    assert [needle for needle in needles if needle not in there] == [], "findable before they are gone"

    backup = tmp_path / "before.zip"
    leesbouw("backup", str(backup))

    assert json.loads(leesbouw("erase", "--school", school, "--key", CHILD[0], "--json"))["erased"] == 0
    assert json.loads(leesbouw("erase", "--school", school, "--key", CHILD[0], "--yes", "--json")) == {
        "found": 1,
        "erased": 1,
    }

    left = _bytes_of(data)
    assert [needle for needle in needles if needle in left] == []
    assert "Kind39" in left

    leesbouw("restore", str(backup), "--replace")

    left = _bytes_of(data)
    assert [needle for needle in needles if needle in left] == []
    assert "Kind39" in left


def _python(environment: dict[str, str], call: str) -> str:
    """What a function of `tests.factories.living` gives on the real database, as JSON."""
    code = (
        "import json, django; django.setup()\n"
        "from tests.factories import living\n"
        f"print(json.dumps(living.{call}))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"DJANGO_SETTINGS_MODULE": "leesbouw.config.settings"},
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout.splitlines()[-1]


def _bytes_of(folder: Path) -> str:
    return "\n".join(path.read_bytes().decode("latin-1") for path in folder.rglob("*") if path.is_file())


def _school_with_agreement(environment: dict[str, str]) -> str:
    code = (
        "import django; django.setup()\n"
        "from leesbouw.core.access import SYSTEM\n"
        "from leesbouw.core.time import today\n"
        "from leesbouw.organisations.models import Location, Partnership\n"
        "from leesbouw.organisations.queries import agreement_models, has_agreement\n"
        "from leesbouw.organisations.actions import record_agreement\n"
        "rows = Partnership.objects.filter(ends_on=None, location__sector='po').select_related('location', 'library')\n"
        "row = rows.order_by('location__code').first()\n"
        "if not has_agreement(row.location, today()):\n"
        "    record_agreement(location=row.location, library=row.library, by=SYSTEM, signed_on=today(),\n"
        "        starts_on=today(), signer_name='x', signer_function='y',\n"
        "        version=agreement_models().body.versions[-1].code)\n"
        "print(row.location.code)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment | {"DJANGO_SETTINGS_MODULE": "leesbouw.config.settings"},
        capture_output=True,
        text=True,
        cwd=Path(__file__).parents[2],
        check=True,
    )
    return done.stdout.strip()
