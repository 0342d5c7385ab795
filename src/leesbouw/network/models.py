"""Talks with partners: how often, when, what was said, and what the answers to a guide were."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from leesbouw.accounts.enums import Level
from leesbouw.core.access import Actor, GuardedModel, within
from leesbouw.core.time import now, today
from leesbouw.organisations.models import Library, Unit
from leesbouw.people.models import Contact, StaffMember
from leesbouw.plans.models import Action

from .enums import TalkKind


class OfLibrary(GuardedModel):
    """Notes belong to the library that made them; nobody else sees them."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")

    class Meta(GuardedModel.Meta):
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.libraries, "library")


class TalkRhythm(OfLibrary):
    """How often the library talks with a unit at a level; from this the agenda knows what is due."""

    level = models.CharField(max_length=12, choices=Level)
    kind = models.CharField(max_length=12, choices=TalkKind, default=TalkKind.PROGRESS)
    per_year = models.PositiveSmallIntegerField()
    staff = models.ForeignKey(StaffMember, null=True, on_delete=models.SET_NULL, related_name="+")
    guide = models.CharField(max_length=60, blank=True)
    starts_on = models.DateField(default=today)
    ends_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(OfLibrary.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["library", "unit", "level", "kind"],
                condition=models.Q(ends_on=None),
                name="network_rhythm_once",
            )
        ]

    class Privacy:
        none = "id library unit level kind per_year guide starts_on ends_on version"
        personal = "staff"
        kept = "rhythm"


class Conversation(OfLibrary):
    """A talk that is planned or was held. Written up in a minute: who, what, what was agreed."""

    kind = models.CharField(max_length=12, choices=TalkKind)
    level = models.CharField(max_length=12, choices=Level)
    planned_on = models.DateField(null=True, db_index=True)
    planned_at = models.TimeField(null=True)
    held_on = models.DateField(null=True, db_index=True)
    cancelled_on = models.DateField(null=True)
    guide = models.CharField(max_length=60, blank=True)
    guide_version = models.PositiveIntegerField(null=True)
    subject = models.CharField(max_length=160, blank=True)
    summary = models.TextField(blank=True)
    staff = models.ManyToManyField(StaffMember, related_name="+")
    contacts = models.ManyToManyField(Contact, related_name="+")
    created_at = models.DateTimeField(default=now)
    written_up_at = models.DateTimeField(null=True)
    by_user_id = models.PositiveBigIntegerField(null=True)
    deleted_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(OfLibrary.Meta):
        ordering = ["-held_on", "-planned_on", "-id"]
        indexes = [
            models.Index(fields=["library", "unit", "level", "kind", "held_on"], name="network_talk_held")
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_on__isnull=False) | models.Q(held_on__isnull=False),
                name="network_talk_has_a_day",
            )
        ]

    class Privacy:
        none = (
            "id library unit kind level planned_on planned_at held_on cancelled_on guide guide_version created_at"
            " written_up_at deleted_at version"
        )
        personal = "subject summary staff contacts by_user_id"
        kept = "talk"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """A deleted talk can be taken back for a day and is seen by nobody meanwhile."""
        return super().scope(actor) & models.Q(deleted_at=None)

    @property
    def day(self) -> date | None:
        """The day of the talk: when it was held, else when it is planned."""
        return self.held_on or self.planned_on

    @property
    def is_open(self) -> bool:
        """Whether it was planned and neither held nor cancelled."""
        return self.held_on is None and self.cancelled_on is None

    def get_absolute_url(self) -> str:
        return reverse("network:talk-detail", args=[self.pk])


class TalkPreparation(OfLibrary):
    """What a consultant brings to a talk: findings by code, each in her own words or "" as it was proposed.

    Without a row the first three that are proposed are brought. A proposed sentence is never kept: its figures are
    asked for anew each time.
    """

    conversation = models.OneToOneField(Conversation, on_delete=models.CASCADE, related_name="+")
    findings = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        none = "id library unit conversation version"
        personal = "findings"
        kept = "with its talk"


class GuideAnswer(OfLibrary):
    """What was answered to a question of a guide; the newest per unit and question is the start inventory."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    guide = models.CharField(max_length=60)
    question = models.CharField(max_length=60)
    text = models.TextField()
    answered_on = models.DateField()

    class Meta(OfLibrary.Meta):
        constraints = [
            models.UniqueConstraint(fields=["conversation", "guide", "question"], name="network_answer_once")
        ]

    class Privacy:
        none = "id library unit conversation guide question answered_on"
        personal = "text"
        kept = "with its talk"


class ConversationAgreement(models.Model):
    """Ties an agreement of a talk to the action it became."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="agreements")
    action = models.OneToOneField(Action, on_delete=models.CASCADE, related_name="+")

    class Privacy:
        none = "id conversation action"
