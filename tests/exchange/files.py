"""Small files in every layout that registers are known to use; made here, so that no real file is kept."""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import xlsxwriter

SCHOOL_2021 = (
    *("PROVINCIE", "BEVOEGD GEZAG NUMMER", "BRIN NUMMER", "VESTIGINGSNUMMER", "VESTIGINGSNAAM", "STRAATNAAM"),
    *("HUISNUMMER-TOEVOEGING", "POSTCODE", "PLAATSNAAM", "GEMEENTENUMMER", "GEMEENTENAAM", "DENOMINATIE"),
    *("TELEFOONNUMMER", "INTERNETADRES", "STRAATNAAM CORRESPONDENTIEADRES", "NODAAL GEBIED CODE"),
)
SCHOOL = {
    "PROVINCIE": "Waterland",
    "BEVOEGD GEZAG NUMMER": "99001",
    "BRIN NUMMER": "99ZA",
    "VESTIGINGSNUMMER": "99ZA00",
    "VESTIGINGSNAAM": "De Wilg",
    "STRAATNAAM": "Wilgenlaan",
    "HUISNUMMER-TOEVOEGING": "4-A",
    "POSTCODE": "1234 AB",
    "PLAATSNAAM": "ELZEN AAN DE VAART",
    "GEMEENTENUMMER": "9901",
    "GEMEENTENAAM": "ELZEN",
    "DENOMINATIE": "Openbaar",
    "TELEFOONNUMMER": "0201234567",
    "INTERNETADRES": "www.dewilg.example",
    "STRAATNAAM CORRESPONDENTIEADRES": "Postbus",
    "NODAAL GEBIED CODE": "12",
}
CARE = {
    "lrk_id": "990000101",
    "type_oko": "KDV",
    "actuele_naam_oko": "Het Nest",
    "aantal_kindplaatsen": "32",
    "ve": "Ja",
    "status": "Ingeschreven",
    "inschrijfdatum": "01-01-2015",
    "uitschrijfdatum": "",
    "opvanglocatie_adres": "Nestweg",
    "opvanglocatie_huisnummer": "2",
    "opvanglocatie_postcode": "1234AC",
    "opvanglocatie_woonplaats": "Elzen",
    "cbs_code": "9901",
    "verantwoordelijke_gemeente": "Elzen",
    "naam_houder": "Nestjes B.V.",
    "kvk_nummer_houder": "99123456",
    "correspondentie_adres": "Postbus 1",
    "contact_persoon": "NAAM VAN IEMAND",
    "contact_telefoon": "020-7654321",
    "contact_emailadres": "iemand@nest.example",
    "contact_website": "https://nest.example/",
}
SIZE = {
    "PEILDATUM": "20161001",
    "BRIN_NUMMER": "99AA",
    "VESTIGINGSNUMMER": "00",
    "INSTELLINGSNAAM_VESTIGING": "De Regenboog",
    "POSTCODE_VESTIGING": "1234AB",
    "GEMEENTENUMMER": "9901",
    "GEMEENTENAAM": "Elzen",
    "PROVINCIE": "Waterland",
    "SOORT_PO": "Bo",
    "BEVOEGD_GEZAG_NUMMER": "99009",
    "GEWICHT": "0.00",
    "LEEFTIJD_JONGER": "0",
    "LEEFTIJD_4": "7",
    "LEEFTIJD_5": "11",
    "LEEFTIJD_OUDER": "0",
    "TOTAAL": "18",
}


def csv_text(rows: Iterable[Mapping[str, Any]], *, delimiter: str = ";", header: Sequence[str] = ()) -> str:
    """Rows as CSV; the header is that of the first row unless another is given."""
    rows = list(rows)
    names = list(header or rows[0])
    lines = [delimiter.join(names)]
    lines += [delimiter.join(_quoted(str(row.get(name, "")), delimiter) for name in names) for row in rows]
    return "\r\n".join(lines) + "\r\n"


def _quoted(text: str, delimiter: str) -> str:
    if any(sign in text for sign in (delimiter, '"', "\n")):
        return '"' + text.replace('"', '""') + '"'
    return text


def schools(*changes: Mapping[str, Any], encoding: str = "cp1252", delimiter: str = ";") -> bytes:
    """DUO's layout of 2021, a row per mapping of what differs from `SCHOOL`."""
    return csv_text(({**SCHOOL, **change} for change in changes), delimiter=delimiter).encode(encoding)


def a_school(code: str, name: str = "", **changes: Any) -> dict[str, Any]:
    """What differs for a school with this six-character code."""
    return {
        "BRIN NUMMER": code[:4],
        "VESTIGINGSNUMMER": code,
        "VESTIGINGSNAAM": name or f"School {code}",
        **changes,
    }


def childcare(*changes: Mapping[str, Any], encoding: str = "utf-8-sig") -> bytes:
    return csv_text({**CARE, **change} for change in changes).encode(encoding)


def sizes(*changes: Mapping[str, Any], encoding: str = "latin-1") -> bytes:
    return csv_text({**SIZE, **change} for change in changes).encode(encoding)


def workbook(rows: Sequence[Sequence[Any]], *, sheets_before: int = 0) -> bytes:
    """An Excel file with these rows, behind as many empty sheets."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for number in range(sheets_before):
            book.add_worksheet(f"leeg {number}")
        sheet = book.add_worksheet("data")
        for at, row in enumerate(rows):
            sheet.write_row(at, 0, row)
    return out.getvalue()
