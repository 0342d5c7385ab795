"""DUO's numbers of pupils: several rows per location (by weight, by postcode of the child), summed to one.

Seen: bo 1 October 2016 with ages and weights; later years with L4…L25 or LEEFTIJD_4…, with a row per postcode; by year
group with LEERJAAR_1…8. Numbers below five are written as “<5” in some years: hidden, so no sum can be made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from . import values as v
from .columns import Cleaned, Column, Dropped, clean_columns, shown_raw

AGES = tuple(str(age) for age in range(3, 21))
YEAR_GROUPS = tuple(str(number) for number in range(1, 9))


def count(text: str) -> int:
    """A number of pupils in one cell; a hidden one (“<5”) raises ValueError("hidden")."""
    return v.number(text)


def weight(text: str) -> str:
    """A pupil's weight, 0.00, 0.30 or 1.20, as a decimal text. Raises ValueError("weight")."""
    plain = text.strip().replace(",", ".")
    if not re.fullmatch(r"\d(\.\d{1,2})?", plain, re.ASCII):
        raise ValueError("weight")
    return plain


COLUMNS = (
    Column("counted_on", ("PEILDATUM", "PEILDATUM LEERLINGEN", "TELDATUM", "DATUM"), v.day),
    Column("brin", ("BRIN NUMMER", "INSTELLINGSCODE", "BRINNUMMER", "BRIN"), v.brin4, required=True),
    Column("branch", ("VESTIGINGSNUMMER", "VESTIGINGSCODE", "VESTIGINGSNUMMER BRIN"), v.branch_number),
    Column("name", ("INSTELLINGSNAAM VESTIGING", "VESTIGINGSNAAM", "INSTELLINGSNAAM"), v.name_text),
    Column("municipality", ("GEMEENTENUMMER", "GEMEENTECODE"), v.municipality_code),
    Column("province", ("PROVINCIE",), v.province),
    Column("board", ("BEVOEGD GEZAG NUMMER", "BEVOEGD GEZAG CODE", "BEVOEGD GEZAG"), v.board_number),
    Column("weight", ("GEWICHT", "LEERLINGGEWICHT"), weight),
    Column("total", ("TOTAAL", "TOTAAL LEERLINGEN", "AANTAL LEERLINGEN", "LEERLINGEN", "AANTAL"), count),
    Column("age_younger", ("LEEFTIJD JONGER", "L3 MIN", "LEEFTIJD 3 JAAR EN JONGER"), count, summed=True),
    *(
        Column(
            f"age_{age}",
            (f"LEEFTIJD {age}", f"L{age}", f"LEEFTIJD {age} JAAR", f"{age} JAAR"),
            count,
            summed=True,
        )
        for age in AGES
    ),
    Column("age_older", ("LEEFTIJD OUDER", "L25 PLUS", "LEEFTIJD 25 JAAR EN OUDER"), count, summed=True),
    *(
        Column(
            f"group_{number}",
            (
                *(
                    f"LEERJAAR {number}",
                    f"LJ{number}",
                    f"LEERJAAR{number}",
                    f"GROEP {number}",
                    f"GROEP{number}",
                ),
                *(f"LEER- OF VERBLIJFSJAAR {number} - {sex}" for sex in ("MAN", "VROUW")),
                f"LEER- OF VERBLIJFSJAAR {number}",
            ),
            count,
            summed=True,
        )
        for number in YEAR_GROUPS
    ),
)
DROPPED = (
    Dropped(
        "postcode_pupil",
        ("POSTCODE LEERLING", "GEMEENTENAAM LEERLING", "GEMEENTENUMMER LEERLING", "WOONPLAATS LEERLING"),
    ),
    Dropped(
        "known_already",
        (
            *("POSTCODE VESTIGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENAAM", "SOORT PO"),
            *("DENOMINATIE VESTIGING", "DENOMINATIE", "PRIKDATUM"),
        ),
    ),
)


