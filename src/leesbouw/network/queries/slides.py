"""What goes on the wall in a talk: what is brought along, how the goals stand, what was agreed, and what comes next."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import today
from leesbouw.monitor.queries import Slide
from leesbouw.plans.queries import goal_sentence
from leesbouw.rendering import slides
from leesbouw.rendering.sheets import file_name

from ..models import Conversation
from .papers import when_words
from .preparation import Preparation, preparation_for

MOST_ON_A_SLIDE = 6


def wall_slides(prepared: Preparation) -> list[Slide]:
    """The messages of conversation mode. No names: a wall is read by everybody in the room."""
    return list(_wall(prepared))


def _wall(prepared: Preparation) -> Iterator[Slide]:
    for one in prepared.findings:
        yield Slide(one.text, " ".join(filter(None, [one.base, f"({one.source})"])), one.chart, one.question)
    told = {one.code for one in prepared.findings}
    for standing in prepared.goals:
        if f"goal:{standing.goal.pk}" not in told:
            yield Slide(goal_sentence(standing), _("Goals of this year"))
    if open_now := _open(prepared):
        yield Slide(_("Agreed before and still open"), " · ".join(open_now))
    yield Slide(_("What do we agree now?"), question=_("Who does what, and before when?"))


def _open(prepared: Preparation) -> list[str]:
    rows = [*prepared.actions.partner, *prepared.actions.library]
    return [row.what for row in rows[:MOST_ON_A_SLIDE]]


def slides_file(actor: Actor, talk: Conversation, lang: str) -> tuple[bytes, str]:
    """The same as slides that can be edited, with the name of the file."""
    prepared = preparation_for(actor, talk)
    title = f"{talk.get_kind_display()}: {talk.unit.name}"
    content = slides.deck(list(_deck(prepared, title)), title=title, footer=talk.unit.name, lang=lang)
    return content, file_name(talk.unit.name, str(_("Talk")), talk.day or today(), "pptx")


def _deck(prepared: Preparation, title: str) -> Iterator[slides.Slide]:
    yield slides.Opening(title, when_words(prepared.page.talk), date_format(today(), "j F Y"))
    for one in prepared.findings:
        about = "\n".join(filter(None, [one.source, one.base, one.question]))
        if one.chart:
            yield slides.Message(one.text, one.chart, about)
        else:
            yield slides.Question(one.text, one.source, about)
    goals = tuple(goal_sentence(one) for one in prepared.goals[:MOST_ON_A_SLIDE])
    if goals:
        yield slides.Points(_("How do our goals stand?"), goals, "\n".join(goals))
    if open_now := tuple(_open(prepared)):
        yield slides.Points(_("Agreed before and still open"), open_now, "\n".join(open_now))
    yield slides.Question(_("What do we agree now?"), _("Who does what, and before when?"))
