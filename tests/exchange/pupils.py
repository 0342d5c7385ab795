"""Two children and a teacher that every layout must give, and what tests of readers ask of a file."""

from __future__ import annotations

from typing import Any

import pytest

from leesbouw.exchange.domain.columns import propose, raw_values
from leesbouw.exchange.domain.limits import Unreadable
from leesbouw.exchange.domain.pupils import COLUMNS, PupilFacts, clean_pupil, read_pupils
from leesbouw.exchange.domain.reading import Table
from leesbouw.exchange.enums import FILE_REASONS
from tests.factories import pupil_files as files
from tests.factories.pupil_files import Child, Teacher

NOOR = Child("0012", "Noor", "van den", "Berg", "Vlinders", "", "https://ketenid.nl/x/Ab1", "2015-03-01")
ZOE = Child("12", "Zoë", "", "Éclair", "Muizen", "6", "", "2014-12-31")
SANNE = Teacher(groups=("Vlinders", "Muizen"))
YEARS = {"Vlinders": "5", "Muizen": "C"}

NOOR_VALUES = {
    "kind": "pupil",
    "key": "0012",
    "eck_id": "https://ketenid.nl/x/Ab1",
    "first_name": "Noor",
    "infix": "van den",
    "last_name": "Berg",
    "group": "Vlinders",
    "year_group": "5",
    "group_year_group": "5",
}
ZOE_VALUES = {
    "kind": "pupil",
    "key": "12",
    "first_name": "Zoë",
    "last_name": "Éclair",
    "group": "Muizen",
    "year_group": "6",
    "group_year_group": "C",
}
SANNE_VALUES = {
    "kind": "teacher",
    "key": "L1",
    "first_name": "Sanne",
    "infix": "de",
    "last_name": "Wit",
    "email": "s.dewit@school.example",
    "groups": ["Vlinders", "Muizen"],
}


def values(table: Table, **options: Any) -> list[dict[str, Any]]:
    """The cleaned values of every row; a mistake in one fails the test."""
    mapping = propose(table.headers, COLUMNS)
    records = [
        clean_pupil(number, raw_values(row, mapping), options)
        for number, row in zip(table.numbers, table.rows, strict=True)
    ]
    assert [record.errors for record in records] == [[] for _ in records]
    return [record.values for record in records]


def facts(content: bytes, **options: Any) -> PupilFacts:
    told = read_pupils(content, birth_years=options.pop("birth_years", False), **options).facts
    assert told
    return told


def reason(content: bytes, **options: Any) -> str:
    with pytest.raises(Unreadable) as caught:
        read_pupils(content, birth_years=False, **options)
    assert caught.value.code in FILE_REASONS
    assert str(FILE_REASONS[caught.value.code]) % caught.value.values
    return caught.value.code


def vars_of(child: Child) -> dict[str, str]:
    return {name: getattr(child, name) for name in child.__dataclass_fields__}


PRIMARY = {
    "parnassys": files.parnassys_csv,
    "esis": files.esis_csv,
}
SECONDARY = {
    "magister": files.magister_csv,
    "magister-xlsx": files.magister_xlsx,
    "somtoday": files.somtoday_csv,
    "somtoday-xlsx": files.somtoday_xlsx,
}
