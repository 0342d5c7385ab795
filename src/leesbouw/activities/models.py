"""Visits of the library, what came of them, the hours of whoever goes, and the addresses at which a calendar is read."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from django.db import models
from django.urls import reverse

from leesbouw.core.access import Actor, GuardedModel, within
from leesbouw.core.time import AMSTERDAM, now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Library, Unit
from leesbouw.people.models import StaffMember
from leesbouw.people.queries import my_staff, my_staff_ids
from leesbouw.plans.enums import Audience
from leesbouw.plans.models import Action, PlannedActivity

from .enums import Done, Refused, TeachersPart, Work

MAY_SEE_HOURS = "activities.view_hours"


class Visit(GuardedModel):
    """Somebody of the library goes to a location. `uid` and `sequence` are what a calendar knows it by.

    A `minutes`-long visit lasts from `starts_at` to `ends_at`; cancelled and taken over are rows of their own.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, null=True, on_delete=models.SET_NULL, related_name="+")
    activity = models.ForeignKey(PlannedActivity, null=True, on_delete=models.SET_NULL, related_name="+")
    starts_at = models.DateTimeField(db_index=True)
    ends_at = models.DateTimeField()
    what = models.CharField(max_length=160)
    take = models.TextField(blank=True)  # one thing on each line
    groups = models.JSONField(default=list)  # year groups
    classes = models.ManyToManyField(ClassGroup, related_name="+")  # none for every class of these years
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.CHILDREN)
    part = models.CharField(max_length=8, choices=TeachersPart, default=TeachersPart.PRESENT)
    uid = models.UUIDField(default=uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta(GuardedModel.Meta):
        ordering = ["starts_at", "id"]
        indexes = [
            models.Index(fields=["staff", "starts_at"], name="activities_visit_of_staff"),
            models.Index(fields=["unit", "starts_at"], name="activities_visit_at_unit"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="activities_visit_has_a_length"
            )
        ]

    class Privacy:
        none = (
            "id library unit activity starts_at ends_at groups classes audience part uid sequence created_at"
            " changed_at version"
        )
        personal = "staff what take"
        kept = "visit"

    def __str__(self) -> str:
        return self.what

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """The library sees its own; a location sees who comes to it and when."""
        if actor.unit_kind == UnitKind.LOCATION:
            return models.Q(unit=actor.unit_id)
        return within(actor.libraries, "library")

    @property
    def day(self) -> date:
        """The day in the Netherlands."""
        return self.starts_at.astimezone(AMSTERDAM).date()

    @property
    def minutes(self) -> int:
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def things(self) -> list[str]:
        """What one takes along."""
        return [line.strip() for line in self.take.splitlines() if line.strip()]

    def get_absolute_url(self) -> str:
        return reverse("activities:visit-detail", args=[self.pk])


class VisitCancellation(models.Model):
    """That a visit does not go on, why, and who said so."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="cancellation")
    reason = models.CharField(max_length=160, blank=True)
    cancelled_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)

    class Privacy:
        none = "id visit cancelled_at"
        personal = "reason by_user_id"
        kept = "with its visit"


class VisitTakeover(models.Model):
    """That somebody goes in the place of a colleague."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="takeovers")
    from_staff = models.ForeignKey(StaffMember, null=True, on_delete=models.SET_NULL, related_name="+")
    to_staff = models.ForeignKey(StaffMember, null=True, on_delete=models.SET_NULL, related_name="+")
    why = models.CharField(max_length=160, blank=True)
    taken_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["taken_at", "id"]

    class Privacy:
        none = "id visit taken_at"
        personal = "from_staff to_staff why"
        kept = "with its visit"


class VisitReport(GuardedModel):
    """What came of a visit, in four fields. It is the library's; a location does not see it."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="report")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    done = models.CharField(max_length=8, choices=Done)
    minutes = models.PositiveSmallIntegerField()
    noticed = models.TextField(blank=True)
    next_step = models.CharField(max_length=200, blank=True)
    action = models.OneToOneField(Action, null=True, on_delete=models.SET_NULL, related_name="+")
    written_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        none = "id visit library done action written_at version"
        personal = "minutes noticed next_step by_user_id"
        kept = "with its visit"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.libraries, "library")


class GroupNote(GuardedModel):
    """What the consultant gives back to the teacher after a visit, about the group and never about one child. The school
    reads it, and so does the library that wrote it."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="group_note")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    text = models.TextField()
    written_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)
    by_name = models.CharField(max_length=120, blank=True)  # the name then
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        none = "id visit library unit written_at version"
        personal = "text by_user_id by_name"
        kept = "with its visit"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind == UnitKind.LOCATION:
            return models.Q(unit=actor.unit_id)
        return within(actor.libraries, "library")


