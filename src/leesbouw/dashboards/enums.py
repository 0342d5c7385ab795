"""What a list says about a location in one or two words."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Moment(TextChoices):
    """What stands in the timeline of a location."""

    VISIT = "bezoek", _("Visits")
    TALK = "gesprek", _("Talks")
    DECISION = "besluit", _("Decisions")
    DOCUMENT = "document", _("Documents")


MOMENT_ICON = {
    Moment.VISIT: "calendar",
    Moment.TALK: "talks",
    Moment.DECISION: "ok",
    Moment.DOCUMENT: "file",
}


class Attention(TextChoices):
    """What a location asks of whoever works with it; declared from most to least urgent."""

    EXPIRED = "expired", _("Agreement is over")
    ENDING = "ending", _("Agreement runs out")
    UNSTAFFED = "unstaffed", _("No consultant yet")
    WAITING = "waiting", _("On the waiting list")
    PREPARING = "preparing", _("Getting ready")
    ON_COURSE = "on_course", _("On course")
    NONE = "none", _("No cooperation")


ASKS_SOMETHING = (Attention.EXPIRED, Attention.ENDING, Attention.UNSTAFFED)

TAG = {
    Attention.EXPIRED: "bad",
    Attention.ENDING: "let",
    Attention.UNSTAFFED: "let",
    Attention.WAITING: "wait",
    Attention.PREPARING: "neutral",
    Attention.ON_COURSE: "ok",
    Attention.NONE: "neutral",
}
