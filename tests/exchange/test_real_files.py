"""The real files of DUO, where they lie beside the project."""

from __future__ import annotations

from pathlib import Path

import pytest

from leesbouw.core.access import SYSTEM
from leesbouw.core.time import SchoolYear
from leesbouw.exchange import actions
from leesbouw.exchange.models import ImportRow, ImportRun
from leesbouw.organisations.models import Board, Location, LocationYear, Municipality, Province

from .steps import counts, store, take_back

LOCATIONS = "duo/03-alle-vestigingen-bo_2021.csv"
PUPILS = "duo/01.-leerlingen-bo-gewicht,-leeftijd-2016-2017.csv"


def checked(folder: Path, name: str, importer: str, **options: str) -> ImportRun:
    run = actions.begin_run(
        content=(folder / name).read_bytes(),
        file_name=Path(name).name,
        importer_code=importer,
        by=SYSTEM,
        options={"reach": "all", **options},
    )
    return actions.preview_run(run=run, by=SYSTEM)


@pytest.mark.walk
@pytest.mark.django_db
def test_one_province_with_its_pupils_twice_and_back(shared_data: Path) -> None:
    zeeland = {"reach": "province", "province": "Zeeland"}
    run = checked(shared_data, LOCATIONS, "schools", **zeeland)
    assert (counts(run), run.counts["outside"]) == ({"new": 192}, 6023)
    assert (run.options["sector"], run.options["year"]) == ("po", 2021)
    store(run, SYSTEM)

    again = checked(shared_data, LOCATIONS, "schools", **zeeland)
    assert (counts(again), again.counts["writes"]) == ({"same": 192}, 0)
    pupils = checked(shared_data, PUPILS, "school-sizes", **zeeland)
    assert (pupils.options["year"], pupils.counts["read"]) == (2016, 17059)
    assert pupils.counts["new"] > 150
    store(pupils, SYSTEM)

    assert take_back(pupils, SYSTEM).counts["blocked"] == take_back(run, SYSTEM).counts["blocked"] == 0
    assert not Location.objects.exists()
    assert not Board.objects.exists()


@pytest.mark.machine
@pytest.mark.django_db
def test_the_whole_country_twice_with_its_pupils_and_back(shared_data: Path) -> None:
    run = checked(shared_data, LOCATIONS, "schools")
    assert counts(run) == {"new": 6215}
    assert (run.options["sector"], run.options["year"]) == ("po", 2021)
    store(run, SYSTEM)
    assert (Location.objects.count(), Municipality.objects.count(), Board.objects.count()) == (6215, 352, 824)
    assert Province.objects.count() == 12
    assert LocationYear.objects.filter(year=SchoolYear(2021)).count() == 6215
    school = Location.objects.get(code="16AH00")
    assert (school.town, school.street, school.website) == (
        "Emmen",
        "Oosterstraat 58",
        "https://www.obs-eenspan.nl",
    )
    assert Municipality.objects.get(code="0518").name == "'s-Gravenhage"

    again = checked(shared_data, LOCATIONS, "schools")
    assert (counts(again), again.counts["writes"]) == ({"same": 6215}, 0)

    pupils = checked(shared_data, PUPILS, "school-sizes")
    assert (pupils.options["year"], pupils.counts["read"]) == (2016, 17059)
    assert counts(pupils) == {"new": 6127, "faulty": 367}
    unknown = ImportRow.objects.filter(run=pupils, kind="faulty")
    assert {tuple(error) for row in unknown for error in row.errors} == {("brin", "unknown_location")}
    store(pupils, SYSTEM)
    year = LocationYear.objects.get(location__code="00AP00", year=SchoolYear(2016))
    assert (year.pupils, year.pupils_by_age["4"], str(year.weight)) == (80, 7, "0.00")

    take_back(pupils, SYSTEM)
    done = take_back(run, SYSTEM)
    assert done.counts["blocked"] == 0
    for model in (Location, Municipality, Board, Province, LocationYear):
        assert not model.objects.exists(), model
