"""Tables of rounds, of the schools in one, and of those that can be invited."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.organisations.enums import Sector
from leesbouw.ui.tables import Column, DateColumn, NumberColumn, Table, YesNoColumn
from leesbouw.ui.templatetags.ui import tag, year_label

from ..domain.progress import AMBER, RED, URGENCY, Asks
from ..enums import Cohort, MonitorKind, RoundState
from ..forms import ASKS_LABELS
from ..queries import Candidate, Level, Progress, RoundLine

STATE_TAGS = {
    RoundState.PLANNED: "neutral",
    RoundState.PREPARING: "wait",
    RoundState.OPEN: "ok",
    RoundState.CLOSED: "neutral",
    RoundState.ENDED: "ok",
}
WELL = (Asks.GOING, Asks.COMPLETE, Asks.DISCUSSED, Asks.CLOSED)


def asks_tag(one: Asks) -> Any:
    """What a school asks as picture and words."""
    kind = "bad" if one in RED else "let" if one in AMBER else "ok" if one in WELL else "wait"
    return tag("neutral" if one == Asks.DECLINED else kind, ASKS_LABELS[one])


def of(pair: tuple[int, int]) -> str:
    """ "21 of 26"; only what came in where nobody knows how many there are."""
    done, expected = (number_format(number, 0, force_grouping=True) for number in pair)
    if not pair[1]:
        return done if pair[0] else "–"
    return _now("%(done)s of %(expected)s") % {"done": done, "expected": expected}


class RoundTable(Table):
    """Rounds, with counts of the schools within reach."""

    kind = Column(_("Round"), param="ronde", accessor="row")
    library = Column(_("Library"), param="bibliotheek", accessor="row__library__name")
    state = Column(_("State"), param="staat", accessor="row__state")
    closes_on = DateColumn(_("Filling in until"), param="tot", accessor="row__closes_on")
    invited = NumberColumn(_("Invited"), param="gevraagd")
    authorised = NumberColumn(_("Take part"), param="doet-mee")
    started = NumberColumn(_("Started"), param="gestart")
    closed = NumberColumn(pgettext_lazy("participation", "Closed"), param="gesloten")
    discussed = NumberColumn(pgettext_lazy("participation", "Discussed"), param="besproken")

    def row_url(self, record: RoundLine) -> str:
        return reverse("monitor:round", args=[record.pk])

    def render_kind(self, record: RoundLine) -> str:
        return str(record.row)

    def value_kind(self, record: RoundLine) -> str:
        return str(record.row)

    def render_state(self, value: RoundState) -> Any:
        return tag(STATE_TAGS[value], value.label)

    def value_state(self, value: RoundState) -> str:
        return str(value.label)


class ProgressTable(Table):
    """The schools of a round, the most urgent first unless sorted otherwise. The reason stands in words."""

    location = Column(_("School"), param="school", accessor="location__name")
    asks = Column(_("What it asks"), param="vraagt", whole=True)
    state = Column(_("Step"), param="stap")
    pupils = NumberColumn(_("Pupils"), param="leerlingen", empty_values=(), order_by="pupil_share")
    teachers = NumberColumn(_("Lists of the team"), param="leerkrachten", empty_values=(), orderable=False)
    consultants = NumberColumn(_("Own list"), param="consulent", empty_values=(), orderable=False)
    closes_on = DateColumn(_("Until"), param="tot")
    asked_on = DateColumn(
        _("Last asked"), param="gevraagd", accessor="participation__asked_on", default="", visible=False
    )
    has_agreement = YesNoColumn(_("Processing agreement"), param="verwerkersovereenkomst", visible=False)
    code = Column("BRIN", param="brin", accessor="location__code", visible=False)

    def row_url(self, record: Progress) -> str:
        return reverse("monitor:participation", args=[record.pk])

    def row_small(self, record: Progress) -> Any:
        return record.location.town

    def order_asks(self, rows: Any, is_descending: bool) -> tuple[Any, bool]:
        return sorted(rows, key=lambda one: URGENCY[one.asks], reverse=is_descending), True

    def render_asks(self, record: Progress) -> Any:
        return asks_tag(record.asks)

    def value_asks(self, record: Progress) -> str:
        return str(ASKS_LABELS[record.asks])

    def render_state(self, record: Progress) -> Any:
        return record.state.label

    def value_state(self, record: Progress) -> str:
        return str(record.state.label)

    def render_pupils(self, record: Progress) -> str:
        return of(record.standing.pupils)

    def value_pupils(self, record: Progress) -> str:
        return of(record.standing.pupils)

    def render_teachers(self, record: Progress) -> str:
        return of(record.standing.teachers)

    def value_teachers(self, record: Progress) -> str:
        return of(record.standing.teachers)

    def render_consultants(self, record: Progress) -> str:
        return of(record.standing.consultants)

    def value_consultants(self, record: Progress) -> str:
        return of(record.standing.consultants)

    def render_closes_on(self, record: Progress, column: DateColumn) -> Any:
        day = column.render(record.closes_on)
        if record.participation.extended_to is None:
            return day
        return format_html("{}<small>{}</small>", day, _now("more time"))

    def value_closes_on(self, record: Progress) -> Any:
        return record.closes_on


class CandidateTable(Table):
    """Schools that the library works with; those whose turn it is first."""

    name = Column(_("School"), param="school")
    turn = Column(_("Proposed"), param="beurt", accessor="has_turn")
    sector = Column(_("Kind"), param="soort")
    rhythm = Column(_("Measures"), param="ritme")
    pupils = NumberColumn(_("Pupils asked"), param="leerlingen", default="–")
    code = Column("BRIN", param="brin", visible=False)

    def row_small(self, record: Candidate) -> Any:
        return record.town

    def render_turn(self, record: Candidate) -> Any:
        if record.has_turn:
            return tag("ok", _now("yes"))
        return _now("another year") if record.structural else _now("no structural cooperation")

    def value_turn(self, record: Candidate) -> str:
        return _now("yes") if record.has_turn else _now("no")

    def render_sector(self, value: str) -> str:
        return str(Sector(value).label)

    def value_sector(self, value: str) -> str:
        return str(Sector(value).label)

    def render_rhythm(self, value: str) -> str:
        return str(Cohort(value).label)

    def value_rhythm(self, value: str) -> str:
        return str(Cohort(value).label)


class LevelTable(Table):
    """Levels with the newest year of each kind of Monitor. No figures: a list of those would be a ranking."""

    name = Column(pgettext_lazy("monitor", "Level"), param="naam", accessor="unit__name")
    kind = Column(_("Kind"), param="niveau", accessor="unit__kind")
    po = Column(MonitorKind.PO.label, param="po", accessor="years", orderable=False)
    vo = Column(MonitorKind.VO.label, param="vo", accessor="years", orderable=False)
    ko = Column(MonitorKind.CHILDCARE.label, param="ko", accessor="years", orderable=False)

    def row_url(self, record: Level) -> str:
        return reverse("monitor:level", args=[record.pk])

    def render_kind(self, record: Level) -> str:
        return str(record.unit.get_kind_display())

    def value_kind(self, record: Level) -> str:
        return str(record.unit.get_kind_display())

    def render_po(self, record: Level) -> str:
        return newest(record, MonitorKind.PO)

    def value_po(self, record: Level) -> str:
        return newest(record, MonitorKind.PO)

    def render_vo(self, record: Level) -> str:
        return newest(record, MonitorKind.VO)

    def value_vo(self, record: Level) -> str:
        return newest(record, MonitorKind.VO)

    def render_ko(self, record: Level) -> str:
        return newest(record, MonitorKind.CHILDCARE)

    def value_ko(self, record: Level) -> str:
        return newest(record, MonitorKind.CHILDCARE)


def newest(level: Level, kind: MonitorKind) -> str:
    """The newest year with a figure that may be shown."""
    year = level.newest(kind)
    if year is None:
        return "–"
    return year_label(year) if level.years[kind][year] else _now("too few")
