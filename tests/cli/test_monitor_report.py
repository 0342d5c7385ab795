"""`leesbouw monitor report`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leesbouw.cli.main import main
from leesbouw.core.access import SYSTEM
from leesbouw.core.jobs import work_off
from leesbouw.monitor import actions
from leesbouw.monitor.models import Participation
from tests.factories.cast import Cast
from tests.monitor.test_reports import lists, taking_part

pytestmark = pytest.mark.django_db


@pytest.fixture
def row(cast: Cast) -> Participation:
    return taking_part(cast)


def code_of(row: Participation) -> str:
    return f"{row.round.kind}-{row.round.year}"


def test_a_school_that_closed_has_its_report_as_a_file(
    cast: Cast, row: Participation, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    actions.store_lists(participation=row, lists=lists(None, 9, 3), by=SYSTEM)
    actions.close_participation(participation=row, by=cast.manager)
    work_off()
    out = tmp_path / "rapport.pdf"

    school, code = row.location.code, code_of(row)
    wanted = ["monitor", "report", "--school", school, "--round", code, "--pdf", "--out", str(out), "--json"]
    assert main(wanted) == 0
    assert out.read_bytes().startswith(b"%PDF")
    assert json.loads(capsys.readouterr().out) == {"file": str(out)}


@pytest.mark.parametrize(
    ("round", "sentence"), [("po-1999-2000", "geen school"), ("x", "geen school"), ("", "pas een rapport")]
)
def test_without_a_report_there_is_a_sentence(
    round: str, sentence: str, cast: Cast, row: Participation, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(["monitor", "report", "--school", row.location.code, "--round", round or code_of(row), "--xlsx"])
    assert sentence in capsys.readouterr().err
