"""The answers. No name, no pupil, no address of a device, no time, and no audit event with them (monitor.md §2)."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, GuardedModel, within
from leesbouw.organisations.models import ClassGroup

from ..domain.access import MAY_READ_OPEN
from ..enums import Mode, Respondent
from .rounds import Participation


class Submission(GuardedModel):
    """One list as it was sent in. Nobody sees a row of it: figures leave through indicators, and only after closing.

    `receipt` was made by the device, so that a list that is sent twice is stored once; it goes when the class closes,
    and the rows are then written anew in random order. `minutes` is rounded; `weight` is for results from elsewhere.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    respondent = models.CharField(max_length=11, choices=Respondent)
    questionnaire = models.CharField(max_length=44)  # code and version, such as "po-pupil@1"
    group = models.ForeignKey(ClassGroup, null=True, on_delete=models.PROTECT, related_name="+")
    year_group = models.PositiveSmallIntegerField(null=True)
    mode = models.CharField(max_length=8, choices=Mode, default=Mode.ALONE)
    minutes = models.PositiveSmallIntegerField(null=True)
    weight = models.DecimalField(max_digits=9, decimal_places=5, default=1)
    answers = models.JSONField(default=dict)
    receipt = models.CharField(max_length=32, null=True, unique=True)  # noqa: DJ001 -- many rows have none

    class Meta(GuardedModel.Meta):
        indexes = [models.Index(fields=["participation", "respondent", "group"], name="monitor_answers_of")]

    class Privacy:
        none = "id participation respondent questionnaire group mode receipt weight"
        personal = "answers year_group minutes"
        kept = "monitor-answers"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """Nobody: what anybody may know of it is a count, or a figure."""
        return models.Q(pk__in=())


class OpenAnswer(GuardedModel):
    """What somebody wrote freely, apart from the rest of the list so that the two cannot be laid together.

    The school's coordinator and the consultant read it, and put aside what names somebody.
    """

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="+")
    respondent = models.CharField(max_length=11, choices=Respondent)
    item = models.CharField(max_length=12)
    text = models.CharField(max_length=500)
    is_hidden = models.BooleanField(default=False)

    class Meta(GuardedModel.Meta):
        indexes = [models.Index(fields=["participation", "item"], name="monitor_open_answers_of")]

    class Privacy:
        none = "id participation respondent item is_hidden"
        personal = "text"
        kept = "monitor-answers"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if not actor.may(MAY_READ_OPEN):
            return models.Q(pk__in=())
        near = within(actor.locations, "participation__location")
        return near & models.Q(participation__closed_on__isnull=False)
