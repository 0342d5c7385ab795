"""What an administrator changes by hand: a location that no register has yet, and units of her own library."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import today

from ..models import Branch, Location, Partner
from ..permissions import EDIT_UNITS
from .register import LocationRow, put_locations
from .units import reindex


def add_location(*, row: LocationRow, by: Actor) -> Location:
    """A location that no file brought. Raises Sentence when its code is taken or its municipality unknown."""
    require(by, EDIT_UNITS)
    with write_transaction():
        if Location.objects.filter(code=row.code).exists():
            raise Sentence(_("There is a location with this number already."))
        made = put_locations([row], by=by)
        return Location.objects.get(pk=made.created[row.code])


def close_location(
    *, location: Location, closed_on: date | None, by: Actor, merged_into: Location | None = None
) -> Location:
    """Closes a location from a day, or opens it again; who merged shows into what. Nothing is deleted."""
    require(by, EDIT_UNITS)
    if merged_into is not None and merged_into.pk == location.pk:
        raise Sentence(_("A location cannot merge into itself."))
    if merged_into is not None and closed_on is None:
        raise Sentence(_("Give the day on which the locations merged."))
    with write_transaction():
        row = Location.objects.select_for_update().get(pk=location.pk)
        inverse = Undo(
            "organisations.close_location",
            {
                "location_id": row.pk,
                "closed_on": row.closed_on.isoformat() if row.closed_on else "",
                "merged_into_id": row.merged_into_id,
            },
        )
        if closed_on != row.closed_on:
            row.closing_told_on = today() if closed_on else None
        row.closed_on, row.merged_into = closed_on, merged_into
        row.version += 1
        row.save()
        record(
            by=by,
            verb="organisations.close_location" if closed_on else "organisations.open_location",
            subject=row,
            unit_id=row.pk,
            data={"merged_into": merged_into.pk if merged_into else None},
            undo=inverse,
        )
        reindex(location_ids=[row.pk], units=False)
        return row


@undo.register("organisations.close_location")
def _as_it_was(*, location_id: int, closed_on: str, merged_into_id: int | None, by: Actor) -> None:
    locations = Location.objects.visible_to(by)
    close_location(
        location=locations.get(pk=location_id),
        closed_on=date.fromisoformat(closed_on) if closed_on else None,
        merged_into=locations.filter(pk=merged_into_id).first() if merged_into_id else None,
        by=by,
    )


def change_branch(*, branch: Branch, by: Actor, **values: Any) -> Branch:
    """Changes name or address of a branch."""
    return _change(branch, by, values, "organisations.change_branch")


def change_partner(*, partner: Partner, by: Actor, **values: Any) -> Partner:
    """Changes name, kind, municipality or note of a partner."""
    return _change(partner, by, values, "organisations.change_partner")


def _change(row: Any, by: Actor, values: dict[str, Any], verb: str) -> Any:
    require(by, EDIT_UNITS)
    with write_transaction():
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        record(by=by, verb=verb, subject=row, unit_id=row.library_id, data={"fields": sorted(values)})
        return row
