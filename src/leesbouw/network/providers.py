"""What the network gives to the rooms below: a menu place, what is to do, talks of a person, and the search index."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import (
    Command,
    MenuItem,
    Record,
    RecordSource,
    Todo,
    commands,
    holders,
    menu,
    records,
    search_sources,
    todo_sources,
)
from leesbouw.core.retention import begin_of, rows
from leesbouw.core.time import SchoolYear
from leesbouw.organisations.models import Unit
from leesbouw.people.models import Contact, StaffMember
from leesbouw.people.queries import Panel, PanelRow, contact_panels, staff_panels

from . import actions, jobs  # noqa: F401 -- registers the job
from .domain import DueState
from .models import Conversation, TalkRhythm
from .permissions import EDIT_TALKS, VIEW_TALKS
from .queries import held_talks, my_agenda, my_unwritten_talks, talk_entries, talks_for

MOST_LINES, MOST_RECORDS = 8, 40
DUE_STATES = (DueState.OVERDUE, DueState.DUE)


def talks_url(actor: Actor) -> str | None:
    return reverse("network:agenda")


def reports_to_write(actor: Actor) -> list[Todo]:
    """Talks whose day has come and that nobody wrote up yet."""
    if not actor.may(VIEW_TALKS):
        return []
    return [
        Todo(
            title=_now("Write up the talk with %(unit)s") % {"unit": talk.unit.name},
            url=reverse("network:talk-report", args=[talk.pk]),
            due_on=talk.planned_on,
            icon="talks",
            subtitle=talk.get_kind_display(),
        )
        for talk in my_unwritten_talks(actor)[:MOST_LINES]
    ]


def talks_as_records(
    actor: Actor, unit: Unit, *, year: SchoolYear | None = None, ids: Collection[int] | None = None
) -> list[Record]:
    """Talks that were held about a unit, for the library that held them."""
    if not actor.may(VIEW_TALKS):
        return []
    rows = held_talks(actor).filter(unit=unit.pk)
    rows = (
        rows.filter(held_on__range=(year.starts_on, year.ends_on)) if year else rows.filter(pk__in=ids or ())
    )
    return [
        Record(talk.pk, str(talk.get_kind_display()), talk.get_absolute_url(), talk.held_on)
        for talk in rows[:MOST_RECORDS]
    ]


records.add("talk", RecordSource(_("a talk"), talks_as_records))


def talks_due(actor: Actor) -> list[Todo]:
    """Talks that the actor should plan."""
    if not actor.may(VIEW_TALKS):
        return []
    return [
        Todo(
            title=_now("Plan a talk with %(unit)s") % {"unit": row.unit.name},
            url=f"{reverse('network:talk-plan')}?eenheid={row.unit.pk}&niveau={row.level}&soort={row.kind}",
            due_on=row.due_on,
            icon="calendar",
        )
        for row in my_agenda(actor, DUE_STATES)[:MOST_LINES]
    ]


def _panel_row(talk: Conversation) -> PanelRow:
    return PanelRow(
        on=talk.day,
        title=f"{talk.get_kind_display()} · {talk.unit.name}",
        url=talk.get_absolute_url(),
        text=talk.subject,
    )


def talks_of_contact(actor: Actor, contact: Contact) -> Panel | None:
    """The talks a contact takes or took part in."""
    if not actor.may(VIEW_TALKS):
        return None
    mine = Conversation.contacts.through.objects.filter(contact=contact.pk).values("conversation")
    rows = talks_for(actor).filter(pk__in=mine, cancelled_on=None).order_by("-on_day", "-pk")
    return Panel(_("Talks"), [_panel_row(talk) for talk in rows], _("No talk with this person is on record."))


def talks_of_staff(actor: Actor, staff: StaffMember) -> Panel | None:
    """The last talks a colleague took part in."""
    if not actor.may(VIEW_TALKS):
        return None
    mine = Conversation.staff.through.objects.filter(staffmember=staff.pk).values("conversation")
    rows = talks_for(actor).filter(pk__in=mine, cancelled_on=None).order_by("-on_day", "-pk")[:20]
    return Panel(
        _("Talks"), [_panel_row(talk) for talk in rows], _("No talk of this colleague is on record.")
    )


menu.add(
    "talks",
    MenuItem(_("Talks"), "talks", talks_url, permission=VIEW_TALKS, under=("/gesprekken/", "/overdracht/")),
)
commands.add(
    "plan-talk",
    Command(
        _("Plan a talk"),
        lambda actor: reverse("network:talk-plan"),
        EDIT_TALKS,
        words=_("new meeting appointment"),
    ),
)
commands.add(
    "held-talks",
    Command(
        _("Held talks"), lambda actor: reverse("network:talk-list"), VIEW_TALKS, words=_("reports written")
    ),
)
search_sources.add("talk", talk_entries)
todo_sources.add("reports", reports_to_write)
todo_sources.add("talks", talks_due)
contact_panels.add("talks", talks_of_contact)
staff_panels.add("talks", talks_of_staff)


def _talks(limit: date) -> QuerySet[Conversation]:
    talks = Conversation.objects.trusted("talks over their term")
    return talks.annotate(day_of_talk=Coalesce("held_on", "planned_on")).filter(day_of_talk__lt=limit)


def _deleted_talks(limit: date) -> QuerySet[Conversation]:
    return Conversation.objects.trusted("wiping what was deleted").filter(deleted_at__lt=begin_of(limit))


def _rhythms(limit: date) -> QuerySet[TalkRhythm]:
    return TalkRhythm.objects.trusted("rhythms over their term").filter(ends_on__lt=limit)


holders.add("talk", rows(_("Talks with their answers"), "talk", _talks, wipe=actions.wipe_talks))
holders.add(
    "deleted-talk",
    rows(_("Talks that were deleted"), "deleted-talk", _deleted_talks, wipe=actions.wipe_talks),
)
holders.add("rhythm", rows(_("Talk rhythms that ended"), "rhythm", _rhythms))
