from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "leesbouw.people"
    label = "people"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import providers  # noqa: F401 -- app ready
