"""A version of a list that an installation adds itself, by action and from the shell."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from leesbouw.cli import Stop
from leesbouw.cli.main import main
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.content import ContentItem, load_all
from leesbouw.core.errors import Sentence
from leesbouw.monitor.actions import add_questionnaire
from leesbouw.monitor.queries import questionnaire, questionnaires, questionnaires_of, versions_of

FILE = Path(settings.CONTENT_FOLDER) / "questionnaire" / "po-pupil@1.toml"


def own(text: str = "Vind je lezen leuk?") -> bytes:
    """The shipped list of pupils with another first question."""
    shipped = FILE.read_text(encoding="utf-8")
    assert "Hoe leuk vind je het om een boek te lezen?" in shipped
    changed = shipped.replace("Hoe leuk vind je het om een boek te lezen?", text)
    return changed.replace('status = "voorbeeld"', 'status = "lokaal"').encode()


def test_an_added_list_is_the_newest_and_the_shipped_one_stays(db):
    added = add_questionnaire(code="po-pupil", raw=own(), by=SYSTEM, origin="lijst.toml")
    assert (added.key, added.status) == ("po-pupil@1001", "lokaal")
    assert added.body.item("L10").text == "Vind je lezen leuk?"
    assert questionnaires()["po-pupil"] == questionnaires_of("po")["pupil"] == added
    assert questionnaire("po-pupil@1").body.item("L10").text == "Hoe leuk vind je het om een boek te lezen?"
    assert add_questionnaire(code="po-pupil", raw=own("Lees je graag?"), by=SYSTEM).key == "po-pupil@1002"
    assert [one.version for one in versions_of("po-pupil")] == [1002, 1001, 1]
    assert ContentItem.objects.get(version=1001).origin == "lijst.toml"
    event = AuditEvent.objects.filter(verb="monitor.add_questionnaire").earliest("id")
    assert (event.data, event.by_kind) == ({"version": 1001}, "system")


def test_what_we_ship_later_meets_no_list_of_ones_own(db, tmp_path: Path):
    add_questionnaire(code="po-pupil", raw=own(), by=SYSTEM)
    folder = tmp_path / "questionnaire"
    folder.mkdir()
    (folder / "po-pupil@2.toml").write_bytes(own("Lees je graag?"))
    assert load_all(tmp_path) == 1
    assert questionnaires()["po-pupil"].version == 1001


@pytest.mark.parametrize(
    ("code", "raw", "sentence"),
    [
        ("po-teacher", own(), "Dit bestand is een lijst voor andere mensen dan: Leerkrachten groep 1"),
        ("po-nobody", own(), "Er is geen lijst met de code po-nobody."),
        ("po-pupil", FILE.read_bytes(), "Deze lijst staat er al in, als versie 1."),
        ("po-pupil", b"\xff", "Dit bestand is geen lijst: "),
        (
            "po-pupil",
            own().replace(b'"L90"\ntopic = "closing"', b'"L90"\ntopic = "end"'),
            "Dit bestand is geen lijst: questionnaire/po-pupil@1001.toml:"
            " L90: unknown topic, module or variant; topic closing has no item",
        ),
        (
            "po-pupil",
            own().replace(b"minutes = 10", b"minutes = 0"),
            "geen lijst: questionnaire/po-pupil@1001.toml: minutes: Input should be greater than 0",
        ),
    ],
)
def test_a_file_that_is_no_list_for_these_people_is_refused(db, code: str, raw: bytes, sentence: str):
    with pytest.raises(Sentence) as told:
        add_questionnaire(code=code, raw=raw, by=SYSTEM)
    assert sentence in str(told.value)
    assert "\n" not in str(told.value)
    assert not AuditEvent.objects.filter(verb="monitor.add_questionnaire").exists()
    assert not ContentItem.objects.filter(version__gt=1000).exists()


def test_a_teacher_adds_no_list(cast):
    with pytest.raises(NotAllowed):
        add_questionnaire(code="po-pupil", raw=own(), by=cast.teacher)


def test_the_shell_lists_adds_compares_and_explains(db, tmp_path: Path, capsysbinary):
    def told(*words: str) -> str:
        assert main(["monitor", *words]) == 0
        return capsysbinary.readouterr().out.decode("utf-8")

    assert "po-pupil@1" in told("lists")
    file = tmp_path / "lijst.toml"
    file.write_bytes(own())
    assert told("add-list", "po-pupil", str(file)) == (
        "De lijst staat erin als po-pupil@1001. Rondes die vanaf nu open gaan, gebruiken hem.\n"
    )
    assert told("compare-lists", "po-pupil@1", "po-pupil@1001") == (
        "L10      andere woorden (de reeks begint opnieuw)\n"
    )
    assert told("compare-lists", "po-pupil@1", "po-pupil@1") == "Er is geen verschil.\n"
    book = told("codebook", "po-pupil@1").splitlines()
    assert book[0] == "\ufeffkolom;onderwerp;vraag;getallen;wie telt mee;status;officiële code"
    assert len(book) == 100
    assert book[1].startswith("school;Over de lijst zelf;")
    assert book[6].startswith("L10;Wat vind je van lezen?;Hoe leuk vind je het om een boek te lezen?;1 = hel")


def test_a_codebook_without_a_version_is_that_of_the_newest(db, capsysbinary):
    add_questionnaire(code="po-pupil", raw=own("Lees je graag?"), by=SYSTEM)
    assert main(["monitor", "codebook", "po-pupil"]) == 0
    assert "Lees je graag?" in capsysbinary.readouterr().out.decode()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["codebook", "po-pupil@7"], "Er is geen lijst po-pupil@7. Kijk met: leesbouw monitor lists\n"),
        (["codebook", "po-pupl"], "Er is geen lijst po-pupl. Kijk met: leesbouw monitor lists\n"),
        (["add-list", "po-pupil", "/no/such/file"], "Het bestand /no/such/file kan niet gelezen worden.\n"),
    ],
)
def test_the_shell_says_in_a_sentence_what_is_not_there(db, capsys, words: list[str], told: str):
    with pytest.raises(Stop):
        main(["monitor", *words])
    assert capsys.readouterr().err == told


def test_a_list_taken_along_as_json_comes_in_again(cast, client_for):
    client = client_for(cast.nation)
    given = client.get("/monitor/landelijk/lijst/po-pupil/1/json/").content
    assert json.loads(given)["title"] == "Leerlingen groep 5 tot en met 8"
    changed = given.replace(b"Hoe leuk vind je het om een boek te lezen?", b"Vind je lezen leuk?")
    file = SimpleUploadedFile("lijst.json", changed.replace(b'"voorbeeld"', b'"lokaal"'))
    answer = client.post("/monitor/landelijk/toevoegen/", {"code": "po-pupil", "file": file}, follow=True)
    assert answer.redirect_chain == [("/monitor/landelijk/lijst/po-pupil/1001/naast/1/", 302)]
    assert "Vind je lezen leuk?" in answer.content.decode()
    added, shipped = questionnaire("po-pupil@1001"), questionnaire("po-pupil@1")
    assert added.body.item("L10").text == "Vind je lezen leuk?"
    assert added.body.items[1:4] == shipped.body.items[1:4]
    assert (added.body.scales, added.body.variants, added.status) == (
        shipped.body.scales,
        shipped.body.variants,
        "lokaal",
    )


@pytest.mark.parametrize(
    "content", [b"{", b"{}", b"[" * 9, b'{"a":' * 100_000, b"\xff\xfe", b"x" * 1_048_577]
)
def test_on_the_page_a_file_that_is_no_list_gets_a_sentence(cast, client_for, content: bytes):
    file = SimpleUploadedFile("lijst.json", content)
    answer = client_for(cast.nation).post("/monitor/landelijk/toevoegen/", {"code": "po-pupil", "file": file})
    assert answer.status_code == 200
    assert re.search("Dit bestand is geen lijst|groter dan een lijst kan zijn", answer.content.decode())
    assert not ContentItem.objects.filter(version__gt=1000).exists()


@pytest.mark.parametrize("who", ["teacher", "head", "manager", "consultant"])
def test_nobody_else_finds_the_page(cast, client_for, who: str):
    assert client_for(getattr(cast, who)).get("/monitor/landelijk/toevoegen/").status_code in (403, 404)
