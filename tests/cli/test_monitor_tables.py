"""`leesbouw monitor export` and `tabulate`: answers out, and counted again."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pyreadstat
import pytest

from leesbouw.cli.main import main
from leesbouw.core.access import SYSTEM
from leesbouw.monitor import actions
from tests.factories.cast import Cast
from tests.monitor.test_reports import lists, taking_part

pytestmark = pytest.mark.django_db


def table_of(out: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(out.decode("utf-8-sig")), delimiter=";"))


def test_what_is_exported_is_counted_again(
    cast: Cast, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    row = taking_part(cast)
    actions.store_lists(participation=row, lists=lists(None, 9, 3, 5) + lists(None, 4, 6, 6), by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    assert main(["monitor", "export", "po-pupil@1"]) == 0
    exported = capfdbinary.readouterr().out
    assert len(table_of(exported)) == 22
    spss = tmp_path / "antwoorden.sav"
    assert main(["monitor", "export", "po-pupil@1", "--sav", str(spss)]) == 0
    assert str(spss) in capfdbinary.readouterr().out.decode()
    columns, told = pyreadstat.read_sav(str(spss), output_format="dict")
    assert list(columns) == list(table_of(exported)[0])
    assert (told.number_rows, sorted(columns["L10"])) == (
        22,
        sorted(float(row["L10"]) for row in table_of(exported)),
    )
    file = tmp_path / "antwoorden.csv"
    file.write_bytes(exported)

    assert main(["monitor", "tabulate", str(file), "--questionnaire", "po-pupil", "--by", "year_group"]) == 0
    rows = [line for line in table_of(capfdbinary.readouterr().out) if line["kolom"] == "L10"]
    found = {
        (line["year_group"], line["antwoord"]): (line["mensen"], line["deel of gemiddelde"]) for line in rows
    }
    assert found["5", "4"] == ("9", "0,75")
    assert found["6", "1"] == ("6", "0,6")


def test_weights_count_with_a_comma_as_well(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "gewogen.csv"
    file.write_text("L10;gewicht\n4;0,5\n1;1,5\n97;9\n", encoding="utf-8")
    command = ["monitor", "tabulate", str(file), "--questionnaire", "po-pupil@1", "--weight", "gewicht"]
    assert main(command) == 0
    found = {line["antwoord"]: line["deel of gemiddelde"] for line in table_of(capfdbinary.readouterr().out)}
    assert found["4"] == "0,25"


@pytest.mark.parametrize(
    "content",
    [
        b"\xef\xbb\xbfL10;naam;jaar\n4;Zo\xc3\xab;5\n1;b;6\n",
        b"L10;naam;jaar\r\n4;Zo\xeb;5\r\n1;\x80 5;6\r\n",
        "L10\tnaam\tjaar\n4\tZoë\t5\n1\tb\t6\n".encode("utf-16"),
        b'"L10","the ""name"", or it\'s","jaar"\n4,"a;b\nc","5"\n1,\'t,6\n',
        b"naam;L10\na;4\nb;1;6;7\nc\n",
    ],
)
def test_a_table_is_read_as_other_programs_write_it(
    content: bytes, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "a[1]*.csv"
    file.write_bytes(content)
    assert main(["monitor", "tabulate", str(file), "--questionnaire", "po-pupil"]) == 0
    rows = table_of(capfdbinary.readouterr().out)
    assert [(row["kolom"], row["antwoord"], row["mensen"]) for row in rows] == [
        ("L10", "1", "1"),
        ("L10", "4", "1"),
    ]


def test_a_quote_far_down_in_a_large_table_is_a_quote(
    tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    file = tmp_path / "groot.csv"
    lines = ["4;groep 5"] * 100_000
    lines[90_000] = '1;"groep ""5; 6"""'
    file.write_text("\n".join(["L10;groep", *lines]), encoding="cp1252")
    assert main(["monitor", "tabulate", str(file), "--questionnaire", "po-pupil", "--by", "groep"]) == 0
    rows = table_of(capfdbinary.readouterr().out)
    assert [(row["groep"], row["antwoord"], row["mensen"]) for row in rows] == [
        ('groep "5; 6"', "1", "1"),
        ("groep 5", "4", "99999"),
    ]


@pytest.mark.parametrize(
    ("content", "arguments", "sentence"),
    [
        ("L10\n4\n", ["--by", "school"], "school"),
        ("kleur\nrood\n", [], "Geen kolom"),
        (None, [], "Het bestand niets.csv kan niet gelezen worden."),
        ("", [], "Het bestand niets.csv is leeg."),
        (" \n\n", [], "Het bestand niets.csv is leeg."),
        ("\x00\x01\x02", [], "Het bestand niets.csv is geen CSV."),
        ("L10\n", [], "In dit bestand staat geen antwoord op een vraag van die lijst."),
        (
            "L10;naam\n4;" + "x" * 3_000_000 + "\n",
            [],
            "Deze tabel kan niet worden gemaakt. Kijk naar: niets.csv.",
        ),
    ],
)
def test_a_table_that_cannot_be_made_is_told(
    content: str | None,
    arguments: list[str],
    sentence: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "niets.csv"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["monitor", "tabulate", str(file), "--questionnaire", "po-pupil", *arguments])
    assert sentence in capsys.readouterr().err
