from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class EducationLevel(TextChoices):
    MBO_PLUS = "mbo+", "mbo+"
    HBO = "hbo", "hbo"
    HBO_PLUS = "hbo+", "hbo+"


class NetworkRole(TextChoices):
    AMBASSADOR = "ambassador", _("Ambassador")
    DECIDES = "decides", _("Decides")
    ADVISES = "advises", _("Advises")
    PREPARES = "prepares", _("Prepares")


class PolicyField(TextChoices):
    """The policy field of an official (promise N2)."""

    EDUCATION = "education", _("Education")
    CULTURE = "culture", _("Culture")
    EARLY = "early_education", _("Early education")
    LITERACY = "low_literacy", _("Low literacy")
