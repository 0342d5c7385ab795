from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "leesbouw.plans"
    label = "plans"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
