"""`leesbouw backup` says where it wrote and how much."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leesbouw.cli.main import main


def test_a_size_is_told_in_dutch(
    committed_db: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["backup", str(tmp_path / "reserve.zip")]) == 0
    assert re.search(r"\(\d+,\d MB\)", capsys.readouterr().out)
