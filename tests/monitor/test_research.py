"""The researcher's pages: lists in their versions, measures, and datasets as files."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from pathlib import Path

import duckdb
import pyreadstat
import pytest
from django.test import Client

from leesbouw import __version__
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, work_off
from leesbouw.core.time import SchoolYear
from leesbouw.monitor import actions, queries
from leesbouw.monitor.actions import FilledIn
from leesbouw.monitor.domain.codebook import codebook
from leesbouw.monitor.domain.datasets import Before, in_words, spss_syntax
from leesbouw.monitor.domain.questionnaire import QuestionnaireBody
from leesbouw.monitor.enums import Respondent
from leesbouw.monitor.models import Submission
from leesbouw.organisations.models import Location
from leesbouw.rendering.sav import cut
from tests.factories.cast import Cast
from tests.factories.ground import floor

from .test_own_questionnaires import own
from .test_reports import taking_part

pytestmark = pytest.mark.django_db
YEAR = SchoolYear.running()
CHOSEN = {0: "niet gekozen", 1: "gekozen"}


@floor
def answered(cast: Cast) -> Cast:
    """School A1 has closed with ten pupils of groep 6: all like reading (4), and chose 1 and 3 at L41."""
    row = taking_part(cast)
    lists = [
        FilledIn(Respondent.PUPIL, "po-pupil@1", {"L10": 4, "L41": [1, 3], "L02": 1}, year_group=6)
        for _each in range(10)
    ]
    actions.store_lists(participation=row, lists=lists, by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    return cast


def file_of(format: str, by: object = SYSTEM) -> bytes:
    return actions.dataset(code="po-pupil@1", year=YEAR, format=format, by=by)[0]  # type: ignore[arg-type]


def table(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig")), delimiter=";"))


def test_a_dataset_of_numbers_has_what_the_codebook_names(answered: Cast) -> None:
    rows = table(file_of("csv"))
    assert len(rows) == 10
    told = {
        name: rows[0][name] for name in ("school", "year", "year_group", "mode", "weight", "L10", "L41_2")
    }
    assert told == {
        "school": "",
        "year": str(YEAR),
        "year_group": "6",
        "mode": "alone",
        "weight": "1",
        "L10": "4",
        "L41_2": "0",
    }
    assert "L02" not in rows[0]  # what somebody said of herself


def test_the_codebook_describes_the_columns_of_the_file_in_their_order(answered: Cast) -> None:
    assert len(queries.questionnaires()) == 9
    for one in queries.questionnaires().values():
        file = actions.dataset(code=one.key, year=YEAR, format="csv", by=SYSTEM)[0]
        heads = next(csv.reader(io.StringIO(file.decode("utf-8-sig")), delimiter=";"))
        book = queries.codebook_rows(one)
        assert [row.column for row in book] == heads
        assert all(row.text and row.base and row.topic for row in book)


def test_the_codebook_says_of_what_stands_before_the_answers_when_it_is_empty_or_rounded(db: None) -> None:
    book = {row.column: row for row in queries.codebook_rows(queries.questionnaire("po-pupil@1"))}
    assert book["school"].base == (
        "Leeg als er minder dan 30 scholen of locaties meededen. Leeg als er van een school minder dan 10 meededen."
    )
    assert book["year_group"].base == "Leeg als minder dan 10 leerlingen van een school erin zitten."
    assert book["mode"].values[-1] == ("imported", "Uit een bestand")
    assert book["weight"].base.endswith("Afgerond op twee cijfers.")
    teachers = {row.column: row for row in queries.codebook_rows(queries.questionnaire("po-teacher@1"))}
    assert teachers["year_group"].base == "Altijd leeg."


def test_three_faces_are_a_column_of_their_own(cast: Cast) -> None:
    Location.objects.filter(pk=cast.a1.pk).update(sector="sbo")
    row = taking_part(cast)
    one = FilledIn(Respondent.PUPIL, "po-pupil@1", {"L10": 3, "L20": 2}, year_group=6)
    actions.store_lists(participation=row, lists=[one], by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    told = table(file_of("words"))[0]
    assert (told["L10"], told["L10_sbo"], told["mode"]) == ("", "leuk", "Zelf")
    book = {row.column: row for row in queries.codebook_rows(queries.questionnaire("po-pupil@1"))}
    assert book["L10_sbo"].values == ((1, "niet leuk"), (2, "gaat wel"), (3, "leuk"))
    assert book["L10_sbo"].base == (
        "Iedereen die antwoord gaf. Alleen in “Korte lijst met drie gezichten” met deze antwoorden gevraagd."
    )


def test_a_dataset_of_words_says_what_was_chosen(answered: Cast) -> None:
    row = table(file_of("words"))[0]
    options = queries.questionnaire("po-pupil@1").body
    assert row["L10"] == options.answers_of(options.item("L10"))[3].label == "erg leuk"
    assert (row["L41_1"], row["L41_2"], row["L20"], row["school"]) == ("gekozen", "niet gekozen", "", "")


def test_json_leaves_out_what_was_not_answered(answered: Cast) -> None:
    rows = json.loads(file_of("json"))
    assert len(rows) == 10
    assert (rows[0]["L10"], rows[0]["L41_3"], rows[0]["year"]) == (4, 1, str(YEAR))
    assert "L20" not in rows[0]


def test_parquet_holds_the_same_numbers(answered: Cast, tmp_path) -> None:
    file = tmp_path / "answers.parquet"
    file.write_bytes(file_of("parquet"))
    with duckdb.connect() as connection:
        found = connection.execute(
            "select count(*), sum(L10), sum(L41_1), min(year) from read_parquet(?)", [str(file)]
        ).fetchone()
    assert found == (10, 40, 10, str(YEAR))


def test_spss_gets_its_labels_and_missing_values(answered: Cast) -> None:
    with zipfile.ZipFile(io.BytesIO(file_of("spss"))) as archive:
        syntax = archive.read("lees.sps").decode("utf-8-sig")
        rows = table(archive.read("antwoorden.csv"))
    assert rows[0]["L10"] == "4"
    assert "  school F6.0\n  year A9\n  year_group F2.0\n" in syntax
    assert all(f"\nVARIABLE LABELS {name} '" in syntax for name in rows[0])
    assert "VALUE LABELS mode\n  'alone' 'Zelf'\n" in syntax
    assert "VARIABLE LABELS L10 'Hoe leuk vind je het om een boek te lezen?'." in syntax
    assert "  4 'erg leuk'\n" in syntax
    names = [line.split()[0] for line in syntax.split("/VARIABLES=\n")[1].split("  .\n")[0].splitlines()]
    assert names == list(rows[0])


def read_sav(content: bytes, folder: Path) -> tuple[dict[str, list[object]], object]:
    file = folder / "answers.sav"
    file.write_bytes(content)
    found, told = pyreadstat.read_sav(str(file), output_format="dict", user_missing=True)
    return {name: list(column) for name, column in found.items()}, told


def test_spss_opens_a_file_of_its_own_with_labels_and_missing_values(answered: Cast, tmp_path: Path) -> None:
    found, told = read_sav(file_of("sav"), tmp_path)
    assert list(found) == list(table(file_of("csv"))[0])
    assert (found["L10"], found["L41_1"], found["L41_2"]) == ([4.0] * 10, [1.0] * 10, [0.0] * 10)
    assert (found["year"], found["mode"]) == ([str(YEAR)] * 10, ["alone"] * 10)
    assert all(cell is None for name in ("school", "L20") for cell in found[name])
    labels = told.column_names_to_labels
    assert labels["L10"] == "Hoe leuk vind je het om een boek te lezen?"
    assert labels["L41_1"].endswith("[van de juf of meester]")
    body = queries.questionnaire("po-pupil@1").body
    assert told.variable_value_labels["L10"] == {
        one.value: one.label for one in body.answers_of(body.item("L10"))
    }
    assert told.variable_value_labels["L41_1"] == {0: "niet gekozen", 1: "gekozen"}
    assert told.variable_value_labels["mode"]["alone"] == "Zelf"
    assert told.missing_ranges["L50"] == [{"lo": 97.0, "hi": 97.0}]
    assert "L10" not in told.missing_ranges
    assert (told.variable_measure["L10"], told.variable_measure["L41_1"]) == ("ordinal", "nominal")
    assert told.file_label.startswith("Leerling")


def test_a_file_of_spss_is_there_for_every_list(db: None, tmp_path: Path) -> None:
    """Also where nobody answered yet: names and labels fit, and no list knows more missing values than SPSS."""
    for one in queries.questionnaires().values():
        found, told = read_sav(actions.answers_sav(questionnaire=one, by=SYSTEM), tmp_path)
        assert list(found) == [row.column for row in queries.codebook_rows(one)]
        assert list(told.column_labels) == [cut(row.text, 255) for row in queries.codebook_rows(one)]


@pytest.mark.parametrize(("format", "ending"), [("csv", ".csv"), ("words", " words.csv"), ("sav", ".sav")])
def test_the_name_of_a_file_says_what_is_in_it(answered: Cast, format: str, ending: str) -> None:
    name = actions.dataset(code="po-pupil@1", year=YEAR, format=format, by=SYSTEM)[1]
    assert name == f"po-pupil-1 {YEAR}{ending}"


def test_a_file_of_spss_is_for_researchers_alone_and_noted(answered: Cast) -> None:
    with pytest.raises(NotAllowed):
        file_of("sav", by=answered.manager)
    before = AuditEvent.objects.filter(verb="monitor.export_answers").count()
    file_of("sav", by=answered.nation)
    assert AuditEvent.objects.filter(verb="monitor.export_answers").count() == before + 1


def test_a_text_is_never_a_command_of_a_statistics_program() -> None:
    body = QuestionnaireBody.model_validate(
        {
            "sector": "po",
            "respondent": "pupil",
            "minutes": 1,
            "intro": "a",
            "thanks": "b",
            "topics": [{"code": "t", "title": "T"}],
            "items": [
                {
                    "code": "L01",
                    "topic": "t",
                    "kind": "single",
                    "status": "A",
                    "text": "Kies 's'.\nERASE FILE='x'.",
                    "options": [
                        {"value": 1, "label": "=1+1"},
                        {"value": 2, "label": "b"},
                        {"value": 98, "label": "weet niet", "counts": False},
                    ],
                }
            ],
        }
    )
    before = [Before("school", "a", "b")]
    syntax = spss_syntax("a.csv", before, codebook(body), CHOSEN)
    assert "VARIABLE LABELS L01 'Kies ''s''. ERASE FILE=''x''.'.\n" in syntax
    assert "MISSING VALUES L01 (98).\n" in syntax
    assert in_words(before, codebook(body), CHOSEN)([7, 1]) == [7, "=1+1"]


def test_words_that_a_spreadsheet_would_run_are_made_harmless(answered: Cast) -> None:
    raw = own().replace(b'label = "erg leuk"', b'label = "=HYPERLINK(1)"')
    assert raw != own()
    newer = actions.add_questionnaire(code="po-pupil", raw=raw, by=SYSTEM)
    Submission.objects.trusted("test").update(questionnaire=newer.key)
    raw_file, _name = actions.dataset(code=newer.key, year=YEAR, format="words", by=SYSTEM)
    assert table(raw_file)[0]["L10"] == "'=HYPERLINK(1)"


def test_a_year_without_answers_is_empty(answered: Cast, client_for) -> None:
    assert table(actions.dataset(code="po-pupil@1", year=YEAR.previous, format="csv", by=SYSTEM)[0]) == []
    client: Client = client_for(answered.nation)
    assert client.get(f"/monitor/landelijk/gegevens/po-pupil/1/{YEAR}/").status_code == 200
    page = client.get(f"/monitor/landelijk/gegevens/po-pupil/1/{YEAR.previous}/").content.decode()
    assert "0 lijsten die binnenkwamen." in page
    assert f"Leesbouw {__version__}" in page  # of the program, and not of the list
    assert "als minder dan 10 leerlingen van een school erin zitten" in page
    assert "als er minder dan 30 scholen meededen of minder dan 10 van haar leerlingen" in page
    for wrong in (f"po-pupil/2/{YEAR}", f"nobody/1/{YEAR}", "po-pupil/1/soon"):
        assert client.get(f"/monitor/landelijk/gegevens/{wrong}/").status_code == 404


def test_a_file_is_made_by_the_worker_and_waits_for_who_asked(answered: Cast, client_for) -> None:
    client: Client = client_for(answered.nation)
    page = f"/monitor/landelijk/gegevens/po-pupil/1/{YEAR}/"
    assert client.post(f"{page}csv/", {"request_id": "1"}).status_code == 302
    work_off()
    job = Job.objects.get(kind="monitor.make_dataset")
    assert job.result_file is not None
    assert job.result_file.name == f"po-pupil-1 {YEAR}.csv"
    assert len(table(job.result_file.read())) == 10
    event = AuditEvent.objects.get(verb="monitor.export_answers")
    assert (event.count, event.data) == (10, {"list": "po-pupil@1"})
    with pytest.raises(Sentence):
        actions.order_dataset(code="po-pupil@1", year=YEAR, format="docx", by=answered.nation)


@pytest.mark.parametrize("who", ["head", "manager", "municipality", "poi", "outsider"])
def test_only_who_does_research_comes_here(who: str, answered: Cast, client_for) -> None:
    actor = getattr(answered, who)
    client: Client = client_for(actor)
    for page in ("", "maten/", "gegevens/", "lijst/po-pupil/1/", f"gegevens/po-pupil/1/{YEAR}/"):
        assert client.get(f"/monitor/landelijk/{page}").status_code == 403
    with pytest.raises(NotAllowed):
        actions.order_dataset(code="po-pupil@1", year=YEAR, format="csv", by=actor)
    with pytest.raises(NotAllowed):
        actions.dataset(code="po-pupil@1", year=YEAR, format="csv", by=actor)


def test_datasets_count_lists_and_locations_and_name_none(
    answered: Cast, client_for, django_assert_num_queries
) -> None:
    (one,) = queries.datasets(answered.nation)
    assert (one.one.key, one.year, one.lists, one.locations) == ("po-pupil@1", YEAR, 10, 1)
    with django_assert_num_queries(3):
        queries.datasets(answered.nation)
    page = client_for(answered.nation).get("/monitor/landelijk/gegevens/").content.decode()
    assert f"/monitor/landelijk/gegevens/po-pupil/1/{YEAR}/" in page
    assert "De Regenboog" not in page


def test_two_versions_stand_side_by_side(cast: Cast, client_for) -> None:
    actions.add_questionnaire(code="po-pupil", raw=own("Lees je graag?"), by=SYSTEM)
    client: Client = client_for(cast.nation)
    page = client.get("/monitor/landelijk/lijst/po-pupil/1001/naast/1/").content.decode()
    for words in ("Lees je graag?", "Hoe leuk vind je het om een boek te lezen?", "andere woorden"):
        assert words in page
    assert "De cijfers beginnen opnieuw." in page
    assert client.get("/monitor/landelijk/lijst/po-pupil/1/naast/7/").status_code == 404

    (change,) = queries.changed_items(
        queries.questionnaire("po-pupil@1"), queries.questionnaire("po-pupil@1001")
    )
    assert (change.change.code, change.words, change.before) == ("L10", ["andere woorden"], change.after)


def test_a_codebook_leaves_as_csv_and_the_list_as_json(cast: Cast, client_for) -> None:
    client: Client = client_for(cast.nation)
    rows = table(client.get("/monitor/landelijk/lijst/po-pupil/1.csv").getvalue())
    mine = next(row for row in rows if row["Kolom"] == "L10")
    assert mine["Getallen"].endswith("4 = erg leuk")
    body = json.loads(client.get("/monitor/landelijk/lijst/po-pupil/1/json/").content)["body"]
    assert QuestionnaireBody.model_validate(body) == queries.questionnaire("po-pupil@1").body


def test_every_measure_says_how_it_is_counted(cast: Cast, client_for) -> None:
    lines = {one.measure.code: one for one in queries.measure_lines(cast.nation)}
    pleasure = lines["reading-pleasure"]
    assert pleasure.formula == "Deel met “best leuk” / “erg leuk” bij L10"
    assert (pleasure.sector, pleasure.chain) == ("po", "1")
    assert all(one.formula for one in lines.values())

    client: Client = client_for(cast.nation)
    page = client.get("/monitor/landelijk/maten/?van=teachers").content.decode()
    assert "reading-pleasure@1" not in page
    rows = table(client.get("/monitor/landelijk/maten.csv?zoek=leesplezier").getvalue())
    assert "reading-pleasure@1" in {row["Code en versie"] for row in rows}


def test_a_list_tells_in_how_many_rounds_it_was_asked(answered: Cast) -> None:
    rounds = {one.one.key: one.rounds for one in queries.list_versions(answered.nation)}
    assert (rounds["po-pupil@1"], rounds["vo-pupil@1"]) == (1, 0)
