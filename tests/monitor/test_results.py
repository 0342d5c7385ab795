"""Results of an earlier Monitor from a file: their codes become ours, faults are told, and it can be taken back."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from leesbouw.cli import Stop
from leesbouw.cli.main import main
from leesbouw.core.access import SYSTEM, NotAllowed
from leesbouw.core.audit import AuditEvent
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import work_off
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.models import Cell, Published
from leesbouw.indicators.queries import figures
from leesbouw.monitor import queries
from leesbouw.monitor.actions import export_answers, import_results, remove_results
from leesbouw.monitor.domain.results import Codes, Fault, codes_of, read_results
from leesbouw.monitor.models import OpenAnswer, Participation, Round, Submission
from leesbouw.monitor.queries import questionnaire
from leesbouw.organisations.actions import YearRow, write_location_years
from leesbouw.organisations.models import LocationYear
from tests.factories.monitor import running_round

from .test_level_reports import more_schools

pytestmark = pytest.mark.django_db
YEAR = SchoolYear.running().previous.previous
CODES = [
    ("V1", "L10", "", ""),
    ("V1", "L10", "heel leuk", "4"),
    ("V1", "L10", "stom", "1"),
    ("klas", "year_group", "", ""),
    ("gewicht", "weight", "", ""),
]


def read(headers: list[str], *rows: list[str], codes=CODES, key: str = "po-pupil@1"):
    table = [(number, dict(zip(headers, row, strict=True))) for number, row in enumerate(rows, 2)]
    return read_results(questionnaire(key).body, headers, table, codes_of(codes) if codes else Codes())


def test_their_columns_and_values_become_ours() -> None:
    found = read(
        ["V1", "klas", "gewicht", "L41_1", "L41_6", "L20", "naam", "L90", "L02"],
        ["Heel leuk", "6", "0,5", "1", "x", "elke dag of bijna elke dag", "Fenna", "Ik ben Fenna", "1"],
        ["stom", "", "", "0", "", "2", "Bas", "", "2"],
    )
    assert [(one.answers.coded, one.answers.year_group, one.weight) for one in found.lists] == [
        ({"L10": 4, "L20": 5, "L41": [1, 6]}, 6, Decimal("0.5")),
        ({"L10": 1, "L20": 2}, None, Decimal(1)),
    ]
    assert (found.faults, found.empty) == ((), 0)
    assert found.thrown_away == ("naam", "L90", "L02")  # nothing of who she is, nothing written freely
    assert not any(one.answers.said for one in found.lists)


def test_what_is_no_answer_is_told_with_its_row_and_the_rest_is_kept() -> None:
    found = read(
        ["V1", "L20", "L41", "L41_2", "klas", "gewicht"],
        ["geweldig", "2", "", "", "zes", "1"],
        ["stom", "9", "1|77", "ja", "7", "1"],
        ["", "", "", "", "", ""],
        ["stom", "1", "", "", "7", "-3"],
    )
    assert found.faults == (
        Fault(2, "L10", "geweldig"),
        Fault(2, "year_group", "zes"),
        Fault(3, "L20", "9"),
        Fault(3, "L41", "1|77"),
        Fault(3, "L41_2", "ja"),
        Fault(5, "weight", "-3"),
    )
    assert [one.answers.coded for one in found.lists] == [{"L20": 2}, {"L10": 1, "L41": [1]}]
    assert found.empty == 2  # a row without an answer, and one whose weight is none


@pytest.mark.parametrize(
    "rows", [[("V1", "", "", "")], [("", "L10", "", "")], [("V1", "L10"), ("V1", "L20")], [()]]
)
def test_a_table_of_codes_that_says_nothing_or_two_things_is_refused(rows) -> None:
    with pytest.raises(ValueError):
        codes_of(rows)


def brought_in(cast, likes: int = 9, others: int = 3, **values):
    rows = [["heel leuk", "6"]] * likes + [["stom", "6"]] * others
    told = {"location": cast.a1, "year": YEAR, "questionnaire": questionnaire("po-pupil@1"), "by": SYSTEM}
    return import_results(**(told | {"results": read(["V1", "klas"], *rows)} | values))


def test_an_earlier_measurement_has_figures_and_a_report(cast) -> None:
    row = brought_in(cast)
    work_off()
    row = Participation.objects.select_related("round", "location").get(pk=row.pk)
    assert (row.round.year, row.round.kind, row.round.questionnaires) == (YEAR, "po", {"pupil": "po-pupil@1"})
    assert None not in (row.closed_on, row.discussed_on, row.round.closed_on, row.round.ended_on)
    kept = Submission.objects.trusted("test").filter(participation=row)
    assert {(one.mode, one.year_group, one.group_id) for one in kept} == {("imported", 6, None)}
    assert not OpenAnswer.objects.trusted("test").exists()
    own = figures(SYSTEM, "reading-pleasure", [cast.a1], [YEAR])[0].result
    assert (own.value, own.persons) == (0.75, 12)
    pleasure = queries.school_report(SYSTEM, row).topics[0].charts[0]
    assert pleasure.sentence.startswith("75% (9 van de 12) van de leerlingen vindt lezen leuk.")
    event = AuditEvent.objects.get(verb="monitor.import_results")
    assert (event.count, event.data) == (12, {"list": "po-pupil@1", "year": str(YEAR)})


def test_it_is_taken_away_with_its_figures_and_leaves_what_was_filled_in_here(cast) -> None:
    then = LocationYear.objects.filter(location=cast.a1).latest("year")
    then.pk, then.year = None, YEAR
    then.save()  # so that the levels of that year have it too
    row = brought_in(cast)
    work_off()
    assert Cell.objects.trusted("test").filter(year=YEAR).exists()
    assert Published.objects.filter(year=YEAR).exclude(unit=cast.a1).exists()
    assert remove_results(participation=row, by=SYSTEM) == 12
    work_off()
    assert not Round.objects.filter(year=YEAR).exists()
    assert not Submission.objects.trusted("test").exists()
    assert not Cell.objects.trusted("test").filter(year=YEAR).exists()
    assert not Published.objects.filter(year=YEAR).exists()

    here = running_round(cast, year=YEAR.next, closed_on=YEAR.next.ends_on).participation
    Submission.objects.create(participation=here, respondent="pupil", questionnaire="po-pupil@1")
    with pytest.raises(Sentence, match="Alleen resultaten die uit een bestand kwamen"):
        remove_results(participation=here, by=SYSTEM)
    with pytest.raises(Sentence, match="er al antwoorden"):
        brought_in(cast, year=YEAR.next)


def test_the_same_school_and_list_come_in_once_and_another_list_beside_it(cast) -> None:
    first = brought_in(cast)
    with pytest.raises(Sentence, match="er al antwoorden"):
        brought_in(cast)
    teachers = read(["T10"], ["6"], ["5"], ["6"], codes=None, key="po-teacher@1")
    second = brought_in(cast, questionnaire=questionnaire("po-teacher@1"), results=teachers)
    assert second.pk == first.pk
    assert second.round.questionnaires == {"pupil": "po-pupil@1", "teacher": "po-teacher@1"}
    assert Submission.objects.trusted("test").count() == 15


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"year": SchoolYear.running().next}, "nog niet begonnen"),
        ({"likes": 0, "others": 0}, "geen antwoorden op po-pupil@1"),
        ({"location": "k1"}, "hoort niet bij deze lijst"),
    ],
)
def test_what_cannot_be_is_refused(cast, values, sentence: str) -> None:
    values = {name: getattr(cast, value) if name == "location" else value for name, value in values.items()}
    with pytest.raises(Sentence, match=sentence):
        brought_in(cast, **values)
    assert not Round.objects.exists()


def test_nothing_comes_into_a_round_that_runs(cast) -> None:
    running_round(cast)
    with pytest.raises(Sentence, match="Deze ronde loopt nog"):
        brought_in(cast, year=SchoolYear.running())


def test_a_teacher_brings_nothing_in(cast) -> None:
    with pytest.raises(NotAllowed):
        brought_in(cast, by=cast.teacher)
    assert not Round.objects.exists()


def test_from_the_shell_first_looked_at_then_stored_then_taken_away(cast, tmp_path: Path, capsys) -> None:
    file, codes = tmp_path / "oud.csv", tmp_path / "codes.csv"
    file.write_text("V1;klas;naam\r\n" + "heel leuk;6;=1+1\r\n" * 11 + "raar;6;Bas\r\n", encoding="cp1252")
    codes.write_text("kolom;onze kolom;waarde;onze waarde\r\nV1;L10;heel leuk;4\r\nklas;year_group;;\r\n")
    words = ["monitor", "import", str(file), "--school", cast.a1.code, "--year", str(YEAR)]
    words += ["--list", "po-pupil@1", "--codes", str(codes)]

    assert main([*words, "--dry-run"]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "11 lijsten, 2 kolommen.",
        "Weggegooid: naam.",
        "Regels zonder antwoord: 1.",
        "Regel 13, L10: “raar” is geen antwoord.",
        "Er is niets bewaard.",
    ]
    assert not Round.objects.exists()

    assert main([*words, "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["lists"], told["stored"], told["faults"]) == (
        11,
        True,
        [{"row": 13, "column": "L10", "value": "raar"}],
    )
    assert Submission.objects.trusted("test").count() == 11
    away = ["monitor", "remove-results", "--school", cast.a1.code, "--round", f"po-{YEAR}"]
    assert main(away) == 0
    assert "Weggehaald: 11 lijsten." in capsys.readouterr().out
    assert not Submission.objects.trusted("test").exists()


def test_json_as_we_give_it_comes_in_as_well(cast, tmp_path: Path, capsys) -> None:
    file = tmp_path / "oud.json"
    file.write_text(json.dumps([{"L10": 4, "L41": [1, 2], "year_group": 6}, {"L10": None, "L20": 2}]))
    words = ["monitor", "import", str(file), "--school", cast.a1.code, "--year", str(YEAR), "--list"]
    assert main([*words, "po-pupil@1"]) == 0
    assert sorted((one.answers for one in Submission.objects.trusted("test")), key=str) == [
        {"L10": 4, "L41": [1, 2]},
        {"L20": 2},
    ]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("weg.csv", None, "kan niet gelezen worden"),
        ("beeld.csv", b"%PDF-1.7 niets", "Dit is een pdf"),
        ("stuk.json", b'{"a": ', "Dit is geen lijst met antwoorden als JSON."),
        ("stuk.json", b'{"L10": 4}', "Dit is geen lijst met antwoorden als JSON."),
        ("diep.json", b"[" * 100_000, "Dit is geen lijst met antwoorden als JSON."),
        ("leeg.csv", b"", "Het bestand is leeg."),
    ],
)
def test_a_file_that_is_none_gets_a_sentence(
    cast, tmp_path: Path, capsys, name: str, content: bytes | None, sentence: str
) -> None:
    file = tmp_path / name
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(Stop):
        main(
            [
                "monitor",
                "import",
                str(file),
                "--school",
                cast.a1.code,
                "--year",
                str(YEAR),
                "--list",
                "po-pupil@1",
            ]
        )
    assert sentence in capsys.readouterr().err
    assert not Round.objects.exists()


def test_the_dataset_of_a_year_that_is_over_never_grows_by_one_school(cast) -> None:
    """Two files of it, before and after, would else differ by the lists of that school."""
    from_file, (third,) = [], more_schools(cast, 1)
    write_location_years([YearRow(third.pk)], year=YEAR, by=SYSTEM)
    for school in (cast.a1, cast.a2, third):
        brought_in(cast, location=school)
        from_file.append([(one.lists, one.locations) for one in queries.datasets(cast.nation)])
        rows = export_answers(questionnaire=questionnaire("po-pupil@1"), by=SYSTEM)[1]
        assert sum(1 for _one in rows) == sum(lists for lists, _places in from_file[-1])
    assert from_file == [[], [(24, 2)], [(24, 2)]]
