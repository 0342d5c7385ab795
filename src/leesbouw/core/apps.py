from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "leesbouw.core"
    label = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
