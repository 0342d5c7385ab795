from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "leesbouw.activities"
    label = "activities"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
