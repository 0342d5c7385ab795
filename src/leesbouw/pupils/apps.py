from django.apps import AppConfig


class PupilsConfig(AppConfig):
    name = "leesbouw.pupils"
    label = "pupils"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
