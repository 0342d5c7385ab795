"""MARC21 and MARCXML to a table with the columns of titles. What can be read of a record is read; nothing is guessed.

Fields as lending.md §3.4 lists them. A record that is broken becomes an empty row, which the check then names.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

from lxml import etree
from pymarc import Field, MARCReader, Record, Subfield
from pymarc.exceptions import PymarcException

from leesbouw.collection.domain import kind_of, said_name
from leesbouw.collection.enums import AgeBand, Avi, TitleKind

from .limits import MOST_BYTES, MOST_CELL, MOST_ROWS, Unreadable
from .reading import Table

HEADERS = [
    *("isbn", "title", "subtitle", "authors", "publisher", "published", "language", "series", "series_part"),
    *("book_kind", "age_band", "avi", "siso", "nur", "genre", "themes", "pages", "summary", "record_id"),
    *("barcode", "place", "school"),
]
MARCXML = "{http://www.loc.gov/MARC21/slim}"
AUDIENCES = {"a": AgeBand.AP, "b": AgeBand.A, "c": AgeBand.B, "d": AgeBand.C}  # position 22 of field 008
PRINTED, SPOKEN = "at ", "ij"  # position 6 of the leader
MOST_THEMES = 8
_LOCATION = re.compile(r"\d{2}[A-Z]{2}\d{2}|\d{9}")  # BRIN with its branch, or LRK
_END = re.compile(r"\s*[/:;,=]\s*$")
_YEAR = re.compile(r"\b(1[5-9]\d\d|20\d\d)\b")
_PAGES = re.compile(r"(\d+)\s*(?:p\b|p\.|pages|pagina|blz|bladzijden|ongenummerd|unpaged)", re.IGNORECASE)
_AVI = re.compile(rf"\bAVI[ :-]*({'|'.join(Avi.values)})\b", re.IGNORECASE)


def is_marc(content: bytes) -> bool:
    """Whether bytes begin as MARC21 does: a leader of 24 signs with the length of the record first."""
    leader = content.lstrip(b"\r\n")[:24]
    return len(leader) == 24 and leader[:5].isdigit() and leader[10:12] == b"22" and leader[20:22] == b"45"


def is_marcxml(content: bytes) -> bool:
    return b"MARC21/slim" in content[:4096] or b"<collection" in content[:400]


def marc_table(content: bytes) -> Table:
    """A row per record, or per copy where a record names barcodes. Raises Unreadable."""
    if len(content) > MOST_BYTES:
        raise Unreadable("too_large")
    records = _from_xml(content) if is_marcxml(content) else _from_binary(content)
    rows: list[list[str]] = []
    numbers: list[int] = []
    for number, record in enumerate(records, start=1):
        if len(rows) > MOST_ROWS:
            raise Unreadable("too_many_rows", most=MOST_ROWS)
        for row in rows_of(record) if record else [[""] * len(HEADERS)]:
            rows.append([cell[:MOST_CELL] for cell in row])
            numbers.append(number)
    if not rows:
        raise Unreadable("no_rows")
    return Table(headers=list(HEADERS), rows=rows, numbers=numbers, encoding="marc", delimiter="")


def _from_binary(content: bytes) -> Iterator[Record | None]:
    reader = MARCReader(io.BytesIO(content), permissive=True, utf8_handling="replace")
    try:
        yield from reader
    except (PymarcException, ValueError):  # the rest of the file cannot be cut into records
        yield None


def _from_xml(content: bytes) -> Iterator[Record | None]:
    """Records one by one, without entities, network or a tree of the whole in memory."""
    if b"<!DOCTYPE" in content[:4096]:
        raise Unreadable("doctype")
    try:
        for _event, element in etree.iterparse(
            io.BytesIO(content), tag=(f"{MARCXML}record", "record"), resolve_entities=False, no_network=True
        ):
            yield _record_of(element)
            element.clear()
            while element.getprevious() is not None:
                del element.getparent()[0]
    except etree.XMLSyntaxError:
        raise Unreadable("broken") from None


def _record_of(element: etree._Element) -> Record:
    record = Record()
    for child in element:
        if not isinstance(child.tag, str):
            continue
        name, tag = etree.QName(child).localname, child.get("tag", "")
        if name == "controlfield":
            record.add_field(Field(tag=tag, data=child.text or ""))
        elif name == "datafield":
            parts = [Subfield(part.get("code", ""), part.text or "") for part in child if part.get("code")]
            record.add_field(Field(tag=tag, subfields=parts))
    return record


def rows_of(record: Record) -> list[list[str]]:
    """The cells of a record in the order of HEADERS; once for each copy that it names (852 or 952, as $p)."""
    facts = _facts_of(record)
    copies = [
        [barcode.strip(), (field.get("o") or field.get("h") or "").strip(), _location_of(field)]
        for field in record.get_fields("952", "852")
        for barcode in field.get_subfields("p")
        if barcode.strip()
    ] or [["", "", ""]]
    return [[facts.get(name, "") for name in HEADERS[:-3]] + copy for copy in copies]


def _location_of(field: Field) -> str:
    """The code of a school or child care ($b); the branches of other systems have codes of their own, which say nothing
    here."""
    code = str(field.get("b") or "").strip().upper()
    return code if _LOCATION.fullmatch(code) else ""


def _facts_of(record: Record) -> dict[str, str]:
    fixed = next((field.data or "" for field in record.get_fields("008")), "").ljust(40)
    series, part = _series_of(record)
    subjects = [
        text for field in record.get_fields("650", "651", "655") for text in field.get_subfields("a", "v")
    ]
    level = " ".join(record_texts(record, "521", "a") + record_texts(record, "526", "abc"))
    avi = _AVI.search(level)
    extent = " ".join(record_texts(record, "300", "a"))
    pages = _PAGES.search(extent)
    year = _YEAR.search(" ".join(record_texts(record, "264", "c") + record_texts(record, "260", "c")))
    return {
        "isbn": next(iter(record_texts(record, "020", "a")), ""),
        "title": _clean(" ".join(record_texts(record, "245", "anp"))),
        "subtitle": _clean(" ".join(record_texts(record, "245", "b"))),
        "authors": "; ".join(_authors_of(record)),
        "publisher": _clean(
            next(iter(record_texts(record, "264", "b") + record_texts(record, "260", "b")), "")
        ),
        "published": year[1] if year else fixed[7:11].strip() if fixed[7:11].strip().isdigit() else "",
        "language": fixed[35:38].strip() or next(iter(record_texts(record, "041", "a")), ""),
        "series": series,
        "series_part": part,
        "book_kind": _kind_of(record, fixed, subjects),
        "age_band": AUDIENCES.get(fixed[22], "") if _form_of(record) in PRINTED else "",
        "avi": avi[1] if avi else "",
        "siso": _class_of(record, "siso"),
        "nur": _class_of(record, "nur")[:3],
        "genre": _clean(next(iter(record_texts(record, "655", "a")), "")),
        "themes": "; ".join(_themes_of(record)),
        "pages": pages[1] if pages else "",
        "summary": " ".join(record_texts(record, "520", "a")),
        "record_id": next((field.data or "" for field in record.get_fields("001")), "").strip(),
    }


def record_texts(record: Record, tag: str, codes: str) -> list[str]:
    """The texts of these subfields in the order of the record."""
    return [text.strip() for field in record.get_fields(tag) for text in field.get_subfields(*codes) if text]


def _clean(text: str) -> str:
    """Without the sign that ISBD puts before the next part, and without a full stop at the end."""
    text = _END.sub("", " ".join(text.split()))
    return text[:-1] if text.endswith(".") and not text.endswith("..") else text


def _authors_of(record: Record) -> list[str]:
    names = [said_name(name.rstrip(".")) for tag in ("100", "700") for name in record_texts(record, tag, "a")]
    return list(dict.fromkeys(name for name in names if name))[:6]


def _series_of(record: Record) -> tuple[str, str]:
    for tag in ("490", "440", "830", "800"):
        names = record_texts(record, tag, "a" if tag != "800" else "t")
        if names:
            part = next(iter(record_texts(record, tag, "v")), "")
            return _clean(names[0]), _clean(part)[:20]
    return "", ""


def _kind_of(record: Record, fixed: str, subjects: list[str]) -> str:
    if _form_of(record) in SPOKEN:
        return TitleKind.AUDIO
    told = kind_of(subjects, "")
    if told in {TitleKind.PICTURE, TitleKind.COMIC, TitleKind.POETRY}:
        return told
    return TitleKind.STORY if fixed[33] in "1fjp" or told == TitleKind.STORY else TitleKind.INFORMATION


def _class_of(record: Record, scheme: str) -> str:
    """The class in this scheme; SISO also where the field names none, as Dutch records have it."""
    for field in record.get_fields("084"):
        named = (field.get("2") or "siso").lower()
        if named == scheme and field.get("a"):
            return str(field["a"]).strip()
    return ""


def _form_of(record: Record) -> str:
    """What kind of thing a record is about: position 6 of its leader."""
    return str(record.leader)[6:7]


def _themes_of(record: Record) -> list[str]:
    texts = [_clean(text) for text in record_texts(record, "650", "a") + record_texts(record, "651", "a")]
    return list(dict.fromkeys(text for text in texts if text))[:MOST_THEMES]
