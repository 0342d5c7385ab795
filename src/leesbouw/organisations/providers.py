"""What organisations gives to the rooms below: who decided, for as long as that is kept; and how many libraries there are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import counts, holders
from leesbouw.core.retention import rows

from . import actions
from .models import Library, PartnershipDecision, ProcessingAgreement


def _decisions(limit: date) -> QuerySet[PartnershipDecision]:
    return PartnershipDecision.objects.filter(decided_on__lt=limit).exclude(by_user_id=None)


def _forget_who(*, ids: Sequence[int], by: Actor) -> None:
    """The decision is history of the location and stays; who noted it goes."""
    PartnershipDecision.objects.filter(pk__in=ids).update(by_user_id=None)


def _agreements(limit: date) -> QuerySet[ProcessingAgreement]:
    return ProcessingAgreement.objects.filter(Q(ended_on__lt=limit) | Q(ends_on__lt=limit))


counts.add("library", lambda: Library.objects.count())
holders.add("decision", rows(_("Who noted a decision"), "decision", _decisions, wipe=_forget_who))
holders.add(
    "processing-agreement",
    rows(_("Processing agreements"), "processing-agreement", _agreements, wipe=actions.wipe_agreements),
)
