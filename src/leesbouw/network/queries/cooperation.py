"""How library and partner work together, in words: for who prepares a talk or takes over."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import Q
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leesbouw.core.access import Actor
from leesbouw.core.time import on_day, today
from leesbouw.organisations.enums import Domain, UnitKind
from leesbouw.organisations.models import Location, Partnership, Unit
from leesbouw.organisations.queries import partnership_for, partnership_history

MOST_DECISIONS = 6
MOST_NAMES = 12


@dataclass(frozen=True, slots=True)
class Cooperation:
    """Facts as label and value, and what was decided, newest first."""

    facts: list[tuple[str, str]] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)


def cooperation_with(actor: Actor, unit: Unit) -> Cooperation:
    """Type, domains, phase, hours and decisions of a location; of a board or municipality its locations in short."""
    if unit.kind == UnitKind.LOCATION:
        location = Location.objects.visible_to(actor).filter(pk=unit.pk).first()
        return _of_location(actor, location) if location else Cooperation()
    return _of_many(actor, unit)


def _of_location(actor: Actor, location: Location) -> Cooperation:
    row = partnership_for(actor, location)
    decisions = [_decision(moment) for moment in partnership_history(actor, location)]
    if row is None:
        return Cooperation([(_("Cooperation"), _("none yet"))], decisions[:MOST_DECISIONS])
    facts = [
        (_("Cooperation"), str(row.get_type_display())),
        (_("Domains"), ", ".join(str(Domain(code).label) for code in row.domains)),
        (
            _("Programme"),
            " · ".join(filter(None, map(str, [row.get_programme_display(), row.get_scenario_display()]))),
        ),
        (
            _("Phase"),
            _("%(phase)s, since %(day)s") % {"phase": row.get_phase_display(), "day": _day(row.phase_since)},
        ),
        (_("Hours a year"), hours_words(row.hours_per_year)),
        (_("Together since"), _day(row.starts_on)),
        (_("Agreed until"), _day(row.agreed_until)),
    ]
    if row.ends_on is not None:
        facts.append((_("Ended on"), _day(row.ends_on)))
    return Cooperation([pair for pair in facts if pair[1]], decisions[:MOST_DECISIONS])


def hours_words(hours: Decimal | None) -> str:
    """80.0 as “80”, 7.5 as “7,5”; empty when nobody agreed on hours."""
    if hours is None:
        return ""
    return number_format(hours.normalize() if hours % 1 else int(hours))


def _day(day: Any) -> str:
    return date_format(day, "j F Y") if day else ""


def _decision(moment: Any) -> str:
    """One line of the history: the day, what was decided, and why."""
    row, words = moment.row, ""
    match moment.kind:
        case "exploratory":
            words, why = _("exploratory talk"), row.note
        case "gate":
            words, why = f"{row.get_gate_display()} {row.get_outcome_display()}", row.reason
            if row.review_on:
                words = _("%(answer)s (look again on %(day)s)") % {
                    "answer": words,
                    "day": _day(row.review_on),
                }
        case "decision":
            words, why = str(row.get_kind_display()), row.reason
            if row.hours_per_year is not None:
                hours = _("%(hours)s hours a year") % {"hours": hours_words(row.hours_per_year)}
                words = f"{words}, {hours}"
        case _other:
            words, why = _("yearly check: %(outcome)s") % {"outcome": row.get_outcome_display()}, row.note
    return f"{_day(moment.on)}: {words}" + (f". {why}" if why else "")


def _of_many(actor: Actor, unit: Unit) -> Cooperation:
    below = {
        UnitKind.BOARD: Q(location__board=unit.pk),
        UnitKind.MUNICIPALITY: Q(location__municipality=unit.pk),
    }.get(UnitKind(unit.kind))
    if below is None:
        return Cooperation()
    rows = Partnership.objects.visible_to(actor).filter(on_day(today()), below).select_related("location")
    partnerships = list(rows.order_by("location__name"))
    names = [f"{row.location.name} ({row.get_phase_display()})" for row in partnerships]
    more = len(names) - MOST_NAMES
    text = ", ".join(names[:MOST_NAMES])
    if more > 0:
        text = f"{text} " + ngettext("… and %(number)s more", "… and %(number)s more", more) % {
            "number": more
        }
    kinds = Counter(str(row.get_type_display()) for row in partnerships)
    hours = sum((row.hours_per_year or Decimal(0) for row in partnerships), Decimal(0))
    number = ngettext("%(number)s location with us", "%(number)s locations with us", len(partnerships))
    facts = [
        (_("Working together"), number % {"number": len(partnerships)}),
        (_("Cooperation"), ", ".join(f"{name}: {count}" for name, count in kinds.most_common())),
        (_("Hours a year"), hours_words(hours) if hours else ""),
        (_("Locations"), text),
    ]
    return Cooperation([pair for pair in facts if pair[1]])
