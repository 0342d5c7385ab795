"""Places in the menu, and what one can open from the search box."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.health import Condition, Health
from leesbouw.core.jobs import Job, State
from leesbouw.core.registry import Command, MenuItem, commands, health_checks, holders, menu
from leesbouw.core.retention import begin_of, rows
from leesbouw.core.time import now

from . import jobs
from .models import DestructionRun, RetentionTerm
from .permissions import VIEW_AUDIT, VIEW_OUTBOX, VIEW_RETENTION, VIEW_STATUS


def page(name: str) -> Callable[[Actor], str]:
    """The address of a page that is the same for everybody."""
    return lambda actor: reverse(f"privacy:{name}")


menu.add(
    "audit",
    MenuItem(
        _("Logbook"),
        "logbook",
        page("audit-trail"),
        VIEW_AUDIT,
        under=("/beheer/gegevens/", "/beheer/bewaartermijnen/", "/beheer/verwerkingen/"),
    ),
)
menu.add("status", MenuItem(_("Status"), "status", page("status"), VIEW_STATUS, under=("/beheer/post/",)))
commands.add(
    "retention",
    Command(
        _("Retention terms"), page("calendar"), VIEW_RETENTION, words=_("how long is kept wipe data term")
    ),
)
commands.add(
    "processing",
    Command(
        _("Register of processing"), page("processing"), VIEW_RETENTION, words=_("GDPR register purposes")
    ),
)
commands.add("outbox", Command(_("Mail that left"), page("outbox"), VIEW_OUTBOX, words=_("outbox messages")))
commands.add(
    "register",
    Command(
        _("What is kept of people"), page("register"), VIEW_AUDIT, words=_("privacy fields personal data")
    ),
)


def _runs(limit: date) -> QuerySet[DestructionRun]:
    return DestructionRun.objects.filter(finished_at__lt=begin_of(limit))


def _changes(limit: date) -> QuerySet[RetentionTerm]:
    """Changes that no longer hold."""
    newer = RetentionTerm.objects.filter(code=OuterRef("code"), pk__gt=OuterRef("pk"), revoked_at=None)
    over = Q(revoked_at__lt=begin_of(limit)) | Exists(newer)
    return RetentionTerm.objects.filter(over, at__lt=begin_of(limit))


@health_checks.register("retention")
def retention_health() -> Health:
    """Whether what is over its term was wiped in the past day and a half."""
    label = _("Wiping what is over its term")
    url = reverse("privacy:calendar")
    last = DestructionRun.objects.exclude(finished_at=None).values_list("finished_at", flat=True).first()
    failed = Job.objects.filter(kind=jobs.actions.JOB).order_by("-pk").first()
    if failed and failed.state in {State.FAILED, State.BROKEN_OFF}:
        return Health(label, Condition.FAILED, _("Not all could be wiped."), last, "/taken/")
    if last is None:
        return Health(label, Condition.NEW, _("Nothing was wiped yet."), None, url)
    if last < now() - timedelta(hours=36):
        return Health(
            label, Condition.LATE, _("The last time is longer than a day and a half ago."), last, url
        )
    return Health(label, Condition.GOOD, _("What is over its term was wiped in the past day."), last, url)


holders.add("destruction", rows(_("Proofs of destruction"), "destruction", _runs))
holders.add("term", rows(_("Changed terms that no longer hold"), "destruction", _changes))
