"""What imports give to the rooms below: a menu place and their health. Importers register with their engine."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.health import Condition, Health
from leesbouw.core.registry import Command, MenuItem, commands, health_checks, menu
from leesbouw.core.time import now
from leesbouw.organisations.permissions import CHOOSE_AREA

from . import (
    engine,
    jobs,  # noqa: F401 -- registers its kinds
)
from .enums import RunState
from .permissions import IMPORT
from .queries import latest_runs

YEARLY = ("schools", "school-sizes")
A_YEAR = timedelta(days=400)  # registers come out once a year; a month later somebody should have looked


def import_url(actor: Actor) -> str | None:
    return reverse("exchange:import-list")


def area_url(actor: Actor) -> str | None:
    return reverse("exchange:area")


menu.add("import", MenuItem(_("Import"), "import", import_url, permission=IMPORT))
commands.add(
    "area",
    Command(_("Choose the area"), area_url, permission=CHOOSE_AREA, words=_("municipalities we work in")),
)


@health_checks.register("imports")
def imports_health() -> Health:
    """Whether imports end well, and whether the yearly ones were done this year."""
    label = _("Imports")
    latest = latest_runs()
    done = [run.finished_at for run in latest.values() if run.finished_at]
    last = max(done, default=None)
    url = reverse("exchange:import-list")
    if any(run.state == RunState.FAILED or run.is_stuck for run in latest.values()):
        return Health(
            label, Condition.FAILED, _("An import was broken off. Resume it or undo it."), last, url
        )
    if not latest:
        return Health(label, Condition.NEW, _("Nothing has been imported yet."), None, url)
    old = [
        engine.importer(code).label
        for code, run in latest.items()
        if code in YEARLY and run.finished_at and run.finished_at < now() - A_YEAR
    ]
    if old:
        return Health(label, Condition.LATE, _("The last file of DUO is more than a year old."), last, url)
    return Health(label, Condition.GOOD, _("The last imports ended well."), last, url)
