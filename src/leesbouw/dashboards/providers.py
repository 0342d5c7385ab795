"""What dashboards give to the kernel's registries: places in the menu and things to do from the search box."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.queries import names_of_users
from leesbouw.core.access import Actor
from leesbouw.core.registry import Command, MenuItem, commands, menu, name_resolvers
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.queries import libraries_visible_to, own_unit_url, unit_names

from .permissions import EDIT_UNITS, VIEW, VIEW_PARTNERSHIP
from .queries import locations  # noqa: F401 -- registers the schema of its parameters


def page(name: str) -> Callable[[Actor], str]:
    """The address of a page that is the same for everybody."""
    return lambda actor: reverse(f"dashboards:{name}")


def own(kind: UnitKind) -> Callable[[Actor], str | None]:
    """The page of the unit somebody works at, when it is of this kind."""
    return lambda actor: own_unit_url(actor) if actor.unit_kind == kind else None


def library_url(actor: Actor) -> str | None:
    """One's own library, also for who works at a branch of it."""
    if actor.unit_kind not in {UnitKind.LIBRARY, UnitKind.BRANCH}:
        return None
    library = libraries_visible_to(actor).first()
    return library.get_absolute_url() if library else None


LOCATIONS = ("/school/", "/kinderopvang/", "/locatie/")

menu.add("today", MenuItem(_("Today"), "today", page("home")))
menu.add("locations", MenuItem(_("Locations"), "schools", page("location-list"), VIEW, under=LOCATIONS))
menu.add("portfolio", MenuItem(_("Portfolio"), "portfolio", page("portfolio"), VIEW_PARTNERSHIP))
menu.add("library", MenuItem(_("Library"), "library", library_url, VIEW, under=("/vestiging/", "/partner/")))
menu.add("location", MenuItem(_("Our location"), "school", own(UnitKind.LOCATION), VIEW, under=LOCATIONS[:2]))
menu.add("board", MenuItem(_("Our board"), "board", own(UnitKind.BOARD), VIEW))
menu.add("municipality", MenuItem(_("Our municipality"), "municipality", own(UnitKind.MUNICIPALITY), VIEW))
menu.add("province", MenuItem(_("Our province"), "province", own(UnitKind.PROVINCE), VIEW))
menu.add("poi", MenuItem(_("Our provinces"), "province", own(UnitKind.POI), VIEW))
menu.add("nation", MenuItem(_("The whole country"), "nation", page("nation-detail"), VIEW))
menu.add("units", MenuItem(_("Organisations"), "organisations", page("organisation-list"), EDIT_UNITS))
menu.add("search", MenuItem(_("Search"), "search", page("search")))


@name_resolvers.register("user")
def user_names(actor: Actor, ids: set[int]) -> dict[int, tuple[str, str]]:
    """Names of people with an account, for who may read the audit trail."""
    return {pk: (name, "") for pk, name in names_of_users(ids).items()}


name_resolvers.add("unit", unit_names)

commands.add(
    "tasks", Command(_("Tasks in the background"), page("job-list"), words=_("jobs progress running"))
)
commands.add(
    "help",
    Command(_("Help and quick keys"), lambda actor: reverse("ui:help"), words=_("how question manual")),
)
commands.add(
    "new-location",
    Command(
        _("Add a location"),
        lambda actor: reverse("organisations:location-add"),
        EDIT_UNITS,
        words=_("new school child care"),
    ),
)
commands.add(
    "my-locations",
    Command(
        _("Locations where I work"),
        lambda actor: (
            f"{reverse('dashboards:location-list')}?consulent=mij"
            if actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}
            else None
        ),
        VIEW,
        words=_("my schools"),
    ),
)
