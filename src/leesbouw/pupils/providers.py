"""What pupils give to the rooms below: a place in the menu, things to open from the search box, what is to do, what goes
when its time is over, and what stays gone after a restore."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import Command, MenuItem, Todo, commands, holders, menu, todo_sources
from leesbouw.core.retention import rows
from leesbouw.organisations.domain import is_school_code
from leesbouw.organisations.enums import UnitKind

from . import actions
from .domain import month_later
from .enums import ErasedFor
from .holders import unsettled
from .models import MembershipConsent, Pupil, RefusedKey, RightsRequest
from .permissions import CONSENT, EDIT, RIGHTS, VIEW
from .queries import open_requests, sees_pupils

MOST_LINES = 8


def at_own_school(name: str) -> Callable[[Actor], str | None]:
    """A page of one's own school; None for who works at no school."""

    def url(actor: Actor) -> str | None:
        is_school = actor.unit_kind == UnitKind.LOCATION and is_school_code(actor.unit_code)
        return reverse(f"pupils:{name}", args=[actor.unit_code]) if is_school and sees_pupils(actor) else None

    return url


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
todo_sources.add("pupil-requests", requests_to_do)
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
    """Who left before that day, but for those of whom something is still open."""
    gone = Pupil.objects.trusted("pupils over their term").filter(left_on__lt=limit)
    still_open = unsettled(list(gone.values_list("pk", flat=True)))
    return gone.exclude(pk__in=list(still_open))


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
holders.add("rights-request", rows(_("Requests that were answered"), "rights-request", _answered))
holders.add("membership-consent", rows(_("Consents that were withdrawn"), "membership-consent", _withdrawn))
holders.add("refused-key", rows(_("Erased children who stay away"), "rights-request", _refused))
