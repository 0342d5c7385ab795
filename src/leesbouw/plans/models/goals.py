"""Goals and planned activities: each has its home here; a plan, a page or a report shows them and copies nothing."""

from __future__ import annotations

from django.db import models

from leesbouw.core.access import Actor, GuardedModel
from leesbouw.core.time import SchoolYearField, now
from leesbouw.indicators.models import Finding
from leesbouw.organisations.models import ClassGroup, Library, Unit
from leesbouw.people.models import Contact, StaffMember

from ..enums import Audience, Decision, GoalKind, GoalOrigin, Habit, Side
from .base import OfUnit, near


class Goal(OfUnit):
    """What a school or child care wants to reach, from `first_year` to the end of `last_year`.

    A measured goal keeps its measure in the version it was set with; `baseline` and `target` are as the measure gives
    them (a share runs 0-1), `baseline_base` is the number of answers behind the baseline. A described one has `evidence`:
    what will show that it is reached. `one_more` tells why it came on top of the number that a year has room for.
    """

    first_year = SchoolYearField(db_index=True)
    last_year = SchoolYearField()
    what = models.CharField(max_length=200)
    why = models.TextField(blank=True)
    owner = models.CharField(max_length=8, choices=Side)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.CHILDREN)
    groups = models.JSONField(default=list)  # year groups; none for everybody
    kind = models.CharField(max_length=8, choices=GoalKind)
    measure = models.CharField(max_length=60, blank=True)
    measure_version = models.PositiveIntegerField(null=True)
    breakdown = models.CharField(max_length=60, blank=True)
    baseline = models.FloatField(null=True)
    baseline_year = SchoolYearField(null=True)
    baseline_base = models.FloatField(null=True)
    target = models.FloatField(null=True)
    evidence = models.CharField(max_length=300, blank=True)
    origin = models.CharField(max_length=8, choices=GoalOrigin, default=GoalOrigin.OWN)
    finding = models.ForeignKey(Finding, null=True, on_delete=models.SET_NULL, related_name="+")
    follows = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="followed_by")
    one_more = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=now)
    dropped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["first_year", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(last_year__gte=models.F("first_year")),
                name="plans_goal_ends_after_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=GoalKind.MEASURED)
                | models.Q(target__isnull=False) & ~models.Q(measure=""),
                name="plans_measured_goal_has_a_target",
            ),
        ]

    class Privacy:
        none = (
            "id unit first_year last_year owner audience groups kind measure measure_version breakdown baseline"
            " baseline_year baseline_base target origin finding follows created_at dropped_at version"
        )
        personal = "what why evidence one_more"
        kept = "with the unit"

    def __str__(self) -> str:
        return self.what


class GoalEvaluation(OfUnit):
    """How a goal went in a year: the result as it was then, the school's own words, and what is decided."""

    goal = models.ForeignKey(Goal, on_delete=models.CASCADE, related_name="evaluations")
    year = SchoolYearField()
    result = models.FloatField(null=True)
    result_year = SchoolYearField(null=True)
    result_base = models.FloatField(null=True)
    low = models.FloatField(null=True)  # of the result
    high = models.FloatField(null=True)
    words = models.TextField(blank=True)
    decision = models.CharField(max_length=8, choices=Decision)
    decided_on = models.DateField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(fields=["goal", "year"], name="plans_goal_evaluated_once_a_year")
        ]

    class Privacy:
        none = "id unit goal year result result_year result_base low high decision decided_on version"
        personal = "words"
        kept = "with the unit"


class PlannedActivity(GuardedModel):
    """One line of a year plan: the seven columns of the planning form, with groups, hours and money beside them.

    `form` is the code of a form in the catalogue, or "". `hours` are the library's, all `times` together; what the
    school itself puts in is `school_hours`. Without a goal it serves the plan as a whole.
    """

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    library = models.ForeignKey(Library, null=True, on_delete=models.SET_NULL, related_name="+")
    year = SchoolYearField(db_index=True)
    goal = models.ForeignKey(Goal, null=True, on_delete=models.SET_NULL, related_name="+")
    form = models.CharField(max_length=60, blank=True)
    what = models.CharField(max_length=200)
    aim = models.CharField(max_length=500, blank=True)
    steps = models.TextField(blank=True)
    audience = models.CharField(max_length=8, choices=Audience, default=Audience.CHILDREN)
    groups = models.JSONField(default=list)
    classes = models.ManyToManyField(ClassGroup, related_name="+")  # none for every class of these years
    from_on = models.DateField(null=True)
    until_on = models.DateField(null=True)
    side = models.CharField(max_length=8, choices=Side)
    staff = models.ForeignKey(StaffMember, null=True, on_delete=models.SET_NULL, related_name="+")
    contact = models.ForeignKey(Contact, null=True, on_delete=models.SET_NULL, related_name="+")
    how = models.TextField(blank=True)
    evaluation = models.TextField(blank=True)
    times = models.PositiveSmallIntegerField(default=0)  # visits of the library
    hours = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    school_hours = models.DecimalField(max_digits=6, decimal_places=2, default=0)
    cost_cents = models.PositiveIntegerField(null=True)
    done_on = models.DateField(null=True)
    learning = models.JSONField(null=True)  # codes of learning goals; None: those of its form
    follows = models.OneToOneField("self", null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField(default=now)
    dropped_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(GuardedModel.Meta):
        ordering = ["from_on", "id"]
        indexes = [models.Index(fields=["unit", "year"], name="plans_activities_of_a_year")]

    class Privacy:
        none = (
            "id unit library year goal form audience groups classes from_on until_on side times hours school_hours"
            " cost_cents done_on learning follows created_at dropped_at version"
        )
        personal = "what aim steps staff contact how evaluation"
        kept = "with the unit"

    def __str__(self) -> str:
        return self.what

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return near(actor)


class Structural(OfUnit):
    """What a group does every week: minutes agreed, and minutes that the timetable really has (None: unknown)."""

    year = SchoolYearField(db_index=True)
    group = models.PositiveSmallIntegerField()  # a year group
    habit = models.CharField(max_length=8, choices=Habit)
    agreed = models.PositiveSmallIntegerField(default=0)
    real = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "year", "group", "habit"], name="plans_one_habit_of_a_group"
            )
        ]

    class Privacy:
        none = "id unit year group habit agreed real"
