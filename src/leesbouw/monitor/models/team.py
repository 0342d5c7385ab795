"""The team session: what teachers choose on their phones, and what else the team knows. Nobody is named in any of it."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, GuardedModel, ScopedQuerySet, within
from leesbouw.core.time import today

from ..domain.team import LONGEST_NOTE
from ..enums import NoteKind
from .rounds import Participation, of_library


class TeamSession(models.Model):
    """A team that chooses what to talk on about, once for each report.

    `code` stands on the board while it is open. Every phone chooses `most` points; `voted` phones did. `is_shown`: the
    board shows what was chosen.
    """

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="team_session")
    code = models.CharField(max_length=8, blank=True)
    most = models.PositiveSmallIntegerField()
    voted = models.PositiveSmallIntegerField(default=0)
    is_shown = models.BooleanField(default=False)
    started_on = models.DateField(default=today)
    closed_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["code"], condition=~models.Q(code=""), name="monitor_team_code_once"
            )
        ]

    class Privacy:
        none = "id participation code most voted is_shown started_on closed_on"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return of_library(actor, "participation__round__library", "participation__location")


class TalkingPoint(GuardedModel):
    """What a team can choose. `measure` is empty for what somebody added in her own words.

    While the session is open `text` is what the figures say; after it, only what the team goes on with is left, in
    the words of the team.
    """

    session = models.ForeignKey(TeamSession, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0)
    measure = models.CharField(max_length=60, blank=True)
    text = models.CharField(max_length=600)
    votes = models.PositiveSmallIntegerField(default=0)

    class Meta(GuardedModel.Meta):
        ordering = ["position", "text"]  # not the order in which phones sent theirs

    class Privacy:
        none = "id session position measure votes"
        personal = "text"
        kept = "with the location"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.locations, "session__participation__location")


class Ballot(GuardedModel):
    """That one phone chose, not what: keyed hashes of what its cookie holds. Gone when the session closes.

    `choice_hash` tells whether a cookie holds the choice that counts now. Who does not have the cookie reads nothing
    from it.
    """

    session = models.ForeignKey(TeamSession, on_delete=models.CASCADE, related_name="+")
    token_hash = models.CharField(max_length=64)
    choice_hash = models.CharField(max_length=64, default="")

    class Meta(GuardedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["session", "token_hash"], name="monitor_phone_chooses_once")
        ]

    class Privacy:
        none = "id session"
        secret = "token_hash choice_hash"  # noqa: S105 -- the names of fields
        kept = "monitor-team"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(pk__in=())


class TeamNote(GuardedModel):
    """What the team knows beside the figures: heard in reading conversations, seen in the classroom, or asked."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=NoteKind)
    topic = models.CharField(max_length=20)
    text = models.CharField(max_length=LONGEST_NOTE)
    version = models.PositiveIntegerField(default=1)

    class Meta(GuardedModel.Meta):
        ordering = ["id"]

    class Privacy:
        none = "id participation kind topic version"
        personal = "text"
        kept = "monitor-answers"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.locations, "participation__location")
