"""The import engine: importers that declare what they know, and the steps that are the same for all of them."""

from __future__ import annotations

from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.registry import importers

from ..permissions import IMPORT
from .base import Importer, Preview, Tell, tell_nobody
from .boards import BoardImporter
from .childcare import ChildcareImporter
from .lending import LendingFiguresImporter
from .loans import LoanImporter
from .pupils import PupilImporter
from .schools import SchoolImporter
from .sizes import SizeImporter
from .titles import TitleImporter

__all__ = [
    "Importer",
    "Preview",
    "Tell",
    "all_importers",
    "by_slug",
    "importer",
    "importers_for",
    "require_any",
    "tell_nobody",
]

_KINDS: tuple[Importer, ...] = (
    SchoolImporter(),
    SizeImporter(),
    ChildcareImporter(),
    BoardImporter(),
    PupilImporter(),
    TitleImporter(),
    LendingFiguresImporter(),
    LoanImporter(),
)
for _each in _KINDS:
    importers.add(_each.code, _each)


def importer(code: str) -> Importer:
    """The importer with this code. Raises LookupError."""
    return importers[code]


def by_slug(slug: str) -> Importer | None:
    """The importer with this word in its address."""
    return next((each for each in importers.values() if each.slug == slug), None)


def all_importers() -> list[Importer]:
    return list(importers.values())


def importers_for(actor: Actor) -> list[Importer]:
    """The kinds of files that this actor may bring."""
    return [each for each in importers.values() if actor.may(each.permission)]


def require_any(by: Actor) -> None:
    """Raises NotAllowed for who may bring no file at all."""
    if not importers_for(by):
        raise NotAllowed(IMPORT)
