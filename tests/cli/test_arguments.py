"""The help of every command, and what it says of a wrong command line, are Dutch: our words and those of argparse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from leesbouw import cli
from leesbouw.cli.main import COMMANDS, main

ENGLISH = ("usage:", "positional arguments", "options:", "show this help", "error:", "required", "invalid")


@pytest.mark.parametrize("command", [[], *([name] for name in COMMANDS), ["import", "schools"]])
def test_the_help_of_a_command_starts_in_dutch(command: list[str], capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main([*command, "--help"])

    said = capsys.readouterr().out
    assert left.value.code == 0
    assert said.startswith("gebruik: leesbouw")
    assert "laat deze uitleg zien" in said
    assert not [word for word in ENGLISH if word in said]


def test_no_help_stays_out_of_the_catalogue() -> None:
    files = Path(cli.__file__).parent.glob("*.py")
    left = [file.name for file in files if re.search(r'(help|description)=f?"', file.read_text())]

    assert left == ["supervise.py"]  # which only `leesbouw run` starts


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["import", "schools"], "leesbouw import schools: fout: dit ontbreekt nog: FILE"),
        (["backup", "--nonsense"], "leesbouw: fout: dit ken ik niet: --nonsense"),
        (["nonsense"], "leesbouw: fout: bij COMMAND: 'nonsense' kan niet (kies uit 'run', 'worker'"),
    ],
)
def test_a_wrong_command_line_is_told_in_dutch(command: list[str], sentence: str, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main(command)

    assert left.value.code == 2
    assert sentence in capsys.readouterr().err
