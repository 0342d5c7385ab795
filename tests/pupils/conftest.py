"""A school whose pupils may come in, and the files of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from leesbouw.core.access import SYSTEM, Actor
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.actions import record_agreement
from tests.factories.cast import Cast, add_person

YEAR = SchoolYear.running()
HEADER = "Leerlingnummer;ECK iD;Roepnaam;Tussenvoegsel;Achternaam;Groep;Jaargroep"
Row = tuple[str, str, str, str, str, str, str]


@pytest.fixture
def coordinator(cast: Cast, agreed: None) -> Actor:
    """The reading coordinator of a school that has a processing agreement."""
    return add_person("coordinator", "reading-coordinator", cast.a1)


@pytest.fixture
def file_of() -> Callable[[Sequence[Sequence[str]]], bytes]:
    """`file_of(rows)`: a CSV of (key, ECK iD, first name, infix, last name, group, year group)."""

    def build(rows: Sequence[Sequence[str]]) -> bytes:
        return "\r\n".join([HEADER, *(";".join(row) for row in rows)]).encode()

    return build


def pupil(key: str, first: str, last: str, group: str = "5A", year: str = "5", eck: str = "") -> Row:
    return key, eck, first, "", last, group, year


@pytest.fixture
def agreed(cast: Cast) -> None:
    """School A1 has a processing agreement with its library; school A2 has none."""
    record_agreement(
        library=cast.library_a,
        location=cast.a1,
        version="4.0",
        signed_on=YEAR.starts_on,
        starts_on=YEAR.starts_on,
        signer_name="M. Kaya",
        signer_function="directeur",
        by=SYSTEM,
    )
