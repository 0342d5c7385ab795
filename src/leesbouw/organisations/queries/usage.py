"""What still points at a unit: asked before an import is taken back, so that nobody's work goes with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from leesbouw.core.access import GuardedQuerySet

from ..models import Board, Location, LocationYear, Municipality, Province, Unit

_KINDS: tuple[type[models.Model], ...] = (Unit, Location, Board, Municipality, Province)


def units_in_use(ids: Collection[int], *, apart_from_years: Collection[int] = ()) -> set[int]:
    """Those of these units that any row of any app points at.

    `apart_from_years` are ids of LocationYear that do not count, because they go along.
    """
    found: set[int] = set()
    for model, field in _pointers():
        rows: Any = model._default_manager.all()
        if isinstance(rows, GuardedQuerySet):
            rows = rows.trusted(
                "whether anything points at a unit that is to be taken back; gives ids of units only"
            )
        rows = rows.filter(**{f"{field}__in": list(ids)})
        if model is LocationYear and apart_from_years:
            rows = rows.exclude(pk__in=list(apart_from_years))
        found.update(rows.order_by().values_list(f"{field}_id", flat=True).distinct())
    return found


def _pointers() -> Iterator[tuple[type[models.Model], str]]:
    """Every foreign key to a unit or one of its kinds; what makes a unit into a kind is no pointer."""
    seen = set()
    for kind in _KINDS:
        relations: list[Any] = list(kind._meta.get_fields(include_hidden=True))
        for relation in relations:
            if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
                continue
            model, field = relation.related_model, relation.field
            if getattr(field.remote_field, "parent_link", False) or field.model is not model:
                continue
            if (model, field.name) not in seen:
                seen.add((model, field.name))
                yield model, field.name
