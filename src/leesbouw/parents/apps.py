from django.apps import AppConfig


class ParentsConfig(AppConfig):
    name = "leesbouw.parents"
    label = "parents"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
