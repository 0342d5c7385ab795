"""What parents gives to the rooms below: a place in the menu, and talks to write up."""

from __future__ import annotations

from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import MenuItem, TalkSource, Todo, menu, other_talks, todo_sources
from leesbouw.core.time import today
from leesbouw.organisations.domain import is_school_code
from leesbouw.organisations.enums import UnitKind

from .permissions import EDIT_PARENTS, VIEW_PARENTS
from .queries import talks_again, talks_elsewhere, talks_to_write_up

AHEAD = timedelta(days=14)  # a school has to be asked in time
MOST_LINES = 8


def parents_url(actor: Actor) -> str | None:
    """The room of the library; for somebody of a school or child care that of her own place."""
    if actor.unit_kind == UnitKind.LOCATION:
        place = "school" if is_school_code(actor.unit_code) else "kinderopvang"
        return reverse("parents:location", args=[place, actor.unit_code])
    return reverse("parents:home") if actor.unit_kind in {UnitKind.LIBRARY, UnitKind.BRANCH} else None


def talks_to_do(actor: Actor) -> list[Todo]:
    """Talks about parents to write up, and those to plan again within two weeks; both are the library's to do."""
    if not actor.may(EDIT_PARENTS) or actor.unit_kind == UnitKind.LOCATION:
        return []
    written = [
        Todo(
            title=_now("Write up: %(talk)s") % {"talk": talk.get_kind_display()},
            url=reverse("parents:talk-report", args=[talk.pk]),
            due_on=talk.planned_on,
            icon="talks",
            subtitle=", ".join(place.name for place in talk.locations.all()),
        )
        for talk in talks_to_write_up(actor, today())[:MOST_LINES]
    ]
    again = [
        Todo(
            title=_now("Plan a talk about parents with %(unit)s") % {"unit": talk.unit[3]},
            url=talk.plan_url,
            due_on=talk.again_on,
            icon="calendar",
        )
        for talk in talks_again(actor, today() + AHEAD)[:MOST_LINES]
    ]
    return [*written, *again]


menu.add(
    "parents",
    MenuItem(_("Parents"), "people", parents_url, permission=VIEW_PARENTS, under=("/ouders/",)),
)
todo_sources.add("parents", talks_to_do)
other_talks.add("parents", TalkSource(_("Talk about parents"), talks_elsewhere))
