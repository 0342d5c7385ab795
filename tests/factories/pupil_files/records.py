"""The simple records that files are made from, and the needles that must never come in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Child:
    """A pupil in a file. `year_group` is the pupil's own, by EDEXML code; `birth_date` is 2015-03-01."""

    key: str = "1001"
    first_name: str = "Noor"
    infix: str = ""
    last_name: str = "Jansen"
    group: str = "Vlinders"
    year_group: str = ""
    eck_id: str = ""
    birth_date: str = ""


@dataclass(frozen=True)
class Teacher:
    key: str = "L1"
    first_name: str = "Sanne"
    infix: str = "de"
    last_name: str = "Wit"
    groups: tuple[str, ...] = ("Vlinders",)
    email: str = "s.dewit@school.example"
    eck_id: str = ""


@dataclass(frozen=True)
class School:
    """What a file says of itself. `branch` None: it does not say."""

    brin: str = "99ZA"
    branch: str | None = "00"
    school_year: str = "2026-2027"
    author: str = "ParnasSys 5.3"
    created_at: str = "2026-09-01T08:00:00"


# Names of fields that must never come in, as each kind of file calls them; the values are needles.
SECRET_ELEMENTS = (
    *(
        "voorletters-1",
        "geslacht",
        "start_ondw_jgr3",
        "gebruikersnaam",
        "emailadres",
        "fotourl",
        "etniciteit",
    ),
    *("land", "land_vader", "land_moeder", "bsn", "gewicht_nieuw", "gewicht", "postcodenl", "instroomdatum"),
)
SECRET_HEADERS = (
    *("BSN", "Geslacht", "Adres", "Postcode", "Woonplaats", "Geboorteplaats", "Nationaliteit", "E-mail"),
    *("Telefoon", "Mobiel", "Naam ouder 1", "E-mail ouder 1", "Gewicht", "Onderwijsnummer", "Voorletters"),
    *("Gebruikersnaam", "Huisarts", "Mentor", "Iets van de school zelf"),
)


def needle(name: str) -> str:
    """A value that stands nowhere else: NEEDLE-GESLACHT."""
    return "NEEDLE-" + name.upper().replace(" ", "-").replace("_", "-")
