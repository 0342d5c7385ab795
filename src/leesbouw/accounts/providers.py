"""What this app gives to the rooms below: who a job works for, how things are undone, a place in the menu."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.jobs import Scheduled, actor_builders, schedule
from leesbouw.core.registry import MenuItem, menu, undo

from . import jobs  # noqa: F401 -- registers the jobs
from .actions import (
    deactivate_user,
    end_role,
    reactivate_user,
    reopen_role,
    revoke_invitation,
    revoke_task_link,
)
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

schedule.add(
    "accounts", Scheduled("accounts.housekeeping", every=timedelta(hours=24), grace=timedelta(hours=6))
)
