"""Which classes something is for: checked, kept, and carried on into a new year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import ClassGroup


def classes_named(by: Actor, unit_id: int, year: SchoolYear, ids: Iterable[int]) -> list[ClassGroup]:
    """These classes. Raises Sentence for one of another location or school year."""
    wanted = set(ids)
    if not wanted:
        return []
    rows = ClassGroup.objects.visible_to(by).filter(pk__in=wanted, location=unit_id, year=year)
    found = list(rows.order_by("name"))
    if len(found) != len(wanted):
        raise Sentence(_("Choose groups of school year %(year)s."), year=year)
    return found


def year_groups_of(classes: Sequence[ClassGroup], groups: Iterable[int]) -> list[int]:
    """The year groups something is for: those of its classes, else these."""
    return sorted({one for group in classes for one in group.year_groups}) if classes else list(groups)


def keep_classes(model: Any, rows: Mapping[int, Iterable[int]]) -> None:
    """Which classes each new row of a model is for, by its id."""
    name = f"{model._meta.model_name}_id"
    through = model.classes.through
    through.objects.bulk_create(
        through(**{name: pk, "classgroup_id": group}) for pk, groups in rows.items() for group in groups
    )


def classes_called(
    by: Actor, unit_id: int, year: SchoolYear, groups: Iterable[ClassGroup]
) -> dict[str, ClassGroup]:
    """The classes of a year that are called like these of another, by name."""
    names = {one.name for one in groups}
    rows = ClassGroup.objects.visible_to(by).filter(location=unit_id, year=year, name__in=names)
    return {one.name: one for one in rows} if names else {}