def clean_row(number: int, raw: Mapping[str, Sequence[str]]) -> Cleaned:
    """One row of a location: its numbers as the file gives them. A hidden cell is an error only without a total."""
    values, errors = clean_columns(raw, COLUMNS)
    wrong = {column for column, _ in errors}
    code = ""
    if not wrong & {"brin", "branch"}:
        try:
            code = v.school_code(values["brin"], values.get("branch", ""))
        except ValueError as error:
            errors.append(("branch" if "branch" in values else "brin", str(error)))
    if isinstance(values.get("total"), int):
        errors = [(column, reason) for column, reason in errors if reason != "hidden"]
    cleaned: dict[str, Any] = {"code": code}
    cleaned |= {
        key: values[key] for key in ("name", "municipality", "province", "board", "weight") if key in values
    }
    if "counted_on" in values:
        cleaned["counted_on"] = values["counted_on"].isoformat()
    cleaned["by_age"] = {key[4:]: n for key, n in values.items() if key.startswith("age_")}
    cleaned["by_group"] = {key[6:]: n for key, n in values.items() if key.startswith("group_")}
    parts = cleaned["by_group"] or cleaned["by_age"]
    if "total" in values:
        cleaned["pupils"] = values["total"]
    elif parts:
        cleaned["pupils"] = sum(parts.values())
    elif "total" not in wrong:
        errors.append(("total", "missing"))
    return Cleaned(number, cleaned, errors, shown_raw(raw) if errors else {})


def combine(rows: Iterable[Cleaned]) -> list[Cleaned]:
    """One record per location, in the order of the file, with the number of its first row.

    A location with a faulty row is faulty as a whole: the sum of the others would be a wrong number. It then has the
    number, the texts and the mistakes of its first faulty row, which is the one to mend.
    """
    records: dict[str, Cleaned] = {}
    loose: list[Cleaned] = []
    for row in rows:
        code = row.values.get("code", "")
        if not code:
            loose.append(row)
        elif code not in records:
            records[code] = _begin(row)
        else:
            _add(records[code], row)
    return sorted([*(_finish(record) for record in records.values()), *loose], key=lambda row: row.number)


def _begin(row: Cleaned) -> Cleaned:
    values = dict(row.values, by_age=dict(row.values["by_age"]), by_group=dict(row.values["by_group"]))
    values["weight"] = _weighed(row.values)
    return Cleaned(row.number, values, list(row.errors), dict(row.raw))


def _weighed(values: Mapping[str, Any]) -> str:
    """The weight of one pupil times the pupils of the row."""
    if "weight" not in values or "pupils" not in values:
        return ""
    return str(Decimal(values["weight"]) * values["pupils"])


def _add(record: Cleaned, row: Cleaned) -> None:
    if row.errors and not record.errors:
        record.number, record.raw, record.errors = row.number, row.raw, list(row.errors)
    for part in ("by_age", "by_group"):
        for key, number in row.values[part].items():
            record.values[part][key] = record.values[part].get(key, 0) + number
    record.values["pupils"] = record.values.get("pupils", 0) + row.values.get("pupils", 0)
    more = _weighed(row.values)
    if more:
        record.values["weight"] = str(Decimal(record.values["weight"] or 0) + Decimal(more))
    if row.values.get("counted_on") != record.values.get("counted_on") and not record.errors:
        record.number = row.number
        record.errors.append(("counted_on", "two_days"))


def _finish(record: Cleaned) -> Cleaned:
    """Numbers that no location has are a mistake in the file; zeros say nothing and go."""
    for part in ("by_age", "by_group"):
        record.values[part] = {key: n for key, n in record.values[part].items() if n}
    if record.values.get("pupils", 0) > v.MOST_PUPILS:
        record.errors.append(("total", "number"))
    weighed = Decimal(record.values["weight"] or 0)
    record.values["weight"] = str(weighed.quantize(Decimal("0.01"))) if record.values["weight"] else ""
    record.errors = list(dict.fromkeys(record.errors))
    return record
