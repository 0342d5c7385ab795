"""`leesbouw import pupils` and `leesbouw erase`: the same checks, and the same way back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leesbouw.cli.main import main
from leesbouw.core.access import SYSTEM
from leesbouw.exchange.models import ImportRun
from leesbouw.pupils.models import Pupil, RefusedKey

from .conftest import pupil

NOOR, SEM = pupil("0012", "Noor", "Vries"), pupil("13", "Sem", "Bakker")


@pytest.fixture
def shell(capsys, tmp_path: Path, settings, file_of, agreed):  # type: ignore[no-untyped-def]
    settings.DATA_FOLDER = tmp_path / "data"

    def call(*words: str, rows=()) -> tuple[int, dict]:  # type: ignore[no-untyped-def]
        file = tmp_path / "leerlingen.csv"
        file.write_bytes(file_of(rows))
        try:
            code = main([*(str(file) if word == "FILE" else word for word in words), "--json"])
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        said = capsys.readouterr()
        return code, json.loads(said.out) if said.out.startswith("{") else {"said": said.out + said.err}

    return call


def names() -> set[str]:
    return set(Pupil.objects.visible_to(SYSTEM).filter(left_on=None).values_list("first_name", flat=True))


def test_a_dry_run_says_what_would_happen_and_stores_nothing(cast, shell) -> None:
    code, told = shell("import", "pupils", "--school", "99AA00", "--dry-run", "FILE", rows=[NOOR, SEM])
    assert (code, told["new"], told["dry_run"]) == (0, 2, True)
    assert names() == set()
    assert not ImportRun.objects.exists()


def test_pupils_come_in_and_go_back(cast, shell) -> None:
    code, told = shell("import", "pupils", "--school", "99aa00", "FILE", rows=[NOOR, SEM])
    assert (code, told["new"]) == (0, 2)
    assert names() == {"Noor", "Sem"}
    code, told = shell("import", "pupils", "--school", "99AA00", "--keep-leavers", "FILE", rows=[NOOR])
    assert (code, told["same"], told["gone"]) == (0, 1, 1)
    assert names() == {"Noor", "Sem"}
    assert shell("import", "undo", str(told["run"]))[0] == 0
    assert names() == {"Noor", "Sem"}


def test_more_leavers_than_usual_are_told_and_stop_until_somebody_is_sure(cast, shell) -> None:
    many = [pupil(str(at), f"Kind{at}", f"Naam{at}") for at in range(10)]
    shell("import", "pupils", "--school", "99AA00", "FILE", rows=many)
    _code, told = shell("import", "pupils", "--school", "99AA00", "--dry-run", "FILE", rows=many[:2])
    assert (told["gone"], told["many_gone"]) == (8, True)
    code, told = shell("import", "pupils", "--school", "99AA00", "FILE", rows=many[:2])
    assert (code, "--sure" in told["said"]) == (1, True)
    assert ImportRun.objects.count() == 1
    assert len(names()) == 10
    code, told = shell("import", "pupils", "--school", "99AA00", "--sure", "FILE", rows=many[:2])
    assert (code, len(names())) == (0, 2)


def test_doubtful_children_are_told_by_their_row_and_left_out(cast, shell) -> None:
    shell("import", "pupils", "--school", "99AA00", "FILE", rows=[NOOR, SEM])
    _code, told = shell(
        "import", "pupils", "--school", "99AA00", "FILE", rows=[pupil("12", "Noor", "Vries"), SEM]
    )
    why = "Dezelfde naam; het nummer is gelijk op de nullen vooraan na. Is het hetzelfde kind?"
    assert told["doubts"] == [{"row": 2, "mistakes": [why]}]
    assert set(Pupil.objects.visible_to(SYSTEM).values_list("key", flat=True)) == {"0012", "13"}


@pytest.mark.parametrize(
    ("school", "sentence"),
    [
        ("99AB00", "geen verwerkersovereenkomst"),
        ("11XX11", "geen school met het nummer"),
        ("999000001", "geen school"),
    ],
)
def test_what_cannot_be_is_one_sentence(cast, shell, school: str, sentence: str) -> None:
    code, told = shell("import", "pupils", "--school", school, "FILE", rows=[NOOR])
    assert code == 1
    assert sentence in told["said"]
    assert names() == set()


def test_erasing_asks_for_a_yes_and_keeps_the_child_away(cast, shell) -> None:
    shell("import", "pupils", "--school", "99AA00", "FILE", rows=[NOOR, SEM])
    assert shell("erase", "--school", "99AA00", "--key", "12")[0] == 1, "12 is not 0012"
    assert shell("erase", "--school", "99AA00", "--key", "0012") == (0, {"found": 1, "erased": 0})
    assert names() == {"Noor", "Sem"}
    assert shell("erase", "--school", "99AA00", "--key", "0012", "--yes") == (0, {"found": 1, "erased": 1})
    assert names() == {"Sem"}
    assert RefusedKey.objects.count() == 1
    _code, told = shell("import", "pupils", "--school", "99AA00", "FILE", rows=[NOOR, SEM])
    assert (told["new"], told["same"]) == (0, 1)


def test_no_name_of_a_child_stands_in_the_answer(shell) -> None:
    _code, told = shell(
        "import", "pupils", "--school", "99AA00", "--dry-run", "FILE", rows=[(*NOOR[:6], "77")]
    )
    assert told["mistakes"] == [{"row": 2, "mistakes": ["jaargroep: We kennen deze jaargroep niet."]}]
