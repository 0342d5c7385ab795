from django.apps import AppConfig


class CollectionConfig(AppConfig):
    name = "leesbouw.collection"
    label = "collection"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
