from django.apps import AppConfig


class ShelfConfig(AppConfig):
    name = "leesbouw.shelf"
    label = "shelf"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
