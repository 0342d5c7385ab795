"""The open layout of the national child-care register (LRK): one row is one location.

A childminder's row (VGO) holds the address of somebody's home: it is left out before anything is stored, and so is an
agency (GOB), where no child is. Of the others the name of a contact person, her mail and the post address go.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from . import values as v
from .columns import Cleaned, Column, Dropped, clean_columns, shown_raw

TYPES = ("kdv", "bso", "ve")  # day care, after-school care, pre-school education
TYPE_WORDS = {
    "kdv": "kdv",
    "kinderdagverblijf": "kdv",
    "dagopvang": "kdv",
    "psz": "kdv",
    "peuterspeelzaal": "kdv",
    "bso": "bso",
    "buitenschoolse opvang": "bso",
    "vgo": "vgo",
    "gastouder": "vgo",
    "voorziening voor gastouderopvang": "vgo",
    "gob": "gob",
    "go": "gob",
    "gastouderbureau": "gob",
    "ve": "ve",
    "voorschoolse educatie": "ve",
}


def care_type(text: str) -> str:
    """kdv, bso, ve, vgo or gob. Raises ValueError("care_type")."""
    try:
        return TYPE_WORDS[v.flat(text)]
    except KeyError:
        raise ValueError("care_type") from None


def yes(text: str) -> bool:
    return v.flat(text) in {"ja", "j", "yes", "true", "1", "waar"}


def registered(text: str) -> bool:
    return not v.flat(text).startswith(("uit", "niet"))


COLUMNS = (
    Column(
        "code", ("lrk_id", "LRK-ID", "lrk nummer", "registratienummer", "LRK"), v.lrk_number, required=True
    ),
    Column("type", ("type_oko", "soort opvang", "type opvang", "type"), care_type, required=True),
    Column("name", ("actuele_naam_oko", "naam", "naam oko", "naam voorziening"), v.name_text, required=True),
    Column("places", ("aantal_kindplaatsen", "kindplaatsen"), v.number),
    Column("preschool", ("ve", "voorschoolse educatie", "vve"), yes),
    Column("status", ("status", "actuele status"), registered),
    Column("ended_on", ("uitschrijfdatum", "datum uitschrijving"), v.day),
    Column("street", ("opvanglocatie_adres", "adres", "straat"), v.text_of(100)),
    Column("house_number", ("opvanglocatie_huisnummer", "huisnummer"), v.text_of(18)),
    Column("postcode", ("opvanglocatie_postcode", "postcode"), v.postcode),
    Column("town", ("opvanglocatie_woonplaats", "woonplaats", "plaats"), v.place),
    Column("municipality", ("cbs_code", "gemeentecode", "gem_code"), v.municipality_code),
    Column("municipality_name", ("verantwoordelijke_gemeente", "gemeente"), v.municipality_name),
    Column("board", ("kvk_nummer_houder", "kvk nummer", "kvk"), v.kvk_number),
    Column("board_name", ("naam_houder", "houder"), v.name_text),
    Column("phone", ("contact_telefoon", "telefoon"), v.phone),
    Column("website", ("contact_website", "website"), v.website),
)
DROPPED = (
    Dropped("person", ("contact_persoon", "contactpersoon", "contact_emailadres", "emailadres", "e-mail")),
    Dropped(
        "correspondence",
        (
            *("correspondentie_adres", "correspondentie_huisnummer", "correspondentie_postcode"),
            *("correspondentie_woonplaats", "correspondentie_buitenland"),
        ),
    ),
    Dropped(
        "holder_address",
        (
            *(
                "houder_adres",
                "houder_huisnummer",
                "houder_postcode",
                "houder_woonplaats",
                "houder_buitenland",
            ),
            *("vestigingsnummer_houder", "rechtsvorm_houder"),
        ),
    ),
    Dropped("agencies", tuple(f"gastouderbureau_{n}" for n in range(1, 10))),
    Dropped(
        "register",
        (
            "inschrijfdatum",
            "opc",
            "bag_id",
            "lrk_url",
            "start_geschillencommissie",
            "einde_geschillencommissie",
        ),
    ),
)


def may_be_kept(raw: Mapping[str, Sequence[str]]) -> bool:
    """False for a row that must not be stored at all, not even until the columns are settled.

    Only what is plainly day care, after-school care or pre-school passes: when in doubt it may be a home.
    """
    text = next((text for text in raw.get("type", ()) if text), "")
    try:
        return care_type(text) in TYPES
    except ValueError:
        return False


def clean_row(number: int, raw: Mapping[str, Sequence[str]], *, types: Sequence[str]) -> Cleaned:
    """A location with its organisation. `types` are the kinds of care one asked for."""
    values, errors = clean_columns(raw, COLUMNS)
    kind = values.get("type", "")
    if kind in {"vgo", "gob"}:
        return Cleaned(number, {}, left_out="childminder")
    code = values.get("code", "")
    wanted = kind in types or ("ve" in types and values.get("preschool"))
    if kind and not wanted:
        return Cleaned(number, {"code": code}, left_out="type")
    if not values.get("municipality") and not values.get("municipality_name"):
        errors.append(("municipality", "missing"))
    cleaned = {"code": code, "sector": "ko"} | {
        name: values[name]
        for name in (
            *("name", "places", "postcode", "town", "municipality", "municipality_name"),
            *("phone", "website"),
        )
        if values.get(name) not in (None, "")
    }
    if values.get("board") and values.get("board_name"):
        cleaned |= {"board": values["board"], "board_name": values["board_name"]}
    if values.get("street"):
        cleaned["street"] = " ".join(filter(None, (values["street"], values.get("house_number", ""))))
    if values.get("status") is False or values.get("ended_on"):
        ended = values.get("ended_on")
        cleaned["closed_on"] = ended.isoformat() if ended else ""
        cleaned["is_closed"] = True
    return Cleaned(number, cleaned, errors, shown_raw(raw) if errors else {})
