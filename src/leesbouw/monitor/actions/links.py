"""The lists of grown-ups: a personal link for each, good for one list; which answers were hers is written nowhere."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.domain import hashed, new_token
from leesbouw.core import mail
from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import lock_row, retrying, write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.time import today

from ..domain.doors import LinkRow, read_minutes
from ..enums import Respondent
from ..models import Participation, PersonalLink
from ..permissions import DISCUSS
from ..queries.doors import has_board, link_by_token, links_of, other_link
from ..queries.grownups import Copy, list_of_link
from ..queries.wording import group_called, language_of
from .submitting import Form, Outcome, answers_for, first, store_list, was_sent

MOST_LINKS = 60  # at once
NO_SUCH_LIST = _("This round has no such list.")
ALREADY_SENT = _("This list has been sent in already.")


def make_link(*, participation: Participation, row: LinkRow, by: Actor) -> tuple[PersonalLink, str]:
    """A link and its secret, which is kept nowhere. Who had an unused one for the same list gets a new secret for it.

    Raises Sentence when the round has no such list or the location is closed. The caller records what it does with it.
    """
    require(by, DISCUSS)
    if row.respondent == Respondent.PUPIL or not participation.round.questionnaires.get(row.respondent):
        raise Sentence(NO_SUCH_LIST)
    if participation.closed_on or participation.declined_on:
        raise Sentence(_("This school is closed in this round."))
    groups = participation.location.groups.filter(year=participation.round.year)
    if row.group_id is not None and not groups.filter(pk=row.group_id).exists():
        raise Sentence(_("This group is not of this school."))
    token = new_token()
    with write_transaction():
        kept = {"respondent": row.respondent, "email": row.email.strip().lower(), "group_id": row.group_id}
        link = links_of(by, participation).filter(**kept).first()
        if link is not None and link.is_used:
            raise Sentence(ALREADY_SENT)
        link = link or PersonalLink(participation=participation, **kept)
        link.name, link.token_hash = row.name.strip(), hashed(token)
        link.save()
    return link, token


def send_links(*, participation: Participation, rows: Sequence[LinkRow], by: Actor) -> int:
    """Mails each of these people the link to her list, and says how many. Raises Sentence; then nobody got one."""
    require(by, DISCUSS)
    if not rows or len(rows) > MOST_LINKS:
        raise Sentence(_("Choose one person at least, and sixty at most."))
    with write_transaction():
        one = lock_row(
            Participation.objects.visible_to(by).select_related("round", "location"), pk=participation.pk
        )
        for row in rows:
            link, token = make_link(participation=one, row=row, by=by)
            was_there = link.sent_on is not None
            setattr(link, "reminded_on" if was_there else "sent_on", today())
            link.save(update_fields=["sent_on", "reminded_on"])
            _mail(link, token, by)
        record(by=by, verb="monitor.send_links", subject=one, unit_id=one.location_id, count=len(rows))
        return len(rows)


def withdraw_link(*, participation: Participation, link_id: int, by: Actor) -> None:
    """Takes back a link nobody used. Raises PersonalLink.DoesNotExist, and Sentence when it was used."""
    require(by, DISCUSS)
    with write_transaction():
        link = lock_row(links_of(by, participation), pk=link_id)
        if link.is_used:
            raise Sentence(ALREADY_SENT)
        link.delete()
        record(by=by, verb="monitor.withdraw_link", subject=participation, unit_id=participation.location_id)


def use_link(*, token: str, form: Form) -> Outcome:
    """Stores the list of who holds a link, once: a second time it is closed. Keeps no event and no receipt."""
    return retrying(lambda: _use_link(token, form))


def _use_link(token: str, form: Form) -> Outcome:
    with write_transaction():
        link = link_by_token(token)
        if link is None:
            return Outcome.UNKNOWN
        return _store(link, form, None, receipt=None)


def copy_list(*, copy: Copy, form: Form) -> Outcome:
    """Stores the list that somebody took over for another year group or her other group. Each copy is stored once."""
    return retrying(lambda: _copy_list(copy, form))


def _copy_list(copy: Copy, form: Form) -> Outcome:
    with write_transaction():
        if was_sent(copy.receipt):
            return Outcome.STORED
        link = other_link(copy.link_id)
        if link is None:
            return Outcome.UNKNOWN
        return _store(link, form, copy.year_group, receipt=copy.receipt, again=copy.is_same_link)


def _store(
    link: PersonalLink, form: Form, year_group: int | None, *, receipt: str | None, again: bool = False
) -> Outcome:
    """Holds the location and the link, so that neither closes nor is used meanwhile."""
    lock_row(Participation.objects, pk=link.participation_id)
    held = lock_row(PersonalLink.objects.trusted("the link that somebody holds"), pk=link.pk)
    now_taking_part = Participation.objects.select_related("round", "location").get(pk=link.participation_id)
    if not now_taking_part.is_open or held.is_used != again:
        return Outcome.CLOSED
    link.participation = now_taking_part
    asked = list_of_link(link, year_group)
    answers = answers_for(asked, form)
    if answers.is_empty:
        return Outcome.EMPTY
    store_list(
        participation=now_taking_part,
        respondent=link.respondent,
        asked=asked,
        answers=answers,
        group_id=link.group_id,
        receipt=receipt,
        minutes=read_minutes(first(form, "minutes")),
    )
    held.is_used = True
    held.save(update_fields=["is_used"])
    return Outcome.STORED


def _mail(link: PersonalLink, token: str, by: Actor) -> None:
    one = link.participation
    context = {
        "site": settings.LEESBOUW_URL,
        "link": link,
        "by_name": by.name,
        "school": one.location.name,
        "group": link.group and group_called(one.round.kind, link.group.name),
        "has_board": has_board(link),
        "last_day": one.closes_on,
        "minutes": list_of_link(link).body.minutes,
        "url": f"{settings.LEESBOUW_URL}{reverse('monitor:list', args=[token])}",
    }
    with translation.override(language_of(one.round.kind)):
        text = render_to_string("monitor/mail/list.txt", context)
    subject, _nl, body = text.strip().partition("\n")
    mail.send(
        to=link.email,
        subject=" ".join(subject.split()),
        body=body.strip() + "\n",
        by=by,
        unit_id=one.location_id,
    )
