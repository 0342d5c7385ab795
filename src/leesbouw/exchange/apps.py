from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    name = "leesbouw.exchange"
    label = "exchange"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
