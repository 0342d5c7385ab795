"""Letters about a round: asking heads, reminding schools, and the weekly mail to who follows it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.actions import create_task_link, revoke_task_link
from leesbouw.core import mail
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import Undo, listening, record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.registry import undo
from leesbouw.core.time import today

from ..models import Follower, Participation, Round
from ..permissions import COORDINATE
from ..queries import (
    AUTHORISE_TASK,
    Letter,
    letters_for,
    progress_letter,
    progress_of,
    rounds_for,
    totals_of,
)
from .participations import revoke_links
from .rounds import held_round

MOST_LETTERS = 60  # at once: 0.15 s on two cores; more would keep others waiting
BETWEEN = timedelta(days=7)  # two mails to a follower


def ask_head(*, participation: Participation, name: str, email: str, by: Actor) -> None:
    """Mails somebody a link with which she says whether her location takes part; an earlier link stops working."""
    with write_transaction():
        row = held_round(participation.round, by)
        one = row.participations.select_related("location", "round").get(pk=participation.pk)
        if one.closed_on or one.authorised_on:
            raise Sentence(_("This school has answered already."))
        revoke_links(row.pk, [one.pk])
        made = _ask(one, name, email, by)
        row.participations.filter(pk=one.pk).update(asked_on=today())
        record(
            by=by,
            verb="monitor.ask_head",
            subject=one,
            unit_id=one.location_id,
            undo=Undo("monitor.take_back_letters", made),
        )


def remind(*, round: Round, ids: Sequence[int], by: Actor, extra: str = "") -> list[Letter]:
    """Sends the letters that these locations ask, of sixty at most; gives those that left.

    They wait twenty seconds, in which one press takes all of them back. Raises Sentence when there is none to send.
    """
    with write_transaction():
        row = held_round(round, by)
        ready = [letter for letter in letters_for(by, progress_of(by, row, ids), extra) if letter.to.email][
            :MOST_LETTERS
        ]
        if not ready:
            raise Sentence(_("There is nobody to write to. Add an address first."))
        made: dict[str, list[int]] = {"messages": [], "links": []}
        revoke_links(row.pk, [letter.participation.pk for letter in ready if letter.has_link])
        for letter in ready:
            for name, found in _send(letter, by).items():
                made[name] += found
        row.participations.filter(pk__in=[one.participation.pk for one in ready]).update(asked_on=today())
        record(
            by=by,
            verb="monitor.remind",
            subject=row,
            unit_id=row.library_id,
            count=len(ready),
            undo=Undo("monitor.take_back_letters", made),
        )
        return ready


def _send(letter: Letter, by: Actor) -> dict[str, list[int]]:
    if letter.has_link:
        return _ask(letter.participation, letter.to.name, letter.to.email, by)
    place = letter.participation.location_id
    message = mail.send(to=letter.to.email, subject=letter.subject, body=letter.body, by=by, unit_id=place)
    return {"messages": [message.pk], "links": []}


def _ask(one: Participation, name: str, email: str, by: Actor) -> dict[str, list[int]]:
    """Makes the link of a head and mails it; gives the ids of both."""
    with listening() as events:
        link = create_task_link(
            unit=one.location,
            email=email,
            name=name,
            task=AUTHORISE_TASK,
            args={"participation_id": one.pk, "round_id": one.round_id},
            by=by,
        )
    messages = [event.undo_args["message_id"] for event in events if event.undo_code == "core.take_back_mail"]
    return {"messages": messages, "links": [link.pk]}


@undo.register("monitor.take_back_letters")
def _take_back_letters(*, messages: Sequence[int], links: Sequence[int], by: Actor) -> None:
    """Stops letters that have not left yet. Raises Sentence when one has: then all of them stay."""
    require(by, COORDINATE)
    with write_transaction():
        for message_id in messages:
            mail.take_back(message_id=message_id, by=by)
        for link_id in links:
            revoke_task_link(link_id=link_id, by=by)


def mail_followers(*, by: Actor) -> int:
    """Tells everybody who follows an open round how far it is, once a week; returns how many letters left."""
    sent = 0
    for row in rounds_for(by).filter(opened_on__isnull=False, closed_on=None):
        due = Follower.objects.visible_to(by).filter(round=row.pk)
        due = [one for one in due if one.mailed_on is None or one.mailed_on <= today() - BETWEEN]
        if due:
            sent += _mail_round(row, due, by)
    return sent


def _mail_round(row: Round, due: Sequence[Follower], by: Actor) -> int:
    totals = totals_of(progress_of(by, row))
    with write_transaction():
        for one in due:
            subject, body = progress_letter(row, totals, one.name)
            mail.send(to=one.email, subject=subject, body=body, by=by, unit_id=row.library_id)
        Follower.objects.visible_to(by).filter(pk__in=[one.pk for one in due]).update(mailed_on=today())
        values: dict[str, Any] = {"subject": row, "unit_id": row.library_id, "count": len(due)}
        record(by=by, verb="monitor.mail_followers", **values)
    return len(due)
