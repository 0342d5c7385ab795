"""Pages for whoever looks after an installation: logbook, status, outbox, and what is kept of people."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext_lazy as _

from leesbouw.core import jobs
from leesbouw.core.audit import AuditEvent
from leesbouw.core.health import Condition, report
from leesbouw.core.jobs import ScheduleRun
from leesbouw.core.mail import Outgoing
from leesbouw.core.stamp import is_demo
from leesbouw.ui.pages import Empty, ListPage, Page

from ..forms import AuditFilters
from ..permissions import EXPORT, VIEW_AUDIT, VIEW_OUTBOX, VIEW_STATUS
from ..queries import events_for, message_by_id, messages_for, register_of_fields
from ..queries.outbox import state_of
from ..tables import STATES, AuditTable, OutboxTable

CONDITION_TAG = {
    Condition.NEW: "neutral",
    Condition.GOOD: "ok",
    Condition.LATE: "let",
    Condition.FAILED: "bad",
}


class AuditTrail(ListPage):
    """Who did what. It tells ids and codes only, and names of colleagues from their accounts."""

    template_name = "privacy/audit.html"
    permission = VIEW_AUDIT
    export_permission = EXPORT
    page = "privacy.audit"
    title = _("This is what was done")
    export_name = _("Logbook")
    lead = _("By your colleagues, and by others about your locations. Names of contacts never stand here.")
    table_class = AuditTable
    filterset_class = AuditFilters
    empty = Empty(_("Nothing was done yet"), _("As soon as somebody changes something, it stands here."))

    def rows(self, request: HttpRequest) -> QuerySet[AuditEvent]:
        return events_for(self.actor)

    def table_kwargs(self) -> dict[str, Any]:
        return {"actor": self.actor}


class Status(Page):
    """How this installation is doing."""

    template_name = "privacy/status.html"
    permission = VIEW_STATUS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = report()
        asks = [line for line in lines if line.condition in {Condition.LATE, Condition.FAILED}]
        last = dict(ScheduleRun.objects.values_list("code", "queued_at"))
        return super().get_context_data(
            **kwargs,
            lines=[(line, CONDITION_TAG[line.condition]) for line in lines],
            asks=len(asks),
            scheduled=[
                (jobs.job_kinds[item.kind].label, item, last.get(code))
                for code, item in jobs.schedule.items()
                if item.kind in jobs.job_kinds
            ],
        )


class Outbox(ListPage):
    """Messages of this unit. What they say can be read in a demo alone."""

    permission = VIEW_OUTBOX
    page = "privacy.outbox"
    title = _("Mail that left")
    lead = _(
        "Messages wait twenty seconds, so that they can be taken back. They are wiped when their time is over."
    )
    table_class = OutboxTable
    can_save = False
    empty = Empty(_("No mail yet"), _("Invitations and codes will stand here."))

    def rows(self, request: HttpRequest) -> QuerySet[Outgoing]:
        return messages_for(self.actor)

    def downloads(self) -> list[tuple[str, str]]:
        return []


class Message(Page):
    """One message. Other people's mail stays closed outside a demo."""

    template_name = "privacy/message.html"
    permission = VIEW_OUTBOX

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        try:
            message = message_by_id(self.actor, kwargs["pk"])
        except Outgoing.DoesNotExist:
            raise Http404 from None
        kind, words = STATES[state_of(message)]
        return super().get_context_data(
            **kwargs, message=message, kind=kind, words=words, body=message.body if is_demo() else ""
        )


class Register(Page):
    """What is kept of people, and for how long: read from the code itself."""

    template_name = "privacy/register.html"
    permission = VIEW_AUDIT

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs, lines=register_of_fields())
