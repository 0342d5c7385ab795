"""The kinds of answers, channels and requests about a pupil. Values are stored, labels are translated."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Answer(TextChoices):
    """What a parent said about membership of the public library. "No" never blocks the school library."""

    YES = "yes", pgettext_lazy("consent", "Yes")
    NO = "no", pgettext_lazy("consent", "No")


class Channel(TextChoices):
    """How an answer reached us."""

    ENROLMENT = "enrolment", _("On the enrolment form of the school")
    PAPER = "paper", _("On another paper form")
    DIGITAL = "digital", _("Digitally, through the school")
    SPOKEN = "spoken", _("Spoken, in a conversation")


class ConsentState(TextChoices):
    """Where a pupil stands: derived from the newest answer."""

    ASKED_NOT = "none", pgettext_lazy("consent", "no answer yet")
    YES = "yes", pgettext_lazy("consent", "yes")
    NO = "no", pgettext_lazy("consent", "no")
    WITHDRAWN = "withdrawn", pgettext_lazy("consent", "withdrawn")


class RequestKind(TextChoices):
    """What a parent or pupil may ask (GDPR articles 15, 16, 17 and 21)."""

    ACCESS = "access", pgettext_lazy("request", "See what is kept")
    CORRECTION = "correction", pgettext_lazy("request", "Put something right")
    ERASURE = "erasure", pgettext_lazy("request", "Erase")
    OBJECTION = "objection", pgettext_lazy("request", "Object")


class AskedBy(TextChoices):
    PARENT = "parent", pgettext_lazy("request", "a parent or carer")
    PUPIL = "pupil", pgettext_lazy("request", "the pupil")
    SCHOOL = "school", pgettext_lazy("request", "the school itself")


class RequestOutcome(TextChoices):
    OPEN = "", pgettext_lazy("request", "open")
    DONE = "done", pgettext_lazy("request", "done")
    REFUSED = "refused", pgettext_lazy("request", "refused")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "withdrawn")


class ErasedFor(TextChoices):
    """Why a pupil was erased; on request means that the next file does not bring the child back."""

    REQUEST = "request", _("On request")
    RETENTION = "retention", _("The time was over")
    REPLAY = "replay", _("Erased before, came back with a restore")


class ExportReason(TextChoices):
    """Why somebody takes a list with names along. The logbook keeps the code; free text might name a child."""

    CLASSROOM = "classroom", _("To work with in the group or at the desk")
    CHECK = "check", _("To check whether our data is right")
    PARENTS = "parents", _("To ask or tell parents something")
    TRANSITION = "transition", _("For the transition to a new school year")
    REQUEST = "request", _("Because of a request of a parent or pupil")


class ExportFormat(TextChoices):
    """As what a list goes along."""

    PDF = "pdf", _("Paper (PDF)")
    XLSX = "xlsx", _("Excel (XLSX)")
    CSV = "csv", _("Text with semicolons (CSV)")


class Picture(TextChoices):
    """The twelve pictures of the door; three of them let a child in. Ours, drawn as simply as a child draws."""

    CAT = "cat", pgettext_lazy("picture", "cat")
    FISH = "fish", pgettext_lazy("picture", "fish")
    OWL = "owl", pgettext_lazy("picture", "owl")
    SNAIL = "snail", pgettext_lazy("picture", "snail")
    APPLE = "apple", pgettext_lazy("picture", "apple")
    FLOWER = "flower", pgettext_lazy("picture", "flower")
    SUN = "sun", pgettext_lazy("picture", "sun")
    MOON = "moon", pgettext_lazy("picture", "moon")
    HOUSE = "house", pgettext_lazy("picture", "house")
    BOAT = "boat", pgettext_lazy("picture", "boat")
    UMBRELLA = "umbrella", pgettext_lazy("picture", "umbrella")
    TRAIN = "train", pgettext_lazy("picture", "train")


ANIMALS = ("fox", "bear", "rabbit", "frog", "mouse", "penguin", "pig", "duck")  # on the tiles of children


class DeviceKind(TextChoices):
    """What a device of a class is, as far as its browser tells; so that one knows it in a list."""

    TABLET = "tablet", _("tablet")
    PHONE = "phone", _("phone")
    CHROMEBOOK = "chromebook", _("Chromebook")
    COMPUTER = "computer", _("computer")


class Came(TextChoices):
    """What became of three pictures."""

    RIGHT = "right"
    WRONG = "wrong"
    ASK = "ask"  # too often wrong: the teacher lets the child in
