"""The register of processing: for each purpose whose data, which, on what ground and how long; made from the models.

What belongs to a purpose stands in content/nl/parameters/processing; which fields are personal in each model's Privacy
class; how long in the terms in force. So the register cannot say anything else than what the programme does.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from leesbouw.core.content import Body, content_kinds, current

from ..enums import FIELDS, MODELS, PEOPLE
from .terms import KIND, kept_words, terms_in_force

CODE = "processing"


class PurposeBody(Body):
    """What data are used for. `models` are labels, or an app with a star; the first purpose that fits counts."""

    code: str
    name: str
    why: str
    people: tuple[str, ...]
    basis: str
    source: str
    seen_by: str
    leaflet: bool
    models: tuple[str, ...]


class ProcessingBody(Body):
    security: str
    purposes: tuple[PurposeBody, ...]


content_kinds.add(f"{KIND}/{CODE}", ProcessingBody)


@dataclass(frozen=True, slots=True)
class Part:
    """One model: its name, what it holds of people, and how long."""

    label: str
    fields: tuple[str, ...]
    kept: str


@dataclass(frozen=True, slots=True)
class Purpose:
    """One purpose with everything that is kept for it."""

    body: PurposeBody
    parts: tuple[Part, ...]

    @property
    def people(self) -> str:
        return ", ".join(str(PEOPLE.get(code, code)) for code in self.body.people)

    @property
    def fields(self) -> list[str]:
        """Every kind of field once, in the order of the models."""
        return list(dict.fromkeys(name for part in self.parts for name in part.fields))

    @property
    def terms(self) -> list[tuple[str, str]]:
        """How long, with what that goes for: terms that several parts share stand once."""
        kept: dict[str, list[str]] = {}
        for part in self.parts:
            kept.setdefault(part.kept, []).append(part.label)
        return [(", ".join(labels), words) for words, labels in kept.items()]


def purposes(without: Collection[str] = ()) -> list[Purpose]:
    """Every purpose for which something is kept of people. `without`: names of fields that are left out."""
    body: ProcessingBody = current(KIND, CODE).body
    parts: dict[str, list[Part]] = {one.code: [] for one in body.purposes}
    terms = terms_in_force()
    for model in apps.get_models():
        privacy = model.__dict__.get("Privacy")
        fields = _fields_of(privacy, without)
        if not fields:
            continue
        label = model._meta.label
        kept = kept_words(getattr(privacy, "kept", ""), terms)
        code = purpose_of(label, body.purposes)
        if code:
            parts[code].append(Part(str(MODELS.get(label, model.__name__)), fields, kept))
    return [Purpose(one, tuple(parts[one.code])) for one in body.purposes if parts[one.code]]


def purpose_of(label: str, bodies: Collection[PurposeBody]) -> str:
    """The code of the purpose of a model ("people.Contact"), or nothing."""
    app = label.partition(".")[0]
    return next((one.code for one in bodies if label in one.models or f"{app}.*" in one.models), "")


def _fields_of(privacy: Any, without: Collection[str]) -> tuple[str, ...]:
    names = f"{getattr(privacy, 'personal', '')} {getattr(privacy, 'special', '')} {getattr(privacy, 'secret', '')}"
    return tuple(str(FIELDS.get(name, name)) for name in names.split() if name not in without)


def security_words() -> str:
    return str(current(KIND, CODE).body.security)


def processing_status() -> tuple[str, str]:
    """Status and source of the text."""
    item = current(KIND, CODE)
    return item.status, item.source


@dataclass(frozen=True, slots=True)
class LeafletPart:
    """What the leaflet tells one kind of people."""

    title: str
    purposes: tuple[Purpose, ...]


def leaflet(without: Collection[str] = ()) -> list[LeafletPart]:
    """What is kept of pupils, parents and the people who work at a school, for everybody to read. `without`: names of
    fields that this school does not keep."""
    told = [one for one in purposes(without) if one.body.leaflet]
    titles = (
        ("pupil", _("Of children")),
        ("parent", _("Of parents")),
        ("teacher", _("Of people who work at the school")),
    )
    return [
        LeafletPart(title, tuple(one for one in told if code in one.body.people)) for code, title in titles
    ]
