"""DUO's file of school boards ("bevoegde gezagen"): the location files give a board's number alone, this its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import values as v
from .columns import Cleaned, Column, Dropped, clean_columns, shown_raw

COLUMNS = (
    Column(
        "code",
        (
            "BEVOEGD GEZAG NUMMER",
            "BEVOEGD GEZAG CODE",
            "BEVOEGDGEZAGNUMMER",
            "BESTUURSNUMMER",
            "ADMINISTRATIENUMMER",
        ),
        v.board_number,
        required=True,
    ),
    Column(
        "name",
        ("BEVOEGD GEZAG NAAM", "NAAM BEVOEGD GEZAG", "BESTUURSNAAM", "NAAM", "NAAM BESTUUR"),
        v.name_text,
        required=True,
    ),
)
DROPPED = (
    Dropped(
        "correspondence",
        tuple(
            f"{part}{of}"
            for part in ("STRAATNAAM", "HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM")
            for of in ("", " CORRESPONDENTIEADRES")
        ),
    ),
    Dropped(
        "known_already",
        ("INTERNETADRES", "TELEFOONNUMMER", "GEMEENTENUMMER", "GEMEENTENAAM", "DENOMINATIE", "PROVINCIE"),
    ),
)


def clean_row(number: int, raw: Mapping[str, Sequence[str]]) -> Cleaned:
    values, errors = clean_columns(raw, COLUMNS)
    cleaned = {name: values[name] for name in ("code", "name") if values.get(name)}
    return Cleaned(number, cleaned, errors, shown_raw(raw) if errors else {})
