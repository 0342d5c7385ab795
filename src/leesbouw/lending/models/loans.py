"""What is lent, renewed and waited for. The link to the child is cut some days after the book came back."""

from __future__ import annotations

from datetime import timedelta

from django.db import models

from leesbouw.collection.enums import Owner
from leesbouw.collection.models import Copy, Title
from leesbouw.core.access import Actor, GuardedModel
from leesbouw.core.time import SchoolYearField, now
from leesbouw.organisations.models import ClassGroup, Location
from leesbouw.people.models import Contact
from leesbouw.pupils.models import Pupil

from ..domain.access import MAY_VIEW
from ..enums import BorrowerKind, EndedAs, HoldEnd
from .reach import within_desk

DESK_LOOKS_BACK = timedelta(hours=12)  # so long the desk that took a book in may say that this was a mistake


class Loan(GuardedModel):
    """One copy with one borrower. Open while `ended_at` is empty; a lost book stays open until that is settled.

    `title`, `owner`, `year_group` and `kind` stay for the figures when the link is cut; then `borrowed_at` and
    `ended_at` tell no more than the week, within its month. `cut_on`: from this day on the link goes.

    Keys without an index of their own have one below that begins with them: every scan writes each index. That of `copy`
    stays: taking it away, Django on PostgreSQL takes the constraint on that column along.
    """

    copy = models.ForeignKey(Copy, on_delete=models.PROTECT, related_name="+")
    title = models.ForeignKey(Title, on_delete=models.PROTECT, related_name="+")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, db_index=False, related_name="+")
    year = SchoolYearField()
    kind = models.CharField(max_length=7, choices=BorrowerKind)
    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+")
    group = models.ForeignKey(
        ClassGroup, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.SET_NULL, db_index=False, related_name="+"
    )
    year_group = models.PositiveSmallIntegerField(null=True)
    owner = models.CharField(max_length=7, choices=Owner)
    at_home = models.BooleanField(default=True)  # whether it went home
    borrowed_at = models.DateTimeField(default=now)
    due_on = models.DateField()
    renewals = models.PositiveSmallIntegerField(default=0)
    lost_on = models.DateField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=8, choices=EndedAs, blank=True)
    cut_on = models.DateField(null=True)
    was_cut = models.BooleanField(default=False)

    class Meta(GuardedModel.Meta):
        ordering = ["-borrowed_at", "-id"]
        indexes = [
            models.Index(
                fields=["location", "due_on"],
                condition=models.Q(ended_at=None),
                name="lending_open_at",
            ),
            models.Index(fields=["pupil"], condition=models.Q(pupil__isnull=False), name="lending_of_pupil"),
            models.Index(
                fields=["contact"], condition=models.Q(contact__isnull=False), name="lending_of_contact"
            ),
            models.Index(fields=["group"], condition=models.Q(group__isnull=False), name="lending_of_group"),
            models.Index(fields=["location", "year", "title"], name="lending_figures"),
            models.Index(
                fields=["cut_on"],
                condition=models.Q(was_cut=False, cut_on__isnull=False),
                name="lending_to_cut",
            ),
            models.Index(fields=["copy", "borrowed_at"], name="lending_of_copy"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["copy"], condition=models.Q(ended_at=None), name="lending_one_open_loan"
            ),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_as="")
                | (models.Q(ended_at__isnull=False) & ~models.Q(ended_as="")),
                name="lending_ended_somehow",
            ),
            models.CheckConstraint(
                condition=models.Q(was_cut=False) | models.Q(pupil=None, contact=None),
                name="lending_cut_is_cut",
            ),
        ]

    class Privacy:
        none = (
            "id copy title location year kind group year_group owner at_home borrowed_at due_on renewals lost_on"
            " ended_at ended_as cut_on was_cut"
        )
        personal = "pupil contact"
        kept = "loan"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        """A desk sees what is open there and what it took in today; who may look at loans sees them all; a child sees
        its own."""
        if actor.pupil_id is not None:
            return models.Q(pupil=actor.pupil_id)
        reach = within_desk(actor, "location")
        if actor.may(MAY_VIEW):
            return reach
        return reach & (models.Q(ended_at=None) | models.Q(ended_at__gte=now() - DESK_LOOKS_BACK))


class Renewal(GuardedModel):
    """A loan that may last longer, when that was said, and until when it lasted before."""

    loan = models.ForeignKey(Loan, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=now)
    due_before = models.DateField()
    due_on = models.DateField()

    class Meta(GuardedModel.Meta):
        ordering = ["-at", "-id"]

    class Privacy:
        none = "id loan at due_before due_on"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(loan__in=Loan.objects.visible_to(actor).order_by().values("pk"))


class Hold(GuardedModel):
    """A child waits for a title at its school. `copy` lies ready for it since `ready_at`."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    title = models.ForeignKey(Title, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    placed_at = models.DateTimeField(default=now)
    copy = models.ForeignKey(Copy, null=True, on_delete=models.SET_NULL, related_name="+")
    ready_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_as = models.CharField(max_length=9, choices=HoldEnd, blank=True)

    class Meta(GuardedModel.Meta):
        ordering = ["placed_at", "id"]
        indexes = [
            models.Index(
                fields=["title", "location", "placed_at"],
                condition=models.Q(ended_at=None),
                name="lending_waiting_for",
            ),
            models.Index(fields=["pupil"], name="lending_holds_of"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["title", "pupil"], condition=models.Q(ended_at=None), name="lending_one_hold"
            ),
            models.UniqueConstraint(
                fields=["copy"],
                condition=models.Q(ended_at=None, copy__isnull=False),
                name="lending_ready_for_one",
            ),
        ]

    class Privacy:
        none = "id location title placed_at copy ready_at ended_at ended_as"
        personal = "pupil"
        kept = "hold"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.pupil_id is not None:
            return models.Q(pupil=actor.pupil_id)
        return within_desk(actor, "location")
