"""How much was lent in a month: numbers of a school and of its groups, with no child in them."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, GuardedModel
from leesbouw.core.time import today
from leesbouw.organisations.models import ClassGroup, Location

from ..enums import MonthOrigin
from .reach import NOTHING


class LendingMonth(GuardedModel):
    """What was lent in a month at a location, or in one of its groups. In nobody's scope: figures leave through `indicators`.

    `borrowers` is None where nobody knows any more. While a month runs, `kept_…` count what was lent by children whose
    link was cut already, so that the month comes out right and nobody is remembered for it; `kept_borrowers` is None
    where some were cut before anybody counted. `is_over`: the month was counted after its end, and stays as it is.
    """

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(ClassGroup, null=True, on_delete=models.CASCADE, related_name="+")
    month = models.DateField()  # its first day
    loans = models.PositiveIntegerField(default=0)
    at_home = models.PositiveIntegerField(null=True)
    borrowers = models.PositiveIntegerField(null=True)
    children = models.PositiveIntegerField(null=True)
    copies = models.PositiveIntegerField(
        null=True
    )  # only of a file: what stands in Leesbouw is counted there
    kept_loans = models.PositiveIntegerField(default=0)
    kept_home = models.PositiveIntegerField(default=0)
    kept_borrowers = models.PositiveIntegerField(null=True, default=0)
    is_over = models.BooleanField(default=False)
    origin = models.CharField(max_length=7, choices=MonthOrigin, default=MonthOrigin.COUNTED)
    told_on = models.DateField(default=today)

    class Meta(GuardedModel.Meta):
        indexes = [models.Index(fields=["month", "location"], name="lending_months")]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "month"], condition=models.Q(group=None), name="lending_one_month"
            ),
            models.UniqueConstraint(
                fields=["location", "month", "group"],
                condition=models.Q(group__isnull=False),
                name="lending_one_month_of_group",
            ),
        ]

    class Privacy:
        none = (
            "id location group month loans at_home borrowers children copies kept_loans kept_home kept_borrowers"
            " is_over origin told_on"
        )

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return NOTHING
