"""What hangs on a link, while the link lives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import QuerySet

from leesbouw.core.access import Actor
from leesbouw.core.time import now
from leesbouw.organisations.models import Unit

from ..domain import hashed, is_alive
from ..models import Invitation, Link, SignInLink, TaskLink
from ..permissions import role
from .users import nobody_has_an_account

JUST_DONE = timedelta(minutes=10)
L = TypeVar("L", bound=Link)


def alive(link: L | None) -> L | None:
    """The link itself, or None when it was used, revoked, has expired or never was."""
    if link is None:
        return None
    lives = is_alive(
        expires_at=link.expires_at, used=bool(link.used_at), revoked=bool(link.revoked_at), now=now()
    )
    return link if lives else None


def invitation_by_token(token: str) -> Invitation | None:
    """The invitation behind a link, while it lives. A set-up link has no unit."""
    return alive(Invitation.objects.filter(token_hash=hashed(token)).select_related("unit").first())


def set_up_by_token(token: str) -> Invitation | None:
    """The set-up behind a link, while it lives and nobody has an account."""
    found = alive(Invitation.objects.filter(token_hash=hashed(token), unit=None).first())
    return found if found and nobody_has_an_account() else None


def task_link_by_token(token: str) -> TaskLink | None:
    """The task behind a link, while it lives."""
    return alive(TaskLink.objects.filter(token_hash=hashed(token)).select_related("unit").first())


def task_link_just_done(token: str) -> TaskLink | None:
    """The task behind a link that was done a moment ago: who presses the button twice did it once."""
    done = TaskLink.objects.filter(token_hash=hashed(token), used_at__gte=now() - JUST_DONE, revoked_at=None)
    return done.select_related("unit").first()


def sign_in_link_by_token(token: str) -> SignInLink | None:
    """Whom a mailed link signs in, while it lives and she may."""
    rows = SignInLink.objects.filter(token_hash=hashed(token), user__is_active=True)
    return alive(rows.select_related("user").first())


def invitations_open_for(actor: Actor) -> QuerySet[Invitation]:
    """Invitations nobody has answered or withdrawn, expired ones of the past month included: those can be sent again."""
    rows = Invitation.objects.visible_to(actor).filter(used_at=None, revoked_at=None)
    return rows.select_related("unit").order_by("-created_at", "-pk")


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation in words."""

    id: int
    name: str
    email: str
    role: str
    unit: Unit
    expires_at: datetime
    is_over: bool


def invitation_lines(actor: Actor) -> list[InvitationLine]:
    """Invitations that wait for an answer, newest first."""
    lines = []
    for row in invitations_open_for(actor):
        body = role(row.role)
        if row.unit is not None:
            label = body.name if body else row.role
            over = row.expires_at <= now()
            lines.append(InvitationLine(row.pk, row.name, row.email, label, row.unit, row.expires_at, over))
    return lines


def invitation_by_id(actor: Actor, invitation_id: int) -> Invitation:
    """An open invitation within reach. Raises Invitation.DoesNotExist."""
    return invitations_open_for(actor).get(pk=invitation_id)


def open_task_links(actor: Actor, unit: Unit) -> QuerySet[TaskLink]:
    """Tasks that wait for somebody at this unit, newest first."""
    rows = TaskLink.objects.visible_to(actor).filter(
        unit=unit, used_at=None, revoked_at=None, expires_at__gt=now()
    )
    return rows.select_related("unit")


def task_link_by_id(actor: Actor, link_id: int) -> TaskLink:
    """A task link within reach, whatever became of it. Raises TaskLink.DoesNotExist."""
    return TaskLink.objects.visible_to(actor).select_related("unit").get(pk=link_id)
