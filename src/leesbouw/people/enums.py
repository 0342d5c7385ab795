from django.db.models import TextChoices


class EducationLevel(TextChoices):
    MBO_PLUS = "mbo+", "mbo+"
    HBO = "hbo", "hbo"
    HBO_PLUS = "hbo+", "hbo+"
