"""English in code: no identifier holds a Dutch word of the glossary."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from .sources import ROOT, Source, nodes

GLOSSARY = ROOT / "docs" / "glossary.md"
# Words that slip in from habit and that a glossary of the field has no reason to hold.
_EVERYDAY = """
aantal aanmelden afspraak afspraken actie acties antwoord bedrag beginnen bestand boek boeken datum doel
doelen einde functie gebruiker gebruikers gegevens gesprek gesprekken groepen huidig huidige instelling
instellingen jaar jaren kenmerk keuze klas klassen leden lijst maak maken medewerker medewerkers naam namen nieuw
nieuwe omschrijving onderwerp opmerking opslaan ouder ouders overzicht pagina rol rollen scholen schooljaar soort
soorten taak toon tonen totaal vandaag verwijder verwijderen voeg voornaam achternaam vraag vragen wijzig
zoek zoeken
"""
EVERYDAY = frozenset(_EVERYDAY.split())


@cache
def dutch_words(glossary: Path = GLOSSARY) -> frozenset[str]:
    """The Dutch column, word by word; a word that the code column uses too is both languages' (contact, plan)."""
    dutch: set[str] = set()
    english: set[str] = set()
    for left, right in rows(glossary.read_text(encoding="utf-8")):
        dutch |= set(words(left))
        english |= {word for name in re.findall(r"`([^`]+)`", right) for word in words(name)}
    return frozenset(word for word in dutch | EVERYDAY if word not in english and len(word) > 2)


def rows(text: str) -> Iterator[tuple[str, str]]:
    """(Dutch, code) of every row of the tables in the glossary."""
    for line in text.splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if (
            line.startswith("|")
            and len(cells) >= 4
            and not set(cells[0]) <= set("-: ")
            and cells[0] != "Dutch"
        ):
            yield re.sub(r"\([^)]*\)", "", cells[0]), cells[1]


def words(name: str) -> list[str]:
    """get_leesplanStatus → get, leesplan, status."""
    return [word.lower() for word in re.findall(r"[A-ZÀ-Þ]?[a-zà-ÿ]+|[A-ZÀ-Þ]+(?![a-zà-ÿ])", name)]


def identifiers(tree: ast.AST) -> Iterator[tuple[str, int]]:
    """Every name that the code itself gives to something, with its line."""
    for node in nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name, node.lineno
        elif isinstance(node, ast.arg):
            yield node.arg, node.lineno
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id, node.lineno
        elif isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr, node.lineno


def dutch_identifiers(source: Source, forbidden: frozenset[str] | None = None) -> Iterator[str]:
    forbidden = dutch_words() if forbidden is None else forbidden
    stem = source.name.rpartition("/")[2].removesuffix(".py")
    for name, line in [(stem, 1), *identifiers(source.tree)]:
        for word in words(name):
            if word in forbidden:
                yield f"{source.name}:{line}: {name} holds the Dutch word “{word}”; see docs/glossary.md"
