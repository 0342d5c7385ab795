from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class TalkKind(TextChoices):
    """Kinds of talk on the relation agenda (handbook, chapter 2)."""

    INTRODUCTION = "introduction", _("Introduction")
    START = "start", _("Start talk")
    STRATEGIC = "strategic", _("Strategic talk")
    PROGRESS = "progress", _("Progress talk")
    EVALUATION = "evaluation", _("Evaluation talk")
    OTHER = "other", _("Other talk")
