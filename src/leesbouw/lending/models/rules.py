"""How one school lends; what it did not choose is the usual way (content `parameters/lending`)."""

from __future__ import annotations

from django.core.validators import MaxValueValidator
from django.db import models

from leesbouw.core.access import Actor, ScopedQuerySet
from leesbouw.organisations.models import Location
from leesbouw.plans.enums import Region

from ..domain.rules import LONGEST_LINK


class LendingRules(models.Model):
    """The rules of one school. `library_day`: ISO weekday on which books come back, None for any school day.

    `holiday_lending`: books may stay at home over a holiday; otherwise they come back before it. `holiday_extra`: so
    many books more shortly before a holiday. `cut_days`: so long after a book came back it is known who had it.
    Whether books go home stands with how the school is provided (`collection.Provision`).
    """

    location = models.OneToOneField(
        Location, on_delete=models.CASCADE, primary_key=True, related_name="lending_rules"
    )
    days = models.PositiveSmallIntegerField()
    renewals = models.PositiveSmallIntegerField()
    books = models.PositiveSmallIntegerField()  # at a time, where a year group has no number of its own
    library_day = models.PositiveSmallIntegerField(null=True)
    region = models.CharField(max_length=6, choices=Region)
    holiday_lending = models.BooleanField(default=True)
    holiday_extra = models.PositiveSmallIntegerField(default=0)
    cut_days = models.PositiveSmallIntegerField(validators=[MaxValueValidator(LONGEST_LINK)])
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(cut_days__lte=LONGEST_LINK), name="lending_cut_in_time"
            ),
            models.CheckConstraint(
                condition=models.Q(library_day=None) | models.Q(library_day__range=(1, 7)),
                name="lending_day_of_week",
            ),
        ]

    class Privacy:
        none = (
            "location days renewals books library_day region holiday_lending holiday_extra cut_days version"
        )

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(location__in=Location.objects.visible_to(actor).values("pk"))


class YearGroupLimit(models.Model):
    """So many books at a time in one year group of a school."""

    rules = models.ForeignKey(LendingRules, on_delete=models.CASCADE, related_name="limits")
    year_group = models.PositiveSmallIntegerField()
    books = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["year_group"]
        constraints = [
            models.UniqueConstraint(fields=["rules", "year_group"], name="lending_one_limit"),
        ]

    class Privacy:
        none = "id rules year_group books"
