"""The administrator's handbook names every setting and every command, and nothing that does not exist."""

from __future__ import annotations

import argparse
import importlib
import re

from django.apps import apps

from leesbouw.cli import main
from tools.rules import paper, words
from tools.rules.sources import ROOT, package_sources

BEHEER = ROOT / "docs" / "beheer"


def test_every_setting_has_a_heading() -> None:
    found = set().union(*(paper.settings_read(source.text) for source in package_sources()))
    names = {name for name in found if not name.startswith("LEESBOUW_TEST_")}

    assert list(paper.undocumented(names, (BEHEER / "instellingen.md").read_text(), "instellingen.md")) == []


def test_every_command_has_a_heading() -> None:
    names = {f"leesbouw {name}" for name in main.COMMANDS if name != "import"}
    names |= {f"leesbouw import {name}" for name in subcommands("import")}

    assert list(paper.undocumented(names, (BEHEER / "opdrachten.md").read_text(), "opdrachten.md")) == []


def subcommands(name: str) -> list[str]:
    """What may stand after a command, as its own parser says."""
    module = importlib.import_module(f"leesbouw.cli.{main.COMMANDS[name][0]}")
    parser = argparse.ArgumentParser()
    module.add_arguments(parser)
    return [str(choice) for action in parser._actions for choice in action.choices or ()]


def test_every_model_is_in_the_glossary() -> None:
    codes = " ".join(code for _dutch, code in words.rows(words.GLOSSARY.read_text(encoding="utf-8")))
    ours = {model for model in apps.get_models() if model.__module__.startswith("leesbouw.")}
    named = {model.__name__ for model in ours if not model._meta.auto_created}

    assert {name for name in named if f"`{name}`" not in codes} == set()


def test_links_between_documents_lead_somewhere() -> None:
    broken = []
    for document in [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]:
        for target in paper.links(document.read_text()):
            if not (document.parent / target).exists():
                broken.append(f"{document.relative_to(ROOT)}: {target}")

    assert broken == []


def test_the_readme_makes_ready_before_it_runs_and_names_what_settings_there_are() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    settings = (BEHEER / "instellingen.md").read_text(encoding="utf-8")

    assert text.index("sh tools/setup.sh run") < text.index(".venv/bin/leesbouw run")
    assert "LEESBOUW_MAIL_HOST" in text  # without it nobody is ever invited
    named = set(re.findall(r"\bLEESBOUW_[A-Z_]+", text))
    assert {name for name in named if f"### `{name}`" not in settings} == set()
