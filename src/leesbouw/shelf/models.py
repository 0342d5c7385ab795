"""What a child keeps for itself: feelings, wishes, a shelf of its own; and what it tips to its class.

Rows of one's own: nobody on the staff has a scope here, except for tips, which the class sees too.
"""

from __future__ import annotations

from django.db import models

from leesbouw.collection.models import Title
from leesbouw.core.access import Actor, GuardedModel
from leesbouw.core.time import now, today
from leesbouw.organisations.models import ClassGroup
from leesbouw.pupils.models import Enrolment, Pupil, opens_classes

from .enums import Feeling, Phrase, Place, TipState

LONGEST_TIP = 140


def own(actor: Actor) -> models.Q:
    """Rows of the child that came in; of nobody else."""
    return models.Q(pupil=actor.pupil_id) if actor.pupil_id is not None else models.Q(pk__in=())


class OwnBook(GuardedModel):
    """A book of a child: what it thinks of it, where it stands on its list, whether it stands on its own shelf."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")
    feeling = models.CharField(max_length=4, choices=Feeling, blank=True)
    place = models.CharField(max_length=7, choices=Place, blank=True)
    on_shelf = models.BooleanField(default=False)
    changed_at = models.DateTimeField(default=now)

    class Meta(GuardedModel.Meta):
        ordering = ["-changed_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["pupil", "title"], name="shelf_book_once")]

    class Privacy:
        none = "id title changed_at"
        personal = "pupil feeling place on_shelf"
        kept = "with the pupil"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return own(actor)


class ShelfChoice(GuardedModel):
    """That a child wants a shelf of its own, from this day on; a child without a row has none."""

    pupil = models.OneToOneField(Pupil, on_delete=models.CASCADE, primary_key=True, related_name="+")
    since = models.DateField(default=today)
    filled_at = models.DateTimeField(default=now)  # what was borrowed later comes with the next filling

    class Privacy:
        none = "since filled_at"
        personal = "pupil"
        kept = "with the pupil"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return own(actor)


class Tip(GuardedModel):
    """What a child says of a book to its class. Own words wait until the teacher has read them."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(ClassGroup, on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")
    phrase = models.CharField(max_length=8, choices=Phrase, blank=True)
    text = models.CharField(max_length=LONGEST_TIP, blank=True)
    state = models.CharField(max_length=7, choices=TipState, default=TipState.WAITING)
    made_at = models.DateTimeField(default=now)

    class Meta(GuardedModel.Meta):
        ordering = ["-made_at", "-id"]
        indexes = [models.Index(fields=["group", "state"], name="shelf_tips_of_class")]
        constraints = [models.UniqueConstraint(fields=["pupil", "title"], name="shelf_tip_once")]

    class Privacy:
        none = "id group title state made_at"
        personal = "pupil phrase text"
        kept = "with the pupil"

    @property
    def words(self) -> str:
        return self.text or str(Phrase(self.phrase).label if self.phrase else "")

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """A child sees its own and what its class may see; a teacher all of the groups she opens."""
        if actor.pupil_id is None:
            return opens_classes(actor, "group__location")
        groups = Enrolment.objects.visible_to(actor).filter(ends_on=None).order_by().values("group")
        return own(actor) | models.Q(state=TipState.SHOWN, group__in=groups)
