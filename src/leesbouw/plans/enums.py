from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Side(TextChoices):
    """Whose task it is: the library's, the partner's, or both together."""

    LIBRARY = "library", _("Library")
    PARTNER = "partner", _("Partner")
    TOGETHER = "together", _("Together")
