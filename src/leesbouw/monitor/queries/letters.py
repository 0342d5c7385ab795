"""Who gets which letter about a round, with its text, so that one reads it before it leaves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from leesbouw.accounts.domain import TASK_LASTS
from leesbouw.accounts.tasks import tasks
from leesbouw.core.access import Actor
from leesbouw.core.mail import address, compose
from leesbouw.core.time import on_day, today
from leesbouw.organisations.models import Partnership
from leesbouw.people.models import Contact
from leesbouw.people.queries import consultants_of, present

from ..domain.progress import REMINDABLE, Asks
from ..models import Participation, Round
from .progress import Progress, Totals
from .rounds import AUTHORISE_TASK
from .wording import language_of, wording

HEADS = ("head", "childcare_manager", "deputy_head")
COORDINATORS = ("reading_coordinator", "language_coordinator", "read_aloud_coordinator", *HEADS)
TO_HEADS = (Asks.UNAUTHORISED, Asks.WAITING)
TO_COORDINATORS = (Asks.NOT_STARTED, Asks.BEHIND, Asks.TEACHERS)


@dataclass(frozen=True, slots=True)
class Addressee:
    """Somebody to write to; both are empty where nobody is known."""

    name: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter that is ready to go. A letter to a head comes with her own link."""

    participation: Participation
    asks: Asks
    to: Addressee
    subject: str
    body: str

    @property
    def has_link(self) -> bool:
        return self.asks in TO_HEADS


def letters_for(actor: Actor, rows: Iterable[Progress], extra: str = "") -> list[Letter]:
    """A letter for each location that asks one, also where nobody is known to send it to. Four queries at most.

    `extra` is what the sender adds in her own words, to every letter but that to a head.
    """
    asked = [one for one in rows if one.asks in REMINDABLE or one.asks == Asks.WAITING]
    people = _people(actor, asked)
    return [_letter(actor, one, people.get(one.pk, Addressee()), extra) for one in asked]


def head_of(actor: Actor, one: Participation) -> Addressee:
    """Who can say yes for a location."""
    return _contacts(actor, [one.location_id], HEADS).get(one.location_id, Addressee())


def _letter(actor: Actor, one: Progress, to: Addressee, extra: str) -> Letter:
    names = {"name": to.name, "by_name": actor.name}
    if one.asks in TO_HEADS:
        asked = {"unit": one.location, "task": tasks[AUTHORISE_TASK].label, "days": TASK_LASTS.days}
        subject, body = compose("accounts/mail/task.txt", names | asked | {"url": _("(a link of her own)")})
    else:
        url = address("monitor:participation", one.pk)
        kind = one.participation.round.kind
        words = names | {"progress": one, "extra": extra, "url": url, "wording": wording(kind)}
        subject, body = compose("monitor/mail/reminder.txt", words, language=language_of(kind))
    return Letter(one.participation, one.asks, to, subject, body)


def _people(actor: Actor, rows: Sequence[Progress]) -> dict[int, Addressee]:
    """Participation → who gets its letter."""
    found: dict[int, Addressee] = {}
    for kinds, functions in ((TO_HEADS, HEADS), (TO_COORDINATORS, COORDINATORS)):
        some = [one for one in rows if one.asks in kinds]
        known = _contacts(actor, [one.location.pk for one in some], functions) if some else {}
        found |= {one.pk: known[one.location.pk] for one in some if one.location.pk in known}
    ours = [one for one in rows if one.asks == Asks.CONSULTANT]
    return found | (_consultants(actor, ours) if ours else {})


def _contacts(actor: Actor, places: Sequence[int], functions: Sequence[str]) -> dict[int, Addressee]:
    """Location → the contact whose function comes first; one with an address before one without."""
    rows = Contact.objects.visible_to(actor).filter(present(), unit__in=places, function__in=functions)
    found: dict[int, Contact] = {}
    for row in sorted(rows, key=lambda one: (not one.email, functions.index(one.function), one.pk)):
        found.setdefault(row.unit_id, row)
    return {place: Addressee(row.name, row.email) for place, row in found.items()}


def _consultants(actor: Actor, rows: Sequence[Progress]) -> dict[int, Addressee]:
    """Participation → the colleague with most hours at its location."""
    places = {one.location.pk: one.pk for one in rows}
    library = rows[0].participation.round.library_id
    partners = Partnership.objects.visible_to(actor).filter(
        on_day(today()), location__in=places, library=library
    )
    by_partnership = dict(partners.values_list("pk", "location"))
    return {
        places[by_partnership[partnership]]: Addressee(lines[0].staff.name, lines[0].staff.email)
        for partnership, lines in consultants_of(actor, by_partnership).items()
        if lines
    }


def progress_letter(row: Round, totals: Totals, name: str) -> tuple[str, str]:
    """Subject and text of the weekly mail to a follower: counts of the whole round, and nothing else."""
    words = {"round": row, "totals": totals, "name": name, "wording": wording(row.kind)}
    return compose("monitor/mail/progress.txt", words, language=language_of(row.kind))
