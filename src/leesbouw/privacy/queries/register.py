"""The register of what is kept of people: read from the Privacy class that every model carries."""

from __future__ import annotations

from dataclasses import dataclass

from django.apps import apps

from ..enums import FIELDS, MODELS, ROOMS
from .terms import kept_words, terms_in_force


@dataclass(frozen=True, slots=True)
class KeptModel:
    """A model that holds something of people."""

    room: str
    label: str
    personal: tuple[str, ...]
    secret: tuple[str, ...]
    kept: str


def register_of_fields() -> list[KeptModel]:
    """One line for each model with personal or secret fields, by room and name."""
    lines = []
    terms = terms_in_force()
    for model in apps.get_models():
        privacy = model.__dict__.get("Privacy")
        if privacy is None:
            continue
        personal, secret = _fields(privacy, "personal"), _fields(privacy, "secret")
        if personal or secret:
            kept = getattr(privacy, "kept", "")
            lines.append(
                KeptModel(
                    room=str(ROOMS.get(model._meta.app_label, model._meta.app_label)),
                    label=str(MODELS.get(model._meta.label, model.__name__)),
                    personal=personal,
                    secret=secret,
                    kept=kept_words(kept, terms),
                )
            )
    return sorted(lines, key=lambda line: (line.room, line.label))


def _fields(privacy: type, name: str) -> tuple[str, ...]:
    return tuple(str(FIELDS.get(field, field)) for field in getattr(privacy, name, "").split())
