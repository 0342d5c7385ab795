from django.apps import AppConfig


class IndicatorsConfig(AppConfig):
    name = "leesbouw.indicators"
    label = "indicators"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
