"""What still points at a unit: asked before an import is taken back, so that nobody's work goes with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from leesbouw.core.access import GuardedQuerySet

from ..models import Board, ClassGroup, Location, LocationYear, Municipality, Province, Unit

_KINDS: tuple[type[models.Model], ...] = (Unit, Location, Board, Municipality, Province)


def units_in_use(ids: Collection[int], *, apart_from_years: Collection[int] = ()) -> set[int]:
    """Those of these units that any row of any app points at.

    `apart_from_years` are ids of LocationYear that do not count, because they go along.
    """
    found: set[int] = set()
    for model, field in _pointers(*_KINDS):
        rows = _rows_of(model).filter(**{f"{field}__in": list(ids)})
        if model is LocationYear and apart_from_years:
            rows = rows.exclude(pk__in=list(apart_from_years))
        found.update(rows.order_by().values_list(f"{field}_id", flat=True).distinct())
    return found


def groups_in_use(ids: Collection[int]) -> set[int]:
    """Those of these groups that any row of any app points at, a group of the next year that follows one too."""
    found: set[int] = set()
    for model, field in _pointers(ClassGroup):
        rows = _rows_of(model).filter(**{f"{field}__in": list(ids)})
        found.update(rows.order_by().values_list(f"{field}_id", flat=True).distinct())
    return found


def _rows_of(model: type[models.Model]) -> Any:
    rows: Any = model._default_manager.all()
    if isinstance(rows, GuardedQuerySet):
        return rows.trusted(
            "whether anything points at a unit or group that is to be taken back; gives ids of those only"
        )
    return rows


def _pointers(*kinds: type[models.Model]) -> Iterator[tuple[type[models.Model], str]]:
    """Every foreign key to one of these kinds; what makes a unit into a kind is no pointer."""
    seen = set()
    for kind in kinds:
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
