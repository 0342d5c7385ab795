"""What lending gives to the rooms below: what it holds of pupils, and what goes when its time is over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from leesbouw.collection.queries import borrowed
from leesbouw.core.access import Actor
from leesbouw.core.registry import Command, MenuItem, Todo, commands, holders, menu, todo_sources
from leesbouw.core.retention import rows
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.domain import is_school_code
from leesbouw.organisations.enums import StepStatus, UnitKind
from leesbouw.organisations.models import Location
from leesbouw.organisations.year_steps import SCHOOLS, YearStep, YearStepState, year_steps
from leesbouw.pupils.holders import PupilHolder, pupil_holders
from leesbouw.pupils.permissions import OPEN_CLASS

from . import (
    actions,
    jobs,  # noqa: F401 -- jobs register themselves
)
from .permissions import EDIT_RULES, LEND, READ_FIGURES, VIEW_BOOKS, VIEW_LOANS
from .queries.class_cards import card_lines
from .queries.known import in_use, loans_to_cut, old_holds, out_of, told_of, unsettled_of
from .queries.self_service import groups_tablet_waits_for


def _cut(*, ids: Sequence[int], by: Actor) -> None:
    actions.cut_links(ids, by=by)


pupil_holders.add(
    "lending",
    PupilHolder(
        label=_("Books of the school library"),
        tell=told_of,
        erase=actions.forget_pupils,
        unsettled=unsettled_of,
        uses=in_use,
    ),
)
borrowed.add("lending", out_of)
holders.add("loan", rows(_("Who had which book"), "loan", loans_to_cut, wipe=_cut))
holders.add("hold", rows(_("Books that somebody waited for"), "hold", old_holds))


def desk_url(actor: Actor) -> str | None:
    return reverse("lending:desk")


def groups_books_url(actor: Actor) -> str | None:
    """Nothing for who works at no one place."""
    return reverse("lending:groups-books") if actor.unit_kind == UnitKind.LOCATION else None


def at_own_place(name: str) -> Callable[[Actor], str | None]:
    """A page about one's own place; nothing for who works at no one place."""

    def url(actor: Actor) -> str | None:
        if actor.unit_kind != UnitKind.LOCATION:
            return None
        place = "school" if is_school_code(actor.unit_code) else "kinderopvang"
        return reverse(f"lending:{name}", args=[place, actor.unit_code])

    return url


def right_url(actor: Actor) -> str | None:
    """Of a library; a school has its own conditions on the page about its collection."""
    at_library = actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH}
    return reverse("lending:right") if at_library else None


def pictures_to_print(actor: Actor) -> list[Todo]:
    """Groups of a teacher whose children cannot help themselves at the tablet yet, since they have no card."""
    if actor.unit_kind != UnitKind.LOCATION or not actor.may(OPEN_CLASS):
        return []
    return [
        Todo(
            title=gettext("Print the login cards of group %(group)s") % {"group": group.name},
            url=reverse("pupils:class-cards", args=[group.pk]),
            due_on=today(),
            icon="print",
            subtitle=ngettext(
                "The tablet waits for the pictures of %(count)s child.",
                "The tablet waits for the pictures of %(count)s children.",
                waiting,
            )
            % {"count": waiting},
        )
        for group, waiting in groups_tablet_waits_for(actor)
    ]


todo_sources.add("tablet-pictures", pictures_to_print)
menu.add("desk", MenuItem(_("Desk"), "swap", desk_url, permission=LEND, under=("/balie/",)))
commands.add("desk", Command(_("Lend books at the desk"), desk_url, LEND, words=_("borrow return scan")))
commands.add(
    "desks",
    Command(
        _("Desk and rules"),
        at_own_place("desks"),
        EDIT_RULES,
        words=_("volunteer PIN lending rules days books"),
    ),
)
menu.add(
    "group-books",
    MenuItem(_("Group books"), "library", groups_books_url, permission=LEND, under=("/groepsboeken/",)),
)
commands.add(
    "group-books",
    Command(
        _("Books for the group"), groups_books_url, LEND, words=_("stack theme box read aloud borrow class")
    ),
)
commands.add(
    "waiting",
    Command(_("Who waits for a book"), at_own_place("waiting"), EDIT_RULES, words=_("holds ready")),
)
commands.add(
    "away-books",
    Command(_("Lost and in repair"), at_own_place("away"), EDIT_RULES, words=_("missing found damaged book")),
)
commands.add(
    "books-back",
    Command(
        _("Everything back"),
        at_own_place("back"),
        VIEW_LOANS,
        words=_("who still has a book end of the year"),
    ),
)
commands.add(
    "lent",
    Command(
        _("What is lent"),
        lambda actor: reverse("lending:levels"),
        READ_FIGURES,
        words=_("loans figures turnover borrowers month"),
    ),
)
commands.add(
    "lending-right",
    Command(
        _("Lending right"), right_url, VIEW_BOOKS, words=_("conditions government export loans ISBN titles")
    ),
)


def cards_state(actor: Actor, location: Location, year: SchoolYear) -> YearStepState:
    """Done when the papers of every group were printed; before the year begins there is nothing to print."""
    lines = card_lines(actor, location, year)
    left = sum(line.printed_at is None for line in lines)
    if lines and not left:
        return YearStepState(StepStatus.DONE, gettext("Every group has its class sheet."), len(lines))
    if not lines or year.starts_on > today():
        return YearStepState(StepStatus.NOT_BEGUN)
    words = ngettext(
        "%(count)s group has no class sheet yet.", "%(count)s groups have no class sheet yet.", left
    )
    status = StepStatus.NOT_BEGUN if left == len(lines) else StepStatus.MISSING
    return YearStepState(status, words % {"count": left}, left)


year_steps.add(
    "cards",
    YearStep(
        order=60,
        label=_("Print the class sheets and cards"),
        what=_("From the first day of the year. Cards of before go on working."),
        state=cards_state,
        url=lambda actor, location, year: (
            f"{reverse('lending:school-cards', args=[location.place, location.code])}?jaar={year}"
        ),
        permission=VIEW_LOANS,
        sectors=SCHOOLS,
    ),
)
