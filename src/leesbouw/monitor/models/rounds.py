"""A round of one library, and the locations that take part in it (promise M2)."""

from __future__ import annotations

from datetime import date

from django.db import models
from django.urls import reverse

from leesbouw.core.access import Actor, GuardedModel, ScopedQuerySet, within
from leesbouw.core.time import SchoolYearField, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Library, Location

from ..enums import AuthorisedBy, Cohort, MonitorKind, ParticipationState, Respondent, RoundState

LIBRARY_KINDS = {UnitKind.LIBRARY, UnitKind.BRANCH}


def of_library(actor: Actor, library: str, locations: str) -> models.Q:
    """Rows of the actor's own library, or of the locations that she may see."""
    if actor.unit_kind in LIBRARY_KINDS:
        return models.Q(**{f"{library}__in": actor.libraries})
    return models.Q(**{f"{locations}__in": Location.objects.visible_to(actor).values("pk")})


class Round(models.Model):
    """One measurement of one library in one school year.

    The calendar (`prepare_on` to `report_on`) is the plan; `opened_on`, `closed_on` and `ended_on` are what happened.
    `questionnaires` holds the version of every list, as {"pupil": "po-pupil@1"}, fixed when the round opens;
    `modules` are the optional parts that are on; hours are of the library, for the whole round.
    """

    library = models.ForeignKey(Library, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=2, choices=MonitorKind)
    year = SchoolYearField(db_index=True)
    cohort = models.CharField(max_length=5, choices=Cohort, default=Cohort.EVERY_YEAR)
    prepare_on = models.DateField()
    opens_on = models.DateField()
    closes_on = models.DateField()
    report_on = models.DateField()
    hours_management = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    hours_filling = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    hours_analysis = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    hours_feedback = models.DecimalField(max_digits=6, decimal_places=1, null=True)
    modules = models.JSONField(default=list)
    questionnaires = models.JSONField(default=dict)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["library", "kind", "year"], name="monitor_one_round_a_year"),
            models.CheckConstraint(
                condition=models.Q(prepare_on__lte=models.F("opens_on"))
                & models.Q(opens_on__lt=models.F("closes_on"))
                & models.Q(closes_on__lte=models.F("report_on")),
                name="monitor_round_in_order",
            ),
        ]

    class Privacy:
        none = (
            "id library kind year cohort prepare_on opens_on closes_on report_on hours_management hours_filling"
            " hours_analysis hours_feedback modules questionnaires opened_on closed_on ended_on version"
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("monitor:round", args=[self.pk])

    @property
    def state(self) -> RoundState:
        if self.ended_on:
            return RoundState.ENDED
        if self.closed_on:
            return RoundState.CLOSED
        if self.opened_on:
            return RoundState.OPEN
        return RoundState.PREPARING if self.prepare_on <= today() else RoundState.PLANNED

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        if actor.unit_kind in LIBRARY_KINDS:
            return models.Q(library__in=actor.libraries)
        seen = Location.objects.visible_to(actor).values("pk")
        return models.Q(pk__in=Participation.objects.filter(location__in=seen).values("round"))


class Participation(models.Model):
    """A location in a round. It fills in after its head said yes, and closes by itself or with the round."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="participations")
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    enrolled_on = models.DateField(default=today)
    asked_on = models.DateField(null=True)  # when the head was last asked or reminded
    authorised_on = models.DateField(null=True)
    authorised_by = models.CharField(max_length=7, choices=AuthorisedBy, blank=True)
    authorised_name = models.CharField(max_length=120, blank=True)
    declined_on = models.DateField(null=True)
    declined_because = models.CharField(max_length=300, blank=True)
    extended_to = models.DateField(null=True)
    started_on = models.DateField(null=True)  # the day of the first list; no list itself has a day
    closed_on = models.DateField(null=True)
    discussed_on = models.DateField(null=True)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["location__name", "id"]
        constraints = [
            models.UniqueConstraint(fields=["round", "location"], name="monitor_location_once_a_round")
        ]

    class Privacy:
        none = (
            "id round location enrolled_on asked_on authorised_on authorised_by declined_on declined_because"
            " extended_to started_on closed_on discussed_on version"
        )
        personal = "authorised_name"
        kept = "monitor-round"

    @property
    def closes_on(self) -> date:
        """The last day on which this location may fill in."""
        return self.extended_to or self.round.closes_on

    @property
    def state(self) -> ParticipationState:
        steps = (
            (self.discussed_on, ParticipationState.DISCUSSED),
            (self.closed_on, ParticipationState.CLOSED),
            (self.declined_on, ParticipationState.DECLINED),
            (self.started_on, ParticipationState.STARTED),
            (self.authorised_on, ParticipationState.AUTHORISED),
        )
        return next((state for day, state in steps if day), ParticipationState.INVITED)

    @property
    def is_open(self) -> bool:
        """Whether lists may come in today."""
        return bool(
            self.authorised_on
            and not self.closed_on
            and not self.declined_on
            and self.round.opened_on
            and today() <= self.closes_on
        )

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return of_library(actor, "round__library", "location")


class MeasuringRhythm(models.Model):
    """In which years a location measures. Without a row it measures every year."""

    location = models.OneToOneField(Location, on_delete=models.CASCADE, primary_key=True, related_name="+")
    rhythm = models.CharField(max_length=5, choices=Cohort, default=Cohort.EVERY_YEAR)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Privacy:
        none = "location rhythm version"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(location__in=Location.objects.visible_to(actor).values("pk"))


class LocalQuestion(models.Model):
    """A question that a library adds to one list of a round, five at most; it has no national figure.

    `options` are the words to choose from; without options the answer is free text.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="local_questions")
    respondent = models.CharField(max_length=11, choices=Respondent)
    position = models.PositiveSmallIntegerField()
    text = models.CharField(max_length=200)
    options = models.JSONField(default=list)
    version = models.PositiveIntegerField(default=1)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        ordering = ["respondent", "position"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "respondent", "position"], name="monitor_local_question_place"
            )
        ]

    class Privacy:
        none = "id round respondent position text options version"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return models.Q(round__in=Round.objects.visible_to(actor).values("pk"))


class Follower(GuardedModel):
    """Somebody who gets the weekly mail with the progress of a round, and nothing else."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=120)
    email = models.EmailField()
    mailed_on = models.DateField(null=True)

    class Meta(GuardedModel.Meta):
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["round", "email"], name="monitor_follower_once")]

    class Privacy:
        none = "id round mailed_on"
        personal = "name email"
        kept = "monitor-round"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return within(actor.libraries, "round__library")
