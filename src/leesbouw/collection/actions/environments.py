"""What a school says of its reading environment, and the photos of it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core import files
from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, lock_row, write_transaction
from leesbouw.core.errors import Sentence, check_version
from leesbouw.core.time import SchoolYear, now
from leesbouw.indicators.actions import FactRow, store_facts
from leesbouw.organisations.actions import checked_file
from leesbouw.organisations.models import Location

from ..enums import Met
from ..models import Environment, EnvironmentPhoto
from ..permissions import EDIT_PROVISION, VIEW_TITLES
from ..queries import environment_list, may_edit_provision, photos_of

MOST_PHOTOS = 12
PICTURES = {"png": "image/png", "jpg": "image/jpeg"}


def _check(by: Actor, location: Location) -> None:
    require(by, EDIT_PROVISION)
    if by.kind != "system" and not may_edit_provision(by, location):
        raise NotAllowed(EDIT_PROVISION)


def set_environment(
    *,
    location: Location,
    year: SchoolYear,
    answers: Mapping[str, str],
    by: Actor,
    note: str = "",
    version: int | None = None,
) -> Environment:
    """Writes what a place says of a year, over what it said before. Raises Stale."""
    _check(by, location)
    item = environment_list(location.sector)
    known = {one.code for one in item.body.items}
    kept = {code: one for code, one in answers.items() if code in known and one in Met.values}
    with write_transaction():
        hold_row(Location, location.pk)
        row = Environment.objects.visible_to(by).filter(location=location, year=year).first()
        if row is None:
            row = Environment(location=location, year=year, version=0)
        else:
            check_version(row, version)
        row.answers, row.note, row.list_version = kept, note, item.version
        row.set_at, row.by_user_id, row.version = now(), by.user_id, row.version + 1
        row.save()
        record(by=by, verb="collection.set_environment", subject=row, unit_id=location.pk)
        if kept:
            met = Decimal(sum(one == Met.YES for one in kept.values())) / len(kept)
            url = f"{location.get_absolute_url()}collectie/leesomgeving/"
            fact = FactRow(location.pk, "reading-environment", met, _now("told by the school"), url)
            store_facts(year=year, rows=[fact], by=by)
        return row


def add_photo(
    *, location: Location, year: SchoolYear, content: bytes, says: str, by: Actor
) -> EnvironmentPhoto:
    """Keeps a photo, drawn anew without what the camera hides in it. Raises Sentence for what is no picture, or for too
    many."""
    _check(by, location)
    kind, clean = checked_file(content)
    if kind not in PICTURES:
        raise Sentence(_("Send a picture as PNG or JPG."))
    if photos_of(by, location, year).count() >= MOST_PHOTOS:
        raise Sentence(_("There are twelve photos already. Take one away first."))
    with write_transaction():
        file = files.store(
            clean,
            name=f"leesomgeving {location.code}.{kind}",
            content_type=PICTURES[kind],
            by=by,
            unit_id=location.pk,
            permission=VIEW_TITLES,
        )
        row = EnvironmentPhoto.objects.create(
            location=location, year=year, file=file, says=says, by_user_id=by.user_id
        )
        record(by=by, verb="collection.add_photo", subject=row, unit_id=location.pk)
        return row


def drop_photo(*, photo: EnvironmentPhoto, by: Actor) -> None:
    """A photo goes for good, its file as well."""
    _check(by, photo.location)
    with write_transaction():
        row: EnvironmentPhoto = lock_row(EnvironmentPhoto.objects.visible_to(by), pk=photo.pk)
        record(by=by, verb="collection.drop_photo", subject=row, unit_id=row.location_id)
        file = row.file
        row.delete()
        if file is not None:
            files.remove(file)
