from django.apps import AppConfig


class LendingConfig(AppConfig):
    name = "leesbouw.lending"
    label = "lending"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
