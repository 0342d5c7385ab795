"""DUO's files of school locations ("alle vestigingen" of bo, sbo, so, vo): one row is one location.

Layouts differ per year and per kind of school: codes together or apart, another word for the same column, a column
that tells the kind of school or only the name of the file. Seen: bo 2016 and 2021, vo with ONDERWIJSSTRUCTUUR.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from . import values as v
from .columns import Cleaned, Column, Dropped, clean_columns, shown_raw

SECTORS = ("po", "sbo", "so", "vo", "pro", "mbo")

COLUMNS = (
    Column("brin", ("BRIN NUMMER", "INSTELLINGSCODE", "BRINNUMMER", "BRIN"), v.brin4),
    Column(
        "branch",
        ("VESTIGINGSNUMMER", "VESTIGINGSCODE", "BRIN VESTIGING", "VESTIGINGSCODE BRIN"),
        v.branch_number,
    ),
    Column(
        "name",
        (
            "VESTIGINGSNAAM",
            "INSTELLINGSNAAM VESTIGING",
            "NAAM VESTIGING",
            "INSTELLINGSNAAM",
            "SCHOOLNAAM",
            "NAAM",
        ),
        v.name_text,
        required=True,
    ),
    Column("street", ("STRAATNAAM", "STRAATNAAM VESTIGING", "STRAAT", "ADRES"), v.text_of(100)),
    Column("house_number", ("HUISNUMMER-TOEVOEGING", "HUISNUMMER", "HUISNUMMER VESTIGING"), v.text_of(18)),
    Column("postcode", ("POSTCODE", "POSTCODE VESTIGING"), v.postcode),
    Column("town", ("PLAATSNAAM", "PLAATSNAAM VESTIGING", "WOONPLAATS", "PLAATS"), v.place),
    Column(
        "municipality",
        ("GEMEENTENUMMER", "GEMEENTECODE", "GEMEENTE NUMMER"),
        v.municipality_code,
        required=True,
    ),
    Column("municipality_name", ("GEMEENTENAAM", "GEMEENTE"), v.municipality_name, required=True),
    Column("province", ("PROVINCIE", "PROVINCIENAAM"), v.province, required=True),
    Column(
        "board",
        (
            "BEVOEGD GEZAG NUMMER",
            "BEVOEGD GEZAG CODE",
            "BEVOEGDGEZAGNUMMER",
            "BEVOEGD GEZAG",
            "BESTUURSNUMMER",
        ),
        v.board_number,
    ),
    Column("board_name", ("BEVOEGD GEZAG NAAM", "NAAM BEVOEGD GEZAG", "BESTUURSNAAM"), v.name_text),
    Column("denomination", ("DENOMINATIE", "DENOMINATIE VESTIGING"), v.short_text),
    Column("phone", ("TELEFOONNUMMER", "TELEFOON"), v.phone),
    Column("website", ("INTERNETADRES", "WEBSITE", "URL"), v.website),
    Column(
        "kind",
        ("SOORT PO", "SOORT PRIMAIR ONDERWIJS", "SOORT ONDERWIJS", "ONDERWIJSTYPE", "TYPE PO"),
        v.short_text,
    ),
    Column("structure", ("ONDERWIJSSTRUCTUUR",), v.text_of(200)),
)
DROPPED = (
    Dropped(
        "correspondence",
        (
            "STRAATNAAM CORRESPONDENTIEADRES",
            "HUISNUMMER-TOEVOEGING CORRESPONDENTIEADRES",
            "POSTCODE CORRESPONDENTIEADRES",
            "PLAATSNAAM CORRESPONDENTIEADRES",
        ),
    ),
    Dropped(
        "regions",
        tuple(
            f"{area} {what}"
            for area in (
                "NODAAL GEBIED",
                "RPA-GEBIED",
                "WGR-GEBIED",
                "COROPGEBIED",
                "ONDERWIJSGEBIED",
                "RMC-REGIO",
            )
            for what in ("CODE", "NAAM")
        ),
    ),
)
ADDRESS = ("street", "postcode", "town")


def sector_of(kind: str, structure: str, otherwise: str) -> str:
    """The kind of school that a row speaks of; `otherwise` when it does not say. Raises ValueError("sector").

    DUO writes Bo, Sbo, So, Vso; vo files have VBO/MAVO/HAVO/VWO, and PRO alone for a practical school.
    """
    word = v.flat(kind)
    if word in {"bo", "basisonderwijs", "po", "bao"}:
        return "po"
    if word in {"sbo", "speciaal basisonderwijs"}:
        return "sbo"
    if word in {
        "so",
        "vso",
        "so vso",
        "sovso",
        "speciaal onderwijs",
        "voortgezet speciaal onderwijs",
    } or re.match(r"(v )?s?o cluster", word):
        return "so"
    if word in {"vo", "voortgezet onderwijs"} or structure:
        parts = set(v.flat(structure).split())
        return "pro" if parts == {"pro"} or v.flat(structure) == "praktijkonderwijs" else "vo"
    if word in {"pro", "praktijkonderwijs"}:
        return "pro"
    if word in {"mbo", "middelbaar beroepsonderwijs"}:
        return "mbo"
    if otherwise in SECTORS:
        return otherwise
    raise ValueError("sector")


def sector_in_name(file_name: str) -> str:
    """The kind of school in a file's name: “03-alle-vestigingen-bo_2021.csv” → po; empty when it does not say."""
    words = set(v.flat(file_name).split())
    for word, sector in (
        ("sbo", "sbo"),
        ("vso", "so"),
        ("so", "so"),
        ("pro", "pro"),
        ("vo", "vo"),
        ("mbo", "mbo"),
    ):
        if word in words or f"vestigingen{word}" in words:
            return sector
    return "po" if words & {"bo", "po", "bao", "vestigingenbo"} else ""


def clean_row(number: int, raw: Mapping[str, Sequence[str]], *, sector: str) -> Cleaned:
    """A location: code, sector, name, address, board, municipality. `sector` counts where the file does not say."""
    values, errors = clean_columns(raw, COLUMNS)
    wrong = {column for column, _ in errors}
    code = ""
    if not wrong & {"brin", "branch"}:
        if not values.get("brin") and not values.get("branch"):
            errors.append(("brin", "missing"))
        else:
            try:
                code = v.school_code(values.get("brin", ""), values.get("branch", ""))
            except ValueError as error:
                errors.append(("branch" if "branch" in values else "brin", str(error)))
    try:
        kind = sector_of(values.get("kind", ""), values.get("structure", ""), sector)
    except ValueError as error:
        kind = ""
        errors.append(("kind", str(error)))
    cleaned = {"code": code, "sector": kind} | {
        name: values[name]
        for name in (
            *("name", "postcode", "town", "municipality", "municipality_name", "province"),
            *("board", "board_name", "denomination", "phone", "website"),
        )
        if values.get(name)
    }
    if values.get("street"):
        cleaned["street"] = " ".join(filter(None, (values["street"], values.get("house_number", ""))))
    return Cleaned(number, cleaned, errors, shown_raw(raw) if errors else {})


def as_location(values: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of a location in a cleaned row; what the file does not say is left out."""
    fields = ("sector", "name", "street", "postcode", "town", "phone", "website", "denomination", "places")
    return {name: values[name] for name in fields if values.get(name) not in (None, "")}