class WorkRhythm(GuardedModel):
    """How somebody works, as far as a proposal for her diary needs it: ISO weekdays, hours, visits a day, travel."""

    staff = models.OneToOneField(StaffMember, primary_key=True, on_delete=models.CASCADE, related_name="+")
    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    days = models.JSONField(default=list)
    begins = models.TimeField()
    ends = models.TimeField()
    most = models.PositiveSmallIntegerField()
    travel = models.PositiveSmallIntegerField()  # minutes between two schools in one municipality
    travel_near = models.PositiveSmallIntegerField(null=True)  # in one neighbourhood
    travel_far = models.PositiveSmallIntegerField(null=True)  # in two municipalities
    region = models.CharField(
        max_length=6, blank=True
    )  # whose school holidays are left free; empty: of each school
    changed_at = models.DateTimeField(default=now)

    class Meta(GuardedModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends__gt=models.F("begins")), name="activities_day_has_hours"
            )
        ]

    class Privacy:
        none = "library region changed_at"
        personal = "staff days begins ends most travel travel_near travel_far"
        kept = "with the colleague"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """Her own, and for who may see the hours of others those of her library."""
        if actor.may(MAY_SEE_HOURS):
            return within(actor.libraries, "library")
        return models.Q(staff__in=my_staff_ids(actor))


class Proposal(GuardedModel):
    """A visit that a year plan asks, as it could stand in a diary; without a day it says why (`refusal`).

    Accepted it becomes a visit and goes; a new proposal for the same colleague replaces it.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    activity = models.ForeignKey(PlannedActivity, on_delete=models.CASCADE, related_name="+")
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    refusal = models.CharField(max_length=4, choices=Refused, blank=True)
    made_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta(GuardedModel.Meta):
        ordering = ["starts_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(starts_at__isnull=False, refusal="")
                | models.Q(starts_at__isnull=True) & ~models.Q(refusal=""),
                name="activities_proposal_has_a_day_or_a_reason",
            )
        ]

    class Privacy:
        none = "id library unit activity starts_at ends_at refusal made_at version"
        personal = "staff"
        kept = "with the colleague"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.libraries, "library")

    @property
    def day(self) -> date | None:
        """The day in the Netherlands."""
        return self.starts_at.astimezone(AMSTERDAM).date() if self.starts_at else None


class HoursEntry(GuardedModel):
    """Work of a person that is no visit. Seen by herself and by who may see the hours of others; nobody else."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.SET_NULL, related_name="+")
    worked_on = models.DateField(db_index=True)
    work = models.CharField(max_length=8, choices=Work)
    minutes = models.PositiveSmallIntegerField()
    words = models.CharField(max_length=100, blank=True)
    dropped_at = models.DateTimeField(null=True)

    class Meta(GuardedModel.Meta):
        ordering = ["-worked_on", "-id"]

    class Privacy:
        none = "id library unit worked_on work dropped_at"
        personal = "staff minutes words"
        kept = "hours"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        mine = within(actor.libraries, "library")
        if actor.may(MAY_SEE_HOURS):
            return mine
        return mine & models.Q(staff__in=my_staff(actor).values("pk"))


class Feed(GuardedModel):
    """An address at which a calendar program reads the visits of one colleague, or those at one location.

    Only the hash of its secret is kept, and no name stands in it; a new address, or taking it back, ends the old one.
    """

    token_hash = models.CharField(max_length=64, unique=True)
    library = models.ForeignKey(Library, null=True, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, null=True, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=now)
    created_by_id = models.PositiveBigIntegerField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta(GuardedModel.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(staff__isnull=False) ^ models.Q(unit__isnull=False),
                name="activities_feed_of_one",
            )
        ]

    class Privacy:
        none = "id library unit created_at revoked_at"
        personal = "staff created_by_id"
        secret = "token_hash"  # noqa: S105 -- a name of a field
        kept = "feed"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """Her own, and those of locations within reach."""
        own = models.Q(staff__in=my_staff(actor).values("pk"))
        return own | within(actor.locations, "unit")
