"""How a school is provided with books: agreed, changed, and what it does not want on its shelf."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import SchoolYear, today
from leesbouw.indicators.actions import FactRow, store_facts
from leesbouw.organisations.models import Location

from ..enums import GoesHome
from ..models import Exclusion, Provision
from ..permissions import EDIT_PROVISION
from ..queries import lending_right, may_edit_provision, profiles_of


@dataclass(frozen=True, slots=True)
class ProvisionRow:
    """What was agreed; see `Provision`."""

    ways: Sequence[str]
    owner: str
    manager: str
    responsible: str
    system: str = ""
    goes_home: str = ""
    goes_home_why: str = ""
    review_on: date | None = None
    profile: str = ""


def _check(by: Actor, location: Location) -> None:
    require(by, EDIT_PROVISION)
    if by.kind != "system" and not may_edit_provision(by, location):
        raise NotAllowed(EDIT_PROVISION)


def set_provision(*, location: Location, row: ProvisionRow, by: Actor) -> Provision:
    """Writes down how a location is provided with books, from now on. Raises Sentence where books stay at school
    without a reason or without a day to look at it again."""
    _check(by, location)
    home = row.goes_home in (GoesHome.NO, GoesHome.NOT_YET)
    if home and not row.goes_home_why:
        raise Sentence(_("Say why books do not go home."))
    if home and (row.review_on is None or row.review_on <= today()):
        raise Sentence(_("Choose a day on which you look at this again."))
    if row.profile and row.profile not in profiles_of(location.sector):
        raise Sentence(_("This profile is not for this kind of school."))
    values = asdict(row) | {"ways": sorted(set(row.ways))}
    if not home:
        values |= {"goes_home_why": "", "review_on": None}
    with write_transaction():
        made = Provision.objects.create(location=location, by_user_id=by.user_id, **values)
        record(by=by, verb="collection.set_provision", subject=made, unit_id=location.pk)
        _tell(made, by)
        return made


def _tell(row: Provision, by: Actor) -> None:
    """What others may read of it, as facts of the running year."""
    met = lending_right(row).all_met
    told = {
        "collection-owner": row.owner,
        "collection-manager": row.manager,
        "books-go-home": row.goes_home or None,
        "lending-right": "met" if met else "not-met",
    }
    origin = _now("agreed by school and library")
    url = f"{row.location.get_absolute_url()}collectie/"
    store_facts(
        year=SchoolYear.running(),
        rows=[FactRow(row.location_id, code, value, origin, url) for code, value in told.items()],
        by=by,
    )


def add_exclusion(*, location: Location, what: str, why: str, review_on: date, by: Actor) -> Exclusion:
    """Writes down what a school does not want on its shelf. Raises Sentence without a reason or a later day."""
    _check(by, location)
    if not why.strip():
        raise Sentence(_("Say why. Everybody who works here can read this."))
    if review_on <= today():
        raise Sentence(_("Choose a day on which you look at this again."))
    with write_transaction():
        row = Exclusion.objects.create(
            location=location, what=what, why=why, review_on=review_on, by_user_id=by.user_id
        )
        record(by=by, verb="collection.add_exclusion", subject=row, unit_id=location.pk)
        return row


def end_exclusion(*, exclusion: Exclusion, by: Actor) -> Exclusion:
    """From today on it is welcome again; what held before stays to be read."""
    _check(by, exclusion.location)
    return _end(exclusion.pk, today(), "collection.end_exclusion", by)


@undo.register("collection.restore_exclusion")
def restore_exclusion(*, id: int, by: Actor) -> Exclusion:
    row = Exclusion.objects.visible_to(by).select_related("location").get(pk=id)
    _check(by, row.location)
    return _end(id, None, "collection.restore_exclusion", by)


def _end(pk: int, day: date | None, verb: str, by: Actor) -> Exclusion:
    with write_transaction():
        row: Exclusion = lock_row(Exclusion.objects.visible_to(by), pk=pk)
        row.ended_on = day
        row.save(update_fields=["ended_on"])
        back = Undo("collection.restore_exclusion", {"id": pk}) if day else None
        record(by=by, verb=verb, subject=row, unit_id=row.location_id, undo=back)
        return row
