"""Lists of books: of other lending systems, of a bookshop, of a school; and the columns a MARC record is turned into."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from leesbouw.collection.domain import TitleFacts, as_isbn, kind_of, said_name
from leesbouw.collection.enums import AgeBand, Avi, Owner, Part

from . import values as v
from .columns import Cleaned, Column, clean_columns, shown_raw
from .decoding import decode
from .reading import Table

LANGUAGES = {
    "nl": "dut",
    "nederlands": "dut",
    "nld": "dut",
    "dutch": "dut",
    "ned": "dut",
    "en": "eng",
    "engels": "eng",
    "english": "eng",
    "de": "ger",
    "duits": "ger",
    "deu": "ger",
    "fr": "fre",
    "frans": "fre",
    "fra": "fre",
    "fries": "fry",
    "fy": "fry",
    "turks": "tur",
    "tr": "tur",
    "arabisch": "ara",
    "ar": "ara",
    "pools": "pol",
    "pl": "pol",
    "oekraiens": "ukr",
    "uk": "ukr",
    "spaans": "spa",
    "es": "spa",
}
_SPLIT = re.compile(r"\s*(?:;|\||\s/\s)\s*")
_ISBN_LINE = re.compile(r"^[\d\-Xx ]{10,20}$")
MOST_OF_ONE = 200  # copies of a title in one line
FACTS = tuple(TitleFacts.__dataclass_fields__)


def names(text: str) -> list[str]:
    """ "Loon, Paul van; Look, Hugo van" → both as people say them."""
    return [said_name(one) for one in _SPLIT.split(text) if one.strip()]


def listed(text: str) -> list[str]:
    return [one for one in _SPLIT.split(text) if one]


def text(most: int):  # type: ignore[no-untyped-def]
    """A cleaning that cuts what is too long: no book is refused for the length of its subtitle."""
    clean = v.text_of(10**6)
    return lambda given: clean(given)[:most]


def year(text: str) -> int:
    """Raises ValueError("published")."""
    found = re.search(r"\b(1[5-9]\d\d|20\d\d)\b", text)
    if not found:
        raise ValueError("published")
    return int(found[1])


def pages(text: str) -> int | None:
    found = re.search(r"\d+", text)
    return int(found[0]) if found and 0 < int(found[0]) <= 5000 else None


def isbn(text: str) -> str:
    """Thirteen digits. Excel's "9,78906E+12" has lost them. Raises ValueError("isbn")."""
    if re.search(r"\dE\+\d", text, re.IGNORECASE):
        raise ValueError("isbn_rounded")
    digits = re.sub(r"\.0$", "", text.strip())
    return as_isbn(digits.zfill(10) if digits.isdigit() and len(digits) == 9 else digits)


def language(text: str) -> str:
    plain = v.flat(text)
    return LANGUAGES.get(plain, plain[:3] if re.fullmatch(r"[a-z]{3}", plain) else "und")


def age_band(text: str) -> str:
    """A, B, C …; what is none of these is not known, as "A/B" is A."""
    first = re.split(r"[^A-Za-z]", text.strip().upper())[0]
    return first if first in AgeBand.values else ""


def avi(text: str) -> str:
    plain = re.sub(r"(?i)^avi[ :-]*", "", text.strip()).casefold()
    return next((one for one in Avi.values if one.casefold() == plain), "")


def kind(text: str) -> str:
    return kind_of([text], "")


def owner(text: str) -> str:
    return Owner.SCHOOL if "school" in v.flat(text) else Owner.LIBRARY


def part(text: str) -> str:
    plain = v.flat(text)
    if "wissel" in plain or "roter" in plain:
        return Part.ROTATING
    return Part.TAILORED if "maatwerk" in plain or "tailored" in plain else Part.STANDARD


def number(text: str) -> int:
    """How many copies. Raises ValueError("number")."""
    if not text.isdigit() or not 0 <= int(text) <= MOST_OF_ONE:
        raise ValueError("number")
    return int(text)


