"""How a child comes in: a class that its teacher opened, three pictures of the child's own, and devices of a class."""

from __future__ import annotations

from datetime import datetime

from django.db import models

from leesbouw.core.access import Actor, GuardedModel, ScopedQuerySet, within
from leesbouw.core.time import now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup

from ..domain import MAY_OPEN_CLASS
from ..enums import DeviceKind
from .pupils import Pupil

NOBODY = models.Q(pk__in=())


def opens_classes(actor: Actor, path: str) -> models.Q:
    """Rows of the school of somebody who may open a class there, such as a teacher. Libraries open none."""
    if actor.unit_kind != UnitKind.LOCATION or not actor.may(MAY_OPEN_CLASS):
        return NOBODY
    return within(actor.locations, path)


class ClassSession(models.Model):
    """A class that is open for its children: until `ends_at`, or until the teacher ends it.

    Only while it lasts does its code show anybody the first names of the group.
    """

    group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    opened_at = models.DateTimeField(default=now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        indexes = [models.Index(fields=["group", "ends_at"], name="pupils_class_open")]
        constraints = [
            models.UniqueConstraint(
                fields=["group"], condition=models.Q(ended_at=None), name="pupils_one_open_class"
            )
        ]

    class Privacy:
        none = "id group code opened_at ends_at ended_at"

    def is_open(self, at: datetime | None = None) -> bool:
        return self.ended_at is None and (at or now()) < self.ends_at

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return opens_classes(actor, "group__location")


class ClassDevice(GuardedModel):
    """A tablet or computer of a group: its children need no code there while their class is open.

    `token_hash` is of a secret that only the device has; the row goes when somebody disconnects the device.
    """

    group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=20, choices=DeviceKind.choices)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField(default=now)

    class Meta(GuardedModel.Meta):
        ordering = ["made_at", "id"]

    class Privacy:
        none = "id group kind made_at"
        secret = "token_hash"  # noqa: S105 -- the name of a field
        kept = "with the location"

    def __str__(self) -> str:
        return self.get_kind_display()

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return opens_classes(actor, "group__location")


class PictureKey(GuardedModel):
    """The three pictures with which a child comes in, as a digest that nobody reads back without the secret of this
    installation; and the animal on its tile.

    `misses`: wrong tries in a row. After five the door asks the teacher; `let_in_until` is her answer.
    """

    pupil = models.OneToOneField(Pupil, on_delete=models.CASCADE, primary_key=True, related_name="+")
    digest = models.CharField(max_length=64)
    avatar = models.PositiveSmallIntegerField()
    misses = models.PositiveSmallIntegerField(default=0)
    let_in_until = models.DateTimeField(null=True)
    made_at = models.DateTimeField(default=now)
    printed_at = models.DateTimeField(null=True)  # on a card for the child

    class Privacy:
        none = "made_at printed_at"
        personal = "pupil avatar misses let_in_until"
        secret = "digest"  # noqa: S105 -- the name of a field
        kept = "with the pupil"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return opens_classes(actor, "pupil__location")
