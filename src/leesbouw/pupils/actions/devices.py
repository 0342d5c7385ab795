"""Devices of a class: one belongs to a group from now on, or no more."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.domain import hashed, new_token
from leesbouw.core.access import SYSTEM, Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.organisations.models import ClassGroup

from ..domain import device_kind
from ..models import ClassDevice
from ..permissions import OPEN_CLASS
from ..queries.classes import class_line


def pair_class_device(*, group_id: int, browser: str, by: Actor) -> str:
    """This device is of the group from now on; returns its secret. Raises ClassGroup.DoesNotExist out of reach."""
    require(by, OPEN_CLASS)
    with write_transaction():
        group = class_line(by, group_id).group
        token = new_token()
        row = ClassDevice.objects.create(group=group, kind=device_kind(browser), token_hash=hashed(token))
        _event(by, "pair_device", row, group)
        return token


def disconnect_class_device(*, device_id: int, by: Actor) -> None:
    """Whoever holds the device is out with the next press, and needs a code from now on."""
    require(by, OPEN_CLASS)
    with write_transaction():
        row = ClassDevice.objects.visible_to(by).select_related("group").filter(pk=device_id).first()
        if row is None:
            raise Sentence(_("This device is disconnected already."))
        _event(by, "disconnect_device", row, row.group)
        row.delete()


def drop_own_device(*, token: str, by: Actor = SYSTEM) -> None:
    """Somebody says on the device itself that it is of the class no more."""
    with write_transaction():
        rows = ClassDevice.objects.trusted("which device of a class this is").select_related("group")
        row = rows.filter(token_hash=hashed(token)).first() if token else None
        if row is not None:
            _event(by, "disconnect_device", row, row.group)
            row.delete()


def _event(by: Actor, verb: str, row: ClassDevice, group: ClassGroup) -> None:
    record(by=by, verb=f"pupils.{verb}", subject=row, unit_id=group.location_id)
