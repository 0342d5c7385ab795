"""People at the library and at its partners, and who works with whom. Nothing about character is kept."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from leesbouw.accounts.enums import Level
from leesbouw.core.access import Actor, GuardedModel, within
from leesbouw.core.time import now, on_day, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Branch, ClassGroup, Library, Partnership, Unit

from .enums import EducationLevel


class StaffMember(GuardedModel):
    """Somebody who works at a library. `functions` are codes of the role catalogue; one person can have several."""

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    branch = models.ForeignKey(Branch, null=True, on_delete=models.SET_NULL, related_name="+")
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    name = models.CharField(max_length=100)
    functions = models.JSONField(default=list)
    education_level = models.CharField(max_length=5, choices=EducationLevel, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(default=today)
    ends_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(GuardedModel.Meta):
        ordering = ["name", "id"]

    class Privacy:
        none = "id library branch functions starts_on ends_on version"
        personal = "user name education_level email phone"
        kept = "staff"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """Colleagues see each other; a location sees who comes to it and who talks to its people today."""
        if actor.unit_kind == UnitKind.LOCATION:
            comes = ConsultantAssignment.objects.visible_to(actor).filter(on_day(today()))
            talks = Relation.objects.visible_to(actor).filter(on_day(today()))
            return models.Q(pk__in=comes.values("staff")) | models.Q(pk__in=talks.values("staff"))
        return within(actor.libraries, "library")


class Contact(GuardedModel):
    """Somebody at a partner, as one library knows her. Shown to that library, and to her own location.

    `network_roles` and `policy_fields` hold codes of the content `contact-options`; `function` is such a code or own words.
    """

    library = models.ForeignKey(Library, on_delete=models.CASCADE, related_name="+")
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=100)
    function = models.CharField(max_length=60)
    level = models.CharField(max_length=12, choices=Level)
    network_roles = models.JSONField(default=list)
    policy_fields = models.JSONField(default=list)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    starts_on = models.DateField(default=today)
    left_on = models.DateField(null=True)
    created_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1)

    class Meta(GuardedModel.Meta):
        ordering = ["name", "id"]

    class Privacy:
        none = "id library unit level starts_on left_on created_at version"
        personal = "name function network_roles policy_fields email phone"
        kept = "contact"

    def __str__(self) -> str:
        return self.name

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind == UnitKind.LOCATION:
            return models.Q(unit=actor.unit_id)
        return within(actor.libraries, "library")


class Relation(GuardedModel):
    """Who at the library talks to whom, at which level."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    starts_on = models.DateField(default=today)
    ends_on = models.DateField(null=True)

    class Meta(GuardedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["contact", "staff"], condition=models.Q(ends_on=None), name="people_relation_once"
            )
        ]

    class Privacy:
        none = "id starts_on ends_on"
        personal = "contact staff"
        kept = "relation"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind == UnitKind.LOCATION:
            return models.Q(contact__unit=actor.unit_id)
        return within(actor.libraries, "staff__library")


class ConsultantAssignment(GuardedModel):
    """A member of staff who works at a location, in a role of the catalogue, with hours a year."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="+")
    staff = models.ForeignKey(StaffMember, on_delete=models.CASCADE, related_name="+")
    role = models.CharField(max_length=40)
    hours_per_year = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    starts_on = models.DateField(default=today)
    ends_on = models.DateField(null=True)

    class Meta(GuardedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "staff", "role"],
                condition=models.Q(ends_on=None),
                name="people_assignment_once",
            )
        ]

    class Privacy:
        none = "id partnership role hours_per_year starts_on ends_on"
        personal = "staff"
        kept = "relation"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind == UnitKind.LOCATION:
            return models.Q(partnership__location=actor.unit_id)
        return within(actor.libraries, "partnership__library")


class GroupTeacher(GuardedModel):
    """A teacher of a group; two rows make duo partners. `days` are ISO weekdays, 1 is Monday."""

    group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="+")
    days = models.JSONField(default=list)
    starts_on = models.DateField(default=today)
    ends_on = models.DateField(null=True)

    class Meta(GuardedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["group", "contact"], condition=models.Q(ends_on=None), name="people_teacher_once"
            )
        ]

    class Privacy:
        none = "id group days starts_on ends_on"
        personal = "contact"
        kept = "relation"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind == UnitKind.LOCATION:
            return models.Q(group__location=actor.unit_id)
        return within(actor.libraries, "contact__library")
