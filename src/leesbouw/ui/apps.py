from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "leesbouw.ui"
    label = "ui"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import actions, jobs  # noqa: F401 -- app ready
