"""Inviting somebody to an account of her own. Accounts are never shared."""

from __future__ import annotations

from django.contrib.auth.hashers import make_password
from django.utils.translation import gettext_lazy as _

from leesbouw.core import mail
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.mail import Outgoing
from leesbouw.core.time import now
from leesbouw.organisations.models import Unit

from ..domain import INVITATION_LASTS, hashed, new_token
from ..models import Invitation, User
from ..permissions import ACCOUNTS_INVITE, role
from ..queries import invitation_by_id, user_by_email
from ..queries.links import alive
from .mailing import address, post
from .roles import HELD_ALREADY, check_may_give, give_role, holds

INVITED_ALREADY = _("This person was invited for this role already. You can send that invitation again.")
DEAD_LINK = _("This link does not work any more.")
SWITCHED_OFF = _("This account is switched off. Ask the administrator to switch it on first.")


def invite(*, email: str, name: str, role_code: str, unit: Unit, by: Actor) -> Invitation:
    """Mails somebody a link with which she makes her account, or adds the role to the one she has. Two weeks, once.

    Raises Sentence when she has the role or was invited for it already.
    """
    require(by, ACCOUNTS_INVITE)
    check_may_give(role_code, unit, by)
    email = email.strip().lower()
    with write_transaction():
        lock_row(Unit.objects, pk=unit.pk)
        known = user_by_email(email)
        if known and holds(known, role_code, unit):
            raise Sentence(HELD_ALREADY)
        same = Invitation.objects.filter(
            email=email, role=role_code, unit=unit, used_at=None, revoked_at=None
        )
        if same.filter(expires_at__gt=now()).exists():
            raise Sentence(INVITED_ALREADY)
        token = new_token()
        invitation = Invitation.objects.create(
            token_hash=hashed(token),
            expires_at=now() + INVITATION_LASTS,
            created_by_id=by.user_id,
            email=email,
            name=name,
            role=role_code,
            unit=unit,
        )
        message = _post_invitation(invitation, token, by)
        record(
            by=by,
            verb="accounts.invite",
            subject=invitation,
            unit_id=unit.pk,
            data={"role": role_code},
            undo=Undo(
                "accounts.revoke_invitation", {"invitation_id": invitation.pk, "message_id": message.pk}
            ),
        )
        return invitation


def resend_invitation(*, invitation_id: int, by: Actor) -> Invitation:
    """Mails the invitation again, with a fresh link; the earlier link stops working."""
    require(by, ACCOUNTS_INVITE)
    with write_transaction():
        invitation = lock_row(Invitation.objects.visible_to(by), pk=invitation_id)
        if invitation.used_at or invitation.revoked_at:
            raise Sentence(DEAD_LINK)
        check_may_give(invitation.role, invitation.unit, by)
        token = new_token()
        invitation.token_hash, invitation.expires_at = hashed(token), now() + INVITATION_LASTS
        invitation.save(update_fields=["token_hash", "expires_at"])
        _post_invitation(invitation, token, by)
        record(by=by, verb="accounts.resend_invitation", subject=invitation, unit_id=invitation.unit_id)
        return invitation


def _post_invitation(invitation: Invitation, token: str, by: Actor) -> Outgoing:
    body = role(invitation.role)
    return post(
        "invitation",
        to=invitation.email,
        context={
            "name": invitation.name,
            "by_name": by.name,
            "role": body.name if body else "",
            "unit": invitation.unit,
            "url": address("accounts:invitation", token),
            "days": INVITATION_LASTS.days,
        },
        by=by,
        unit_id=invitation.unit_id,
    )


def revoke_invitation(*, invitation_id: int, by: Actor, message_id: int | None = None) -> Invitation:
    """Withdraws an invitation nobody answered, and its letter when that has not left yet."""
    require(by, ACCOUNTS_INVITE)
    with write_transaction():
        lock_row(Invitation.objects.visible_to(by), pk=invitation_id)
        invitation = invitation_by_id(by, invitation_id)
        invitation.revoked_at = now()
        invitation.save(update_fields=["revoked_at"])
        waiting = Outgoing.objects.filter(pk=message_id, sent_at=None, taken_back_at=None).first()
        if waiting:
            mail.take_back(message_id=waiting.pk, by=by)
        record(by=by, verb="accounts.revoke_invitation", subject=invitation, unit_id=invitation.unit_id)
        return invitation


def accept_invitation(
    *, token: str, by: Actor, user: User | None = None, name: str = "", password: str = ""
) -> User:
    """Gives the role: to `user`, whose address it was sent to, or to a new account with this name and password.

    Raises Sentence when the link is dead, is meant for somebody else, or the account is switched off.
    """
    password_hash = make_password(password) if user is None else ""  # slow on purpose, so before the write
    with write_transaction():
        invitation = alive(_locked(token))
        if invitation is None or invitation.unit is None or role(invitation.role) is None:
            raise Sentence(DEAD_LINK)
        known = user_by_email(invitation.email)
        if known and not known.is_active:
            raise Sentence(SWITCHED_OFF)
        if (known.pk if known else None) != (user.pk if user else None):
            raise Sentence(DEAD_LINK)
        if user is None:
            user = User.objects.create(email=invitation.email, name=name, password=password_hash)
            record(by=by, verb="accounts.create_user", subject=user, unit_id=invitation.unit_id)
        invitation.used_at, invitation.user = now(), user
        invitation.save(update_fields=["used_at", "user"])
        if not holds(user, invitation.role, invitation.unit):
            give_role(user=user, role_code=invitation.role, unit=invitation.unit, by=by)
        record(by=by, verb="accounts.accept_invitation", subject=invitation, unit_id=invitation.unit_id)
        return user


def _locked(token: str) -> Invitation | None:
    try:
        found: Invitation = lock_row(Invitation.objects.select_related("unit"), token_hash=hashed(token))
    except Invitation.DoesNotExist:
        return None
    return found
