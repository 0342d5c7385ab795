"""The fixed cast: everybody a page must be tried with, and an outsider who may see nothing of it.

province Waterland  ─ municipality Elzen (library A) ─ schools A1 (board X), A2 (board Y), child care K1
                    └ municipality Berken (library B) ─ school B1 (board X: one board over two libraries)
province Heuvelrug  ─ municipality Eiken (library C) ─ school C1 (the outsider's)
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from leesbouw.accounts.models import RoleAssignment, User
from leesbouw.accounts.queries import actor_for
from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import (
    BoardRow,
    LocationRow,
    MunicipalityRow,
    YearRow,
    choose_area,
    create_library,
    ensure_nation,
    put_boards,
    put_locations,
    put_municipalities,
    put_poi,
    start_partnership,
    write_location_years,
)
from leesbouw.organisations.models import Location, Partnership, Province, Unit

MUNICIPALITIES = (
    ("9901", "Elzen", "Waterland"),
    ("9902", "Berken", "Waterland"),
    ("9903", "Eiken", "Heuvelrug"),
)
BOARDS = (
    ("99001", "Stichting X", "education"),
    ("99002", "Stichting Y", "education"),
    ("99003", "Kinderrijk", "childcare"),
)
LOCATIONS = (
    # short name, code, sector, name, municipality, board
    ("a1", "99AA00", "po", "De Regenboog", "9901", "99001"),
    ("a2", "99AB00", "po", "'t Anker", "9901", "99002"),
    ("k1", "999000001", "ko", "Pinkeltje", "9901", "99003"),
    ("b1", "99BA00", "vo", "Berkencollege", "9902", "99001"),
    ("c1", "99CA00", "po", "De Eik", "9903", "99002"),
)
PARTNERSHIPS = (
    # attribute, library, location, programme
    ("with_a1", "library_a", "a1", "po"),
    ("with_k1", "library_a", "k1", "boekstart"),
    ("with_b1", "library_b", "b1", "vo"),
)
START = date(2020, 8, 1)
PEOPLE = (
    # attribute, role, unit
    ("administrator", "administrator", "library_a"),
    ("manager", "education-manager", "library_a"),
    ("consultant", "reading-consultant", "library_a"),
    ("director", "director", "library_a"),
    ("volunteer", "volunteer", "library_a"),
    ("other_library", "education-manager", "library_b"),
    ("head", "school-head", "a1"),
    ("teacher", "teacher", "a1"),
    ("other_head", "school-head", "a2"),
    ("childcare_manager", "childcare-manager", "k1"),
    ("board", "board-director", "board_x"),
    ("municipality", "official-education", "elzen"),
    ("poi", "poi-adviser", "poi_unit"),
    ("nation", "national-researcher", "nation_unit"),
    ("outsider", "school-head", "c1"),
)


@dataclass
class Cast:
    """Units by short name, and the Actor of each person."""

    units: dict[str, Unit]
    actors: dict[str, Actor] = field(default_factory=dict)
    partnerships: dict[str, Partnership] = field(default_factory=dict)

    def __getattr__(self, name: str):  # type: ignore[no-untyped-def]
        for group in ("actors", "units", "partnerships"):
            found = self.__dict__.get(group, {}).get(name)
            if found is not None:
                return found
        raise AttributeError(name)


def make_cast() -> Cast:
    cast = Cast(units=_make_units())
    at = cast.units
    for name, library, location, programme in PARTNERSHIPS:
        cast.partnerships[name] = start_partnership(
            library=at[library],
            location=at[location],
            by=SYSTEM,
            starts_on=START,
            programme=programme,
            domains=["reading"],
            phase="execution",
            hours_per_year=Decimal(50),
        )
    cast.actors = add_people([(name, role, at[unit]) for name, role, unit in PEOPLE])
    return cast


def _make_units() -> dict[str, Unit]:
    """Every unit by its short name."""
    towns = put_municipalities([MunicipalityRow(*row) for row in MUNICIPALITIES], by=SYSTEM)
    boards = put_boards([BoardRow(*row) for row in BOARDS], by=SYSTEM)
    province: Province = towns["9901"].province
    poi = put_poi(code="poi-w", name="POI Waterland", by=SYSTEM)
    Province.objects.filter(pk=province.pk).update(poi=poi)
    units: dict[str, Unit] = {
        "nation_unit": ensure_nation(by=SYSTEM),
        "poi_unit": poi,
        "province": province,
        "elzen": towns["9901"],
        "berken": towns["9902"],
        "eiken": towns["9903"],
        "board_x": boards["99001"],
        "board_y": boards["99002"],
    }
    for letter, town in zip("abc", ("elzen", "berken", "eiken"), strict=True):
        place = units[town]
        library = create_library(
            name=f"Bibliotheek {place.name}", code=f"nl-{letter}", by=SYSTEM, province=place.province
        )
        choose_area(library=library, municipality_ids=[place.pk], starts_on=START, by=SYSTEM)
        units[f"library_{letter}"] = library
    put_locations(
        [
            LocationRow(code=code, sector=sector, name=name, municipality=town, board=board, town=town)
            for _short, code, sector, name, town, board in LOCATIONS
        ],
        by=SYSTEM,
    )
    at = {location.code: location for location in Location.objects.all()}
    units |= {short: at[code] for short, code, *_rest in LOCATIONS}
    rows = [YearRow(location.pk, pupils=200 + n) for n, location in enumerate(at.values())]
    write_location_years(rows, year=SchoolYear.running(), by=SYSTEM)
    return units


def add_person(name: str, role: str, unit: Unit) -> Actor:
    """A user with one role at a unit, as an Actor."""
    return add_people([(name, role, unit)])[name]


def add_people(rows: list[tuple[str, str, Unit]]) -> dict[str, Actor]:
    """Users with one role each, as Actors by their short name."""
    users = User.objects.bulk_create(
        User(email=f"{name}@voorbeeld.example", name=name.replace("_", " ").title(), password="!")
        for name, _role, _unit in rows
    )
    held = RoleAssignment.objects.bulk_create(
        RoleAssignment(user=user, role=role, unit=unit, starts_on=START)
        for user, (_name, role, unit) in zip(users, rows, strict=True)
    )
    return {row[0]: actor_for(one, one.user) for row, one in zip(rows, held, strict=True)}
