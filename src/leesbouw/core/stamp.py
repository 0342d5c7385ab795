"""What this database is: a demo, or somebody's own; and with which version it was last opened."""

from __future__ import annotations

from time import monotonic

from django.db import models

from .time import now


class Stamp(models.Model):
    """Named facts about the database as a whole."""

    name = models.CharField(max_length=40, primary_key=True)
    value = models.CharField(max_length=200)
    at = models.DateTimeField(default=now)

    class Privacy:
        none = "name value at"


def read(name: str) -> str:
    """The value of a stamp, or an empty string."""
    return Stamp.objects.filter(pk=name).values_list("value", flat=True).first() or ""


def write(name: str, value: str) -> None:
    Stamp.objects.update_or_create(pk=name, defaults={"value": value, "at": now()})
    forget_demo()


_demo: dict[str, float] = {}
NO_HOLDS = 60  # seconds; only an empty database ever becomes a demo, so nobody waits for it


def is_demo() -> bool:
    """Whether this is a demo database. A demo never becomes a real one, so yes is kept for good and no for a minute."""
    if "yes" in _demo:
        return True
    if monotonic() - _demo.get("no", -NO_HOLDS) < NO_HOLDS:
        return False
    _demo["yes" if read("demo") else "no"] = monotonic()
    return "yes" in _demo


def forget_demo() -> None:
    """For tests, which put another database under the same process."""
    _demo.clear()
