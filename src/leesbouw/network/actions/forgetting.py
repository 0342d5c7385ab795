"""Talks that are wiped for good."""

from __future__ import annotations

from collections.abc import Sequence

from leesbouw.core import search
from leesbouw.core.access import Actor
from leesbouw.core.db import write_transaction
from leesbouw.plans.actions import wipe_actions
from leesbouw.plans.models import Action

from ..models import Conversation, ConversationAgreement
from ..queries.talks import KIND


def wipe_talks(*, ids: Sequence[int], by: Actor) -> None:
    """Takes talks out, with their answers and with agreements that nobody has to keep any more."""
    with write_transaction():
        agreed = ConversationAgreement.objects.filter(conversation__in=ids).values_list("action", flat=True)
        dropped = Action.objects.trusted("wiping what was agreed").exclude(dropped_at=None)
        wipe_actions(ids=list(dropped.filter(pk__in=list(agreed)).values_list("pk", flat=True)), by=by)
        search.remove(KIND, ids)
        Conversation.objects.trusted("wiping talks").filter(pk__in=ids).delete()
