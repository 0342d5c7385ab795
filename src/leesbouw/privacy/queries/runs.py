"""What was wiped, when and why."""

from __future__ import annotations

from django.db.models import QuerySet, Sum
from django.utils.translation import gettext as _

from leesbouw.core.access import Actor

from ..models import DestructionRun
from .audit import names_of

MOST_RUNS = 30


def runs() -> QuerySet[DestructionRun]:
    """Every run with `total`, what it wiped; newest first. They hold for the installation and tell no names."""
    return DestructionRun.objects.annotate(total=Sum("counts__erased")).order_by("-pk")


def run_by_id(run_id: int) -> DestructionRun:
    """Raises DestructionRun.DoesNotExist."""
    return runs().prefetch_related("counts").get(pk=run_id)


def who_of(actor: Actor, run: DestructionRun) -> str:
    """Who asked for it: the name of a colleague within reach, else the number of the account."""
    if run.by_user_id is None:
        return _("Leesbouw itself")
    found = names_of(actor, "user", {run.by_user_id}).get(run.by_user_id)
    return found[0] if found else account_words(run)


def account_words(run: DestructionRun) -> str:
    """Who asked for it, without a name, as it stands on paper."""
    return _("account %(number)s") % {"number": run.by_user_id} if run.by_user_id else _("Leesbouw itself")
