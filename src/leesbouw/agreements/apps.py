from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "leesbouw.agreements"
    label = "agreements"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
