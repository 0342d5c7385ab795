"""The school year of a location on the paper of a handover: goals, plan, hours, visits and routes in words."""

from __future__ import annotations

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from leesbouw.activities.models import Visit
from leesbouw.plans.models import PlannedActivity
from leesbouw.plans.queries import RouteLine, goal_sentence
from leesbouw.rendering.documents import Bullets, Pairs, Section

from .cooperation import hours_words
from .preparation import YearAtHand

MOST_ACTIVITIES, MOST_VISITS = 6, 5


def year_sections(year: YearAtHand) -> list[Section]:
    """What a successor must know of the year, in the order in which she needs it."""
    return [
        Section(_("Goals of this year"), _bullets([goal_sentence(one) for one in year.glance.goals])),
        Section(
            _("Plan of the year"),
            [
                Pairs([pair for pair in (_plan(year), _hours(year)) if pair[1]]),
                *_bullets([_activity(one) for one in year.activities[:MOST_ACTIVITIES]]),
            ],
        ),
        Section(_("Visits that come"), _bullets([_visit(one) for one in year.coming[:MOST_VISITS]])),
        Section(_("Routes"), _bullets([_route(one) for one in year.routes])),
    ]


def _bullets(items: list[str]) -> list[Bullets]:
    return [Bullets(items)] if items else []


def _plan(year: YearAtHand) -> tuple[str, str]:
    """How far the plan is, and its activities."""
    glance = year.glance
    if glance.agreed_at:
        state = _("agreed on %(day)s") % {"day": date_format(localtime(glance.agreed_at), "j F Y")}
    elif glance.sent_at:
        state = _("with the team since %(day)s") % {"day": date_format(localtime(glance.sent_at), "j F Y")}
    else:
        state = _("being written") if glance.begun else _("not begun")
    done = _("%(done)s of %(count)s activities done") % {"done": glance.done, "count": glance.count}
    return _("Year plan"), f"{state}, {done}" if glance.count else state


def _hours(year: YearAtHand) -> tuple[str, str]:
    """Hours of the library that were agreed and that the plan asks, and how many visits there were and come."""
    words = []
    if year.agreed is not None:
        words.append(_("%(hours)s agreed") % {"hours": hours_words(year.agreed)})
    if year.planned:
        words.append(_("%(hours)s in the plan") % {"hours": hours_words(year.planned)})
    if year.made or year.coming:
        values = {"made": year.made, "coming": len(year.coming)}
        words.append(_("%(made)s visits made, %(coming)s in the diary") % values)
    return _("Hours from the library"), ", ".join(words)


def _activity(one: PlannedActivity) -> str:
    """ "Boekenkring (vanaf 5 oktober 2026, Ria van Dongen)"."""
    who = one.staff_name or one.contact_name or str(one.get_side_display())  # type: ignore[attr-defined]
    since = _("from %(day)s") % {"day": date_format(one.from_on, "j F Y")} if one.from_on else ""
    return f"{one.what} ({', '.join(filter(None, [since, who]))})"


def _visit(one: Visit) -> str:
    at = date_format(localtime(one.starts_at), "D j F, H.i")
    who = one.staff_name or ""  # type: ignore[attr-defined]
    return f"{at}: {one.what}" + (f" ({who})" if who else "")


def _route(line: RouteLine) -> str:
    """ "Partnerschap met ouders: 1 van 5 stappen, nu Startgesprek"."""
    values = {"name": line.name, "done": line.done, "total": line.steps, "step": line.at_step}
    return _("%(name)s: %(done)s of %(total)s steps, now at “%(step)s”") % values
