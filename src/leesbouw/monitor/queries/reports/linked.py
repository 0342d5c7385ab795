"""What goes together at a level, in sentences: samenhang, and never what causes what."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from leesbouw.core.access import Actor
from leesbouw.core.time import SchoolYear
from leesbouw.indicators.queries import Linked, difference_rule, links
from leesbouw.organisations.enums import UnitKind
from leesbouw.organisations.models import Unit
from leesbouw.rendering.charts.words import number, percent

from ...enums import MonitorKind

LINKED = {UnitKind.LIBRARY, UnitKind.PROVINCE, UnitKind.NATION}


@dataclass(frozen=True, slots=True)
class Together:
    """What goes together: `said` are sentences with on what they rest. `from_schools`: from how many on there are any."""

    said: tuple[tuple[str, str], ...]
    from_schools: int


def together(actor: Actor, unit: Unit, kind: MonitorKind, year: SchoolYear) -> Together | None:
    """None where this is never worked out: at a board or municipality, and in lists without groups."""
    if unit.kind not in LINKED or kind != MonitorKind.PO:
        return None
    found = links(actor, unit, year)
    return Together(tuple((_said(one), _base(one)) for one in found), difference_rule().link_schools)


def _said(one: Linked) -> str:
    words = {
        "factor": one.factor.body.name,
        "outcome": one.outcome.body.name,
        "low": percent(one.low),
        "high": percent(one.high),
    }
    if not one.is_there:
        told = _("We do not see “%(factor)s” go together with “%(outcome)s”.")
        told += " " + _("The difference is most likely between %(low)s and %(high)s points.")
    elif one.slope > 0:
        told = _(
            "“%(factor)s” goes together with “%(outcome)s”: in groups where this is done it is %(points)s points"
            " higher, most likely between %(low)s and %(high)s."
        )
    else:
        told = _(
            "“%(factor)s” goes together with less of “%(outcome)s”: in groups where this is done it is %(points)s"
            " points lower, most likely between %(low)s and %(high)s."
        )
        words |= {"low": percent(-one.high), "high": percent(-one.low)}
    return told % (words | {"points": percent(abs(one.slope))})


def _base(one: Linked) -> str:
    return _("%(groups)s groups of %(schools)s schools, compared with groups of the same year.") % {
        "groups": number(one.groups),
        "schools": number(one.schools),
    }
