"""What imports give to the rooms below: a menu place and their health. Importers register with their engine."""

from __future__ import annotations

from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.permissions import ACCOUNTS_INVITE
from leesbouw.accounts.queries import invitations_open_for, works_alone
from leesbouw.collection.permissions import EDIT_TITLES
from leesbouw.collection.queries import library_of_catalogue
from leesbouw.core.access import Actor
from leesbouw.core.health import Condition, Health
from leesbouw.core.registry import (
    Command,
    MenuItem,
    Todo,
    commands,
    health_checks,
    holders,
    menu,
    name_resolvers,
    todo_sources,
)
from leesbouw.core.retention import begin_of, rows
from leesbouw.core.time import now
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.permissions import CHOOSE_AREA
from leesbouw.pupils.holders import PupilHolder, pupil_holders

from . import (
    actions,
    engine,
    jobs,  # noqa: F401 -- registers its kinds
)
from .enums import RunState
from .models import UNDO_FOR, ColumnChoice, ImportPart, ImportRow, ImportRun
from .permissions import IMPORT
from .queries import has_area, knows_municipalities, latest_runs, runs_for

YEARLY = ("schools", "school-sizes")
A_YEAR = timedelta(days=400)  # registers come out once a year; a month later somebody should have looked


def import_url(actor: Actor) -> str | None:
    """The list of what one may bring; who may bring one kind only begins right there."""
    kinds = engine.importers_for(actor)
    if len(kinds) == 1:
        return reverse("exchange:import-start", args=[kinds[0].slug])
    return reverse("exchange:import-list") if kinds else None


def area_url(actor: Actor) -> str | None:
    return reverse("exchange:area")


def marcxml_url(actor: Actor) -> str | None:
    return reverse("exchange:marcxml") if library_of_catalogue(actor) else None


@todo_sources.register("first-steps")
def first_steps(actor: Actor) -> list[Todo]:
    """What comes next on a new installation: the schools, then the area, then the colleagues."""
    if not (actor.may(IMPORT) and actor.may(CHOOSE_AREA)) or actor.unit_kind != UnitKind.LIBRARY:
        return []
    if not has_area(actor):
        if knows_municipalities():
            return [
                Todo(
                    _("Choose the municipalities where you work"),
                    reverse("exchange:area"),
                    icon="municipality",
                )
            ]
        url = reverse("exchange:import-start", args=["scholen"])
        return [Todo(_("Read in the schools of DUO"), url, icon="import")]
    if actor.may(ACCOUNTS_INVITE) and works_alone(actor) and not invitations_open_for(actor).exists():
        return [Todo(_("Invite your first colleague"), reverse("accounts:invite"), icon="people")]
    return []


menu.add("import", MenuItem(_("Import"), "import", import_url, under=("/import/",)))
commands.add(
    "area",
    Command(_("Choose the area"), area_url, permission=CHOOSE_AREA, words=_("municipalities we work in")),
)
commands.add(
    "marcxml",
    Command(
        _("Download the catalogue"),
        marcxml_url,
        permission=EDIT_TITLES,
        words=_("MARC export titles copies"),
        icon="import",
    ),
)

pupil_holders.add(
    "exchange",
    PupilHolder(
        _("Files of the school"),
        tell=actions.told_of_imports,
        tell_child=actions.told_to_child,
        erase=actions.wipe_pupil_copies,
        forget_waiting=actions.forget_waiting_files,
    ),
)


@name_resolvers.register("import-run")
def run_names(actor: Actor, ids: set[int]) -> dict[int, tuple[str, str]]:
    """What a file was about and where its receipt stands, for the home of who brought it."""
    return {
        run.pk: (str(engine.importer(run.importer).label), reverse("exchange:run-detail", args=[run.pk]))
        for run in runs_for(actor).filter(pk__in=ids)
    }


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


def _import_rows(limit: date) -> QuerySet[ImportRow]:
    """Rows and before-images of runs that can no longer be undone."""
    return ImportRow.objects.filter(run__expires_at__lt=begin_of(limit) + UNDO_FOR)


def _import_parts(limit: date) -> QuerySet[ImportPart]:
    return ImportPart.objects.filter(run__expires_at__lt=begin_of(limit) + UNDO_FOR)


def _open_runs(limit: date) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(state__in=actions.OPEN, expires_at__lt=begin_of(limit) + UNDO_FOR)


def _runs(limit: date) -> QuerySet[ImportRun]:
    return ImportRun.objects.filter(created_at__lt=begin_of(limit))


def _choices(limit: date) -> QuerySet[ColumnChoice]:
    return ColumnChoice.objects.filter(used_at__lt=begin_of(limit))


holders.add("import-rows", rows(_("Lines of imports"), "import-rows", _import_rows))
holders.add(
    "import-parts", rows(_("Lines of imports that were not checked yet"), "import-rows", _import_parts)
)
holders.add(
    "import-open",
    rows(_("Imports that nobody finished"), "import-rows", _open_runs, wipe=actions.lapse_runs),
)
holders.add("import", rows(_("Imports"), "import", _runs))
holders.add("columns", rows(_("Chosen columns"), "import", _choices))
