from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "leesbouw.accounts"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
