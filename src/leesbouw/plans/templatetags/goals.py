"""The drawing of a goal: where it began, where it is and where it goes; the words stand beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from leesbouw.organisations.models import Location

from ..domain import Stage, groups_in_words, says_groups
from ..enums import Side
from ..queries import GoalStanding, owners_at, stage_words

register = template.Library()
register.filter(stage_words)

TAGS = {
    Stage.REACHED: "ok",
    Stage.CLOSER: "wait",
    Stage.SAME: "neutral",
    Stage.BACK: "let",
    Stage.UNKNOWN: "neutral",
}


@register.simple_tag
def goal_plot(standing: GoalStanding) -> SafeString:
    """A line from the beginning to the flag; the dot is where the newest figure lies between them."""
    progress = standing.progress
    part = progress.part if progress else None
    at = f"{round(6 + 88 * (part or 0), 1)}%"
    dot = format_html(
        '<line class="did" x1="6%" x2="{0}" y1="24" y2="24"/><circle class="me" cx="{0}" cy="24" r="9"/>', at
    )
    return format_html(
        '<svg class="plot" height="44" role="img" aria-label="{}">'
        '<line class="track" x1="6%" x2="94%" y1="24" y2="24"/><circle class="vs" cx="6%" cy="24" r="6"/>{}'
        '<svg x="94%" y="24" overflow="visible"><path class="flag" d="M0 0v-20h13l-4 5 4 5H0"/></svg></svg>',
        plot_words(standing),
        dot if part is not None else "",
    )


def plot_words(standing: GoalStanding) -> str:
    """What the drawing says, for who does not see it."""
    values = {
        "begin": standing.baseline_words or _("not measured"),
        "now": standing.latest_words or _("not measured since"),
        "target": standing.target_words,
    }
    return _("Began at %(begin)s, now %(now)s, goal %(target)s") % values


@register.filter
def stage_tag(standing: GoalStanding) -> str:
    """The kind of tag for how far a goal is."""
    return TAGS[standing.progress.stage] if standing.progress else "neutral"


@register.filter
def at(words: Mapping[int, str], key: int) -> str:
    """What stands there for a key; "" where nothing does."""
    return words.get(key, "") if words else ""


@register.filter
def groups_told(row: Any) -> str:
    """For which groups an activity or visit is: “groep 5-6”, of certain classes their names; "" for everybody."""
    names = ", ".join(one.name for one in row.classes.all()) or groups_in_words(row.groups)
    return _("group %(names)s") % {"names": names} if names[:1].isdigit() else names


@register.filter
def groups_beside(row: Any) -> str:
    """The same to stand beside what is done; "" where those words name the groups themselves."""
    names = [one.name for one in row.classes.all()]
    said = all(name in row.what for name in names) if names else says_groups(row.what, row.groups)
    return "" if said else groups_told(row)


@register.filter
def owner_words(row: Any, unit: Location) -> str:
    """Whose goal or activity it is at a school or at child care."""
    return owners_at(unit)[Side(row.side if hasattr(row, "side") else row.owner)]
