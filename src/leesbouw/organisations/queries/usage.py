"""What still points at a unit or group: asked before one is taken back, so that nobody's work goes with it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from django.db import models

from leesbouw.core.pointers import pointed_at

from ..models import Board, ClassGroup, Location, LocationYear, Municipality, Province, Unit

_KINDS: tuple[type[models.Model], ...] = (Unit, Location, Board, Municipality, Province)


def units_in_use(ids: Collection[int], *, apart_from_years: Collection[int] = ()) -> set[int]:
    """Those of these units that any row of any app points at.

    `apart_from_years` are ids of LocationYear that do not count, because they go along.
    """
    fields = list(_pointers(*_KINDS))
    if not apart_from_years:
        return pointed_at(ids, fields)
    found = pointed_at(ids, [field for field in fields if field.model is not LocationYear])
    for name in [field.name for field in fields if field.model is LocationYear]:
        rows = LocationYear.objects.filter(**{f"{name}__in": list(ids)}).exclude(
            pk__in=list(apart_from_years)
        )
        found.update(rows.order_by().values_list(f"{name}_id", flat=True).distinct())
    return found


def groups_in_use(ids: Collection[int]) -> set[int]:
    """Those of these groups that any row of any app points at, a group of the next year that follows one too."""
    return pointed_at(ids, _pointers(ClassGroup))


def _pointers(*kinds: type[models.Model]) -> Iterator[Any]:
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
                yield field
