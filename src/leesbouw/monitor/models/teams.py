"""What a team makes of a report: points to talk about, and what it knows from elsewhere."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet
from leesbouw.core.time import now

from ..enums import NoteKind
from .rounds import Participation, of_library


class TeamSession(models.Model):
    """A meeting in which teachers choose the talking points on their telephones, with one code on the wall."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="team_session")
    code = models.CharField(max_length=8, unique=True)
    most_points = models.PositiveSmallIntegerField(default=3)
    opened_at = models.DateTimeField(default=now)
    closed_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "id participation code most_points opened_at closed_on"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return of_library(actor, "participation__round__library", "participation__location")


class TalkingPoint(models.Model):
    """Something to talk about: a finding, or what somebody put forward; `votes` without who gave them."""

    session = models.ForeignKey(TeamSession, on_delete=models.CASCADE, related_name="points")
    measure = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=300)
    votes = models.PositiveSmallIntegerField(default=0)
    is_chosen = models.BooleanField(default=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-is_chosen", "-votes", "id"]

    class Privacy:
        none = "id session measure text votes is_chosen"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(session__in=TeamSession.objects.visible_to(actor).values("pk"))


class TeamNote(models.Model):
    """What was heard, observed or asked, beside the questionnaires; never a pupil's name."""

    session = models.ForeignKey(TeamSession, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=8, choices=NoteKind)
    text = models.CharField(max_length=500)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["kind", "id"]

    class Privacy:
        none = "id session kind text"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(session__in=TeamSession.objects.visible_to(actor).values("pk"))
