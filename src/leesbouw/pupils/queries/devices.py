"""Devices of classes: which one somebody holds, and those of a school."""

from __future__ import annotations

from collections.abc import Sequence

from leesbouw.accounts.domain import hashed
from leesbouw.core.access import Actor

from ..models import ClassDevice
from .classes import class_lines


def device_with(token: str) -> ClassDevice | None:
    """The device of a class with this secret, while nobody disconnected it."""
    rows = ClassDevice.objects.trusted("which device of a class this is")
    return rows.filter(token_hash=hashed(token)).first() if token else None


def is_connected(device_id: int) -> bool:
    return ClassDevice.objects.trusted("which device of a class this is").filter(pk=device_id).exists()


def devices_of(actor: Actor, groups: Sequence[int]) -> list[ClassDevice]:
    """The devices of these groups, with their group; only what the actor may see."""
    rows = ClassDevice.objects.visible_to(actor).filter(group__in=list(groups)).select_related("group")
    return list(rows.order_by("group__name", "made_at", "pk"))


def devices_here(actor: Actor) -> list[ClassDevice]:
    """The devices of every group of one's own school."""
    return devices_of(actor, [line.group.pk for line in class_lines(actor)])
