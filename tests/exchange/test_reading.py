"""Whatever somebody brings: a table, or a reason that has a sentence."""

from __future__ import annotations

import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import example, given, settings
from hypothesis import strategies as st

from leesbouw.exchange.domain import limits, reading
from leesbouw.exchange.domain.decoding import decode
from leesbouw.exchange.domain.excel import excel_lines
from leesbouw.exchange.domain.limits import Unreadable
from leesbouw.exchange.domain.reading import fold, read_table
from leesbouw.exchange.enums import FILE_REASONS

from . import files

TEXT = "naam;plaats\r\nBS “De Één”;'s-Gravenhage\r\nÜber;Súdwest\r\n"


def reason(content: bytes) -> str:
    with pytest.raises(Unreadable) as caught:
        read_table(content)
    return caught.value.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    table = read_table(TEXT.encode(encoding))

    assert table.headers == ["naam", "plaats"]
    assert table.rows[0] == ["BS “De Één”", "'s-Gravenhage"]
    assert table.numbers == [2, 3]


def test_bytes_that_windows_does_not_know_are_latin() -> None:
    assert read_table("naam;x\nCaf\x81é;1".encode("latin-1")).encoding == "latin-1"


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
def test_every_usual_delimiter_is_found(delimiter: str) -> None:
    table = read_table(f'a{delimiter}b{delimiter}c\n"1;,|",2'.replace(",2", f"{delimiter}2").encode())

    assert table.headers == ["a", "b", "c"]
    assert table.rows[0][1] == "2"


def test_commas_in_texts_do_not_hide_the_delimiter() -> None:
    table = read_table(b"NAAM;PLAATS\nDe Wilg, Elzen, Noord, Oost;x\n", frozenset({"naam", "plaats"}))

    assert table.rows == [["De Wilg, Elzen, Noord, Oost", "x"]]


def test_a_file_cut_off_inside_a_letter_is_still_utf8() -> None:
    text, encoding = decode("naam;é".encode()[:-1])

    assert (text, encoding) == ("naam;", "utf-8")


def test_explanation_above_the_header_is_passed_over() -> None:
    table = read_table(b"Bestand van DUO\n\nPeildatum;1-10\nBRIN;NAAM\n12AB;x\n", frozenset({"brin", "naam"}))

    assert table.headers == ["BRIN", "NAAM"]
    assert table.numbers == [5]


def test_a_quote_that_is_never_closed_swallows_nothing() -> None:
    rows = "\n".join(f"{n};naam {n}" for n in range(50))
    table = read_table(f'a;b\n"begin;x\n{rows}\n'.encode())

    assert len(table.rows) == 51


def test_a_line_break_inside_quotes_belongs_to_the_cell() -> None:
    assert read_table(b'a;b\n"een\ntwee";3\n').rows == [["een\ntwee", "3"]]


def test_headers_that_stand_there_twice_are_told() -> None:
    assert read_table(b"naam;NAAM;plaats\n1;2;3\n").doubled == ["naam", "NAAM"]


def test_formula_like_cells_stay_text() -> None:
    assert read_table(b"a;b\n=1+1;@x\n").rows == [["=1+1", "@x"]]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n\t ", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"naam;plaats\n", "no_rows"),
        (b"%PDF-1.7\n...", "pdf"),
        (b"<?xml version='1.0'?><a/>", "xml"),
        (b"\xef\xbb\xbf<EDEX>", "xml"),
        ("<?xml version='1.0'?><a/>".encode("utf-16"), "xml"),
        (b"<!DOCTYPE html><html>", "web_page"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old_excel"),
        (b"\x1f\x8b\x08\x00", "zip"),
        (files.workbook([["a", "b"], [1, 2]])[:900], "broken"),
        (b"naam;a\x00b\n1;2", "not_text"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not_text"),
        (b";".join([b"x"] * 1_000_000) + b"\n1", "too_many_columns"),
        (b"a;b\n" + b"x" * 6_000 + b";1\n", "long_cell"),
    ],
)
def test_what_is_no_table_has_a_reason(content: bytes, code: str) -> None:
    assert reason(content) == code
    assert code in FILE_REASONS


def test_a_zip_that_is_no_workbook_is_called_a_zip() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("scholen.csv", "naam;plaats\nDe Ster;Assen\n")

    assert reason(out.getvalue()) == "zip"


def test_too_many_rows_and_too_much_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MOST_ROWS", 5)
    monkeypatch.setattr(reading, "MOST_ROWS", 5)
    monkeypatch.setattr(reading, "MOST_BYTES", 1_000)

    assert reason(b"a;b\n" + b"1;2\n" * 8) == "too_many_rows"
    assert reason(b"a;b\n" + b"1;2\n" * 900) == "too_large"


