"""Mistakes that a person can mend, told in a sentence."""

from __future__ import annotations

from typing import Any

from django.utils.functional import Promise


class Sentence(Exception):
    """Stops the work and tells the user why, in one sentence of ours that names no one.

    The sentence is a lazy translation, so that who reads it later reads it in her own language.
    """

    def __init__(self, text: str | Promise, **values: Any) -> None:
        super().__init__(text)
        self.text = text
        self.values = values

    def __str__(self) -> str:
        return str(self.text) % self.values if self.values else str(self.text)


class Stale(Exception):
    """The row changed since somebody began to edit it. Views answer 409 with both versions side by side."""


def check_version(row: Any, version: int | None) -> None:
    """Raises Stale unless `version`, which the form was made from, is still the row's. None asks for no check."""
    if version is not None and row.version != version:
        raise Stale(f"{type(row).__name__} {row.pk} is at version {row.version}, not {version}")
