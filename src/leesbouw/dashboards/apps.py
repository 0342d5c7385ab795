from django.apps import AppConfig


class DashboardsConfig(AppConfig):
    name = "leesbouw.dashboards"
    label = "dashboards"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
