"""A plan is text by section, with its versions, comments and approval; its goals and activities live beside it."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, GuardedModel
from leesbouw.core.time import SchoolYearField, now
from leesbouw.organisations.models import Unit

from ..enums import PlanKind, VersionReason
from .base import OfUnit, near


class Plan(OfUnit):
    """A plan of one kind of a school or child care, from `first_year` to the end of `last_year`."""

    kind = models.CharField(max_length=10, choices=PlanKind)
    first_year = SchoolYearField(db_index=True)
    last_year = SchoolYearField()
    template_version = models.PositiveSmallIntegerField()
    money_cents = models.PositiveIntegerField(null=True)  # what there is for extra costs
    created_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-first_year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "first_year"], name="plans_one_plan_of_a_kind"),
        ]

    class Privacy:
        none = "id unit kind first_year last_year template_version money_cents created_at"


class PlanField(models.Model):
    """The text of one section. Each has its own version, so that two people write in one plan without loss."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="fields")
    code = models.CharField(max_length=30)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField(default=now)
    changed_by_id = models.PositiveBigIntegerField(null=True)
    changed_by = models.CharField(max_length=120, blank=True)  # the name then: a plan shows who changed what

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "code"], name="plans_one_field")]

    class Privacy:
        none = "id plan code version changed_at"
        personal = "text changed_by_id changed_by"
        kept = "with the unit"


class PlanVersion(models.Model):
    """A plan as it was: by section its text, or the goals or activities that stood there. Never changed."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    reason = models.CharField(max_length=8, choices=VersionReason)
    body = models.JSONField()
    made_at = models.DateTimeField(default=now)
    made_by_id = models.PositiveBigIntegerField(null=True)
    made_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plans_version_number")]

    class Privacy:
        none = "id plan number reason made_at"
        personal = "body made_by_id made_by"
        kept = "with the unit"


class PlanApproval(models.Model):
    """That the head agreed with a version."""

    version = models.OneToOneField(PlanVersion, on_delete=models.CASCADE, related_name="approval")
    note = models.CharField(max_length=300, blank=True)
    approved_at = models.DateTimeField(default=now)
    approved_by_id = models.PositiveBigIntegerField(null=True)
    approved_by = models.CharField(max_length=120, blank=True)

    class Privacy:
        none = "id version approved_at"
        personal = "note approved_by_id approved_by"
        kept = "with the unit"


class PlanComment(GuardedModel):
    """What somebody says about a plan, or about one section of it. Settled is a moment, not a deletion."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=30, blank=True)
    text = models.TextField()
    written_at = models.DateTimeField(default=now)
    written_by_id = models.PositiveBigIntegerField(null=True)
    written_by = models.CharField(max_length=120, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta(GuardedModel.Meta):
        ordering = ["written_at", "id"]

    class Privacy:
        none = "id plan unit code written_at settled_at"
        personal = "text written_by_id written_by"
        kept = "with the unit"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return near(actor)
