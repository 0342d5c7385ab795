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


COMMON = {"CODE", "HOST"}  # the same word in Dutch, which an operator knows


def test_what_stands_for_something_is_dutch_in_the_help_and_in_the_catalogue() -> None:
    files = "\n".join(file.read_text() for file in Path(cli.__file__).parent.glob("*.py"))
    told = set(re.findall(r'metavar=_\("(\S+)"\)', files)) | {"TERM", "DAYS"}
    plain = set(re.findall(r'metavar="(\S+)"', files))

    assert {"COMMAND", "WHAT", "FILE"} <= told
    assert [word for word in told - COMMON if cli.gettext(word) == word] == []
    assert plain <= COMMON


@pytest.mark.parametrize("command", [name for name in COMMANDS if name != "import"])
def test_no_option_names_its_own_value(command: str, capsys) -> None:
    """argparse makes a word of an English option where nobody gave one: --key KEY."""
    with pytest.raises(SystemExit):
        main([command, "--help"])

    said = capsys.readouterr().out
    assert [
        name
        for name in re.findall(r"--([a-z-]+)", said)
        if f"--{name} {name.upper()}" in said and name != "host"
    ] == []


def test_no_help_stays_out_of_the_catalogue() -> None:
    files = Path(cli.__file__).parent.glob("*.py")
    left = [file.name for file in files if re.search(r'(help|description)=f?"', file.read_text())]

    assert left == ["supervise.py"]  # which only `leesbouw run` starts


@pytest.mark.parametrize(
    ("command", "sentence"),
    [
        (["import", "schools"], "leesbouw import schools: fout: dit ontbreekt nog: BESTAND"),
        (["backup", "--nonsense"], "leesbouw: fout: dit ken ik niet: --nonsense"),
        (["nonsense"], "leesbouw: fout: bij OPDRACHT: 'nonsense' kan niet (kies uit 'run', 'worker'"),
    ],
)
def test_a_wrong_command_line_is_told_in_dutch(command: list[str], sentence: str, capsys) -> None:
    with pytest.raises(SystemExit) as left:
        main(command)

    assert left.value.code == 2
    assert sentence in capsys.readouterr().err
