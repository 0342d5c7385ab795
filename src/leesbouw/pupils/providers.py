"""What pupils give to the rooms below: a place in the menu, things to open from the search box, what is to do, steps of a
new school year, what goes when its time is over, and what stays gone after a restore."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import Command, MenuItem, Todo, commands, holders, menu, todo_sources
from leesbouw.core.retention import rows
from leesbouw.core.time import SchoolYear, today
from leesbouw.organisations.domain import is_school_code
from leesbouw.organisations.enums import StepStatus, UnitKind
from leesbouw.organisations.models import Location
from leesbouw.organisations.queries import last_agreed_days
from leesbouw.organisations.year_steps import SCHOOLS, YearStep, YearStepState, year_steps

from . import (
    actions,
    jobs,  # noqa: F401 -- registers its kind
)
from .domain import month_later
from .enums import ErasedFor
from .holders import unsettled
from .models import MembershipConsent, Pupil, RefusedKey, RightsRequest
from .permissions import CONSENT, EDIT, OPEN_CLASS, RIGHTS, VIEW
from .queries import (
    AGREEMENT_TERM,
    days_of_wiping,
    move_blocks,
    moving,
    open_requests,
    sees_pupils,
    year_leavers,
)
from .queries.moving import STEP

MOST_LINES = 8


def at_own_school(name: str) -> Callable[[Actor], str | None]:
    """A page of one's own school; None for who works at no school."""

    def url(actor: Actor) -> str | None:
        is_school = actor.unit_kind == UnitKind.LOCATION and is_school_code(actor.unit_code)
        return reverse(f"pupils:{name}", args=[actor.unit_code]) if is_school and sees_pupils(actor) else None

    return url


def classes_url(actor: Actor) -> str | None:
    """The groups whose class somebody at a school may open."""
    return reverse("pupils:classes") if actor.unit_kind == UnitKind.LOCATION else None


def requests_url(actor: Actor) -> str | None:
    return reverse("pupils:request-list") if sees_pupils(actor) else None


def requests_to_do(actor: Actor) -> list[Todo]:
    """Requests that wait for an answer, the longest waiting first; without the name of a child."""
    if not (sees_pupils(actor) and actor.may(RIGHTS)):
        return []
    return [
        Todo(
            title=_("Answer a request about a pupil"),
            url=reverse("pupils:request-answer", args=[row.pk]),
            due_on=month_later(row.asked_on),
            icon="privacy",
            subtitle=row.location.name,
        )
        for row in open_requests(actor)[:MOST_LINES]
    ]


def schools_to_wipe(actor: Actor) -> list[Todo]:
    """Schools that closed, or whose pupils go when no new processing agreement comes, with the day; that asks to be
    seen to today."""
    if not (sees_pupils(actor) and actor.may(RIGHTS)):
        return []
    days = days_of_wiping(actor)
    found = Location.objects.filter(pk__in=[pk for pk in days if pk in actor.locations])
    return [
        Todo(
            title=_("The school closed: its pupils are wiped")
            if location.closed_on
            else _("Without a new processing agreement all pupils are wiped"),
            url=reverse("pupils:pupil-list", args=[location.code]),
            due_on=today(),
            icon="privacy",
            subtitle=f"{location.name}, {date_format(days[location.pk], 'j F Y')}",
        )
        for location in sorted(found, key=lambda one: (days[one.pk], one.pk))[:MOST_LINES]
    ]


menu.add(
    "pupils",
    MenuItem(
        _("Pupils"),
        "group",
        at_own_school("pupil-list"),
        permission=VIEW,
        under=("/leerling/", "/verzoeken/"),
    ),
)
menu.add(
    "class",
    MenuItem(_("The class"), "people", classes_url, permission=OPEN_CLASS, under=("/klas/groep",)),
)
commands.add(
    "class",
    Command(
        _("Open the class"), classes_url, OPEN_CLASS, words=_("pictures log in children board code cards")
    ),
)
todo_sources.add("pupil-requests", requests_to_do)
todo_sources.add("pupils-not-agreed", schools_to_wipe)
commands.add(
    "pupils",
    Command(_("Pupils of our school"), at_own_school("pupil-list"), VIEW, words=_("children names groups")),
)
commands.add(
    "consents",
    Command(
        _("Consents of parents"), at_own_school("consents"), CONSENT, words=_("permission library member")
    ),
)
commands.add(
    "pupil-requests",
    Command(_("Requests about pupils"), requests_url, RIGHTS, words=_("privacy access erase correct object")),
)
commands.add(
    "pupil-settings",
    Command(_("What you keep of pupils"), at_own_school("settings"), EDIT, words=_("year of birth setting")),
)


def _leavers(limit: date) -> QuerySet[Pupil]:
    """Who left before that day."""
    return _settled(Pupil.objects.trusted("pupils over their term").filter(left_on__lt=limit))


