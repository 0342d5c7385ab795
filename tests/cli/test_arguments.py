"""The help of every command, and what it says of a wrong command line, hold no English word of argparse's."""

from __future__ import annotations

import pytest

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
