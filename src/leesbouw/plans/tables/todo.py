"""The table of actions."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.organisations.enums import UnitKind
from leesbouw.ui.tables import Column, DateColumn, Table
from leesbouw.ui.templatetags.ui import date_words, tag

from ..actions import ROUTE
from ..domain import Due
from ..forms import DUE_LABELS
from ..models import Action
from ..permissions import EDIT_ACTIONS
from ..queries import (
    may_write,
    side_label,
    state_of,
)

TAGS = {Due.LATE: "bad", Due.TODAY: "let", Due.SOON: "wait", Due.DONE: "ok"}

SOURCES = {"talk": _("a talk"), "block": _("a building block"), ROUTE: _("a route")}


class ActionTable(Table):
    """Actions with who does them and when; each can be done with one press of a button of the form `klaar`."""

    what = Column(_("What"), param="wat")
    unit = Column(_("Organisation"), param="organisatie", accessor="unit__name", order_by="unit__name")
    side = Column(_("Whose turn"), param="kant")
    owner = Column(
        _("Who"), param="wie", accessor="staff_name", empty_values=(), order_by=("staff_name", "contact_name")
    )
    due_on = DateColumn(_("Before"), param="voor", default="")
    state = Column(_("State"), param="staat", empty_values=(), orderable=False)
    done_on = DateColumn(_("Done on"), param="klaar", visible=False, default="")
    source = Column(_("Comes from"), param="bron", visible=False)
    press = Column(_("Done"), param="afvinken", empty_values=(), orderable=False, exclude_from_export=True)

    def __init__(self, data: Any, *, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        gone = [] if actor.may(EDIT_ACTIONS) else ["press"]
        if actor.unit_kind == UnitKind.LOCATION:
            gone.append("unit")
        kwargs["exclude"] = gone
        super().__init__(data, **kwargs)

    def row_url(self, record: Action) -> str:
        return reverse("plans:action-detail", args=[record.pk])

    def may_pick(self, record: Any) -> bool:
        return record.done_on is None and may_write(self.actor, record)

    def render_owner(self, record: Any) -> str:
        return record.staff_name or record.contact_name or ""

    def value_owner(self, record: Any) -> str:
        return self.render_owner(record)

    def render_side(self, record: Action) -> Any:
        return side_label(self.actor, record)

    def value_side(self, record: Action) -> str:
        return str(side_label(self.actor, record))

    def render_due_on(self, value: Any) -> Any:
        return date_words(value, relative=True)

    def render_state(self, record: Action) -> Any:
        due = state_of(record)
        return tag(TAGS[due], DUE_LABELS[due]) if due in TAGS else DUE_LABELS[due]

    def value_state(self, record: Action) -> str:
        return str(DUE_LABELS[state_of(record)])

    def render_source(self, value: str) -> Any:
        return SOURCES.get(value, _("noted by ourselves"))

    def value_source(self, value: str) -> str:
        return str(self.render_source(value))

    def render_press(self, record: Any) -> Any:
        if not self.may_pick(record):
            return ""
        return render_to_string("plans/partials/done_button.html", {"action": record, "key": uuid4()})