def _not_agreed(limit: date) -> QuerySet[Pupil]:
    """Of schools that closed or whose last processing agreement ended before that day."""
    places = list(last_agreed_days(limit))
    return _settled(Pupil.objects.trusted("pupils over their term").filter(location__in=places))


def _settled(gone: QuerySet[Pupil]) -> QuerySet[Pupil]:
    """But for those of whom something is still open or asked."""
    asked = RightsRequest.objects.trusted("requests over their term").filter(outcome="").exclude(pupil=None)
    still_open = unsettled(list(gone.values_list("pk", flat=True)))
    return gone.exclude(pk__in=list(still_open)).exclude(pk__in=asked.values("pupil"))


def _wipe(*, ids: Sequence[int], by: Actor) -> None:
    actions.erase_pupils(ids, reason=ErasedFor.RETENTION, by=by)


def _answered(limit: date) -> QuerySet[RightsRequest]:
    return RightsRequest.objects.trusted("requests over their term").filter(answered_on__lt=limit)


def _withdrawn(limit: date) -> QuerySet[MembershipConsent]:
    return MembershipConsent.objects.trusted("answers over their term").filter(withdrawn_on__lt=limit)


def _refused(limit: date) -> QuerySet[RefusedKey]:
    return RefusedKey.objects.filter(since__lt=limit)


holders.add(
    actions.KIND,
    rows(_("Pupils who left"), "pupil", _leavers, wipe=_wipe, replay=actions.replay_erasures),
)
holders.add(
    AGREEMENT_TERM,
    rows(_("Pupils of a school without a processing agreement"), AGREEMENT_TERM, _not_agreed, wipe=_wipe),
)
holders.add("rights-request", rows(_("Requests that were answered"), "rights-request", _answered))
holders.add("membership-consent", rows(_("Consents that were withdrawn"), "membership-consent", _withdrawn))
holders.add(
    actions.REFUSED,
    rows(_("Erased children who stay away"), "rights-request", _refused, replay=actions.replay_refusals),
)


def pupils_state(actor: Actor, location: Location, year: SchoolYear) -> YearStepState:
    """Done when everybody is in a group of the new year."""
    todo = moving(actor, location, year)
    left, done = len(todo.children), todo.done
    if not left and not done:
        return YearStepState(StepStatus.NOT_BEGUN, gettext("There are no pupils in Leesbouw yet."))
    if not left:
        words = ngettext("%(count)s pupil in the new groups.", "%(count)s pupils in the new groups.", done)
        return YearStepState(StepStatus.DONE, words % {"count": done}, done)
    words = ngettext("%(count)s pupil has no new group.", "%(count)s pupils have no new group.", left)
    status = StepStatus.MISSING if done else StepStatus.NOT_BEGUN
    return YearStepState(status, words % {"count": left}, left)


def leavers_state(actor: Actor, location: Location, year: SchoolYear) -> YearStepState:
    """Missing while somebody who leaves has something open; before anybody left it is not begun."""
    leavers = year_leavers(actor, location, year)
    open_ = sum(bool(one.open) for one in leavers)
    if not leavers:
        todo = moving(actor, location, year)
        begun = bool(todo.done) and not todo.children
        words = gettext("Nobody leaves.") if begun else ""
        return YearStepState(StepStatus.DONE if begun else StepStatus.NOT_BEGUN, words)
    words = ngettext("%(count)s pupil leaves.", "%(count)s pupils leave.", len(leavers)) % {
        "count": len(leavers)
    }
    if open_:
        rest = ngettext("%(count)s has something open.", "%(count)s have something open.", open_)
        return YearStepState(StepStatus.MISSING, " ".join([words, rest % {"count": open_}]), open_)
    return YearStepState(StepStatus.DONE, " ".join([words, gettext("Nothing is open.")]), len(leavers))


def page(name: str) -> Callable[[Actor, Location, SchoolYear], str]:
    """The address of a step's page, with its year."""
    return lambda actor, location, year: f"{reverse(f'pupils:{name}', args=[location.code])}?jaar={year}"


year_steps.add(
    STEP,
    YearStep(
        order=30,
        label=_("Bring the pupils to their new group"),
        what=_("From your own file, or everybody along with the group."),
        state=pupils_state,
        url=page("new-year-move"),
        permission=EDIT,
        sectors=SCHOOLS,
        blocks=move_blocks,
        take_back=actions.take_back_all_moves,
    ),
)
year_steps.add(
    "leavers",
    YearStep(
        order=40,
        label=_("Look who leaves with something open"),
        what=_("A list to call or to print."),
        state=leavers_state,
        url=page("new-year-leavers"),
        permission=VIEW,
        sectors=SCHOOLS,
    ),
)
