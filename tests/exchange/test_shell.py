"""`leesbouw import` in the shell."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leesbouw.cli.main import main
from leesbouw.exchange.enums import RunState
from leesbouw.exchange.models import ImportRun
from leesbouw.organisations.models import Location

from .files import a_school, childcare, schools, sizes

SCHOOLS = schools(a_school("99ZA00"), a_school("99ZB00", POSTCODE="12"))


@pytest.fixture
def shell(cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    """`shell("schools", content, …)`: exit code and what was said."""

    def call(
        what: str, content: bytes | None = None, *options: str, name: str = "vestigingen-bo.csv"
    ) -> tuple[int, str]:
        arguments = ["import", what]
        if content is not None:
            (tmp_path / name).write_bytes(content)
            arguments.append(str(tmp_path / name))
        try:
            code = main([*arguments, *options])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, said.out + said.err

    return call


def test_import_list_and_undo(shell) -> None:
    code, said = shell("schools", SCHOOLS, "--year", "2021-2022")
    run = ImportRun.objects.get()

    assert code == 0
    assert "Rij 3: postcode: Dit is geen postcode, zoals 1234 AB." in said
    assert f"leesbouw import undo {run.pk}" in said
    assert Location.objects.filter(code="99ZA00").exists()
    assert "vestigingen-bo.csv" in shell("list")[1]
    assert shell("undo", None, str(run.pk))[0] == 0
    assert not Location.objects.filter(code="99ZA00").exists()
    assert shell("undo", None, str(run.pk))[0] == 1


def test_a_dry_run_stores_nothing(shell) -> None:
    code, said = shell("schools", SCHOOLS, "--dry-run", "--json")
    told = json.loads(said)

    assert (code, told["new"], told["faulty"], told["run"], told["dry_run"]) == (0, 1, 1, None, True)
    assert told["mistakes"][0]["row"] == 3
    assert not ImportRun.objects.exists()
    assert not Location.objects.filter(code="99ZA00").exists()


def test_the_same_mistake_in_many_rows_is_one_line_that_says_what_to_do_in_a_shell(shell) -> None:
    rows = schools(a_school("99ZA00"), a_school("99ZB00"), a_school("99ZC00"))
    _code, said = shell("schools", rows, "--dry-run", name="lijst.csv")

    assert "Rij 2 en nog 2: " in said
    assert "Zeg het met --sector, zoals --sector po." in said
    assert said.count("wat voor school") == 1


def test_the_other_registers(shell) -> None:
    assert json.loads(shell("childcare", childcare({}), "--json", "--types", "kdv")[1])["new"] == 1
    assert json.loads(shell("school-sizes", sizes({}), "--json")[1])["new"] == 1
    board = b"BEVOEGD GEZAG NUMMER;BEVOEGD GEZAG NAAM\n99001;Stichting Nieuw\n"
    assert json.loads(shell("boards", board, "--json")[1])["changed"] == 1


def test_sector_province_and_closing(shell) -> None:
    only = schools(a_school("99AA00", "De Regenboog"))

    assert "veel meer weg dan gewoon" in shell("schools", only, "--close-gone", "31-7-2026")[1]
    assert shell("schools", only, "--close-gone", "31-7-2026", "--sure")[0] == 0
    assert Location.objects.filter(closed_on="2026-07-31").count() == 2
    assert shell("schools", SCHOOLS, "--province", "utrecht", "--sector", "po")[0] == 0
    assert not Location.objects.filter(code="99ZA00").exists()


@pytest.mark.parametrize(
    ("content", "options", "sentence"),
    [
        (b"%PDF-1.7", (), "Dit is een pdf."),
        (b"BRIN NUMMER;POSTCODE\n12AB;1234AB\n", (), "missen we: naam"),
        (SCHOOLS, ("--year", "ooit"), "Een schooljaar schrijf je als"),
        (SCHOOLS, ("--province", "Nergens"), "geen provincie"),
        (SCHOOLS, ("--close-gone", "ooit"), "Een dag schrijf je als"),
    ],
)
def test_what_is_wrong_is_one_sentence(
    shell, content: bytes, options: tuple[str, ...], sentence: str
) -> None:
    code, said = shell("schools", content, *options)

    assert code == 1
    assert sentence in said
    assert "Traceback" not in said
    assert not ImportRun.objects.filter(state=RunState.RUNNING).exists()


def test_a_file_that_is_not_there(shell, tmp_path: Path) -> None:
    assert "Er is geen bestand" in shell("schools", None, str(tmp_path / "weg.csv"))[1]


def test_ctrl_c_takes_back_what_was_stored(shell, monkeypatch: pytest.MonkeyPatch) -> None:
    presses = [KeyboardInterrupt()]

    def settle(*args: object, **kwargs: object) -> None:
        if presses:
            raise presses.pop()

    monkeypatch.setattr("leesbouw.exchange.engine.schools.SchoolImporter.settle", settle)

    assert shell("schools", SCHOOLS)[0] == 130
    assert not Location.objects.filter(code="99ZA00").exists()
    assert ImportRun.objects.get().state == RunState.PREVIEWED


def test_a_run_whose_command_was_killed_holds_nobody_up(shell) -> None:
    lost = ImportRun.objects.create(
        importer="schools", file_name="x", sha256="x", size=1, state=RunState.RUNNING
    )

    assert shell("schools", SCHOOLS)[0] == 0
    lost.refresh_from_db()
    assert lost.state == RunState.FAILED
