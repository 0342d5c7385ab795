"""The logbook and the outbox as tables."""

from __future__ import annotations

from functools import cached_property
from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leesbouw.core.access import Actor
from leesbouw.core.audit import AuditEvent
from leesbouw.core.mail import Outgoing
from leesbouw.ui.tables import Column, DateColumn, NumberColumn, Table
from leesbouw.ui.templatetags.ui import tag

from ..enums import ROOMS, verb_label
from ..queries.audit import Names, names_of
from ..queries.outbox import state_of


class AuditTable(Table):
    """Who did what, where and when."""

    at = DateColumn(_("When"), param="wanneer", time=True, footer=None)
    who = Column(_("Who"), param="wie", accessor="by_user_id", empty_values=(), orderable=False)
    verb = Column(_("What"), param="wat")
    unit_id = Column(_("Where"), param="waar", empty_values=(), orderable=False)
    count = NumberColumn(_("Number"), param="aantal")
    subject_id = Column(pgettext_lazy("of one thing", "Number"), param="nummer", visible=False, default="")
    role = Column(_("Role"), param="rol", accessor="by_role", visible=False, default="")
    undo = Column(_("Undo"), param="terug", accessor="pk", orderable=False, exclude_from_export=True)
    undone_at = DateColumn(_("Undone"), param="ongedaan", time=True, visible=False, default="")

    class Meta:
        order_by = "-at"

    def __init__(self, data: Any, *, actor: Actor, **kwargs: Any) -> None:
        self.actor = actor
        super().__init__(data, **kwargs)

    @cached_property
    def users(self) -> Names:
        return names_of(self.actor, "user", self._ids("by_user_id"))

    @cached_property
    def units(self) -> Names:
        return names_of(self.actor, "unit", self._ids("unit_id"))

    def _ids(self, name: str) -> Any:
        return self.data.data.order_by().values_list(name, flat=True).distinct()

    def value_who(self, record: AuditEvent) -> str:
        if record.by_kind == "system":
            return str(_("Leesbouw itself"))
        if record.by_kind != "user":
            return str(_("a link"))
        return self.users.get(record.by_user_id, (str(_("an account that is gone")), ""))[0]

    def render_who(self, record: AuditEvent) -> str:
        return self.value_who(record)

    def value_verb(self, value: str) -> str:
        return verb_label(value)

    def render_verb(self, value: str, record: AuditEvent) -> Any:
        undone = tag("neutral", _("undone")) if record.undone_at else ""
        room = ROOMS.get(value.partition(".")[0], "")
        return format_html("{} {}<br><small>{}</small>", verb_label(value), undone, room)

    def value_unit_id(self, record: AuditEvent) -> str:
        return self.units.get(record.unit_id, ("", ""))[0]

    def render_unit_id(self, record: AuditEvent) -> Any:
        name, url = self.units.get(record.unit_id, ("", ""))
        return format_html('<a href="{}">{}</a>', url, name) if url else name

    def render_undo(self, record: AuditEvent) -> Any:
        """A button of the form "terug" below the list; only one's own, and only once."""
        if not record.can_be_undone or record.by_user_id != self.actor.user_id or record.by_kind != "user":
            return ""
        return format_html(
            '<button class="btn quiet" form="terug" formaction="/ongedaan/{}/" formmethod="post">{}'
            '<span class="vh">: {}</span></button>',
            record.pk,
            _("Undo"),
            verb_label(record.verb),
        )


STATES = {
    "sent": ("ok", _("Sent")),
    "logged": ("let", _("Only in the log")),
    "waiting": ("wait", _("Waiting")),
    "back": ("neutral", _("Taken back")),
    "failed": ("bad", _("Not delivered")),
}


class OutboxTable(Table):
    """Messages: to whom, about what, and whether they left."""

    to = Column(_("To"), param="aan")
    subject = Column(_("Subject"), param="onderwerp")
    created_at = DateColumn(_("Written"), param="geschreven", time=True)
    sent_at = DateColumn(_("Left"), param="verstuurd", time=True, default="")
    state = Column(_("State"), param="stand", empty_values=(), orderable=False)

    class Meta:
        order_by = "-created_at"

    def row_url(self, record: Outgoing) -> str:
        return f"/beheer/post/{record.pk}/"

    def value_state(self, record: Outgoing) -> str:
        return str(STATES[state_of(record)][1])

    def render_state(self, record: Outgoing) -> Any:
        return tag(*STATES[state_of(record)])
