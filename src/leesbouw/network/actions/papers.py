"""That somebody took a handover or a preparation along: personal data on paper is attributable."""

from __future__ import annotations

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.organisations.models import Unit

from ..models import Conversation
from ..permissions import HANDOVER, VIEW_TALKS


def note_handover(*, unit: Unit, by: Actor) -> None:
    """Somebody printed the handover of a unit."""
    require(by, HANDOVER)
    with write_transaction():
        record(by=by, verb="network.print_handover", subject=unit, unit_id=unit.pk)


def note_preparation(*, talk: Conversation, by: Actor) -> None:
    """Somebody printed the preparation of a talk."""
    require(by, VIEW_TALKS)
    with write_transaction():
        record(by=by, verb="network.print_preparation", subject=talk, unit_id=talk.unit_id)
