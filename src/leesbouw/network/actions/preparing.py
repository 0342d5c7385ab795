"""What one brings to a talk: chosen, put into words, and ordered as slides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from leesbouw.core.access import Actor, require
from leesbouw.core.audit import record
from leesbouw.core.db import write_transaction
from leesbouw.core.errors import Sentence
from leesbouw.core.jobs import Job, enqueue

from ..domain import MOST_FINDINGS
from ..models import Conversation, TalkPreparation
from ..permissions import EDIT_TALKS, VIEW_TALKS

SLIDES_JOB = "network.make_slides"


@dataclass(frozen=True, slots=True)
class Brought:
    """A finding by its code; `text` is empty when it is told as it was proposed."""

    code: str
    text: str = ""


def choose_findings(*, talk: Conversation, findings: Sequence[Brought], by: Actor) -> TalkPreparation:
    """Keeps what is brought to a talk, in this order. Raises NotAllowed, and Sentence for more than three."""
    require(by, EDIT_TALKS)
    if len(findings) > MOST_FINDINGS:
        raise Sentence(
            _("Bring at most %(most)s findings: who tells everything is not remembered.")
            % {"most": MOST_FINDINGS}
        )
    with write_transaction():
        row = Conversation.objects.visible_to(by).get(pk=talk.pk)
        kept, _made = TalkPreparation.objects.visible_to(by).update_or_create(
            conversation=row,
            defaults={
                "library_id": row.library_id,
                "unit_id": row.unit_id,
                "findings": [{"code": one.code, "text": one.text} for one in findings],
            },
        )
        record(
            by=by,
            verb="network.choose_findings",
            subject=row,
            unit_id=row.unit_id,
            data={"number": len(findings)},
        )
        return kept


def order_slides(*, talk: Conversation, by: Actor) -> Job:
    """Queues the making of slides for a talk; who asked finds them under her tasks."""
    require(by, VIEW_TALKS)
    with write_transaction():
        row = Conversation.objects.visible_to(by).get(pk=talk.pk)
        record(by=by, verb="network.order_slides", subject=row, unit_id=row.unit_id)
        return enqueue(SLIDES_JOB, by=by, args={"talk_id": row.pk}, subject=row, unit_id=row.unit_id)
