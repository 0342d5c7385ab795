"""Words of a child's own pages. Values are stored, labels are translated."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy


class Feeling(TextChoices):
    """What a child thinks of a book. Nobody counts them, nobody else sees them."""

    GOOD = "good", pgettext_lazy("feeling", "Nice")
    SO = "so", pgettext_lazy("feeling", "So-so")
    NOT = "not", pgettext_lazy("feeling", "Not for me")


FACES = {Feeling.GOOD: "face-good", Feeling.SO: "face-so", Feeling.NOT: "face-aside"}


class Place(TextChoices):
    """Where a book stands on a private list; stopping is as good as finishing."""

    WANT = "want", pgettext_lazy("list", "I want to read")
    READING = "reading", pgettext_lazy("list", "I am reading now")
    READ = "read", pgettext_lazy("list", "Read")
    STOPPED = "stopped", pgettext_lazy("list", "Stopped")


class Phrase(TextChoices):
    """What a child can say of a book without typing. It says something of the book, never of a person."""

    FUNNY = "funny", pgettext_lazy("tip", "You have to laugh")
    EXCITING = "exciting", pgettext_lazy("tip", "It is so exciting")
    PICTURES = "pictures", pgettext_lazy("tip", "The pictures are beautiful")
    MOVING = "moving", pgettext_lazy("tip", "It makes you think")
    FAST = "fast", pgettext_lazy("tip", "You have it read in no time")
    LEARN = "learn", pgettext_lazy("tip", "You learn a lot from it")


class TipState(TextChoices):
    WAITING = "waiting", pgettext_lazy("tip", "the teacher reads it first")
    SHOWN = "shown", pgettext_lazy("tip", "the class can see it")
    HIDDEN = "hidden", pgettext_lazy("tip", "the class does not see it")
