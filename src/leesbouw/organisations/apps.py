from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "leesbouw.organisations"
    label = "organisations"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from . import jobs, providers  # noqa: F401 -- app ready
