"""Partnership with parents at a location: why it was chosen, its talks, what parents wish, and how it stands.

Nothing here is about one family: what parents said is written down per kind of parents.
"""

from __future__ import annotations

from django.db import models
from django.urls import reverse

from leesbouw.core.access import Actor, ScopedQuerySet, within
from leesbouw.core.time import now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, Location

from .enums import DiscussedWith, Occasion, TalkKind, Verdict


class OfPlace(models.Model):
    """What a library and a location write about partnership with parents there."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")

    objects = ScopedQuerySet.as_manager()

    class Meta:
        abstract = True

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind == UnitKind.LOCATION:
            return within(actor.locations, "location")
        return within(actor.libraries, "library")


class IndicatorAnswers(OfPlace):
    """What people answered themselves to the five indicators: code → yes or no. It goes before what we know."""

    answers = models.JSONField(default=dict)
    note = models.CharField(max_length=300, blank=True)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["library", "location"], name="parents_answers_once_a_place")
        ]

    class Privacy:
        none = "id library location answers changed_at version"
        personal = "note"
        kept = "with the unit"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """Why a library chooses is its own."""
        return within(actor.libraries, "library")


class ParentTalk(models.Model):
    """A talk about partnership with parents; a school and a child-care location may share one. `answers` by question
    of the guide in `guide_version`."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    locations = models.ManyToManyField(Location, related_name="+")
    kind = models.CharField(max_length=12, choices=TalkKind)
    planned_on = models.DateField(null=True)
    held_on = models.DateField(null=True)
    present = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    guide_version = models.PositiveIntegerField(default=1)
    outcome = models.TextField(blank=True)
    agreed = models.BooleanField(null=True)
    next_on = models.DateField(null=True)
    by_user_id = models.PositiveBigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-held_on", "-planned_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(planned_on__isnull=False) | models.Q(held_on__isnull=False),
                name="parents_talk_has_a_day",
            )
        ]

    class Privacy:
        none = "id library locations kind planned_on held_on present guide_version agreed next_on version"
        personal = "answers outcome by_user_id"
        kept = "with the unit"

    def get_absolute_url(self) -> str:
        return reverse("parents:talk", args=[self.pk])

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind == UnitKind.LOCATION:
            mine = cls.locations.through.objects.filter(location__in=_ids(actor)).values("parenttalk")
            return models.Q(pk__in=mine)
        return within(actor.libraries, "library")


def _ids(actor: Actor) -> frozenset[int]:
    return actor.locations if isinstance(actor.locations, frozenset) else frozenset()


class ParentWish(OfPlace):
    """What one kind of parents wishes and expects, and what was agreed; never of one family."""

    occasion = models.CharField(max_length=8, choices=Occasion)
    group = models.CharField(max_length=30)
    held_on = models.DateField()
    parents = models.PositiveSmallIntegerField(null=True)
    wishes = models.TextField()
    agreements = models.TextField(blank=True)
    fed_back_on = models.DateField(null=True)

    class Meta:
        ordering = ["-held_on", "-id"]

    class Privacy:
        none = "id library location occasion group held_on parents fed_back_on"
        personal = "wishes agreements"
        kept = "with the unit"


class ConditionCheck(OfPlace):
    """How the five conditions of partnership were met on a day; a later look is another row."""

    checked_on = models.DateField()
    answers = models.JSONField(default=dict)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["-checked_on", "-id"]

    class Privacy:
        none = "id library location checked_on answers"
        personal = "note"
        kept = "with the unit"


class PlanDiscussion(OfPlace):
    """That the activity plan was discussed with the team or the parent council."""

    discussed_with = models.CharField(max_length=8, choices=DiscussedWith)
    held_on = models.DateField()
    outcome = models.TextField(blank=True)

    class Meta:
        ordering = ["-held_on", "-id"]

    class Privacy:
        none = "id library location discussed_with held_on"
        personal = "outcome"
        kept = "with the unit"


class ProjectJudgement(models.Model):
    """What a library makes of a form or project: the ten questions, characteristics A-G and for which parents."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    answers = models.JSONField(default=dict)
    characteristics = models.JSONField(default=list)
    groups = models.JSONField(default=list)
    verdict = models.CharField(max_length=8, choices=Verdict)
    judged_on = models.DateField()

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["name", "-judged_on", "-id"]

    class Privacy:
        none = "id library name answers characteristics groups verdict judged_on"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.libraries, "library")
