"""Pupils: the narrow set of UWLR and nothing more (lending.md §0.4), one room with one door.

No BSN, sex, address, country, weight or date of birth has a column here, so none can be kept by mistake.
"""

from __future__ import annotations

from uuid import uuid4

from django.db import models

from leesbouw.core.access import Actor, GuardedModel, within
from leesbouw.core.time import now, today
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import ClassGroup, Location, YearTransition

from ..domain import MAY_VIEW, full_name, month_later
from ..enums import Answer, AskedBy, Channel, RequestKind, RequestOutcome

LONGEST_KEY = 256  # EDEXML allows 256 signs in a key
NEAR = {UnitKind.LOCATION, UnitKind.LIBRARY, UnitKind.BRANCH}


def pupils_of(actor: Actor, path: str, pupil: str = "") -> models.Q:
    """Rows of locations whose pupils this actor may see: her own school, or one her library works with today.

    A child that came in sees the rows whose field `pupil` is the child itself, and no others.
    A school that went up in another one is that other school's. Boards, municipalities, provinces and the nation see numbers, never pupils, whatever their permissions say.
    """
    if actor.pupil_id is not None:
        return models.Q(**{pupil: actor.pupil_id}) if pupil else models.Q(pk__in=())
    if actor.unit_kind not in NEAR or not actor.may(MAY_VIEW):
        return models.Q(pk__in=())
    return within(actor.locations, path) | within(actor.locations, f"{path}__merged_into")


class Pupil(GuardedModel):
    """A child at one location. `ref` names it for ever in the list of what was erased; it says nothing of the child.

    `key` is the key in the school's administration: a text, in which 1234 is not 001234. `eck_id` is the pseudonym of
    the education chain and goes before the key. `birth_year` is kept only where the school wants age bands.
    """

    ref = models.UUIDField(default=uuid4, unique=True, editable=False)
    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=LONGEST_KEY, blank=True)
    eck_id = models.CharField(max_length=LONGEST_KEY, blank=True)
    first_name = models.CharField(max_length=100, blank=True)
    infix = models.CharField(max_length=20, blank=True)
    last_name = models.CharField(max_length=100, blank=True)
    birth_year = models.PositiveSmallIntegerField(null=True)
    joined_on = models.DateField(default=today)
    left_on = models.DateField(null=True, db_index=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(GuardedModel.Meta):
        ordering = ["first_name", "last_name", "id"]
        indexes = [models.Index(fields=["location", "left_on"], name="pupils_of_location")]
        constraints = [
            models.UniqueConstraint(
                fields=["location", "key"],
                condition=models.Q(left_on=None) & ~models.Q(key=""),
                name="pupils_key_once",
            ),
            models.UniqueConstraint(
                fields=["location", "eck_id"],
                condition=models.Q(left_on=None) & ~models.Q(eck_id=""),
                name="pupils_eck_id_once",
            ),
        ]

    class Privacy:
        none = "id ref location joined_on left_on version"
        personal = "key eck_id first_name infix last_name birth_year"
        kept = "pupil"

    def __str__(self) -> str:
        return full_name(self.first_name, self.infix, self.last_name)

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return pupils_of(actor, "location", "pk")


class Enrolment(GuardedModel):
    """A pupil in a group, from a day until a day; the open one is where the child is now."""

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    group = models.ForeignKey(ClassGroup, on_delete=models.PROTECT, related_name="+")
    year_group = models.PositiveSmallIntegerField(null=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)

    class Meta(GuardedModel.Meta):
        ordering = ["starts_on", "id"]
        indexes = [models.Index(fields=["group", "ends_on"], name="pupils_in_group")]
        constraints = [
            models.UniqueConstraint(
                fields=["pupil"], condition=models.Q(ends_on=None), name="pupils_one_open_enrolment"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_on=None) | models.Q(ends_on__gte=models.F("starts_on")),
                name="pupils_enrolment_in_order",
            ),
        ]

    class Privacy:
        none = "id starts_on ends_on"
        personal = "pupil group year_group"
        kept = "pupil"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return pupils_of(actor, "pupil__location", "pupil")


