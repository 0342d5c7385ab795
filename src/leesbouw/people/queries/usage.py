"""Whether anything points at a contact: asked before an import is taken back, so that nobody's work goes with it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from leesbouw.core.access import GuardedQuerySet

from ..models import Contact, GroupTeacher


def contacts_in_use(ids: Collection[int]) -> set[int]:
    """Those of these contacts that a row of any app points at; teaching a group does not count."""
    found: set[int] = set()
    relations: list[Any] = list(Contact._meta.get_fields(include_hidden=True))
    for relation in relations:
        if not (relation.auto_created and (relation.one_to_many or relation.one_to_one)):
            continue
        model, field = relation.related_model, relation.field
        if model is GroupTeacher:
            continue
        rows: Any = model._default_manager.all()
        if isinstance(rows, GuardedQuerySet):
            rows = rows.trusted(
                "whether anything points at a contact that is to be taken back; gives ids only"
            )
        rows = rows.filter(**{f"{field.name}__in": list(ids)})
        found.update(rows.order_by().values_list(f"{field.name}_id", flat=True).distinct())
    return found
