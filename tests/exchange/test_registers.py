"""Child care, numbers of pupils and names of boards: each register on its own terms."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from leesbouw.core.time import SchoolYear
from leesbouw.exchange.models import ImportPart, ImportRow, ImportRun
from leesbouw.organisations.models import Board, Location, LocationYear

from . import files
from .files import SIZE, a_school, childcare, schools, sizes
from .steps import bring, check, counts, errors, row, take_back

PINKELTJE = {
    "lrk_id": "999000001",
    "actuele_naam_oko": "Pinkeltje",
    "kvk_nummer_houder": "",
    "naam_houder": "",
}


# Child care


def test_child_care_with_its_organisation(cast) -> None:
    run = bring(childcare({}, PINKELTJE), cast.administrator, "childcare")

    nest = Location.objects.select_related("board").get(code="990000101")
    assert counts(run) == {"new": 1, "changed": 1}
    assert (nest.sector, nest.places, nest.town, nest.phone) == ("ko", 32, "Elzen", "0207654321")
    assert (nest.board.code, nest.board.name, nest.board.board_kind) == (
        "99123456",
        "Nestjes B.V.",
        "childcare",
    )
    assert Location.objects.get(code="999000001").board.name == "Kinderrijk"  # an empty cell changes nothing
    assert counts(check(childcare({}, PINKELTJE), cast.administrator, "childcare")) == {"same": 2}


def test_a_childminders_home_and_a_persons_name_never_reach_the_database(cast) -> None:
    home = {
        "lrk_id": "990000999",
        "type_oko": "VGO",
        "actuele_naam_oko": "Oma Truus",
        "opvanglocatie_adres": "Thuisstraat 1",
    }
    run = check(
        childcare({}, home, {"type_oko": "GOB", "lrk_id": "990000998"}), cast.administrator, "childcare"
    )

    stored = json.dumps(
        [
            list(ImportPart.objects.values_list("rows", flat=True)),
            list(ImportRow.objects.values("label", "cleaned", "changes")),
            list(ImportRun.objects.values("headers", "counts", "options", "notices", "file_name")),
        ],
        default=str,
    )
    for needle in ("Thuisstraat", "Truus", "990000999", "NAAM VAN IEMAND", "iemand@nest", "Postbus"):
        assert needle not in stored
    assert (run.counts["read"], run.counts["kept"], counts(run)["new"]) == (3, 1, 1)


def test_without_the_column_that_tells_a_home_from_a_centre_nothing_is_kept(cast) -> None:
    from leesbouw.exchange import actions

    rows = [{name: value for name, value in files.CARE.items() if name != "type_oko"}]
    run = actions.begin_run(
        content=files.csv_text(rows).encode(), file_name="x", importer_code="childcare", by=cast.administrator
    )

    assert run.counts["kept"] == 0
    assert not ImportPart.objects.exists()


def test_a_municipality_by_name_and_one_that_nobody_knows(cast) -> None:
    by_name = {"cbs_code": "", "lrk_id": "990000102"}
    unknown = {"cbs_code": "9999", "verantwoordelijke_gemeente": "Nergens", "lrk_id": "990000103"}
    run = bring(childcare(by_name, unknown), cast.administrator, "childcare")

    assert errors(run) == [(3, "municipality", "unknown_municipality")]
    assert Location.objects.get(code="990000102").municipality.code == "9901"
    elsewhere = check(
        childcare(unknown), cast.administrator, "childcare", reach="province", province="Waterland"
    )
    assert elsewhere.counts["outside"] == 1


def test_a_registration_that_ended_closes_what_is_there_and_adds_nothing(cast) -> None:
    ended = {"status": "Uitgeschreven", "uitschrijfdatum": "31-07-2024"}
    run = bring(
        childcare({**PINKELTJE, **ended}, {**ended, "lrk_id": "990000105"}), cast.administrator, "childcare"
    )

    assert Location.objects.get(code="999000001").closed_on == date(2024, 7, 31)
    assert not Location.objects.filter(code="990000105").exists()
    assert run.counts["ended"] == 1
    take_back(run, cast.administrator)
    assert Location.objects.get(code="999000001").closed_on is None


def test_a_kind_of_care_that_was_not_asked_for_is_not_gone(cast) -> None:
    run = check(
        childcare({}, {**PINKELTJE, "type_oko": "BSO", "ve": ""}),
        cast.administrator,
        "childcare",
        types=["kdv"],
    )

    assert counts(run) == {"new": 1}
    assert run.counts["type"] == 1


def test_one_organisation_spelt_in_two_ways_does_not_flutter(cast) -> None:
    content = childcare({}, {"lrk_id": "990000102", "naam_houder": "NESTJES BV"})
    bring(content, cast.administrator, "childcare")

    assert Board.objects.get(code="99123456").name == "Nestjes B.V."
    assert counts(check(content, cast.administrator, "childcare")) == {"same": 2, "gone": 1}


# Numbers of pupils


def test_pupils_by_age_in_the_year_of_the_counting_date(cast) -> None:
    content = sizes({}, {"GEWICHT": "0.30", "LEEFTIJD_4": "1", "LEEFTIJD_5": "0", "TOTAAL": "1"})
    run = bring(content, cast.administrator, "school-sizes", year=2016)
    year = LocationYear.objects.get(location__code="99AA00", year=SchoolYear(2016))

    assert counts(run) == {"new": 1}
    assert (year.pupils, year.pupils_by_age, year.weight) == (19, {"4": 8, "5": 11}, Decimal("0.30"))
    assert year.counted_on == date(2016, 10, 1)
    assert year.board.code == "99009"  # whose it was then, as the file says
    assert counts(check(content, cast.administrator, "school-sizes", year=2016)) == {"same": 1}


def test_the_year_comes_from_the_file(cast) -> None:
    from leesbouw.exchange import actions

    run = actions.begin_run(
        content=sizes({}), file_name="leerlingen.csv", importer_code="school-sizes", by=cast.administrator
    )

    assert run.options["year"] == 2016


def test_an_unknown_school_another_year_and_a_closed_year_are_mistakes(cast) -> None:
    LocationYear.objects.create(
        location=cast.b1,
        year=SchoolYear(2016),
        municipality=cast.berken,
        pupils=5,
        closed_on=date(2018, 1, 1),
    )
    run = bring(
        sizes(
            {"BRIN_NUMMER": "99XX"},
            {"PEILDATUM": "20151001", "BRIN_NUMMER": "99AB"},
            {"BRIN_NUMMER": "99BA"},
            {},
        ),
        cast.administrator,
        "school-sizes",
        year=2016,
    )

    assert errors(run) == [
        (2, "brin", "unknown_location"),
        (3, "counted_on", "other_year"),
        (4, "counted_on", "year_closed"),
    ]
    assert LocationYear.objects.get(location=cast.b1, year=SchoolYear(2016)).pupils == 5


def test_undo_of_numbers_gives_the_old_ones_back(cast) -> None:
    before = list(LocationYear.objects.order_by("pk").values())
    first = bring(sizes({}), cast.administrator, "school-sizes", year=2016)
    between = list(LocationYear.objects.order_by("pk").values())
    second = bring(sizes({"TOTAAL": "30"}), cast.administrator, "school-sizes", year=2016)
    assert row(second, "99AA00").changes["pupils"] == [18, 30]

    take_back(second, cast.administrator)
    assert list(LocationYear.objects.order_by("pk").values()) == between
    take_back(first, cast.administrator)
    assert list(LocationYear.objects.order_by("pk").values()) == before
    assert not Board.objects.filter(code="99009").exists()


def test_numbers_that_somebody_corrected_stay(cast) -> None:
    run = bring(sizes({}), cast.administrator, "school-sizes", year=2016)
    LocationYear.objects.filter(location=cast.a1, year=SchoolYear(2016)).update(pupils=17)
    done = take_back(run, cast.administrator)

    assert done.counts["blocked"] == 1
    assert row(run, "99AA00").errors == [["", "changed_since"]]
    assert LocationYear.objects.get(location=cast.a1, year=SchoolYear(2016)).pupils == 17


def test_a_school_that_got_its_numbers_since_is_in_use(cast) -> None:
    run = bring(schools(a_school("99ZA00"), a_school("99ZB00")), cast.administrator, year=2016)
    numbers = bring(sizes({"BRIN_NUMMER": "99ZA"}), cast.administrator, "school-sizes", year=2016)
    done = take_back(run, cast.administrator)

    assert row(run, "99ZA00").errors == [["", "in_use"]]
    assert done.counts["blocked"] == 1
    take_back(numbers, cast.administrator)
    assert Location.objects.filter(code="99ZA00").exists()


def test_another_province_is_left_out_of_the_numbers(cast) -> None:
    content = sizes({}, {**SIZE, "BRIN_NUMMER": "99YY", "PROVINCIE": "Heuvelrug"})
    run = check(
        content, cast.administrator, "school-sizes", year=2016, reach="province", province="Waterland"
    )

    assert (counts(run), run.counts["outside"]) == ({"new": 1}, 1)


# Names of boards


def test_boards_get_their_names_and_lose_them_again(cast) -> None:
    names = [
        {"BEVOEGD GEZAG NUMMER": "99001", "BEVOEGD GEZAG NAAM": "Stichting Nieuwe Naam"},
        {"BEVOEGD GEZAG NUMMER": "99002", "BEVOEGD GEZAG NAAM": "Stichting Y"},
        {"BEVOEGD GEZAG NUMMER": "12345", "BEVOEGD GEZAG NAAM": "Van elders"},
    ]
    run = bring(files.csv_text(names).encode(), cast.administrator, "boards")

    assert counts(run) == {"changed": 1, "same": 1}
    assert run.counts["outside"] == 1
    assert Board.objects.get(code="99001").name == "Stichting Nieuwe Naam"
    take_back(run, cast.administrator)
    assert Board.objects.get(code="99001").name == "Stichting X"