class MembershipConsent(GuardedModel):
    """A parent's answer about membership of the public library, apart from the school library (policy.md §7.3).

    Answers are history: the newest one holds. No name of a parent is kept, only who answered and how.
    """

    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    answer = models.CharField(max_length=3, choices=Answer)
    asked_by_text = models.CharField(max_length=40)  # code and version of the text, such as "membership@1"
    given_on = models.DateField()
    channel = models.CharField(max_length=10, choices=Channel)
    given_by = models.CharField(max_length=6, choices=AskedBy, default=AskedBy.PARENT)
    withdrawn_on = models.DateField(null=True)
    withdrawn_channel = models.CharField(max_length=10, choices=Channel, blank=True)
    registered_on = models.DateField(null=True)  # when the library made the membership
    recorded_at = models.DateTimeField(default=now)
    by_user_id = models.PositiveBigIntegerField(null=True)

    class Meta(GuardedModel.Meta):
        ordering = ["-given_on", "-id"]
        indexes = [models.Index(fields=["pupil", "given_on"], name="pupils_consent_of")]

    class Privacy:
        none = "id asked_by_text recorded_at"
        personal = (
            "pupil answer given_on channel given_by withdrawn_on withdrawn_channel registered_on by_user_id"
        )
        kept = "with the pupil"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return pupils_of(actor, "pupil__location", "pupil")


class RightsRequest(GuardedModel):
    """What somebody asked about a child, and when that was answered: within one month. It outlives the child's rows."""

    location = models.ForeignKey(Location, on_delete=models.PROTECT, related_name="+")
    pupil = models.ForeignKey(Pupil, null=True, on_delete=models.SET_NULL, related_name="+")
    kind = models.CharField(max_length=10, choices=RequestKind)
    asked_by = models.CharField(max_length=6, choices=AskedBy)
    asked_on = models.DateField()
    outcome = models.CharField(max_length=9, choices=RequestOutcome, blank=True)
    answered_on = models.DateField(null=True)
    reason = models.CharField(max_length=300, blank=True)
    by_user_id = models.PositiveBigIntegerField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(GuardedModel.Meta):
        ordering = ["-asked_on", "-id"]
        indexes = [models.Index(fields=["location", "outcome"], name="pupils_request_open")]

    class Privacy:
        none = "id location kind asked_by asked_on outcome answered_on version"
        personal = "pupil reason by_user_id"
        kept = "rights-request"

    @property
    def due_on(self) -> object:
        return month_later(self.asked_on)

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return pupils_of(actor, "location")


class PupilMove(GuardedModel):
    """What moving up to a new school year did to one pupil, so that it can be taken back exactly.

    `before` and `after`: the day she left and her groups, without a name. `was_used`: somebody worked with her already.
    """

    transition = models.ForeignKey(YearTransition, on_delete=models.CASCADE, related_name="+")
    pupil = models.ForeignKey(Pupil, on_delete=models.CASCADE, related_name="+")
    batch = models.PositiveSmallIntegerField(default=1)
    before = models.JSONField()
    after = models.JSONField()
    was_used = models.BooleanField(default=False)

    class Meta(GuardedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["transition", "pupil", "batch"], name="pupils_one_move")
        ]

    class Privacy:
        none = "id transition batch was_used"
        personal = "pupil before after"
        kept = "with the pupil"

    @classmethod
    def scope(cls, actor: Actor) -> models.Q:
        return pupils_of(actor, "pupil__location")


class RefusedKey(models.Model):
    """The digest of a key that was erased on request, so that the next file does not bring the child back.

    The digest is made with the secret of this installation: nobody can read the key from it.
    """

    location = models.ForeignKey(Location, on_delete=models.CASCADE, related_name="+")
    digest = models.CharField(max_length=64)
    since = models.DateField(default=today)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["location", "digest"], name="pupils_refused_once")]

    class Privacy:
        none = "id location since"
        secret = "digest"  # noqa: S105 -- the name of a field
        kept = "rights-request"


class PupilSettings(models.Model):
    """What a school chose about its pupils' data."""

    location = models.OneToOneField(Location, on_delete=models.CASCADE, primary_key=True, related_name="+")
    birth_years = models.BooleanField(default=False)  # whether the year of birth is kept, for age bands
    version = models.PositiveIntegerField(default=1)

    class Privacy:
        none = "location birth_years version"
