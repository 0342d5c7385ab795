"""CSV and Excel: read back what was written, with every nasty cell we know."""

import csv
import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from leesbouw.rendering import sheets
from leesbouw.rendering.sheets import Column, Explanation, Sheet, file_name, to_csv, to_xlsx

NASTY = ["=1+1", "+31 6 12345678", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", '=HYPERLINK("x")']


def read_csv(sheet: Sheet) -> list[list[str]]:
    raw = b"".join(to_csv(sheet))
    assert raw.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def read_xlsx(content: bytes, tab: int) -> list[list]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(tab).to_python()


def full_sheet() -> Sheet:
    columns = [
        Column("School"),
        Column("BRIN", "id"),
        Column("Leerlingen", "number"),
        Column("Telling", "date"),
        Column("Bijdrage", "money"),
        Column("Aandeel", "share"),
    ]
    rows = [
        ["’t Anker; groot", "00AB12", 278, date(2026, 10, 1), 123456, Decimal("0.425")],
        ["De Linde", "01", -3, datetime(2026, 10, 1, 22, 30, tzinfo=UTC), -5, 0.5],
        ["Leeg", "", None, None, None, None],
    ]
    return Sheet("Scholen", columns, rows)


def test_csv_has_dutch_defaults() -> None:
    assert read_csv(full_sheet()) == [
        ["School", "BRIN", "Leerlingen", "Telling", "Bijdrage", "Aandeel"],
        ["’t Anker; groot", "00AB12", "278", "2026-10-01", "1234,56", "0,425"],
        ["De Linde", "01", "-3", "2026-10-02 00:30", "-0,05", "0,5"],
        ["Leeg", "", "", "", "", ""],
    ]


@pytest.mark.parametrize("text", NASTY)
def test_csv_cell_never_starts_a_formula(text: str) -> None:
    sheet = Sheet("x", [Column(text), Column("id", "id"), Column("n", "number")], [[text, text, text]])
    for row in read_csv(sheet)[:1] + read_csv(Sheet("x", sheet.columns, [[text, text, text]]))[1:]:
        assert row[0] == "'" + text
    assert read_csv(Sheet("x", sheet.columns, [[text, text, text]]))[1] == ["'" + text] * 3


@given(st.text())
def test_csv_text_survives_and_is_harmless(text: str) -> None:
    cell = read_csv(Sheet("x", [Column("a")], [[text + "x"]]))[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
    assert cell.removeprefix("'") == (text + "x").removeprefix("'")


def test_csv_of_a_generator_comes_in_chunks() -> None:
    rows = ([f"school {n}", n] for n in range(20_000))
    chunks = list(to_csv(Sheet("x", [Column("a"), Column("n", "number")], rows)))
    assert len(chunks) > 3
    assert all(len(chunk) < 2 * sheets.CHUNK_BYTES for chunk in chunks)
    assert b"".join(chunks).count(b"\r\n") == 20_001


def test_row_of_the_wrong_length_is_a_mistake_of_ours() -> None:
    with pytest.raises(ValueError):
        list(to_csv(Sheet("x", [Column("a")], [["1", "2"]])))


def test_xlsx_keeps_types_and_leading_zeros() -> None:
    content = to_xlsx([full_sheet()], Explanation("Uitleg", "Scholen", [("Filter", "=alles")]))
    assert read_xlsx(content, 0)[2] == ["Filter", "=alles"]
    head, first, second, empty = read_xlsx(content, 1)
    assert head[:2] == ["School", "BRIN"]
    assert first == ["’t Anker; groot", "00AB12", 278.0, date(2026, 10, 1), 1234.56, 0.425]
    assert second[1:] == ["01", -3.0, datetime(2026, 10, 2, 0, 30), -0.05, 0.5]  # noqa: DTZ001
    assert empty[0] == "Leeg"


@pytest.mark.parametrize(
    "text", [*NASTY, "{=1}", "http://x.nl/?a=1", "internal:'x'!A1", "mailto:a@b.nl", "0012"]
)
@pytest.mark.parametrize("large", [False, True])
def test_xlsx_text_is_never_a_formula_link_or_number(text: str, large: bool) -> None:
    rows = [[text]] if not large else iter([[text]])
    content = to_xlsx([Sheet("x", [Column("a")], rows)])
    book = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    assert book[1][0] == text.replace("\r", "\n") or book[1][0] == text
    xml = b"".join(_parts(content))
    assert b"<f>" not in xml
    assert b"hyperlink " not in xml


def _parts(content: bytes) -> list[bytes]:
    from zipfile import ZipFile

    with ZipFile(io.BytesIO(content)) as archive:
        return [archive.read(name) for name in archive.namelist() if "worksheets/" in name]


def test_xlsx_of_many_rows() -> None:
    rows = [[f"school {n}", n] for n in range(6_000)]
    content = to_xlsx([Sheet("x", [Column("a"), Column("n", "number")], rows)])
    assert len(read_xlsx(content, 0)) == 6_001


def test_xlsx_takes_any_tab_name_once() -> None:
    names = [
        "a/b",
        "A B",
        "a b",
        "",
        "History",
        "'x'",
        "een heel lange naam van een bibliotheek in een gemeente",
    ]
    content = to_xlsx([Sheet(name, [Column("a")], []) for name in names])
    tabs = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert len({tab.lower() for tab in tabs}) == len(names)
    assert all(len(tab) <= 31 for tab in tabs)


def test_xlsx_survives_long_text_control_signs_and_odd_numbers() -> None:
    rows = [["x" * 40_000, float("nan")], ["a\x00b\x0b\ud800", Decimal("Infinity")], [True, True]]
    content = to_xlsx([Sheet("x", [Column("a"), Column("n", "number")], rows)])
    assert read_xlsx(content, 0)[1][0].endswith("…")


def test_too_many_rows_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "EXCEL_ROWS", 10)
    with pytest.raises(sheets.TooManyRows):
        to_xlsx([Sheet("x", [Column("a")], [[n] for n in range(12)])])


def test_file_name() -> None:
    on = date(2026, 10, 14)
    assert file_name("OBS ’t Anker", "Scholen", on, "xlsx") == "leesbouw_obs-t-anker_scholen_2026-10-14.xlsx"
    assert file_name("", "../../étc", on, ".csv") == "leesbouw_etc_2026-10-14.csv"
    assert len(file_name("x" * 500, "y" * 500, on, "csv")) < 160
