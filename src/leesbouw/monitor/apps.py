from django.apps import AppConfig


class MonitorConfig(AppConfig):
    name = "leesbouw.monitor"
    label = "monitor"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
