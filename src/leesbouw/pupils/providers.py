"""What pupils give to the rooms below: what goes when its time is over, and what stays gone after a restore."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor
from leesbouw.core.registry import holders
from leesbouw.core.retention import rows

from . import actions
from .enums import ErasedFor
from .holders import unsettled
from .models import MembershipConsent, Pupil, RefusedKey, RightsRequest


def _leavers(limit: date) -> QuerySet[Pupil]:
    """Who left before that day, but for those of whom something is still open."""
    gone = Pupil.objects.trusted("pupils over their term").filter(left_on__lt=limit)
    still_open = unsettled(list(gone.values_list("pk", flat=True)))
    return gone.exclude(pk__in=list(still_open))


def _wipe(*, ids: Sequence[int], by: Actor) -> None:
    actions.erase_pupils(ids, reason=ErasedFor.RETENTION, by=by)


def _answered(limit: date) -> QuerySet[RightsRequest]:
    return RightsRequest.objects.trusted("requests over their term").filter(answered_on__lt=limit)


def _withdrawn(limit: date) -> QuerySet[MembershipConsent]:
    return MembershipConsent.objects.trusted("answers over their term").filter(withdrawn_on__lt=limit)


def _refused(limit: date) -> QuerySet[RefusedKey]:
    return RefusedKey.objects.filter(since__lt=limit)


holders.add(
    actions.KIND,
    rows(_("Pupils who left"), "pupil", _leavers, wipe=_wipe, replay=actions.replay_erasures),
)
holders.add("rights-request", rows(_("Requests that were answered"), "rights-request", _answered))
holders.add("membership-consent", rows(_("Consents that were withdrawn"), "membership-consent", _withdrawn))
holders.add("refused-key", rows(_("Erased children who stay away"), "rights-request", _refused))
