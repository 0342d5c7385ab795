"""Tables of talks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.formats import time_format
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from leesbouw.accounts.enums import Level
from leesbouw.core.registry import OtherTalk, other_talks
from leesbouw.ui.tables import Column, DateColumn, NumberColumn, Table
from leesbouw.ui.templatetags.ui import date_words, source, tag

from .domain import DueState
from .enums import TalkKind
from .forms import STATE_LABELS
from .models import Conversation
from .queries import AgendaRow, Attendance, unit_kind_label

TAGS = {
    DueState.UNWRITTEN: "bad",
    DueState.OVERDUE: "bad",
    DueState.DUE: "let",
    DueState.SOON: "wait",
    DueState.PLANNED: "ok",
    DueState.LATER: "neutral",
    DueState.HELD: "neutral",
}


def plan_url(row: AgendaRow) -> str:
    """Where one plans the talk of a line."""
    if row.other:
        return row.other.plan_url
    return f"{reverse('network:talk-plan')}?eenheid={row.unit.pk}&niveau={row.level}&soort={row.kind}"


class AgendaTable(Table):
    """The relation agenda, most urgent first unless sorted otherwise."""

    unit = Column(_("Organisation"), param="organisatie", accessor="unit__name")
    state = Column(_("State"), param="staat")
    day = DateColumn(_("Day"), param="dag", default="")
    kind = Column(_("Talk"), param="soort")
    level = Column(_("Level"), param="niveau", visible=False)
    last_held_on = DateColumn(_("Last held"), param="laatst", empty_values=())
    owner = Column(_("Who of us"), param="wie", default="")
    per_year = NumberColumn(_("A year"), param="ritme", default="", visible=False)
    municipality = Column(_("Municipality"), param="gemeente", default="", visible=False)
    press = Column(_("What now"), param="doen", empty_values=(), orderable=False, exclude_from_export=True)

    def __init__(self, data: Any, *, may_edit: bool, **kwargs: Any) -> None:
        if not may_edit:
            kwargs["exclude"] = ("press",)
        super().__init__(data, **kwargs)

    def row_url(self, record: AgendaRow) -> str:
        if record.other:
            return record.other.url
        if record.talk_id is None:
            return record.unit.get_absolute_url()
        return reverse("network:talk-detail", args=[record.talk_id])

    def row_small(self, record: AgendaRow) -> Any:
        parts = [str(unit_kind_label(record)), record.municipality]
        return " · ".join(part for part in parts if part and part != record.unit.name)

    def render_state(self, value: DueState) -> Any:
        return tag(TAGS[value], STATE_LABELS[value])

    def value_state(self, value: DueState) -> str:
        return str(STATE_LABELS[value])

    def render_day(self, record: AgendaRow) -> Any:
        if record.waits_since_ever:
            return _now("as soon as you can")
        words = date_words(record.day, relative=True)
        if record.planned_at is not None:
            return format_html("{} {}", words, time_format(record.planned_at, "H.i"))
        return words

    def render_kind(self, record: AgendaRow) -> Any:
        if record.other:
            return format_html("{}<small>{}</small>", other_talks[record.kind].label, record.other.label)
        if record.kind == record.level:
            return TalkKind(record.kind).label  # a strategic talk is strategic
        return format_html("{}<small>{}</small>", TalkKind(record.kind).label, Level(record.level).label)

    def value_kind(self, record: AgendaRow, value: str) -> str:
        return str(record.other.label if record.other else TalkKind(value).label)

    def render_level(self, value: str) -> Any:
        return Level(value).label if value else ""

    def value_level(self, value: str) -> str:
        return str(Level(value).label) if value else ""

    def render_last_held_on(self, record: AgendaRow, column: DateColumn) -> Any:
        return column.render(record.last_held_on) if record.last_held_on else _now("not yet")

    def value_last_held_on(self, record: AgendaRow) -> Any:
        return record.last_held_on

    def render_per_year(self, record: AgendaRow, value: int) -> Any:
        return format_html("{}× {}", value, source(record.status)) if record.status else f"{value}×"

    def value_per_year(self, value: int) -> int:
        return value

    def render_press(self, record: AgendaRow) -> Any:
        if record.other:
            return self._press_elsewhere(record, record.other)
        if record.state == DueState.UNWRITTEN and record.talk_id:
            return self._link(
                reverse("network:talk-report", args=[record.talk_id]), _now("Write it up"), record
            )
        if record.state == DueState.PLANNED and record.talk_id:
            return self._link(
                reverse("network:talk-preparation", args=[record.talk_id]), _now("Prepare"), record
            )
        if record.state == DueState.HELD:
            return ""
        return self._link(plan_url(record), _now("Plan"), record)

    def _press_elsewhere(self, record: AgendaRow, talk: OtherTalk) -> Any:
        if record.state == DueState.UNWRITTEN and talk.report_url:
            return self._link(talk.report_url, _now("Write it up"), record)
        if record.talk_id is None and talk.plan_url:
            return self._link(talk.plan_url, _now("Plan"), record)
        return ""

    def _link(self, url: str, words: str, record: AgendaRow) -> Any:
        return format_html(
            '<a class="btn" href="{}">{}<span class="vh">: {}</span></a>', url, words, record.unit.name
        )


class TalkTable(Table):
    """Talks that were held; `people` gives for each who was there."""

    unit = Column(_("Organisation"), param="organisatie", accessor="unit__name", order_by="unit__name")
    held_on = DateColumn(_("Day"), param="dag")
    kind = Column(_("Talk"), param="soort")
    level = Column(_("Level"), param="niveau")
    subject = Column(_("Subject"), param="onderwerp", default="", visible=False)
    summary = Column(_("What was said"), param="verslag", default="", whole=True)
    who = Column(_("Who was there"), param="wie", empty_values=(), orderable=False, whole=True)

    class Meta:
        order_by = "-held_on"

    def __init__(self, data: Any, *, people: Mapping[int, Attendance], **kwargs: Any) -> None:
        self.people = people
        super().__init__(data, **kwargs)

    def row_url(self, record: Conversation) -> str:
        return record.get_absolute_url()

    def render_summary(self, value: str) -> str:
        return value if len(value) <= 160 else f"{value[:159].rstrip()}…"

    def value_summary(self, value: str) -> str:
        return value

    def render_who(self, record: Conversation) -> str:
        there = self.people.get(record.pk)
        return ", ".join(there.names) if there else ""

    def value_who(self, record: Conversation) -> str:
        return self.render_who(record)

    def value_kind(self, record: Conversation) -> str:
        return str(record.get_kind_display())

    def value_level(self, record: Conversation) -> str:
        return str(record.get_level_display())
