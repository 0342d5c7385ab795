"""Asking one thing of one person without an account: a link that acts once, with a mailed code where it binds."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, NotAllowed
from leesbouw.core.audit import Undo, record
from leesbouw.core.db import lock_row, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import now
from leesbouw.organisations.models import Unit

from ..domain import (
    CODE_LASTS,
    CODE_TRIES,
    CODES_A_LINK,
    TASK_LASTS,
    hashed,
    hashed_code,
    is_right_code,
    new_code,
    new_token,
)
from ..models import TaskLink
from ..permissions import ACCOUNTS_MANAGE, may_revoke
from ..queries import actor_of_link, task_link_by_id
from ..queries.links import alive
from ..tasks import Task, tasks
from .invitations import DEAD_LINK
from .mailing import address, post

NO_MORE_CODES = _("We have sent too many codes for this link. Ask for a new link.")
WRONG_CODE = _("This code is not right. Look at the newest message, or have a new code sent.")
CODE_IS_OVER = _("This code does not work any more. Have a new code sent.")


def create_task_link(
    *,
    unit: Unit,
    email: str,
    name: str,
    task: str,
    by: Actor,
    args: dict[str, Any] | None = None,
    binding: bool | None = None,
) -> TaskLink:
    """Mails somebody a link with one task; two weeks, once. `args` are ids for the task.

    The caller is an action that asked whether the actor may. `binding` adds a code; a task that binds always has one.
    """
    kind = tasks[task]
    with write_transaction():
        token = new_token()
        link = TaskLink.objects.create(
            token_hash=hashed(token),
            expires_at=now() + TASK_LASTS,
            created_by_id=by.user_id,
            task=task,
            args=args or {},
            unit=unit,
            email=email.strip().lower(),
            name=name,
            binding=kind.binding or bool(binding),
        )
        post(
            "task",
            to=link.email,
            context={
                "name": name,
                "by_name": by.name,
                "unit": unit,
                "task": kind.label,
                "url": address("accounts:task", token),
                "days": TASK_LASTS.days,
            },
            by=by,
            unit_id=unit.pk,
        )
        record(
            by=by,
            verb="accounts.create_task_link",
            subject=link,
            unit_id=unit.pk,
            data={"task": task},
            undo=Undo("accounts.revoke_task_link", {"link_id": link.pk}),
        )
        return link


def revoke_task_link(*, link_id: int, by: Actor) -> TaskLink:
    """Withdraws a task nobody did yet: for who sent it and who manages accounts. Raises Sentence when it is done."""
    with write_transaction():
        lock_row(TaskLink.objects.visible_to(by), pk=link_id)
        link = task_link_by_id(by, link_id)
        if not may_revoke(by, link.created_by_id):
            raise NotAllowed(ACCOUNTS_MANAGE)
        if alive(link) is None:
            raise Sentence(DEAD_LINK)
        link.revoked_at = now()
        link.save(update_fields=["revoked_at"])
        record(by=by, verb="accounts.revoke_task_link", subject=link, unit_id=link.unit_id)
        return link


def send_code(*, token: str) -> TaskLink:
    """Mails the six digits of a binding task; an earlier code stops working. Raises Sentence after too many."""
    with write_transaction():
        link = _locked(token)
        if link.codes_sent >= CODES_A_LINK:
            raise Sentence(NO_MORE_CODES)
        code = new_code()
        link.code_hash = hashed_code(code, salt=link.token_hash)
        link.code_expires_at = now() + CODE_LASTS
        link.code_tries = 0
        link.codes_sent += 1
        link.save(update_fields=["code_hash", "code_expires_at", "code_tries", "codes_sent"])
        by = actor_of_link(link)
        post(
            "code",
            to=link.email,
            context={
                "name": link.name,
                "code": code,
                "task": tasks[link.task].label,
                "minutes": int(CODE_LASTS.total_seconds() // 60),
            },
            by=by,
            unit_id=link.unit_id,
            at_once=True,
        )
        record(by=by, verb="accounts.send_code", subject=link, unit_id=link.unit_id)
        return link


def perform_task(*, token: str, answers: dict[str, Any] | None = None, code: str = "") -> tuple[Task, Any]:
    """Does what the link asks, once; returns the task and what it gave back.

    Raises Sentence when the link is dead, or the code of a binding task is wrong, over or tried too often.
    """
    with write_transaction():
        link = _locked(token)
        mistake = _mistake_in_code(link, code) if link.binding else None
        if mistake is None:
            task = tasks[link.task]
            by = actor_of_link(link, task.permissions)
            link.used_at = now()
            link.save(update_fields=["used_at"])
            given = task.perform(by=by, link=link, **(answers or {}))
            record(
                by=by,
                verb="accounts.perform_task",
                subject=link,
                unit_id=link.unit_id,
                data={"task": link.task, "binding": link.binding},
            )
            return task, given
    raise Sentence(mistake)  # outside the write, so that the try is counted


def _mistake_in_code(link: TaskLink, code: str) -> Any:
    """Counts a try; what is wrong with it, or None."""
    if not link.code_hash or link.code_expires_at is None or link.code_expires_at <= now():
        return CODE_IS_OVER
    if link.code_tries >= CODE_TRIES:
        return CODE_IS_OVER
    if is_right_code(code, stored=link.code_hash, salt=link.token_hash):
        return None
    link.code_tries += 1
    link.save(update_fields=["code_tries"])
    return WRONG_CODE


def _locked(token: str) -> TaskLink:
    """The living link, held until the write ends. Raises Sentence."""
    try:
        link = alive(lock_row(TaskLink.objects.select_related("unit"), token_hash=hashed(token)))
    except TaskLink.DoesNotExist:
        link = None
    if link is None or link.task not in tasks:
        raise Sentence(DEAD_LINK)
    return link
