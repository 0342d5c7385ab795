from django.apps import AppConfig


class NetworkConfig(AppConfig):
    name = "leesbouw.network"
    label = "network"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
