"""The three doors to a list: the code of a class, a late code, and a personal link."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, GuardedModel, ScopedQuerySet, within
from leesbouw.core.time import now
from leesbouw.organisations.models import ClassGroup

from ..enums import Respondent
from .rounds import Participation, of_library


class ClassCode(models.Model):
    """What stands on the board: six signs without look-alikes, good for one group until it is closed.

    `expected` and `done` are the only things a running round shows of a group. `at_item` is the question that the
    teacher reads to the whole class; empty when everybody works alone.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="class_codes")
    group = models.ForeignKey(ClassGroup, null=True, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=8, unique=True)
    expected = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveSmallIntegerField(default=0)
    is_paused = models.BooleanField(default=False)
    at_item = models.CharField(max_length=12, blank=True)
    closed_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["group__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "group"], name="monitor_group_one_code")
        ]

    class Privacy:
        none = "id participation group code expected done is_paused at_item closed_on"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return of_library(actor, "participation__round__library", "participation__location")


class LateCode(models.Model):
    """Lets a pupil who was not there fill in after the class was closed; it works `left` times more."""

    class_code = models.ForeignKey(ClassCode, on_delete=models.CASCADE, related_name="late_codes")
    code = models.CharField(max_length=8, unique=True)
    left = models.PositiveSmallIntegerField(default=1)
    made_at = models.DateTimeField(default=now)

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "id class_code code left made_at"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return of_library(
            actor, "class_code__participation__round__library", "class_code__participation__location"
        )


class PersonalLink(GuardedModel):
    """The link with which one grown-up fills in one list, once. Which answers were hers is written nowhere."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    respondent = models.CharField(max_length=11, choices=Respondent)
    group = models.ForeignKey(ClassGroup, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    token_hash = models.CharField(max_length=64, unique=True)
    sent_on = models.DateField(null=True)
    reminded_on = models.DateField(null=True)
    is_used = models.BooleanField(default=False)

    class Meta(GuardedModel.Meta):
        ordering = ["name", "id"]
        indexes = [models.Index(fields=["participation", "respondent"], name="monitor_links_of")]

    class Privacy:
        none = "id participation respondent group sent_on reminded_on is_used"
        personal = "name email"
        secret = "token_hash"  # noqa: S105 -- the name of a field
        kept = "monitor-round"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.locations, "participation__location")
