"""Cards: a barcode on a pass or on a sheet of the class that stands for somebody who borrows."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, GuardedModel
from leesbouw.core.time import now
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.people.models import Contact
from leesbouw.pupils.models import Pupil

from .reach import within_desk

ONE_BORROWER = (
    models.Q(pupil__isnull=False, group=None, contact=None)
    | models.Q(pupil=None, group__isnull=False, contact=None)
    | models.Q(pupil=None, group=None, contact__isnull=False)
)


class Card(GuardedModel):
    """A barcode at one location. It says nothing of the child, and a card that was revoked opens nothing any more."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    barcode = models.CharField(max_length=40)
    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(ClassGroup, null=True, on_delete=models.CASCADE, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=now)
    revoked_at = models.DateTimeField(null=True)

    class Meta(GuardedModel.Meta):
        ordering = ["barcode"]
        indexes = [
            models.Index(fields=["pupil"], name="lending_cards_of_pupil"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "barcode"],
                condition=models.Q(revoked_at=None),
                name="lending_card_once",
            ),
            models.CheckConstraint(condition=ONE_BORROWER, name="lending_card_of_one"),
        ]

    class Privacy:
        none = "id location group made_at revoked_at"
        personal = "barcode pupil contact"
        kept = "with the pupil"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within_desk(actor, "location")
