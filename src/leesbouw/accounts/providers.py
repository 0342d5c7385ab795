"""What this app gives to the rooms below: who a job works for, how things are undone, a place in the menu."""

from __future__ import annotations

from datetime import date

from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import actor_builders
from leesbouw.core.registry import Command, MenuItem, commands, holders, menu, undo
from leesbouw.core.retention import begin_of, rows

from .actions import (
    deactivate_user,
    end_role,
    reactivate_user,
    reopen_role,
    revoke_invitation,
    revoke_task_link,
)
from .models import Invitation, RoleAssignment, SignInLink, TaskLink, User
from .permissions import ACCOUNTS_INVITE
from .queries import actor_of_assignment

actor_builders.add("user", actor_of_assignment)

undo.add("accounts.end_role", end_role)
undo.add("accounts.reopen_role", reopen_role)
undo.add("accounts.revoke_invitation", revoke_invitation)
undo.add("accounts.revoke_task_link", revoke_task_link)
undo.add("accounts.deactivate_user", deactivate_user)
undo.add("accounts.reactivate_user", reactivate_user)

menu.add(
    "users",
    MenuItem(
        label=_("Accounts"),
        icon="key",
        url=lambda actor: reverse("accounts:user-list"),
        permission=ACCOUNTS_INVITE,
        under=("/beheer/rollen/", "/beheer/uitnodigingen/"),
    ),
)
commands.add(
    "invite",
    Command(
        _("Invite somebody"),
        lambda actor: reverse("accounts:invite"),
        ACCOUNTS_INVITE,
        words=_("new account colleague user"),
    ),
)
commands.add(
    "me",
    Command(
        _("My account"),
        lambda actor: reverse("accounts:me"),
        words=_("password passkey second step security"),
    ),
)


def _users(limit: date) -> QuerySet[User]:
    """Accounts of which no role ran since; one that never got a role counts from its first day."""
    recent = RoleAssignment.objects.filter(Q(ends_on=None) | Q(ends_on__gte=limit), user=OuterRef("pk"))
    return User.objects.filter(~Exists(recent), created_at__lt=begin_of(limit))


def _roles(limit: date) -> QuerySet[RoleAssignment]:
    return RoleAssignment.objects.filter(ends_on__lt=limit)


def _invitations(limit: date) -> QuerySet[Invitation]:
    return Invitation.objects.filter(expires_at__lt=begin_of(limit))


def _sign_in_links(limit: date) -> QuerySet[SignInLink]:
    return SignInLink.objects.filter(expires_at__lt=begin_of(limit))


def _task_links(limit: date) -> QuerySet[TaskLink]:
    return TaskLink.objects.filter(expires_at__lt=begin_of(limit))


def _sessions(limit: date) -> QuerySet[Session]:
    return Session.objects.filter(expire_date__lt=begin_of(limit))


holders.add("user", rows(_("Accounts without a role"), "account", _users))
holders.add("role", rows(_("Roles that ended"), "role", _roles))
holders.add("invitation", rows(_("Invitations"), "invitation", _invitations))
holders.add("sign-in-link", rows(_("Sign-in links"), "sign-in-link", _sign_in_links))
holders.add("task-link", rows(_("Task links"), "task-link", _task_links))
holders.add("session", rows(_("Sessions that ended"), "session", _sessions))
