"""The timeline of a location: visits, talks, decisions and documents of a school year in one list.

Everything in it has its home elsewhere and was asked for by the page already; here it is only put in order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from typing import Any, Protocol

from django.template.defaultfilters import truncatechars
from django.urls import reverse
from django.utils.formats import date_format, number_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from leesbouw.activities.models import Visit
from leesbouw.core.registry import OtherTalk
from leesbouw.core.time import SchoolYear, today
from leesbouw.monitor.models import Participation
from leesbouw.network.models import Conversation
from leesbouw.organisations.models import Location, Partnership, PartnershipDecision
from leesbouw.organisations.queries import AgreementStanding
from leesbouw.plans.enums import VersionReason
from leesbouw.plans.queries import YearGlance, plan_url

from ..enums import MOMENT_ICON, Moment
from .words import euros

COMING, BEEN = 4, 12  # lines that stand there before somebody asks for everything
SAID = 160  # characters of what was said


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One line: its day, what it is, and where it has its home."""

    on: date
    kind: Moment
    title: str
    text: str = ""
    url: str = ""
    at: time | None = None
    is_planned: bool = False  # it is to happen; not something that was done or said

    @property
    def icon(self) -> str:
        return MOMENT_ICON[self.kind]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The lines of a year. `coming` the next one first, `been` the newest first; `more` that are not shown."""

    kind: Moment | None
    counts: Counter[Moment]
    coming: Sequence[TimelineRow]
    been: Sequence[TimelineRow]
    more: int

    @property
    def kinds(self) -> list[tuple[Moment, int]]:
        """What one can choose from: the kinds of which there is anything."""
        return [(kind, self.counts[kind]) for kind in Moment if self.counts[kind]]

    @property
    def count(self) -> int:
        return sum(self.counts.values())


class Told(Protocol):
    """What the page of a location gathered, as far as it has a day."""

    location: Location
    year: SchoolYear
    visits: list[Visit]
    talks: list[Conversation]
    other_talks: list[OtherTalk]
    history: list[Any]
    agreement: AgreementStanding | None
    glance: YearGlance | None
    measured: Participation | None


def timeline_of(
    page: Told,
    partnership: Partnership | None,
    *,
    report_url: str = "",
    kind: Moment | None = None,
    whole: bool = False,
) -> Timeline:
    """The timeline of what a page gathered, of one kind or of all. No query: who may see what was asked before."""
    rows = [row for row in _rows(page, partnership, report_url) if row.on in page.year]
    day = today()
    shown = [row for row in rows if kind in (None, row.kind)]
    ahead = [row.on > day or (row.on == day and row.is_planned) for row in shown]
    ordered = sorted(zip(shown, ahead, strict=True), key=lambda pair: (pair[0].on, pair[0].at or time.max))
    coming = [row for row, is_ahead in ordered if is_ahead]
    been = [row for row, is_ahead in reversed(ordered) if not is_ahead]
    most = (len(coming), len(been)) if whole else (COMING, BEEN)
    more = max(len(coming) - most[0], 0) + max(len(been) - most[1], 0)
    return Timeline(kind, Counter(row.kind for row in rows), coming[: most[0]], been[: most[1]], more)


def _rows(page: Told, partnership: Partnership | None, report_url: str) -> Iterator[TimelineRow]:
    yield from map(_visit, page.visits)
    yield from map(_talk, page.talks)
    yield from map(_other_talk, page.other_talks)
    yield from map(_decided, page.history)
    yield from _agreed(partnership)
    if page.glance:
        yield from _plans(page.location, page.glance)
    yield from _measured(page.measured, report_url)
    yield from _signed(page.location, page.agreement)


def _visit(visit: Visit) -> TimelineRow:
    goal = visit.goal  # type: ignore[attr-defined]  # annotated, as are the others
    words = [
        visit.staff_name or "",  # type: ignore[attr-defined]
        _("Helps the goal “%(goal)s”.") % {"goal": goal} if goal else "",
    ]
    return TimelineRow(
        visit.day,
        Moment.VISIT,
        visit.what or _("Visit"),
        " · ".join(filter(None, words)),
        visit.get_absolute_url(),
        localtime(visit.starts_at).time(),
        is_planned=not visit.is_reported,  # type: ignore[attr-defined]
    )


def _talk(talk: Conversation) -> TimelineRow:
    title = str(talk.get_kind_display())
    return TimelineRow(
        talk.day or today(),
        Moment.TALK,
        f"{title}: {talk.subject}" if talk.subject else title,
        truncatechars(talk.summary, SAID) if talk.held_on else "",
        talk.get_absolute_url(),
        talk.planned_at if talk.held_on is None else None,
        is_planned=talk.held_on is None,
    )


def _other_talk(talk: OtherTalk) -> TimelineRow:
    return TimelineRow(
        talk.held_on or talk.planned_on or today(),
        Moment.TALK,
        str(talk.label),
        truncatechars(talk.text, SAID) if talk.held_on else "",
        talk.url,
        is_planned=talk.held_on is None,
    )


def _decided(moment: Any) -> TimelineRow:
    """A line of the history of the partnership."""
    row, kind = moment.row, Moment.DECISION
    match moment.kind:
        case "exploratory":
            return TimelineRow(moment.on, Moment.TALK, _("Exploratory talk"), row.note)
        case "gate":
            title, text = f"{row.get_gate_display()} {row.get_outcome_display()}", row.reason
        case "decision":
            title = _("Decision: %(kind)s") % {"kind": str(row.get_kind_display()).lower()}
            text = " ".join(filter(None, [row.reason, _terms(row)]))
        case _check:
            title = _("Check of %(year)s: %(outcome)s") % {
                "year": row.year,
                "outcome": str(row.get_outcome_display()).lower(),
            }
            text = row.note
    return TimelineRow(moment.on, kind, title, text)


def _terms(row: PartnershipDecision) -> str:
    """ "60 uur per jaar · € 4.200 per jaar · afgesproken tot 31 juli 2028"."""
    words = []
    if row.hours_per_year is not None:
        words.append(_("%(hours)s hours a year") % {"hours": number_format(row.hours_per_year.normalize())})
    if row.contribution_cents is not None:
        words.append(_("%(money)s a year") % {"money": euros(row.contribution_cents)})
    if row.agreed_until:
        words.append(_("agreed until %(day)s") % {"day": date_format(row.agreed_until, "j F Y")})
    return f"({' · '.join(words)})" if words else ""


def _agreed(row: Partnership | None) -> Iterable[TimelineRow]:
    if row is None:
        return
    phase = _("From here on: %(phase)s") % {"phase": str(row.get_phase_display()).lower()}
    yield TimelineRow(row.phase_since, Moment.DECISION, phase)
    if row.agreed_until:
        yield TimelineRow(row.agreed_until, Moment.DECISION, _("Last day of what library and school agreed"))


def _plans(unit: Location, glance: YearGlance) -> Iterable[TimelineRow]:
    for one in glance.goals:
        if told := one.evaluation:
            title = _("Goal “%(goal)s”: %(decision)s") % {
                "goal": one.goal.what,
                "decision": str(told.get_decision_display()).lower(),
            }
            yield TimelineRow(
                told.decided_on, Moment.DECISION, title, truncatechars(told.words, SAID), one.url
            )
    for moment in glance.moments:
        if moment.at is None:
            continue
        words = (
            _("%(plan)s %(year)s is agreed")
            if moment.reason == VersionReason.APPROVED
            else _("%(plan)s %(year)s sent to the team")
        )
        title = words % {"plan": moment.kind.label, "year": moment.first_year}
        at = localtime(moment.at)
        url = plan_url(unit, moment.kind, moment.first_year)
        yield TimelineRow(at.date(), Moment.DOCUMENT, title, "", url, at.time())


def _measured(row: Participation | None, report_url: str) -> Iterable[TimelineRow]:
    """The Monitor of the year: when one fills in, when the report is there, when the team spoke about it."""
    if row is None:
        return
    if row.closed_on:
        yield TimelineRow(row.closed_on, Moment.DOCUMENT, _("Report of the Monitor"), "", report_url)
    elif row.authorised_on:
        yield TimelineRow(row.closes_on, Moment.DOCUMENT, _("Last day of the lists of the Monitor"))
    if row.discussed_on:
        yield TimelineRow(
            row.discussed_on, Moment.TALK, _("The team spoke about the Monitor"), "", report_url
        )


def _signed(unit: Location, standing: AgreementStanding | None) -> Iterable[TimelineRow]:
    url = reverse("agreements:overview", args=[unit.place, unit.code])
    for row in standing.history if standing else ():
        yield TimelineRow(row.signed_on, Moment.DOCUMENT, _("Processing agreement signed"), "", url)
        if row.last_day:
            title = _("Last day of the processing agreement")
            yield TimelineRow(row.last_day, Moment.DOCUMENT, title, "", url)
