"""What a report says of a figure, in sentences."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from leesbouw.indicators.domain.statistics import Judgement
from leesbouw.indicators.queries import Hidden, Shown, newest_reference
from leesbouw.rendering.charts.words import number, percent

from ...domain.findings import Against, Message
from ..wording import wording_of
from .lines import Labelled, Line, Panel, Result, difference, since

FEW = 20  # below this the people are counted as well


def shown(line: Line, figure: Result) -> str:
    """ "62%", or "75 minutes a week"."""
    if not isinstance(figure, Shown):
        return pgettext("figure", "not shown")
    if line.is_share and line.measure.body.population == "locations" and figure.locations == 1:
        return pgettext("figure", "yes") if figure.value >= 0.5 else pgettext("figure", "no")
    if line.is_share:
        return f"{percent(figure.value)}%"
    return f"{number(figure.value, 1)} {line.measure.body.unit}"


def cell(line: Line, figure: Result) -> str:
    """A figure in a table with on how many answers it rests, or why there is none."""
    if isinstance(figure, Hidden):
        return str(figure.reason.label)
    if figure is None:
        return "–"
    return _("%(value)s (%(base)s)") % {"value": shown(line, figure), "base": number(figure.persons)}


def sentence(line: Line) -> str:
    """What a measure says of this location, and how that stands to last time and to comparable schools."""
    if isinstance(line.own, Hidden):
        return str(line.own.reason.label)
    if line.own is None:
        return pgettext("report", "Nobody answered this.")
    parts = [_itself(line), _held_against(line, Against.BEFORE)]
    parts.append(_held_against(line, Against.COMPARABLE))
    parts.append(_published(line))
    return " ".join(part for part in parts if part)


def _published(line: Line) -> str:
    """The last national figure that was published of the same, with its year; it was asked in other words than ours."""
    known = newest_reference(line.code)
    if known is None or known.share is None:
        return ""
    value = f"{percent(known.share)}%"
    return _("In the whole country it was %(value)s (published, %(period)s).") % {
        "value": value,
        "period": known.period,
    }


def message_text(line: Line, message: Message) -> str:
    """A message of "in one minute": the figure, and what it is held against."""
    if message.against == Against.GROUPS:
        return f"{_itself(line)} {between_groups(line)}"
    return " ".join(part for part in (_itself(line), _held_against(line, message.against)) if part)


def base_text(line: Line) -> str:
    """On how many answers a figure rests."""
    base = number(line.own.persons if isinstance(line.own, Shown) else 0)
    if line.measure.body.population == "pupils":
        return _("%(base)s pupils answered this.") % {"base": base}
    if line.measure.body.population == "teachers":
        return str(wording_of(line.measure).teachers_answered) % {"base": base}
    return _("%(base)s locations answered this.") % {"base": base} if line.whose else ""


def _itself(line: Line) -> str:
    body, own = line.measure.body, line.own
    if not line.is_share or (body.population == "locations" and not line.whose):
        return _("%(name)s: %(value)s.") % {"name": body.name, "value": shown(line, own)}
    people = {"pupils": _("of the pupils"), "teachers": wording_of(line.measure).of_teachers}.get(
        body.population, _("of the locations")
    )
    value = shown(line, own)
    if isinstance(own, Shown) and round(own.base) < FEW:
        count = _("%(count)s of the %(base)s") % {
            "count": round(own.value * own.base),
            "base": round(own.base),
        }
        value = f"{value} ({count})"
    return _("%(value)s %(people)s %(says)s.") % {"value": value, "people": people, "says": body.says}


def _held_against(line: Line, against: Against) -> str:
    """One sentence about the difference; nothing where there is nothing to hold it against."""
    is_before = against == Against.BEFORE
    if is_before and line.panel is not None:
        return _of_the_same(line, line.panel)
    other = line.before if is_before else line.comparable
    if against not in (Against.BEFORE, Against.COMPARABLE) or not isinstance(other, Shown):
        return ""
    value = shown(line, other)
    if line.whose and not is_before:
        return _("%(who)s: %(value)s.") % {"who": line.likeness, "value": value}
    found = difference(line.own, other)
    if found is None:
        return (_("Last time: %(value)s.") if is_before else _("Comparable schools: %(value)s.")) % {
            "value": value
        }
    return _said(found.judgement, found.value > 0, is_before) % {"value": value}


def _of_the_same(line: Line, panel: Panel) -> str:
    """The same locations last time and now: a difference that no newcomer makes."""
    told = _("At the same %(number)s locations it was %(before)s last time, and it is %(now)s now.") % {
        "number": panel.now.locations,
        "before": shown(line, panel.before),
        "now": shown(line, panel.now),
    }
    found = since(line)
    if found is None:
        return told
    judged = {
        Judgement.SMALL: _("That is almost the same."),
        Judgement.UNCERTAIN: _("That difference may be chance."),
    }
    clear = _("That is clearly more.") if found.value > 0 else _("That is clearly less.")
    return f"{told} {judged.get(found.judgement, clear)}"


def _said(judgement: Judgement, more: bool, is_before: bool) -> str:
    if judgement == Judgement.SMALL:
        if is_before:
            return _("That is almost the same as last time (%(value)s).")
        return _("That is almost the same as at comparable schools (%(value)s).")
    if judgement == Judgement.UNCERTAIN:
        if is_before:
            return _("Last time it was %(value)s. That difference may be chance.")
        return _("At comparable schools it is %(value)s. That difference may be chance.")
    if is_before:
        if more:
            return _("That is clearly more than last time (%(value)s).")
        return _("That is clearly less than last time (%(value)s).")
    if more:
        return _("That is clearly more than at comparable schools (%(value)s).")
    return _("That is clearly less than at comparable schools (%(value)s).")


def beside(rows: Labelled, line: Line) -> str:
    """Each with its figure; what is hidden stands in the picture."""
    told = (
        _("%(who)s: %(value)s") % {"who": label, "value": shown(line, figure)}
        for label, figure in rows
        if isinstance(figure, Shown)
    )
    return f"{'; '.join(told)}."


def between_groups(line: Line) -> str:
    """The groups with the most and the least; nothing while fewer than two are shown."""
    found = line.shown_groups()
    if len(found) < 2:
        return ""
    low, high = found[0], found[-1]
    if shown(line, low[1]) == shown(line, high[1]):
        return _("In every group that stands here it is %(value)s.") % {"value": shown(line, low[1])}
    return _("In %(high)s it is %(most)s, in %(low)s %(least)s.") % {
        "high": high[0],
        "most": shown(line, high[1]),
        "low": low[0],
        "least": shown(line, low[1]),
    }
