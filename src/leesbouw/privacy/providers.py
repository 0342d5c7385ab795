"""Places in the menu, and what one can open from the search box."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import Command, MenuItem, commands, holders, menu
from leesbouw.core.retention import begin_of, rows

from . import jobs  # noqa: F401 -- registers its kind
from .models import DestructionRun, RetentionTerm
from .permissions import VIEW_AUDIT, VIEW_OUTBOX, VIEW_STATUS


def page(name: str) -> Callable[[Actor], str]:
    """The address of a page that is the same for everybody."""
    return lambda actor: reverse(f"privacy:{name}")


menu.add(
    "audit", MenuItem(_("Logbook"), "logbook", page("audit-trail"), VIEW_AUDIT, under=("/beheer/gegevens/",))
)
menu.add("status", MenuItem(_("Status"), "status", page("status"), VIEW_STATUS, under=("/beheer/post/",)))
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


holders.add("destruction", rows(_("Proofs of destruction"), "destruction", _runs))
holders.add("term", rows(_("Changed terms that no longer hold"), "destruction", _changes))
