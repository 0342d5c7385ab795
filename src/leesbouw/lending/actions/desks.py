"""Pairing desks and letting volunteers in. Secrets are stored as digests; the code and the PIN are told once."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.domain import hashed, hashed_code, is_right_code, new_token
from leesbouw.core.access import SYSTEM, Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import hold_row, lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now
from leesbouw.organisations.models import Location

from ..domain.pairing import CODE_LASTS, is_pin, new_code, read_code, wait_after
from ..models import DeskDevice, DeskVolunteer
from ..permissions import EDIT_RULES
from .cards import require_place

WRONG_CODE = _("This code is not right, or it is too old. Ask for a new one.")
WRONG_PIN = _("This PIN is not right. Try again.")


@dataclass(frozen=True, slots=True)
class NewDesk:
    """A desk that waits to be paired; `code` is shown once."""

    device: DeskDevice
    code: str


def make_desk(*, location: Location, name: str, is_self: bool = False, by: Actor) -> NewDesk:
    """Makes a desk, or a tablet on which children help themselves, and the code that pairs it within a quarter of an hour."""
    require_place(location, by)
    if not name.strip():
        raise Sentence(_("Give the desk a name."))
    code = new_code()
    with write_transaction():
        device = DeskDevice.objects.create(
            location=location,
            name=name.strip()[:60],
            is_self=is_self,
            code_hash=hashed(code),
            code_until=now() + CODE_LASTS,
            made_by_id=by.user_id,
        )
        record(by=by, verb="lending.make_desk", subject=device, unit_id=location.pk)
        return NewDesk(device, code)


def pair_desk(*, typed: str, is_self: bool = False, by: Actor = SYSTEM) -> tuple[DeskDevice, str]:
    """The device with this code becomes the desk; returns it and its secret. Raises Sentence for a wrong or old code."""
    code = read_code(typed)
    if not code:
        raise Sentence(WRONG_CODE)
    with write_transaction():
        rows = DeskDevice.objects.trusted("which desk a code pairs")
        rows = rows.filter(is_self=is_self, revoked_at=None, code_until__gt=now())
        row = rows.filter(code_hash=hashed(code)).first()
        if row is None:
            raise Sentence(WRONG_CODE)
        device: DeskDevice = lock_row(DeskDevice.objects.trusted("which desk a code pairs"), pk=row.pk)
        if device.code_hash != hashed(code):
            raise Sentence(WRONG_CODE)
        token = new_token()
        device.code_hash, device.code_until, device.paired_at = "", None, now()
        device.token_hash = hashed(token)
        device.save(update_fields=["code_hash", "code_until", "paired_at", "token_hash"])
        record(by=by, verb="lending.pair_desk", subject=device, unit_id=device.location_id)
        return device, token


def revoke_desk(*, device_id: int, by: Actor) -> None:
    """A desk that was lost or goes elsewhere opens nothing from now on."""
    require(by, EDIT_RULES)
    with write_transaction():
        device = DeskDevice.objects.visible_to(by).filter(pk=device_id, revoked_at=None).first()
        if device is None:
            raise Sentence(_("This desk is closed already."))
        device.revoked_at, device.token_hash, device.code_hash = now(), "", ""
        device.save(update_fields=["revoked_at", "token_hash", "code_hash"])
        record(by=by, verb="lending.revoke_desk", subject=device, unit_id=device.location_id)


def add_volunteer(*, location: Location, name: str, pin: str, by: Actor) -> DeskVolunteer:
    """Somebody who opens the desks of a school from now on, or the same with another PIN."""
    require_place(location, by)
    name = " ".join(name.split())[:40]
    if not name:
        raise Sentence(_("Give a first name."))
    if not is_pin(pin):
        raise Sentence(_("Choose a PIN of four digits, not an easy one such as 1234 or 0000."))
    salt = secrets.token_hex(16)
    with write_transaction():
        hold_row(Location, location.pk)
        rows = DeskVolunteer.objects.visible_to(by)
        row = rows.filter(location=location, name=name).first() or DeskVolunteer(location=location, name=name)
        row.salt, row.pin_hash, row.tries, row.waits_until = salt, hashed_code(pin, salt=salt), 0, None
        row.save()
        record(by=by, verb="lending.add_volunteer", subject=row, unit_id=location.pk)
        return row


def drop_volunteer(*, volunteer_id: int, by: Actor) -> None:
    """Somebody stops: her row goes, and a desk that she opened is closed at the next scan."""
    require(by, EDIT_RULES)
    with write_transaction():
        row = DeskVolunteer.objects.visible_to(by).filter(pk=volunteer_id).first()
        if row is None:
            raise Sentence(_("This volunteer is gone already."))
        location_id = row.location_id
        row.delete()
        record(by=by, verb="lending.drop_volunteer", unit_id=location_id)


def open_desk(*, volunteer_id: int, pin: str, device: DeskDevice, by: Actor = SYSTEM) -> DeskVolunteer:
    """Lets a volunteer in. Raises Sentence for a wrong PIN; who keeps guessing waits longer each time."""
    with write_transaction():
        rows = DeskVolunteer.objects.trusted("who opens a desk of this school")
        found = rows.filter(pk=volunteer_id, location=device.location_id).first()
        if found is None:
            raise Sentence(WRONG_PIN)
        row: DeskVolunteer = lock_row(
            DeskVolunteer.objects.trusted("who opens a desk of this school"), pk=found.pk
        )
        told = _tried(row, pin)
        record(
            by=by,
            verb="lending.fail_desk" if told else "lending.open_desk",
            subject=device,
            unit_id=device.location_id,
        )
    if told:
        raise told
    return row


def _tried(row: DeskVolunteer, pin: str) -> Sentence | None:
    """Counts a try; what to tell when it was wrong or too soon."""
    if row.waits_until is not None and row.waits_until > now():
        return Sentence(_("Too many wrong PINs. Wait a moment, or ask the reading coordinator."))
    if is_right_code(pin, stored=row.pin_hash, salt=row.salt):
        row.tries, row.waits_until = 0, None
        row.save(update_fields=["tries", "waits_until"])
        return None
    row.tries += 1
    row.waits_until = now() + wait_after(row.tries)
    row.save(update_fields=["tries", "waits_until"])
    return Sentence(WRONG_PIN)
