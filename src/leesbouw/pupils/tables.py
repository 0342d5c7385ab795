"""Tables of pupils and of requests about them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.time import today
from leesbouw.ui.tables import Column, DateColumn, Table
from leesbouw.ui.templatetags.ui import date_words, tag

from .domain import Clock, clock_of, kept_until
from .models import Pupil, RightsRequest

CLOCK_TAGS = {
    Clock.LATE: ("bad", _("Too late")),
    Clock.SOON: ("let", _("Within a week")),
    Clock.OPEN: ("wait", _("Still open")),
}


class PupilTable(Table):
    """Children by name. `names` says what each is called among the others of the school; `kept_days`, of a list of
    those who left, how long they are still kept."""

    name = Column(_("Name"), param="naam", empty_values=(), order_by=("first_name", "last_name"))
    group = Column(_("Group"), param="groep", accessor="group_name", order_by="group_name", default="")
    left_on = DateColumn(_("Left on"), param="weg", default="")
    kept = DateColumn(_("Kept until"), param="bewaard", empty_values=(), orderable=False)

    def __init__(self, data: Any, *, names: Mapping[int, str], kept_days: int | None, **kwargs: Any) -> None:
        self.names, self.kept_days = names, kept_days
        super().__init__(data, exclude=[] if kept_days is not None else ["left_on", "kept"], **kwargs)

    def row_url(self, record: Pupil) -> str:
        return reverse("pupils:pupil-detail", args=[record.pk])

    def render_name(self, record: Pupil) -> str:
        return self.names.get(record.pk, str(record))

    def value_name(self, record: Pupil) -> str:
        return self.render_name(record)

    def render_kept(self, record: Pupil) -> Any:
        until = self.value_kept(record)
        return date_words(until) if until else ""

    def value_kept(self, record: Pupil) -> Any:
        gone = record.left_on is not None and self.kept_days is not None
        return kept_until(record.left_on, self.kept_days) if gone else None


class RequestTable(Table):
    """Requests with their clock of one month. The name of a child that was erased is gone."""

    kind = Column(_("What was asked"), param="soort", accessor="get_kind_display", order_by="kind")
    child = Column(_("Child"), param="kind", empty_values=(), orderable=False)
    location = Column(_("School"), param="school", accessor="location__name", order_by="location__name")
    asked_by = Column(_("Asked by"), param="wie", accessor="get_asked_by_display", order_by="asked_by")
    asked_on = DateColumn(_("Asked on"), param="gevraagd")
    due_on = DateColumn(_("Answer before"), param="voor", order_by="asked_on")
    state = Column(_("State"), param="staat", empty_values=(), orderable=False)

    def __init__(self, data: Any, *, names: Mapping[int, str], one_school: bool, **kwargs: Any) -> None:
        self.names = names
        super().__init__(data, exclude=["location"] if one_school else [], **kwargs)

    def row_url(self, record: RightsRequest) -> str | None:
        if not record.outcome:
            return reverse("pupils:request-answer", args=[record.pk])
        return reverse("pupils:pupil-detail", args=[record.pupil_id]) if record.pupil_id else None

    def render_child(self, record: RightsRequest) -> Any:
        return self.names.get(record.pupil_id, _("erased"))

    def render_state(self, record: RightsRequest) -> Any:
        if record.outcome:
            return tag("ok" if record.outcome == "done" else "neutral", record.get_outcome_display())
        return tag(*CLOCK_TAGS[clock_of(record.asked_on, today())])

    def row_small(self, record: RightsRequest) -> Any:
        return record.reason