# Excel


def test_zeros_that_excel_only_shows_are_read() -> None:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file) as book:
        empty, sheet = book.add_worksheet("Leeg"), book.add_worksheet("Leerlingen & co")
        zeros, plain = book.add_format({"num_format": "000000"}), book.add_format({"num_format": "0"})
        sheet.write_row(0, 0, ["nummer", "naam", "anders"])
        sheet.write_row(1, 0, [1, "Noor"], zeros)
        sheet.write_row(2, 0, [1234567, "12", 12], zeros)
        sheet.write_row(3, 0, [12, -1, 1.5], plain)
        sheet.write_row(4, 0, [-1, 1.5, True], zeros)
        assert empty is not sheet

    assert [row for _number, row in excel_lines(file.getvalue())] == [
        ["nummer", "naam", "anders"],
        ["000001", "Noor", ""],
        ["1234567", "12", "000012"],
        ["12", "-1", "1.5"],
        ["-1", "1.5", "1"],
    ]


def test_an_excel_sheet_is_read_as_texts() -> None:
    table = read_table(files.workbook([["BRIN", "GEMEENTE", "N"], ["00AP", 637, 1.5]], sheets_before=2))

    assert table.headers == ["BRIN", "GEMEENTE", "N"]
    assert table.rows == [["00AP", "637", "1.5"]]


def test_a_cell_in_the_last_corner_is_no_billion_cells() -> None:
    rows: list[list[object]] = [["a", "b"]]
    content = files.workbook(rows)
    far = content_with_cell(content, "XFD1048576")

    assert reason(far) in {"too_many_columns", "too_many_rows"}


def content_with_cell(content: bytes, place: str) -> bytes:
    """The workbook with one more cell, at `place`."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            data = source.read(name)
            if name.startswith("xl/worksheets/"):
                row = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
                more = f'<row r="{row}"><c r="{place}"><v>1</v></c></row></sheetData>'.encode()
                data = data.replace(b"</sheetData>", more)
            target.writestr(name, data)
    return out.getvalue()


def test_a_zip_bomb_is_never_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("leesbouw.exchange.domain.excel.MOST_UNPACKED", 1_000_000)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("xl/workbook.xml", "<workbook/>")
        box.writestr("xl/worksheets/sheet1.xml", b"0" * 20_000_000)

    assert len(out.getvalue()) < 100_000
    assert reason(out.getvalue()) == "bomb"


def test_entities_in_a_workbook_are_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        box.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook/>')

    assert reason(out.getvalue()) == "bomb"


def test_a_damaged_workbook_is_broken() -> None:
    content = files.workbook([["a", "b"], [1, 2]])
    middle = len(content) // 2

    assert reason(content[:middle] + b"\xff" * 40 + content[middle + 40 :]) == "broken"


# Anything at all


@given(st.binary(max_size=400))
@example(b"\xff\xfe")
@example(b'"')
@example(b"a;b\r\r\n\n1")
@settings(max_examples=300)
def test_any_bytes_give_a_table_or_a_reason(content: bytes) -> None:
    table = table_or_reason(content)

    if isinstance(table, str):
        assert table in FILE_REASONS
    else:
        assert len(table.rows) == len(table.numbers) > 0


def table_or_reason(content: bytes) -> reading.Table | str:
    try:
        return read_table(content)
    except Unreadable as error:
        return error.code


@given(
    st.lists(
        st.lists(
            st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=12),
            min_size=2,
            max_size=4,
        ),
        min_size=2,
        max_size=6,
    ),
    st.sampled_from(["utf-8-sig", "utf-16"]),
)
@settings(max_examples=100)
def test_what_was_written_is_read_back(rows: list[list[str]], encoding: str) -> None:
    width = len(rows[0])
    rows = [(row + [""] * width)[:width] for row in rows]
    rows[0] = [f"kop {n}" for n in range(width)]
    text = "\r\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in rows)
    wanted = [row for row in rows[1:] if any(cell.strip() for cell in row)]
    table = table_or_reason(text.encode(encoding))

    if wanted:
        assert isinstance(table, reading.Table)
        assert table.rows == wanted
    else:
        assert table in {"no_rows", "empty"}


@given(st.sampled_from(files.SCHOOL_2021), st.sampled_from([" ", "_", "-", "  "]), st.booleans())
def test_headers_are_known_however_they_are_spelt(header: str, sign: str, lower: bool) -> None:
    spelt = header.replace(" ", sign).replace("-", sign)

    assert fold(spelt.lower() if lower else spelt) == fold(header)
