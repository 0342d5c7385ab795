"""Figures: raw cells that nobody sees, what is published of them, facts about organisations and what stands out."""

from __future__ import annotations

from decimal import Decimal

from django.db import models

from leesbouw.core.access import Actor, Everywhere, GuardedModel, ScopedQuerySet
from leesbouw.core.time import SchoolYearField
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Location, Unit

from .enums import Against, FindingDirection, Reason

LONGEST_CODE = 60


class Sums(models.Model):
    """What a figure is made of.

    `denominator` is the (weighted) number of answers that count, `total` and `sum_squares` are Σ w·x and Σ w·x², for a
    share `numerator` is that total. `persons` gave those answers; `population` could have, where that is known.
    """

    numerator = models.FloatField(default=0)
    denominator = models.FloatField(default=0)
    persons = models.PositiveIntegerField(default=0)
    total = models.FloatField(default=0)
    sum_squares = models.FloatField(default=0)
    population = models.PositiveIntegerField(null=True)

    class Meta:
        abstract = True


class Cell(GuardedModel, Sums):
    """A measure at one location in one year and breakdown, raw. In nobody's scope: figures leave through `Published`."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    year = SchoolYearField()
    code = models.CharField(max_length=LONGEST_CODE)
    measure_version = models.PositiveIntegerField()
    breakdown = models.CharField(max_length=LONGEST_CODE, blank=True)

    class Meta(GuardedModel.Meta):
        indexes = [models.Index(fields=["year", "code"], name="indicators_cells_of_measure")]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "year", "code", "measure_version", "breakdown"],
                name="indicators_one_cell",
            )
        ]

    class Privacy:
        none = (
            "id location year code measure_version breakdown numerator denominator persons total sum_squares"
            " population"
        )

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(pk__in=())


class BlockMember(GuardedModel):
    """A location in a block: what is too small on its own and counts above the school only together (ADR 0010)."""

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    year = SchoolYearField()
    code = models.CharField(max_length=LONGEST_CODE)
    measure_version = models.PositiveIntegerField()
    kind = models.CharField(max_length=LONGEST_CODE, blank=True)  # of breakdown; empty for everybody together
    block = models.PositiveIntegerField()  # the smallest id of its locations

    class Meta(GuardedModel.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["location", "year", "code", "measure_version", "kind"],
                name="indicators_one_block",
            )
        ]

    class Privacy:
        none = "id location year code measure_version kind block"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(pk__in=())


class Published(Sums):
    """A figure as it may leave, of one unit. A hidden one has its reason and no numbers.

    `band` names comparable schools, with the nation as their unit. `panel` is another year when only locations that
    have a figure in both are in it, else 0. `locations` are in the figure, `left_out` took part and are in none.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    band = models.CharField(max_length=40, blank=True)
    year = SchoolYearField()
    panel = models.PositiveSmallIntegerField(default=0)
    code = models.CharField(max_length=LONGEST_CODE)
    measure_version = models.PositiveIntegerField()
    breakdown = models.CharField(max_length=LONGEST_CODE, blank=True)
    hidden = models.CharField(max_length=9, choices=Reason, blank=True)
    locations = models.PositiveIntegerField(default=1)
    left_out = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "code", "measure_version", "breakdown", "band", "panel"],
                name="indicators_one_figure",
            )
        ]
        indexes = [models.Index(fields=["year", "code"], name="indicators_of_measure")]

    class Privacy:
        none = (
            "id unit band year panel code measure_version breakdown hidden locations left_out numerator denominator"
            " persons total sum_squares population"
        )


class PublishedLink(models.Model):
    """What goes together at a level in a year (samenhang): see `queries.links.Linked`. Without enough schools no row."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    year = SchoolYearField()
    outcome = models.CharField(max_length=LONGEST_CODE)
    factor = models.CharField(max_length=LONGEST_CODE)
    slope = models.FloatField()
    low = models.FloatField()
    high = models.FloatField()
    groups = models.PositiveIntegerField()
    schools = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "outcome", "factor"], name="indicators_one_link")
        ]

    class Privacy:
        none = "id unit year outcome factor slope low high groups schools"


def near(actor: Actor) -> models.Q:
    """Rows of the actor's own unit, and of the locations and libraries within her reach."""
    if isinstance(actor.locations, Everywhere):
        return models.Q()
    return models.Q(unit__in=actor.locations) | own_figures(actor)


def own_locations(actor: Actor) -> frozenset[int]:
    """The locations of which the actor may see figures: her own, or those that her library works with today."""
    if actor.unit_kind == UnitKind.LOCATION and actor.unit_id:
        return frozenset({actor.unit_id})
    is_library = actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}
    return actor.locations if is_library and isinstance(actor.locations, frozenset) else frozenset()


def own_figures(actor: Actor) -> models.Q:
    """Rows with figures of the actor's own unit and library, and of the locations of which she may see them."""
    libraries = frozenset() if isinstance(actor.libraries, Everywhere) else actor.libraries
    own = {actor.unit_id} if actor.unit_id else set()
    return models.Q(unit__in=own_locations(actor) | libraries | own)


class Fact(models.Model):
    """Something about an organisation in a year, never about a person: a number, a choice or a day; none is "unknown".

    `origin` tells in words where it comes from, `url` leads there.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    year = SchoolYearField()
    code = models.CharField(max_length=LONGEST_CODE)
    number = models.DecimalField(max_digits=12, decimal_places=3, null=True)
    choice = models.CharField(max_length=LONGEST_CODE, blank=True)
    day = models.DateField(null=True)
    origin = models.CharField(max_length=160)
    url = models.CharField(max_length=200, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "year", "code"], name="indicators_one_fact"),
            models.CheckConstraint(
                condition=(models.Q(number=None) & models.Q(day=None))
                | (models.Q(number=None) & models.Q(choice=""))
                | (models.Q(day=None) & models.Q(choice="")),
                name="indicators_fact_is_one_thing",
            ),
        ]

    class Privacy:
        none = "id unit year code number choice day origin url"

    @property
    def value(self) -> object:
        """A Decimal, a code, a day, or None when it is unknown."""
        number = self.number.normalize() if isinstance(self.number, Decimal) else self.number
        return next((value for value in (number, self.day, self.choice) if value not in (None, "")), None)

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return near(actor)


class Finding(models.Model):
    """What stands out in a figure, with the numbers it stands on; a goal points at one.

    `value` is the unit's own, `other_value` what it is held against; between groups there is no other, and `low` and
    `high` are of the widest difference between two of them.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    year = SchoolYearField()
    code = models.CharField(max_length=LONGEST_CODE)
    measure_version = models.PositiveIntegerField()
    breakdown = models.CharField(max_length=LONGEST_CODE, blank=True)
    direction = models.CharField(max_length=8, choices=FindingDirection)
    against = models.CharField(max_length=12, choices=Against)
    against_year = SchoolYearField(null=True)
    value = models.FloatField()
    base = models.FloatField()
    other_value = models.FloatField(null=True)
    other_base = models.FloatField(null=True)
    low = models.FloatField(null=True)  # of the difference
    high = models.FloatField(null=True)
    position = models.PositiveSmallIntegerField(default=0)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "code", "breakdown", "against"], name="indicators_one_finding"
            )
        ]

    class Privacy:
        none = (
            "id unit year code measure_version breakdown direction against against_year value base other_value"
            " other_base low high position"
        )

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return own_figures(actor)
