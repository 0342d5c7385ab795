from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "leesbouw.privacy"
    label = "privacy"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
