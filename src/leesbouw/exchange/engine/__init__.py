"""The import engine: importers that declare what they know, and the steps that are the same for all of them."""

from __future__ import annotations

from leesbouw.core.registry import importers

from .base import Importer, Preview, Tell, tell_nobody
from .boards import BoardImporter
from .childcare import ChildcareImporter
from .schools import SchoolImporter
from .sizes import SizeImporter

__all__ = ["Importer", "Preview", "Tell", "all_importers", "by_slug", "importer", "tell_nobody"]

for _each in (SchoolImporter(), SizeImporter(), ChildcareImporter(), BoardImporter()):
    importers.add(_each.code, _each)


def importer(code: str) -> Importer:
    """The importer with this code. Raises LookupError."""
    return importers[code]


def by_slug(slug: str) -> Importer | None:
    """The importer with this word in its address."""
    return next((each for each in importers.values() if each.slug == slug), None)


def all_importers() -> list[Importer]:
    return list(importers.values())