COLUMNS = (
    Column("isbn", ("isbn", "isbn13", "isbn-13", "ean", "isbn nummer", "isbn10"), isbn),
    Column("title", ("titel", "title", "hoofdtitel", "boektitel", "naam boek"), text(300)),
    Column("subtitle", ("ondertitel", "subtitle"), text(300)),
    Column(
        "authors", ("auteur", "auteurs", "schrijver", "schrijvers", "authors", "author", "hoofdauteur"), names
    ),
    Column("publisher", ("uitgever", "uitgeverij", "publisher"), text(120)),
    Column("published", ("jaar", "jaar van uitgave", "uitgavejaar", "published", "publicatiejaar"), year),
    Column("language", ("taal", "language"), language),
    Column("series", ("reeks", "serie", "series"), text(200)),
    Column("series_part", ("reeksdeel", "deel", "nummer in reeks", "series_part"), text(20)),
    Column("book_kind", ("soort", "materiaal", "materiaalsoort", "book_kind", "bouw"), kind),
    Column("age_band", ("leeftijdscategorie", "leeftijd", "doelgroep", "age_band", "categorie"), age_band),
    Column("avi", ("avi", "avi niveau", "leesniveau"), avi),
    Column("siso", ("siso", "plaatsingscode"), text(20)),
    Column("nur", ("nur", "nur code"), text(3)),
    Column("genre", ("genre",), text(60)),
    Column("themes", ("thema", "themas", "thema's", "trefwoorden", "onderwerpen", "themes"), listed),
    Column("pages", ("paginas", "pagina's", "aantal paginas", "omvang", "pages"), pages),
    Column("summary", ("samenvatting", "annotatie", "omschrijving", "summary"), text(4000)),
    Column("record_id", ("titelnummer", "ppn", "record_id", "titel id"), text(60)),
    Column("barcode", ("barcode", "exemplaarnummer", "streepjescode", "exemplaar"), v.text_of(30)),
    Column("copies", ("aantal", "aantal exemplaren", "exemplaren", "copies"), number),
    Column("school", ("school", "brin", "vestiging", "locatie", "locatiecode"), text(20)),
    Column("place", ("plank", "plaats", "kast", "standplaats", "place"), text(40)),
    Column("owner", ("eigenaar", "owner", "eigendom"), owner),
    Column("part", ("collectie", "collectiedeel", "deelcollectie", "part"), part),
)
OF_COPY = ("barcode", "copies", "school", "place", "owner", "part")


def isbn_list(content: bytes) -> Table | None:
    """A text of which every line is an ISBN; None for anything else."""
    if len(content) > 2_000_000 or content.startswith(b"PK"):
        return None
    try:
        text, encoding = decode(content)
    except Exception:
        return None
    lines = [line.strip(' ";,\t') for line in text.splitlines()]
    filled = [(at, line) for at, line in enumerate(lines, start=1) if line]
    if not filled or not all(_ISBN_LINE.match(line) for _at, line in filled):
        return None
    return Table(["isbn"], [[line] for _at, line in filled], [at for at, _line in filled], encoding)


def clean_row(row_number: int, raw: Mapping[str, Sequence[str]]) -> Cleaned:
    """A line as values by column; empty ones are left out."""
    values, errors = clean_columns(raw, COLUMNS)
    if not errors and not values.get("title") and not values.get("isbn"):
        errors = [("title", "missing")]
    kept = {code: value for code, value in values.items() if value not in ("", None, [])}
    return Cleaned(row_number, kept, errors, shown_raw(raw) if errors else {})


def part_shared_numbers(records: Sequence[Cleaned]) -> int:
    """Leaves an ISBN to the first title of a file that bears it: series and reprints are found under one number, and
    none of them may be lost. Returns how many titles go on without it."""
    first: dict[str, str] = {}
    shared = 0
    for record in records:
        number, title = record.values.get("isbn"), v.flat(record.values.get("title", ""))
        if number and title and first.setdefault(number, title) != title:
            del record.values["isbn"]
            shared += 1
    return shared


def facts_of(values: Mapping[str, Any]) -> TitleFacts:
    """What a line says of the title itself."""
    known: dict[str, Any] = {"title": ""} | {code: value for code, value in values.items() if code in FACTS}
    if values.get("book_kind"):
        known["kind"] = values["book_kind"]
    for code in ("authors", "themes"):
        known[code] = tuple(known.get(code, ()))
    return TitleFacts(**known)
