"""Groups of a school year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import create_rows, update_rows, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import SchoolYear

from ..domain import SCHOOL_YEAR_GROUPS
from ..models import ClassGroup, Location
from ..permissions import EDIT_GROUPS
from ..queries.usage import groups_in_use


@dataclass(frozen=True, slots=True)
class GroupRow:
    name: str
    year_groups: tuple[int, ...] = ()
    follows: str = ""  # name of last year's group


def save_groups(
    rows: Iterable[GroupRow], *, location: Location, year: SchoolYear, by: Actor
) -> dict[str, ClassGroup]:
    """Makes or changes the groups of a location in a year, by name. Raises Sentence for a year group it has not."""
    require(by, EDIT_GROUPS)
    allowed = SCHOOL_YEAR_GROUPS[location.sector]
    with write_transaction():
        known = {group.name: group for group in ClassGroup.objects.filter(location=location, year=year)}
        last = {
            group.name: group for group in ClassGroup.objects.filter(location=location, year=year.previous)
        }
        saved = {}
        for row in rows:
            if any(number not in allowed for number in row.year_groups):
                raise Sentence(_("This location has no such year group."))
            group = known.get(row.name) or ClassGroup(location=location, year=year, name=row.name)
            group.year_groups = sorted(row.year_groups)
            group.follows = last.get(row.follows) or group.follows
            saved[row.name] = group
        create_rows([group for group in saved.values() if group.pk is None])
        update_rows([group for group in saved.values() if group.name in known], ("year_groups", "follows"))
        record(
            by=by,
            verb="organisations.save_groups",
            subject=location,
            unit_id=location.pk,
            count=len(saved),
            data={"year": str(year)},
        )
        return saved


def remove_unused_groups(ids: Iterable[int], *, by: Actor, run: str = "") -> int:
    """Removes groups that an import or a new year made and at which nothing points any more; returns how many."""
    require(by, EDIT_GROUPS)
    with write_transaction():
        mine = ClassGroup.objects.visible_to(by).filter(pk__in=list(ids))
        groups = {group.pk: group for group in mine}
        gone = sorted(set(groups) - groups_in_use(list(groups)))
        ClassGroup.objects.filter(pk__in=gone).delete()
        units = {groups[pk].location_id for pk in gone}
        record(
            by=by,
            verb="organisations.remove_unused_groups",
            unit_id=units.pop() if len(units) == 1 else None,
            count=len(gone),
            run=run,
        )
        return len(gone)
