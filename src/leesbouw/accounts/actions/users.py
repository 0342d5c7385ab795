"""People with an account: making, renaming, switching off and on, and what they choose themselves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db.models import F
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.organisations.models import Unit

from ..models import RoleAssignment, User
from ..permissions import ACCOUNTS_MANAGE
from .mailing import post
from .roles import check_not_last, give_role

WHOLE_PERSON = _("This person also works for another organisation. You can end the roles here.")
NOT_YOURSELF = _("You cannot do this to your own account.")
ADDRESS_TAKEN = _("There is an account with this e-mail address already.")

INVITATIONS_KEPT = timedelta(days=30)
SIGN_IN_LINKS_KEPT = timedelta(days=1)
TASKS_KEPT = timedelta(days=365)


def create_user(
    *, email: str, name: str, by: Actor, password: str | None = None, roles: Sequence[tuple[str, Unit]] = ()
) -> User:
    """An account with its roles, for actions that asked whether it may be made; without a password sign-in is by link.

    Raises Sentence when the address has an account already.
    """
    email = email.strip().lower()
    hashed = make_password(password)  # slow on purpose, so before anybody has to wait for it
    with write_transaction():
        if User.objects.filter(email=email).exists():
            raise Sentence(ADDRESS_TAKEN)
        user = User.objects.create(email=email, name=name, password=hashed)
        unit_id = roles[0][1].pk if roles else by.unit_id
        record(by=by, verb="accounts.create_user", subject=user, unit_id=unit_id)
        for role_code, unit in roles:
            give_role(user=user, role_code=role_code, unit=unit, by=by)
        return user


def rename_user(*, user: User, name: str, by: Actor) -> User:
    """Somebody's own name."""
    if by.user_id != user.pk:
        raise NotAllowed(ACCOUNTS_MANAGE)
    with write_transaction():
        user.name = name
        user.save(update_fields=["name"])
        record(by=by, verb="accounts.rename_user", subject=user)
        return user


def choose_language(*, user: User, language: str, by: Actor) -> None:
    """The language of letters to this person; pages follow a cookie."""
    if language not in dict(settings.LANGUAGES) or language == user.language:
        return
    with write_transaction():
        user.language = language
        user.save(update_fields=["language"])
        record(by=by, verb="accounts.choose_language", subject=user, data={"language": language})


def choose_role(*, assignment_id: int, by: Actor) -> RoleAssignment:
    """Remembers in which of her roles somebody works. Raises RoleAssignment.DoesNotExist unless she holds it today."""
    held = RoleAssignment.objects.filter(RoleAssignment.held_today(), user=by.user_id)
    with write_transaction():
        row = held.select_related("unit").get(pk=assignment_id)
        User.objects.filter(pk=by.user_id).update(last_assignment=row)
        record(by=by, verb="accounts.choose_role", subject=row, unit_id=row.unit_id, data={"role": row.role})
        return row


def deactivate_user(*, user_id: int, by: Actor) -> User:
    """Switches an account off: its sessions end with the next request. Raises Sentence for oneself and the last
    administrator, and where the person works for others too."""
    with write_transaction():
        user = whole_person(user_id, by)
        for row in RoleAssignment.objects.filter(RoleAssignment.held_today(), user=user):
            lock_row(Unit.objects, pk=row.unit_id)
            check_not_last(row)
        user.is_active, user.session_version = False, user.session_version + 1
        user.save(update_fields=["is_active", "session_version"])
        record(
            by=by,
            verb="accounts.deactivate_user",
            subject=user,
            undo=Undo("accounts.reactivate_user", {"user_id": user.pk}),
        )
        return user


def reactivate_user(*, user_id: int, by: Actor) -> User:
    """Switches an account on again; its roles are as they were."""
    with write_transaction():
        user = whole_person(user_id, by)
        user.is_active = True
        user.save(update_fields=["is_active"])
        record(
            by=by,
            verb="accounts.reactivate_user",
            subject=user,
            undo=Undo("accounts.deactivate_user", {"user_id": user.pk}),
        )
        return user


def reset_mfa(*, user_id: int, by: Actor) -> User:
    """Takes away somebody's app, passkeys and recovery codes, ends her sessions and tells her so."""
    with write_transaction():
        user = whole_person(user_id, by)
        removed, _rows = Authenticator.objects.filter(user=user).delete()
        User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
        post(
            "mfa_reset",
            to=user.email,
            context={"name": user.name, "by_name": by.name},
            by=by,
            at_once=True,
            language=user.language,
        )
        record(by=by, verb="accounts.reset_mfa", subject=user, count=removed)
        return user


def whole_person(user_id: int, by: Actor) -> User:
    """Somebody all of whose roles lie within the actor's reach, held until the write ends. Raises User.DoesNotExist when
    none does, Sentence when only some do or it is the actor herself."""
    require(by, ACCOUNTS_MANAGE)
    visible = RoleAssignment.objects.visible_to(by)
    within_reach = (
        User.objects.all() if by.kind == "system" else User.objects.filter(pk__in=visible.values("user"))
    )
    user: User = lock_row(within_reach, pk=user_id)
    if user.pk == by.user_id:
        raise Sentence(NOT_YOURSELF)
    held = RoleAssignment.objects.filter(RoleAssignment.held_today(), user=user)
    if held.exclude(pk__in=visible.values("pk")).exists():
        raise Sentence(WHOLE_PERSON)
    return user


def sign_out_everywhere(*, user: User, by: Actor) -> User:
    """Ends every session of somebody's own account; the caller keeps the one in hand."""
    if by.user_id != user.pk:
        raise NotAllowed(ACCOUNTS_MANAGE)
    with write_transaction():
        User.objects.filter(pk=user.pk).update(session_version=F("session_version") + 1)
        user.refresh_from_db(fields=["session_version"])
        record(by=by, verb="accounts.sign_out_everywhere", subject=user)
        return user
